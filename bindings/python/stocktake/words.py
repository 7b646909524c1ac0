"""Questions as the library reads them: words, options with dashes, quotes where they are needed."""
from __future__ import annotations

import datetime
import numbers
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from ._stocktake import ffi, lib
from .errors import ArgumentError, text


def value(given: Any) -> str:
    """The value of an option as the command takes it; several are a list with commas."""
    if isinstance(given, str):
        return given
    if isinstance(given, np.ndarray) and given.ndim == 0:
        given = given[()]
    if given is pd.NA or (np.isscalar(given) or isinstance(given, datetime.date)) and given != given:
        raise ArgumentError(f"a missing value, {given}, is refused; None means the default")
    if isinstance(given, (bytes, os.PathLike)):
        return os.fsdecode(given)
    if isinstance(given, datetime.datetime):
        return given.date().isoformat()
    if isinstance(given, (datetime.date, np.datetime64)):
        return str(given)[:10]
    if isinstance(given, (float, np.floating)) and given.is_integer():
        return str(int(given))
    if isinstance(given, numbers.Real):
        return str(given)
    if isinstance(given, Iterable) and not isinstance(given, Mapping) and \
            not hasattr(given, "columns"):
        return ",".join(map(value, given))
    raise TypeError(f"{type(given).__name__} is refused; allowed: a text, a number, a date, a path, "
                    "or several of them")


def encode(text: Any) -> bytes:
    """As C takes a text, which a zero byte would end."""
    if not isinstance(text, (str, bytes)):
        raise TypeError(f"{type(text).__name__} is refused; allowed: a text")
    text = os.fsdecode(text)
    if "\0" in text:
        raise ArgumentError("a text with a zero byte is refused: " + repr(text)[:80])
    return os.fsencode(text)


def several(given: Any) -> list[Any]:
    """Texts or paths, of which one may stand alone; None: none."""
    if given is None:
        return []
    if isinstance(given, (str, bytes, os.PathLike)):
        return [given]
    if not isinstance(given, Iterable):
        raise TypeError(f"{type(given).__name__} is refused; allowed: a text, or several")
    return list(given)


def quote(word: str) -> str:
    """A word between quotes; a quote of its own stands between quotes of the other kind."""
    return "'" + word.replace("'", "'\"'\"'") + "'"


@lru_cache(maxsize=None)
def switches() -> frozenset[str]:
    """Options without a value; "strict" is that of the scenario workflow."""
    return frozenset(["strict"]).union(
        text(lib.stk_option_name(i)) for i in range(lib.stk_option_count())
        if text(lib.stk_option_kind(i)) == "switch")


def options(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Names with dashes and values; True turns a switch on, None and False mean the default."""
    for key, one in given.items():
        name = key.rstrip("_").replace("_", "-")
        if one is None or isinstance(one, (bool, np.bool_)):
            if one:
                yield name, ""
        elif name in switches() and one != "":
            raise ArgumentError(f"{key}={one!r} is refused; allowed: True or False")
        elif name == "what-if":
            for words in several(one):
                yield name, value(words)
        else:
            yield name, value(one)


@lru_cache(maxsize=None)
def takes(asked: str, option: str) -> bool:
    """Whether a question has an option."""
    return any(ffi.string(lib.stk_option_name(i)) == encode(option)
               and lib.stk_option_applies(i, encode(asked)) for i in range(lib.stk_option_count()))


def question(name: str, operands: Iterable[Any], given: dict[str, Any]) -> str:
    """A whole question. An empty value is that of a switch."""
    if not isinstance(name, str):
        raise TypeError(f"a question as {type(name).__name__} is refused; allowed: a text")
    said = [value(one) for one in operands if one is not None]
    for word in said:
        if word.startswith("--"):
            raise ArgumentError(f"{word[:80]!r} is refused: an argument cannot begin as an option does")
    words = [name] + [quote(word) for word in said]
    words += [quote(f"--{key}={one}" if one else f"--{key}") for key, one in options(given)]
    return " ".join(words)
