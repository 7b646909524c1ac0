"""The session of the library: one thread at a time, whole in a forked child, ended by Ctrl-C."""
from __future__ import annotations

import io
import os
import re
import sys
import threading
import weakref
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Optional, Union

import numpy as np
import pandas as pd

from . import words
from ._stocktake import ffi, lib
from .errors import check, text

Progress = Union[None, bool, Callable[[float], Any]]


class Handle:
    """The session of the library. A fork waits until calls have ended, so that its child has all."""

    def __init__(self, edition: Optional[bytes] = None) -> None:
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

    @classmethod
    @contextmanager
    def opened(cls, edition: Any = None) -> "Iterator[Handle]":
        """A session for some calls, of an edition as :class:`stocktake.Session` takes it."""
        handle = cls(None if edition is None else words.encode(os.fspath(edition)))
        try:
            yield handle
        finally:
            handle.close()

    @contextmanager
    def held(self) -> Iterator[Any]:
        """The session for calls and what is read of their answers."""
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
        given = [ffi.NULL if one is None else one if isinstance(one, int) else words.encode(one)
                 for one in arguments]
        with self.held() as pointer:
            self.changes += 1
            check(pointer, function(pointer, *given))

    def ask(self, asked: str, format: Optional[str],
            progress: Progress = None) -> tuple[bytes, str]:
        """The bytes of an answer, and what the command would say besides."""
        answer, size = ffi.new("char const **"), ffi.new("size_t *")
        form = ffi.NULL if format is None else words.encode(format)
        with self.held() as pointer:
            _watched(pointer, progress, lib.stk_session_ask, words.encode(asked), form, answer, size)
            return bytes(ffi.buffer(answer[0], size[0])), text(lib.stk_session_remarks(pointer))

    def table(self, asked: str,
              progress: Progress = None) -> tuple[dict[str, Any], dict[str, str], str]:
        """Columns of an answer, their units, and what the command would say besides."""
        rows, columns = ffi.new("int *"), ffi.new("int *")
        with self.held() as pointer:
            _watched(pointer, progress, lib.stk_session_table, words.encode(asked), rows, columns)
            data, units = read_columns(pointer, rows[0], columns[0])
            return data, units, text(lib.stk_session_remarks(pointer))

    def known_until(self) -> str:
        """The newest day of a document, "" without any."""
        with self.held() as pointer:
            day = lib.stk_session_known_until(pointer)
            return "" if day == ffi.NULL else text(day)

    def file(self, path: str) -> pd.DataFrame:
        """A table of the edition, without the comments above it."""
        return read_csv(re.sub(rb"^(#.*\n)+", b"", self.bytes(lib.stk_session_read, path)))

    def bytes(self, function: Any, name: str) -> bytes:
        """What a function of the library hands out under a name."""
        with self.held() as pointer:
            return read_bytes(pointer, function, name)

    def close(self) -> None:
        with self.lock:
            if self.busy:
                raise RuntimeError("a session cannot be closed from its own progress function")
            if self.pointer is not None:
                ffi.release(self.pointer)
            self.pointer = None


def _watched(pointer: Any, progress: Progress, function: Any, *arguments: Any) -> None:
    """A question, which is told how far it is and ended by Ctrl-C."""
    watch = Watch(progress)
    lib.stk_session_progress(pointer, lib.stocktake_progress, watch.handle)
    try:
        watch.check(pointer, function(pointer, *arguments))
    finally:
        lib.stk_session_progress(pointer, ffi.NULL, ffi.NULL)


def read_bytes(pointer: Any, function: Any, name: str) -> bytes:
    """What a function of the library hands out under a name."""
    found, size = ffi.new("char const **"), ffi.new("size_t *")
    check(pointer, function(pointer, words.encode(name), found, size))
    return bytes(ffi.buffer(found[0], size[0]))


