"""Refusals of the library as exceptions."""
from __future__ import annotations

from typing import Any, Type

from ._stocktake import ffi, lib


class Refusal(Exception):
    """What all exceptions of the library have: the place that they are about.

    ``file`` is "" and ``line`` and ``column`` are 0 where there is none; both count from 1.
    """

    def __init__(self, message: str, file: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.file, self.line, self.column = message, file, line, column

    def __str__(self) -> str:
        place = [part for part in (self.file, self.line, self.column) if part]
        return ":".join(map(str, place)) + ": " + self.message if self.file else self.message

    def __reduce__(self) -> Any:
        return type(self), (self.message, self.file, self.line, self.column)


class ArgumentError(Refusal, ValueError):
    """An argument or an option that cannot be."""


class UnitError(Refusal, ValueError):
    """Units that cannot be converted."""


class DataError(Refusal, ValueError):
    """A file, or a value in it."""


class FileError(Refusal, OSError):
    """A file that cannot be read or written."""

    __str__ = Refusal.__str__


class UnknownError(Refusal, LookupError):
    """No such area, question, benchmark, method."""


class DomainError(Refusal, ArithmeticError):
    """A computation that left its valid range."""


class LeftOut(UserWarning):
    """What a run of scenarios left out, doubts or infilled: one warning for each call. The rows are
    in ``left_out`` of the result."""


KINDS: dict[int, Type[Refusal]] = {
    lib.STK_REFUSAL_ARGUMENT: ArgumentError,
    lib.STK_REFUSAL_FILE: FileError,
    lib.STK_REFUSAL_FORMAT: DataError,
    lib.STK_REFUSAL_DATA: DataError,
    lib.STK_REFUSAL_UNKNOWN: UnknownError,
    lib.STK_REFUSAL_UNIT: UnitError,
    lib.STK_REFUSAL_DOMAIN: DomainError,
}


def text(pointer: Any) -> str:
    """A C string; "" for NULL."""
    return "" if pointer == ffi.NULL else ffi.string(pointer).decode("utf-8", "replace")


def check(session: Any, result: int) -> None:
    """Raise what a call refused."""
    if result == lib.STK_DONE:
        return
    reason, file = ffi.new("char const **"), ffi.new("char const **")
    line, column = ffi.new("long *"), ffi.new("long *")
    kind = lib.stk_session_refusal(session, reason, file, line, column)
    if kind == lib.STK_REFUSAL_MEMORY or session == ffi.NULL:
        raise MemoryError(text(reason[0]))
    raise KINDS[kind](text(reason[0]), text(file[0]), line[0], column[0])
