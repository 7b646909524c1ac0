"""Scenarios as people have them, as rows of IAMC tables: frames, data sets, files."""
from __future__ import annotations

import datetime
import functools
import os
from typing import Any, Iterator, NamedTuple

import numpy as np
import pandas as pd

from . import words
from ._stocktake import ffi, lib
from .errors import DataError, check

NAMES = ("model", "scenario", "region", "variable", "unit")


class Row(NamedTuple):
    """Values of years of one variable of one scenario."""

    model: str
    scenario: str
    region: str
    variable: str
    unit: str
    years: "np.ndarray[Any, Any]"
    values: "np.ndarray[Any, Any]"


def year_of(label: Any) -> int:
    """The year that a column is of; ValueError for what is none."""
    if isinstance(label, (datetime.date, np.datetime64)) or hasattr(label, "timetuple"):
        return int(pd.Timestamp(label).year)
    if hasattr(label, "year"):  # of cftime
        return int(label.year)
    if isinstance(label, str) and label[:1] in ("X", "x") and label[1:5].isdecimal():
        label = label[1:]  # of R
    try:
        number = float(label)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if number % 1 not in (0, 0.5):  # 2020.5 is the middle of 2020
        raise DataError(f"the year {label!r} is refused; allowed: years such as 2020 or 2020.5")
    return int(number)


def wide(data: Any) -> pd.DataFrame:
    """A frame with NAMES as its index and years as its columns."""
    if hasattr(data, "timeseries"):  # of pyam and scmdata
        data = data.timeseries()
    if hasattr(data, "data_vars") or hasattr(data, "to_dataset"):
        data = _of_dataset(data)
    if isinstance(data, pd.Series):
        data = data.to_frame("value")
    frame = flat(data, "scenarios", "a frame, a data set of xarray, pyam's and scmdata's, or a path")
    frame = frame.rename(columns={label: label.lower() for label in frame.columns
                                  if isinstance(label, str)})
    if frame.columns.has_duplicates:
        raise DataError("the frame has two columns "
                        f"{frame.columns[frame.columns.duplicated()][0]!r}")
    if "model" not in frame and "climate_model" in frame:
        frame = frame.rename(columns={"climate_model": "model"})
    missing = [name for name in ("scenario", "variable", "unit") if name not in frame]
    if missing:
        raise lacking(frame, missing, "scenario, variable, unit, and years as columns, or year and value")
    frame = frame.assign(**{name: usual for name, usual in
                            (("model", "unspecified"), ("region", "World")) if name not in frame})
    if "value" in frame:
        frame = _of_long(frame)
    index = pd.MultiIndex.from_frame(frame[list(NAMES)].astype(object).fillna("").astype(str))
    rest = [label for label in frame.columns if is_year(label)]
    values = _numbers(frame, rest)
    values.columns = [year_of(label) for label in rest]
    values.index = index
    if not len(values.columns):
        raise DataError("the frame has no column of a year; needed are columns such as 2020, or year "
                        "and value")
    if len(set(values.columns)) != len(values.columns):
        raise DataError("the frame has two columns of one year")
    return values.sort_index(axis=1)


def flat(data: Any, what: str, allowed: str) -> pd.DataFrame:
    """A frame without an index; those of other packages (polars, pyarrow) become pandas'."""
    if not isinstance(data, pd.DataFrame) and hasattr(data, "to_pandas"):
        data = data.to_pandas()
    if not isinstance(data, pd.DataFrame):
        raise TypeError(f"{what} as {type(data).__name__} are refused; allowed: {allowed}")
    return data.reset_index() if any(name is not None for name in data.index.names) else data


def lacking(frame: pd.DataFrame, missing: list[str], needed: str) -> DataError:
    """A refusal that says what is there."""
    there = [repr(label) for label in frame.columns]
    return DataError(f"the frame has no column {', '.join(map(repr, missing))}, but "
                     f"{', '.join(there[:12]) or 'none'}{', ...' if len(there) > 12 else ''}; needed "
                     f"are {needed}")


def is_year(label: Any) -> bool:
    """Whether a column is of a year; others are passed over."""
    try:
        return 1000 <= year_of(label) < 10000
    except (TypeError, ValueError, OverflowError):
        return False


