"""Answers: frames that know the question, and documents of several frames."""
from __future__ import annotations

import html
import json
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator, Optional, Union

import pandas as pd

from . import frames, plot as charts
from ._stocktake import lib
from .errors import text as _text
from .handle import read_csv

CITE = ("Cite stocktake {version}, \"What the world's climate pledges add up to\", and the sources "
        "of its data: stocktake.data().")


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

    def __getstate__(self) -> dict[str, Any]:
        """An answer goes into another process, its session does not."""
        return {**self.__dict__, "handle": None}

    def bytes(self, format: str) -> bytes:
        """The same answer as the command writes it."""
        if self.handle is None:
            raise RuntimeError("this was asked in another process; ask again")
        if self.handle.changes != self.changes:
            raise RuntimeError("the session has changed since this was asked; ask again")
        answer, self.remarks = self.handle.ask(self.asked, format)
        return answer

    def headline(self) -> str:
        """What a cell shows above an answer: the question, its options, what was supposed."""
        said = [f"<code>{html.escape(key)}={html.escape(one)}</code>" if one else
                f"<code>{html.escape(key)}</code>" for key, one in self.options.items()]
        said += [f"supposed: <code>{html.escape(one)}</code>" for one in self.supposed]
        return f"<p><b>stocktake {html.escape(self.name)}</b> {' '.join(said)}</p>"

    def foot(self) -> str:
        """What it shows below: remarks, and how to cite."""
        lines = [line for line in self.remarks.split("\n") if line]
        lines.append(CITE.format(version=_text(lib.stk_version())))
        return f"<p><small>{'<br>'.join(map(html.escape, lines))}</small></p>"

    def iamc(self) -> frames.Iamc:
        """The same answer as a data set."""
        return frames.Iamc.of(read_csv(self.bytes("iamc")))


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

    def _repr_html_(self) -> str:
        return self.answer.headline() + (super()._repr_html_() or "") + self.answer.foot()

    def plot(self, ax: Any = None) -> Any:  # type: ignore[override]
        """The chart of the question, as matplotlib axes."""
        if self.answer.name not in charts.CHARTS:
            raise TypeError(f"there is no chart of {self.answer.name}; there are: "
                            f"{', '.join(charts.CHARTS)}")
        return charts.CHARTS[self.answer.name](self, ax)

    def text(self) -> str:
        """The answer as the command prints it."""
        return self.answer.bytes("text").decode()

    def iamc(self) -> frames.Iamc:
        """The answer as a wide IAMC frame, where the question has one."""
        return self.answer.iamc()

    def to_xarray(self) -> Any:
        """The answer as ``xarray.Dataset``: a variable for each, by region, scenario and year."""
        return self.iamc().to_xarray()

    def to_pyam(self) -> Any:
        """The answer as ``pyam.IamDataFrame``."""
        return self.iamc().to_pyam()

    def to_scmrun(self) -> Any:
        """The answer as ``scmdata.ScmRun``."""
        return self.iamc().to_scmrun()


class Document:
    """An answer of several parts. A list is a frame, by its name; all is in ``facts``.

    Attributes: the keys of the command's JSON. Percentiles in it are columns, ``peak_k_p50``.
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

    def _repr_html_(self) -> str:
        parts = []
        for name, part in self.facts.items():
            if isinstance(part, list):
                shown = f"a frame of {len(part)} rows"
            elif isinstance(part, dict):
                shown = ", ".join(part)
            else:
                shown = str(part)
            parts.append(f"<tr><td>{html.escape(name)}</td><td>{html.escape(shown)}</td></tr>")
        table = f"<table>{''.join(parts)}</table>"
        asked = self._asked()
        return asked.headline() + table + asked.foot()

    def plot(self, ax: Any = None) -> Any:
        """The chart of the question, as matplotlib axes."""
        asked = self._asked()
        if asked.name == "warming":
            return charts.warming(self.rows, ax)
        if asked.name == "country":
            return charts.pathways(self.pathway.reset_index(drop=True), ax)
        if asked.name == "assess":
            return charts.gap(self.gap.assign(year=self.year), ax)
        raise TypeError(f"there is no chart of {asked.name}; there are: assess, country, warming")

    @staticmethod
    def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
        nested = any(isinstance(one, dict) for row in rows for one in row.values())
        frame = pd.json_normalize(rows, sep="_") if nested else pd.DataFrame(rows)
        return frame.set_index("year", drop=False) if _is_series(frame) else frame

    def text(self) -> str:
        """The answer as the command prints it."""
        return self._asked().bytes("text").decode()

    def iamc(self) -> frames.Iamc:
        """The answer as a wide IAMC frame, where the question has one."""
        return self._asked().iamc()

    def to_xarray(self) -> Any:
        """The answer as ``xarray.Dataset``: a variable for each, by region, scenario and year."""
        return self.iamc().to_xarray()

    def _asked(self) -> Answer:
        if self.answer is None:
            raise ValueError("this was not asked of a session")
        return self.answer


def _is_series(frame: pd.DataFrame) -> bool:
    return "year" in frame and len(frame) > 1 and frame["year"].is_unique


class Picture(bytes):
    """A chart as the bytes of its file; a cell shows it."""

    format: str

    def __new__(cls, content: bytes, format: str) -> "Picture":
        picture = super().__new__(cls, content)
        picture.format = format
        return picture

    def __repr__(self) -> str:
        return f"Picture({self.format}, {len(self)} bytes)"

    def _repr_svg_(self) -> Optional[str]:
        return self.decode() if self.format == "svg" else None

    def _repr_png_(self) -> Optional[bytes]:
        return bytes(self) if self.format == "png" else None

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Write the file."""
        Path(path).write_bytes(self)


class Page(bytes):
    """The report as the bytes of its file."""

    def __repr__(self) -> str:
        return f"Page({len(self)} bytes)"

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Write the file."""
        Path(path).write_bytes(self)


@contextmanager
def as_file(data: Any) -> Iterator[Any]:
    """A path as it is, and a frame as a CSV file for as long as it is read."""
    if not isinstance(data, pd.DataFrame):
        yield data
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "frame.csv")
        data.to_csv(path, index=False)
        yield path
