"""Methods of the scenario workflow: those of the edition, files, and changed ones."""
from __future__ import annotations

import os
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator, Optional, Union

import numpy as np

from . import words
from ._stocktake import ffi, lib
from .errors import ArgumentError, check
from .handle import Handle

_OVERRIDES = r"^( *overrides: *)['\"]?([^'\"\n]+?)['\"]? *$"
_NUMBERS = np.array([1.5, 1.6, 1.7, 1.5, 1.6, 1.5, 0.0])  # any: a category is asked for


class Method:
    """How scenarios become categories, as a text in YAML; whatever takes a method takes one.

    :param method: a name (:data:`stocktake.scenario.METHODS`), or the path of a file
    :param edition: whose method it is; None: that of the edition in the package
    """

    def __init__(self, method: Union[str, "os.PathLike[str]"] = "ar6-2015-cdr", *,
                 edition: Any = None) -> None:
        given = os.fspath(method)
        with Handle.opened(edition) as handle:
            _check(handle, given)
            if _is_file(given):
                self._take(Path(given).read_text("utf-8"), lambda name: Path(given).parent.joinpath(
                    name).read_text("utf-8"))
            else:
                self._take(_read(handle, f"methods/{given}.yaml"),
                           lambda name: _read(handle, f"methods/{name}"))

    def _take(self, content: str, read: Callable[[str], str]) -> None:
        """A text, and the table of overrides that lies beside it, by its name alone then."""
        self.text = content
        self.overrides: Optional[str] = None
        found = re.search(_OVERRIDES, content, re.M)
        if found:
            self.overrides = read(found[2])
            self.text = re.sub(_OVERRIDES, lambda one: one[1] + os.path.basename(one[2]), content,
                               flags=re.M)

    def replace(self, old: str, new: str) -> "Method":
        """The method with a part of its text in another way; the part must be there once."""
        count = self.text.count(old)
        if count != 1:
            raise ArgumentError(f"{old!r} is {count} times in the method; needed is once")
        made = object.__new__(Method)
        made.text, made.overrides = self.text.replace(old, new), self.overrides
        with as_option(made) as option, Handle.opened() as handle:
            _check(handle, option)
        return made

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Write the file, and what it needs beside it."""
        Path(path).write_text(self.text, encoding="utf-8")
        found = re.search(_OVERRIDES, self.text, re.M)
        if found and self.overrides is not None:
            beside = Path(path).parent / os.path.basename(found[2])
            beside.write_text(self.overrides, encoding="utf-8")

    def __getattr__(self, name: str) -> str:
        if name in ("name", "version", "description"):
            found = re.search(rf"^{name}: *(.*)", self.__dict__.get("text", ""), re.M)
            return found[1] if found else ""
        raise AttributeError(f"a method has no {name!r}")

    @property
    def facts(self) -> dict[str, Any]:
        """The text as a dictionary, by the package yaml."""
        import yaml  # type: ignore[import]

        return dict(yaml.safe_load(self.text))

    def __repr__(self) -> str:
        return f"Method({self.name} {self.version}: {self.description})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Method) and (self.text, self.overrides) == (
            other.text, other.overrides)

    def __hash__(self) -> int:
        return hash(self.text)


def _is_file(method: str) -> bool:
    return method.endswith((".yaml", ".yml")) or "/" in method or os.sep in method


def _check(handle: Handle, option: str) -> None:
    """Refuse what the library refuses."""
    with handle.held() as pointer:
        check(pointer, lib.stk_session_category(
            pointer, words.encode(option), ffi.from_buffer("double[]", _NUMBERS), ffi.NULL,
            ffi.NULL))


def _read(handle: Handle, path: str) -> str:
    return handle.bytes(lib.stk_session_read, path).decode("utf-8")


@contextmanager
def as_option(method: Any) -> Iterator[Any]:
    """What the option --method takes: a name or a path as it is, a method as a file for as long as
    it is read."""
    if not isinstance(method, Method):
        yield method
        return
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "method.yaml")
        method.save(path)
        yield path