def _numbers(frame: pd.DataFrame, columns: list[Any]) -> pd.DataFrame:
    """The columns as numbers, and what is none with its place."""
    found = {}
    for label in columns:
        column = frame[label]
        try:
            if column.map(lambda one: isinstance(one, (complex, np.complexfloating))).any():
                raise ValueError
            found[label] = pd.to_numeric(column).astype(float)
        except (TypeError, ValueError, OverflowError):
            for place, one in enumerate(column):
                try:
                    float(one) if not pd.isna(one) else None
                except (TypeError, ValueError, OverflowError):
                    row = frame.iloc[place]
                    year = row["year"] if label == "value" and "year" in frame else label
                    raise DataError(
                        f"{row['variable']} of {year} in the scenario {row['scenario']!r}: "
                        f"{str(one)[:80]!r} is refused; allowed: a number such as 36000.5, or none"
                    ) from None
            raise
    return pd.DataFrame(found, index=frame.index)


def numbers(column: "pd.Series[Any]") -> "np.ndarray[Any, Any]":
    """A column of numbers, also of texts, NaN where there is none."""
    found = pd.to_numeric(column, errors="coerce")
    wrong = column[found.isna() & column.notna() & (column != "")]
    if len(wrong):
        raise DataError(f"the column {column.name!r}: {wrong.iloc[0]!r} is refused; allowed: numbers")
    return found.to_numpy(float)


def _of_long(frame: pd.DataFrame) -> pd.DataFrame:
    if "year" not in frame:
        frame = frame.rename(columns={"time": "year"})
    if "year" not in frame:
        raise DataError("a frame with the column value needs the column year or time")
    frame = frame.assign(year=frame["year"].map(year_of))
    keys = [*NAMES, "year"]
    if frame.duplicated(keys).any():
        twice = frame[frame.duplicated(keys)].iloc[0]
        raise DataError(f"{twice['variable']} of {twice['year']} in the scenario "
                        f"{twice['scenario']!r} is there twice")
    frame = frame.assign(value=_numbers(frame, ["value"])["value"])
    return frame.pivot(index=list(NAMES), columns="year", values="value").reset_index()


def _of_dataset(data: Any) -> pd.DataFrame:
    """A data set with a variable for each variable, or an array with a dimension of them."""
    if not hasattr(data, "data_vars"):
        data = data.to_dataset(name=data.name or "value")
    frames = []
    for name, array in data.data_vars.items():
        frame = array.to_dataframe(name="value").reset_index()
        if "species" in frame and "variable" not in frame:
            frame = frame.rename(columns={"species": "variable"})
        if "variable" not in frame:
            frame["variable"] = array.attrs.get("long_name", name)
        if "unit" not in frame:
            frame["unit"] = array.attrs.get("unit", array.attrs.get("units", ""))
        frames.append(frame.dropna(subset=["value"]))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["value"])


def rows(data: Any) -> Iterator[Row]:
    """Rows of scenarios, without what is missing."""
    frame = wide(data)
    years = frame.columns.to_numpy(dtype=np.int32)
    values = frame.to_numpy(dtype=float)
    for key, line in zip(frame.index, values):
        there = ~np.isnan(line)
        if there.any():
            model, scenario, region, variable, unit = key
            if not scenario or not variable:
                raise DataError("a row has values and no "
                                f"{'variable' if scenario else 'scenario'}: {', '.join(key)}")
            yield Row(model, scenario, region, variable, unit,
                      np.ascontiguousarray(years[there]), np.ascontiguousarray(line[there]))


def is_path(data: Any) -> bool:
    return isinstance(data, (str, bytes, os.PathLike))


def read(path: Any) -> Any:
    """Workbooks are read by pandas; any other file by the library."""
    name = os.fsdecode(path)
    if not name.lower().endswith((".xlsx", ".xls", ".ods")):
        return path
    sheets = pd.read_excel(name, sheet_name=None)
    if len(sheets) > 1 and "data" not in sheets:
        raise DataError(f"{name} has the sheets {', '.join(map(str, sheets))}; needed is 'data', "
                        "or only one")
    return sheets.get("data", next(iter(sheets.values())))


