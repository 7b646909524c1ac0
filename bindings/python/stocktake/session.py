"""A session: an edition that stays open, options, what is supposed, and questions."""
from __future__ import annotations

import os
import threading
import weakref
from contextlib import contextmanager
from typing import Any, Iterator, Optional, Union

import numpy as np

from . import words
from ._stocktake import ffi, lib
from .errors import check, text
from .result import Answer, Document, Table

_open: "weakref.WeakSet[Handle]" = weakref.WeakSet()


class Handle:
    """The session of the library. One thread at a time; a fork waits until calls have ended."""

    def __init__(self, edition: Optional[bytes]) -> None:
        self.lock = threading.RLock()
        self.busy = False
        self.changes = 0
        pointer = ffi.new("stk_session **")
        result = lib.stk_session_open(ffi.NULL if edition is None else edition, pointer)
        if pointer[0] == ffi.NULL:
            raise MemoryError("no memory for a session")
        self.pointer = ffi.gc(pointer[0], lib.stk_session_close)
        check(self.pointer, result)
        _open.add(self)

    @contextmanager
    def held(self) -> Iterator[Any]:
        """The session for one call and what is read of its answer."""
        with self.lock:
            if self.busy:
                raise RuntimeError("a session cannot be asked from its own progress function")
            if self.pointer is None:
                raise ValueError("the session is closed")
            self.busy = True
            try:
                yield self.pointer
            finally:
                self.busy = False

    def call(self, function: Any, *arguments: Any) -> None:
        """A call that changes what answers mean."""
        given = [words.encode(one) if isinstance(one, str) else ffi.NULL if one is None else one
                 for one in arguments]
        with self.held() as pointer:
            self.changes += 1
            check(pointer, function(pointer, *given))

    def ask(self, asked: str, format: Optional[str]) -> tuple[bytes, str]:
        """The bytes of an answer, and what the command would say besides."""
        answer, size = ffi.new("char const **"), ffi.new("size_t *")
        form = ffi.NULL if format is None else words.encode(format)
        with self.held() as pointer:
            check(pointer, lib.stk_session_ask(pointer, words.encode(asked), form, answer, size))
            return bytes(ffi.buffer(answer[0], size[0])), text(lib.stk_session_remarks(pointer))

    def table(self, asked: str) -> tuple[dict[str, Any], dict[str, str], str]:
        """Columns of an answer, their units, and what the command would say besides."""
        rows, columns = ffi.new("int *"), ffi.new("int *")
        with self.held() as pointer:
            check(pointer, lib.stk_session_table(pointer, words.encode(asked), rows, columns))
            data, units = read_columns(pointer, rows[0], columns[0])
            return data, units, text(lib.stk_session_remarks(pointer))

    def close(self) -> None:
        with self.lock:
            if self.pointer is not None:
                ffi.release(self.pointer)
            self.pointer = None


def read_columns(pointer: Any, rows: int, columns: int) -> tuple[dict[str, Any], dict[str, str]]:
    """The last table. Numbers that are all whole become integers, as pandas reads them of a file."""
    data: dict[str, Any] = {}
    units: dict[str, str] = {}
    name, unit, kind = ffi.new("char const **"), ffi.new("char const **"), ffi.new("int *")
    for i in range(columns):
        values = lib.stk_session_column(pointer, i, name, unit, kind)
        if values == ffi.NULL:
            raise MemoryError("no memory for a column")
        key = text(name[0])
        units[key] = text(unit[0])
        if kind[0] == lib.STK_COLUMN_NUMBERS:
            numbers = np.frombuffer(ffi.buffer(values, 8 * rows), dtype=float).copy()
            whole = np.all(np.isfinite(numbers)) and np.all(numbers == np.rint(numbers))
            data[key] = numbers.astype(np.int64) if rows and whole and not units[key] else numbers
        else:
            texts = ffi.cast("char const *const *", values)
            data[key] = np.array([text(texts[r]) for r in range(rows)], dtype=object)
    return data, units


def _before_fork() -> None:
    global _held
    _held = list(_open)
    for handle in _held:
        handle.lock.acquire()


def _after_fork() -> None:
    for handle in _held:
        handle.lock.release()
    _held.clear()


_held: list[Handle] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork,
                        after_in_child=_after_fork)


