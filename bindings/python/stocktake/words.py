"""Questions as the library reads them: words, options with dashes, quotes where they are needed."""
from __future__ import annotations

import datetime
import os
from functools import lru_cache
from typing import Any, Iterable, Iterator

from ._stocktake import ffi, lib


def value(given: Any) -> str:
    """The value of an option as the command takes it."""
    if isinstance(given, datetime.datetime):
        return given.date().isoformat()
    if isinstance(given, datetime.date):
        return given.isoformat()
    if isinstance(given, os.PathLike):
        return os.fspath(given)
    if isinstance(given, (list, tuple, set, frozenset)):
        return ",".join(value(one) for one in given)
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return str(given)


def encode(text: str) -> bytes:
    """As C takes a text, which a zero byte would end."""
    if "\0" in text:
        raise ValueError("a text with a zero byte is refused: " + repr(text)[:80])
    return os.fsencode(text)


def quote(word: str) -> str:
    """A word between quotes; a quote of its own stands between quotes of the other kind."""
    return "'" + word.replace("'", "'\"'\"'") + "'"


def options(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Names with dashes and values; True turns a switch on, None and False mean the default."""
    for name, one in given.items():
        name = name.rstrip("_").replace("_", "-")
        if one is None or one is False:
            continue
        if name == "what-if" and not isinstance(one, str):
            for words in one:
                yield name, value(words)
        else:
            yield name, "" if one is True else value(one)


@lru_cache(maxsize=None)
def takes(asked: str, option: str) -> bool:
    """Whether a question has an option."""
    return any(ffi.string(lib.stk_option_name(i)) == encode(option)
               and lib.stk_option_applies(i, encode(asked)) for i in range(lib.stk_option_count()))


def question(name: str, operands: Iterable[Any], given: dict[str, Any]) -> str:
    """A whole question. An empty value is that of a switch."""
    words = [name] + [quote(value(one)) for one in operands if one is not None]
    words += [quote(f"--{key}={one}" if one else f"--{key}") for key, one in options(given)]
    return " ".join(words)