def put(pointer: Any, data: Any) -> None:
    """Make scenarios the rows of a session, which tells of those of other regions."""
    check(pointer, lib.stk_session_rows_clear(pointer))
    data = read(data) if is_path(data) else data
    if is_path(data):
        check(pointer, lib.stk_session_rows_read(pointer, words.encode(os.fsdecode(data))))
        return
    some = False
    for row in rows(data):
        some = True
        if row.region.strip().lower() != "world":
            names = [words.encode(one) for one in (row.model, row.scenario, row.region)]
            check(pointer, lib.stk_session_row_elsewhere(pointer, *names))
            continue
        names = [words.encode(one) for one in (row.model, row.scenario, row.variable, row.unit)]
        check(pointer, lib.stk_session_rows(
            pointer, *names, ffi.from_buffer("int[]", row.years),
            ffi.from_buffer("double[]", row.values), len(row.years)))
    if not some:
        raise DataError("the frame has no row with a value")


def summary(notes: pd.DataFrame) -> str:
    """How many notes of each kind there are, and the first of them; "" without any."""
    left = notes["kind"] == "left out"
    whole = left & notes["variable"].isna() & notes["scenario"].notna()
    said = []
    for what, chosen in (("scenarios left out", whole), ("left out", left & ~whole),
                         ("warnings", notes["kind"] == "warning"),
                         ("infilled", notes["kind"] == "infilled")):
        part = notes[chosen]
        if len(part):
            first = part.iloc[0]
            names = [repr(name) for name in (first["variable"], first["scenario"])
                     if isinstance(name, str)]
            said.append(f"{what}: {len(part)} ({' of '.join(names)}{': ' if names else ''}"
                        f"{first['reason']})")
    return "; ".join(said)


# ---- out ----

class Iamc(pd.DataFrame):
    """A wide IAMC frame: NAMES as its index, years as its columns."""

    @property
    def _constructor(self) -> Any:
        return Iamc

    @classmethod
    def of(cls, table: pd.DataFrame) -> "Iamc":
        """Of a table as the library writes it."""
        frame = cls(wide(table))
        frame.columns.name = "year"
        return frame

    @property
    def plot(self) -> Any:
        """Of :attr:`stocktake.scenario.Result.climate`: ``plot(ax=None)`` draws median and range of
        warming of each scenario, as matplotlib axes. Of what is turned or has other labels: the
        one of pandas. Others are refused."""
        if list(self.index.names) != list(NAMES):
            return pd.DataFrame(self).plot
        from . import plot

        return functools.partial(plot.climate, self)

    def long(self) -> pd.DataFrame:
        """A row for each value."""
        return pd.DataFrame(self).stack().rename("value").reset_index()

    def to_xarray(self) -> Any:
        """``xarray.Dataset`` with a variable for each, whose dimensions are those of model (where
        there are several), region, scenario and year."""
        import xarray

        models = self.index.unique("model")
        dimensions = ["region", "scenario"] if len(models) < 2 else ["model", "region", "scenario"]
        found = {}
        for (variable, unit), part in self.groupby(["variable", "unit"], sort=False):
            series = pd.DataFrame(part).stack()
            series.index = series.index.droplevel(
                [name for name in NAMES if name not in dimensions])
            array = series.to_xarray().transpose(*dimensions, "year")
            array.attrs = {"long_name": variable, "units": unit}
            found[variable] = array
        attributes = {"model": models[0]} if len(models) == 1 else {}
        return xarray.Dataset(found, attrs=attributes)

    def to_netcdf(self, path: Any) -> None:
        """A file as ``pyam.read_netcdf()`` takes it: dimensions time, model, scenario, region."""
        import xarray

        found = {}
        for (variable, unit), part in self.groupby(["variable", "unit"], sort=False):
            series = pd.DataFrame(part).stack()
            series.index = series.index.droplevel(["variable", "unit"])
            series.index.names = ["model", "scenario", "region", "time"]
            array = series.to_xarray().transpose("time", "model", "scenario", "region")
            array.attrs = {"long_name": variable, "unit": unit, "units": unit}
            found[variable.replace("/", "_")] = array
        xarray.Dataset(found).to_netcdf(path)

    def to_pyam(self) -> Any:
        """``pyam.IamDataFrame``."""
        import pyam

        return pyam.IamDataFrame(pd.DataFrame(self).reset_index())

    def to_scmrun(self) -> Any:
        """``scmdata.ScmRun``."""
        import scmdata

        return scmdata.ScmRun(pd.DataFrame(self).reset_index())
