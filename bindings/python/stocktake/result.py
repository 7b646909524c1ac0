"""Answers: frames that know the question, and documents of several frames."""
from __future__ import annotations

import datetime
import html
import json
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Union

import pandas as pd

from . import frames, plot as charts, series, words
from ._stocktake import lib
from .errors import text as _text
from .handle import Progress, days_of, read_csv

CITE = ("Cite stocktake {version}, \"What the world's climate pledges add up to\", and the sources "
        "of its data: stocktake.data().")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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
    first: Optional[str] = None
    kept: Any = None  # the folder of a file that is asked about
    day: str = field(default_factory=lambda: datetime.date.today().isoformat())

    def __post_init__(self) -> None:
        self.changes = self.handle.changes

    def __deepcopy__(self, memo: Any) -> "Answer":
        return self

    def __getstate__(self) -> dict[str, Any]:
        """An answer goes into another process, its session does not."""
        return {**self.__dict__, "handle": None, "kept": None}

    def bytes(self, format: str, progress: Progress = None) -> bytes:
        """The same answer as the command writes it."""
        if self.handle is None:
            raise RuntimeError("this was asked in another process; ask again")
        if self.handle.changes != self.changes:
            raise RuntimeError("the session has changed since this was asked; ask again")
        answer, self.remarks = self.handle.ask(self.asked, format, progress)
        return answer

    def said(self) -> str:
        """What the command says first, where it can still be asked and is quick to say."""
        if self.first is None:
            self.first = ""
            if self.name not in ("timeline", "quantify"):
                remarks = self.remarks
                try:
                    self.first = self.bytes("text").decode().split("\n", 1)[0].rstrip(" :")
                except (RuntimeError, ValueError, LookupError, OSError):
                    pass  # the session is closed or has changed
                self.remarks = remarks
        return self.first

    def headline(self) -> str:
        """What a cell shows above an answer: the question, its options, what was supposed, and what
        the command says first."""
        said = [f"<code>{html.escape(key)}={html.escape(one)}</code>" if one else
                f"<code>{html.escape(key)}</code>" for key, one in self.options.items()]
        if "as-of" not in self.options and words.takes(self.name, "as-of"):
            said.insert(0, f"<code>as-of={self.day}</code>")
        said += [f"supposed: <code>{html.escape(one)}</code>" for one in self.supposed]
        first = self.said()
        return (f"<p><b>stocktake {html.escape(self.name)}</b> {' '.join(said)}"
                f"{'<br>' + html.escape(first) if first else ''}</p>")

    def foot(self) -> str:
        """What it shows below: remarks, and how to cite."""
        lines = [line for line in self.remarks.split("\n") if line]
        lines.append(CITE.format(version=_text(lib.stk_version())))
        return f"<p><small>{'<br>'.join(map(html.escape, lines))}</small></p>"


class _Series:
    """What an answer with series can become."""

    def _asked(self) -> Answer:
        raise NotImplementedError

    def iamc(self) -> frames.Iamc:
        """The answer as a wide IAMC frame, where the question has series."""
        return frames.Iamc.of(read_csv(self._asked().bytes("iamc")))

    def to_xarray(self) -> Any:
        """The answer as ``xarray.Dataset``: a variable for each, by region, scenario and year."""
        return self.iamc().to_xarray()

    def to_pyam(self) -> Any:
        """The answer as ``pyam.IamDataFrame``."""
        return self.iamc().to_pyam()

    def to_scmrun(self) -> Any:
        """The answer as ``scmdata.ScmRun``."""
        return self.iamc().to_scmrun()


class Table(_Series, pd.DataFrame):
    """A frame, a row as in the command's CSV. What pandas makes of it is a plain frame."""

    _metadata = ["answer", "units"]

    @property
    def _constructor(self) -> Any:
        return pd.DataFrame

    @classmethod
    def of(cls, answer: Answer, progress: Progress = None) -> "Table":
        columns, units, answer.remarks = answer.handle.table(answer.asked, progress)
        table = cls(columns, copy=False)
        table.answer = answer
        table.units = units
        return table

    def _asked(self) -> Answer:
        return self.answer

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
        """The answer as a wide IAMC frame, where the question has series."""
        if self.answer.name in series.SERIES:
            facts = json.loads(self.answer.bytes("json"))
            return series.SERIES[self.answer.name](self, self.units, facts)
        return super().iamc()

    def to_xarray(self) -> Any:
        """The answer as ``xarray.Dataset``: a variable for each, by region, scenario and year; of
        rows that are no series, a variable for each column, by row."""
        if self.answer.name not in ("timeline", "quantify"):
            return super().to_xarray()
        data = pd.DataFrame(self).rename_axis("row").to_xarray()
        for name, array in data.data_vars.items():
            if self.units.get(name):
                array.attrs["units"] = self.units[name]
        return data


