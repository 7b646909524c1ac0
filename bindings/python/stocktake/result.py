"""Answers: frames that know the question, and documents of several frames."""
from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any, Optional

import pandas as pd


@dataclass
class Answer:
    """A question and the session that it was asked of, so that other forms can be had."""

    handle: Any
    asked: str
    name: str
    options: dict[str, str]
    supposed: list[str]
    remarks: str = ""
    changes: int = field(init=False)

    def __post_init__(self) -> None:
        self.changes = self.handle.changes

    def bytes(self, format: str) -> bytes:
        """The same answer as the command writes it."""
        if self.handle.changes != self.changes:
            raise RuntimeError("the session has changed since this was asked; ask again")
        answer, self.remarks = self.handle.ask(self.asked, format)
        return answer


class Table(pd.DataFrame):
    """A frame, a row as in the command's CSV. What pandas makes of it is a plain frame."""

    _metadata = ["answer", "units"]

    @property
    def _constructor(self) -> Any:
        return pd.DataFrame

    @classmethod
    def of(cls, answer: Answer) -> "Table":
        columns, units, answer.remarks = answer.handle.table(answer.asked)
        table = cls(columns)
        table.answer = answer
        table.units = units
        return table

    @property
    def remarks(self) -> str:
        """What the command would say besides, a line each."""
        return self.answer.remarks

    def text(self) -> str:
        """The answer as the command prints it."""
        return self.answer.bytes("text").decode()

    def iamc(self) -> pd.DataFrame:
        """The answer as a wide IAMC frame, where the question has one."""
        return pd.read_csv(io.BytesIO(self.answer.bytes("iamc")), float_precision="round_trip")


class Document:
    """An answer of several parts. A list is a frame, by its name; all is in ``facts``.

    Attributes: the keys of the command's JSON.
    """

    def __init__(self, facts: dict[str, Any], answer: Optional[Answer] = None) -> None:
        self.facts = facts
        self.answer = answer

    @classmethod
    def of(cls, answer: Answer) -> "Document":
        return cls(json.loads(answer.bytes("json")), answer)

    @property
    def remarks(self) -> str:
        """What the command would say besides, a line each."""
        return self.answer.remarks if self.answer else ""

    def __getattr__(self, name: str) -> Any:
        facts = self.__dict__.get("facts", {})
        if name.startswith("_") or name not in facts:
            raise AttributeError(f"there is no {name!r} here; there are: {', '.join(facts)}")
        part = facts[name]
        if isinstance(part, list) and (not part or isinstance(part[0], dict)):
            return self._frame(part)
        return part

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.facts})

    def __repr__(self) -> str:
        return f"Document({', '.join(self.facts)})"

    @staticmethod
    def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
        frame = pd.DataFrame(rows)
        return frame.set_index("year", drop=False) if _is_series(frame) else frame

    def text(self) -> str:
        """The answer as the command prints it."""
        assert self.answer is not None
        return self.answer.bytes("text").decode()


def _is_series(frame: pd.DataFrame) -> bool:
    return "year" in frame and len(frame) > 1 and frame["year"].is_unique