def read_csv(content: bytes, **options: Any) -> pd.DataFrame:
    """CSV of the library without a digit lost; an empty field is missing, and NA is Namibia."""
    return pd.read_csv(io.BytesIO(content), keep_default_na=False, na_values=[""],
                       float_precision="round_trip", **options)


def read_columns(pointer: Any, rows: int, columns: int) -> tuple[dict[str, Any], dict[str, str]]:
    """The last table. Days are datetime64, NaT where there is none; numbers without a unit that are
    all whole become integers: years, counts."""
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
            whole = rows and not units[key] and np.all(numbers == np.rint(numbers))
            data[key] = numbers.astype(np.int64) if whole else numbers
        else:
            day = text(lib.stk_session_column_kind(pointer, i)) == "date"
            data[key] = _texts(values, rows, days_of if day else _objects)
    return data, units


def _texts(values: Any, rows: int, made: Callable[[list[str]], Any]) -> "np.ndarray[Any, Any]":
    """C strings; those that are the same as the one above are at the same place, and made once."""
    places = np.frombuffer(ffi.buffer(values, ffi.sizeof("char *") * rows), dtype=np.uintp)
    first = np.flatnonzero(np.diff(places, prepend=np.uintp(0)))
    texts = ffi.cast("char const *const *", values)
    found = made([ffi.string(texts[r]).decode("utf-8", "replace") for r in first.tolist()])
    return np.repeat(found, np.diff(first, append=rows))


def _objects(texts: list[str]) -> "np.ndarray[Any, Any]":
    return np.array(texts, dtype=object)


def days_of(texts: list[str]) -> "np.ndarray[Any, Any]":
    """Days as datetime64, NaT for "". What pandas has no nanoseconds for, after 2262, is an object
    each."""
    days = np.array(texts, dtype="datetime64[D]")
    last = np.datetime64(pd.Timestamp.max.date())
    return days.astype(object if (days > last).any() else "datetime64[ns]")


# ---- forks ----

_open: "weakref.WeakSet[Handle]" = weakref.WeakSet()
_held: list[Handle] = []
_forking = threading.Lock()  # one fork at a time gathers locks, so that two never wait for another


def _before_fork() -> None:
    _forking.acquire()
    _held.extend(_open)
    for handle in _held:
        handle.lock.acquire()


def _after_fork() -> None:
    for handle in _held:
        handle.lock.release()
    _held.clear()
    _forking.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork,
                        after_in_child=_after_fork)


# ---- progress ----

class Watch:
    """Who is told how far a run is: the caller's function, or a line on the terminal. What it
    raises, as Ctrl-C does, ends the run and is raised again."""

    def __init__(self, progress: Progress) -> None:
        self.tell = progress if callable(progress) else _show if progress else None
        self.handle = ffi.new_handle(self)
        self.raised: Optional[BaseException] = None
        self.refused: list[tuple[int, str]] = []

    def check(self, pointer: Any, result: int) -> None:
        """Raise what ended the run, or what it refused."""
        if result == lib.STK_CANCELLED:
            raise self.raised or KeyboardInterrupt
        check(pointer, result)


def _show(share: float) -> None:
    sys.stderr.write(f"\rstocktake: {100 * share:3.0f} %" + ("\n" if share >= 1 else ""))
    sys.stderr.flush()


def _note(kind: Any, error: BaseException, trace: Any) -> int:
    user = trace.tb_frame.f_locals.get("user") if trace is not None else None
    if user is not None:
        ffi.from_handle(user).raised = error
    return 1


@ffi.def_extern(error=1, onerror=_note)
def stocktake_progress(user: Any, share: float) -> int:
    watch = ffi.from_handle(user)
    return 1 if watch.tell is not None and watch.tell(share) is False else 0


@ffi.def_extern()
def stocktake_refused(user: Any, scenario: int, reason: Any) -> None:
    ffi.from_handle(user).refused.append((scenario, text(reason)))