class Document(_Series):
    """An answer of several parts. A list is a frame, by its name; all is in ``facts``.

    Attributes: the keys of the command's JSON. Percentiles in it are columns, ``peak_k_p50``; units
    of the columns are in the frame's ``attrs["units"]``.
    """

    def __init__(self, facts: dict[str, Any], answer: Optional[Answer] = None) -> None:
        self.facts = facts
        self.answer = answer

    @classmethod
    def of(cls, answer: Answer, progress: Progress = None) -> "Document":
        return cls(json.loads(answer.bytes("json", progress)), answer)

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
            frame = self._frame(part)
            units = facts.get("units", {})
            frame.attrs["units"] = {column: units[name] for row in part for name in row
                                    if name in units for column in _flat({name: row[name]})}
            return frame
        return part

    def __getitem__(self, name: str) -> Any:
        if name not in self.facts:
            raise KeyError(name)
        return getattr(self, name)

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
            return (charts.effects if "effects" in asked.options else charts.warming)(self.rows, ax)
        if asked.name == "fairness":
            return charts.fairness(self.rows, ax)
        if asked.name == "finance" and "goals" in self.facts:
            calls = [goal["goal"] for goal in self.facts["goals"] if goal["call"]]
            return charts.finance(self.rows[~self.rows["goal"].isin(calls)], ax)
        if asked.name == "country" and "pathway" in self.facts:
            return charts.pathways(self.pathway.reset_index(drop=True), ax)
        if asked.name == "assess" and "gap" in self.facts:
            return charts.gap(self.gap.assign(year=self.year), ax)
        raise TypeError(f"there is no chart of this answer to {asked.name}; there are: assess, "
                        "country of an area, fairness, finance of the world, warming")

    @staticmethod
    def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
        """Missing numbers are NaN, missing texts "", texts that are days datetime64, as they are in
        tables."""
        frame = pd.DataFrame([_flat(row) for row in rows])
        for name in frame.columns[frame.isna().any()]:
            column = frame[name]
            if column.isna().all():
                frame[name] = column.astype(float)
            elif column.dtype.kind == "O" and column.map(lambda one: one is None or one != one
                                                       or isinstance(one, str)).all():
                frame[name] = column.fillna("")
        for name in frame.columns[[one.kind == "O" for one in frame.dtypes]]:
            texts = [one for one in frame[name] if not isinstance(one, str) or one]
            if texts and all(isinstance(one, str) and _DAY.fullmatch(one) for one in texts):
                frame[name] = days_of(list(frame[name]))
        return frame.set_index("year", drop=False) if _is_series(frame) else frame

    def text(self) -> str:
        """The answer as the command prints it."""
        return self._asked().bytes("text").decode()

    def _asked(self) -> Answer:
        if self.answer is None:
            raise ValueError("this was not asked of a session")
        return self.answer


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row: low and high stand before the unit, as in tables, and all else that is
    inside a part behind its name: ``before_low_mt``, ``peak_k_p50``."""
    flat: dict[str, Any] = {}
    for name, part in row.items():
        if not isinstance(part, dict):
            flat[name] = part
            continue
        for key, one in _flat(part).items():
            stem, _, unit = name.rpartition("_")
            flat[f"{stem}_{key}_{unit}" if key in ("low", "high") else f"{name}_{key}"] = one
    return flat


def _is_series(frame: pd.DataFrame) -> bool:
    return "year" in frame and len(frame) > 1 and frame["year"].is_unique


class Picture(bytes):
    """A chart as the bytes of its file; a cell shows it."""

    format: str

    def __new__(cls, content: bytes, format: str) -> "Picture":
        picture = super().__new__(cls, content)
        picture.format = format
        return picture

    def __reduce__(self) -> Any:
        return Picture, (bytes(self), self.format)

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


def as_file(data: Any) -> tuple[Any, Optional["tempfile.TemporaryDirectory[str]"]]:
    """A path as it is; a frame or data set as a CSV file, which is there as long as its folder."""
    if hasattr(data, "data_vars"):
        data = data.to_dataframe()
    if isinstance(data, (str, os.PathLike)):
        return data, None
    data = frames.flat(data, "targets", "a frame, a data set of xarray, or a path")
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name, "frame.csv")
    data.to_csv(path, index=False)
    return path, folder