class Session:
    """An edition of the data with options and what is supposed.

    Options are those of the command, with ``_`` for ``-``: they hold for all questions that have
    them, and can be given with a question for this once.

    :param edition: a folder laid out as the project's ``data/``, or a packed file; None: the one
        that is in the package
    :param what_if: what is supposed, as ``what_if()`` takes it; a text or several
    :param pledges: a file of documents that are laid over the edition's
    """

    def __init__(self, edition: Union[None, str, "os.PathLike[str]"] = None, *,
                 what_if: Any = None, pledges: Any = None, **options: Any) -> None:
        self._handle = Handle(None if edition is None else words.encode(os.fspath(edition)))
        self._edition = edition
        self._options: dict[str, str] = {}
        self._supposed: list[str] = []
        for path in ([pledges] if isinstance(pledges, (str, os.PathLike)) else pledges or []):
            self.pledges(path)
        self.set(**options)
        for one in ([what_if] if isinstance(what_if, str) else what_if or []):
            self.what_if(one)

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        parts = [f"{name}={one!r}" for name, one in self._options.items()]
        parts += [f"what_if={one!r}" for one in self._supposed]
        return f"Session({', '.join(parts)})"

    def __reduce__(self) -> Any:
        raise TypeError("a session cannot be copied into another process: open one there, or fork")

    def close(self) -> None:
        """Free what is open; the session refuses questions then."""
        self._handle.close()

    # ---- options and what is supposed ----

    def set(self, **options: Any) -> "Session":
        """Set options; None: the default."""
        for name, given in options.items():
            key = name.rstrip("_").replace("_", "-")
            pairs = list(words.options({key: given}))
            value = pairs[0][1] if pairs else None
            self._handle.call(lib.stk_session_set, key, value)
            self._options.pop(key, None)
            if value is not None:
                self._options[key] = value
        return self

    @property
    def options(self) -> dict[str, str]:
        """Options that were set, by the names of the command."""
        return dict(self._options)

    def what_if(self, supposed: str) -> "Session":
        """Suppose ``"IND 2035=3000Mt"``, ``"G20 2035=-10%"`` or ``"IND net-zero=2060"``."""
        self._handle.call(lib.stk_session_what_if, supposed)
        self._supposed.append(supposed)
        return self

    def target(self, area: str, target: str) -> "Session":
        """Suppose a target: ``"2035=3500Mt"``, ``"2035=-60%@2005"``."""
        self._handle.call(lib.stk_session_target, area, target)
        self._supposed.append(f"{area} {target}")
        return self

    def net_zero(self, area: str, year: Optional[int]) -> "Session":
        """Suppose a net-zero year in law; None: none."""
        self._handle.call(lib.stk_session_net_zero, area, year or 0)
        self._supposed.append(f"{area} net-zero={year or 'none'}")
        return self

    def pledge(self, iso3: str, yaml: str) -> "Session":
        """Lay documents of one Party over the edition's: YAML as in the edition's ``pledges/``."""
        self._handle.call(lib.stk_session_pledge, iso3, yaml)
        return self

    def pledges(self, path: Union[str, "os.PathLike[str]"]) -> "Session":
        """Lay the documents of a file over the edition's."""
        self._handle.call(lib.stk_session_pledges_read, os.fspath(path))
        return self

    def reset(self, area: Optional[str] = None) -> "Session":
        """Take back what was supposed for an area; None: everything."""
        self._handle.call(lib.stk_session_reset, area)
        kept = [] if area is None else [s for s in self._supposed if not s.startswith(area + " ")]
        self._supposed = kept
        return self

    # ---- questions ----

    def ask(self, question: str, *operands: Any, format: Optional[str] = None,
            **options: Any) -> bytes:
        """The bytes that the command writes: ``ask("gap", format="csv", year=2035)``."""
        return self._handle.ask(words.question(question, operands, options), format)[0]

    def _answer(self, kind: Any, name: str, operands: tuple[Any, ...],
                options: dict[str, Any]) -> Any:
        asked = Answer(self._handle, words.question(name, operands, options), name,
                       {**self._options, **dict(words.options(options))}, list(self._supposed))
        return kind.of(asked)

    def gap(self, year: Optional[int] = None, **options: Any) -> Table:
        """World level, benchmark and gap, a row for each case of the pledges."""
        return self._answer(Table, "gap", (), {"year": year, **options})

    def targets(self, **options: Any) -> Table:
        """Quantified targets, a row each. ``party`` is another name of ``area``."""
        if "party" in options:
            options["area"] = options.pop("party")
        return self._answer(Table, "targets", (), options)

    def assess(self, **options: Any) -> Document:
        """The assessment: ``gap``, ``world``, ``coverage``, ``warming`` and more, as frames."""
        return self._answer(Document, "assess", (), options)

    def country(self, area: str, **options: Any) -> Document:
        """A Party or group: ``pathway``, ``documents``, ``profile``."""
        return self._answer(Document, "country", (area,), options)
