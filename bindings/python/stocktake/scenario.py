"""The scenario workflow of the IPCC's AR6: from emission scenarios to warming and categories.

Each function takes scenarios as :mod:`stocktake.frames` does: a wide or long IAMC frame, a data
set, ``pyam.IamDataFrame``, ``scmdata.ScmRun``, or a path.
"""
from __future__ import annotations

import os
import warnings
from typing import Any, Optional, Union

import numpy as np
import pandas as pd

from . import frames, words
from ._stocktake import ffi, lib
from .errors import check as check_result, text
from .handle import Handle, Progress, Watch, read_csv

#: Names of the methods that the edition has.
METHODS = ("ar6-2015-cdr", "ar6-2015", "recent", "sci-2026", "cmip7")


class Result:
    """What a run made. ``emissions`` and ``left_out`` are there for each, ``climate`` and ``meta``
    for :func:`assess`."""

    def __init__(self, handle: Handle, names: tuple[str, ...]) -> None:
        self.files = {name: handle.bytes(lib.stk_session_result, name) for name in names}

    @property
    def emissions(self) -> frames.Iamc:
        """The scenarios as the run made them."""
        return frames.Iamc.of(read_csv(self.files["emissions"]))

    @property
    def left_out(self) -> pd.DataFrame:
        """Rows and scenarios that were left out, and warnings, with their reasons."""
        return read_csv(self.files["left_out"])

    @property
    def climate(self) -> frames.Iamc:
        """Percentiles of warming and shares of members above thresholds."""
        return frames.Iamc.of(read_csv(self.files["climate"]))

    @property
    def meta(self) -> pd.DataFrame:
        """A row a scenario: category, warming, net zero, budgets."""
        return read_csv(self.files["meta"])

    def save(self, folder: Union[str, "os.PathLike[str]"]) -> None:
        """Write the tables as the command does: emissions.csv, climate.csv, meta.csv."""
        os.makedirs(folder, exist_ok=True)
        for name, content in self.files.items():
            with open(os.path.join(folder, name + ".csv"), "wb") as file:
                file.write(content)

    def __repr__(self) -> str:
        return f"Result({', '.join(self.files)})"


def _run(stage: str, data: Any, names: tuple[str, ...], progress: Progress, edition: Any,
         options: dict[str, Any]) -> Result:
    handle = Handle(None if edition is None else words.encode(os.fspath(edition)))
    watch = Watch(progress)
    asked = words.encode(words.question(stage, (), options))
    with handle.held() as pointer:
        left_out = frames.put(pointer, data)
        result = lib.stk_session_run(pointer, asked, lib.stocktake_progress, watch.handle, ffi.NULL,
                                     ffi.NULL)
        watch.check(pointer, result)
    if left_out:
        regions = sorted({row.region for row in left_out})
        warnings.warn(f"rows of other regions than World are left out: {', '.join(regions)}",
                      stacklevel=3)
    made = Result(handle, names)
    notes = made.left_out
    whole = notes[(notes["kind"] == "left out") & notes["variable"].isna()
                  & notes["scenario"].notna()]
    for _, note in whole.iterrows():
        warnings.warn(f"scenario {note['scenario']!r} is left out by {note['stage']}: "
                      f"{note['reason']}", stacklevel=3)
    handle.close()
    return made


def check(data: Any, *, method: Optional[str] = None, strict: bool = False,
          edition: Any = None) -> Result:
    """Drop what cannot be used."""
    return _run("check", data, ("emissions", "left_out"), None, edition,
                {"method": method, "strict": strict})


def harmonise(data: Any, *, method: Optional[str] = None, history: Any = None,
              strict: bool = False, edition: Any = None) -> Result:
    """Make annual values that meet the history."""
    return _run("harmonise", data, ("emissions", "left_out"), None, edition,
                {"method": method, "history": history, "strict": strict})


def infill(data: Any, *, method: Optional[str] = None, history: Any = None, library: Any = None,
           preindustrial: Any = None, edition: Any = None) -> Result:
    """Add the gases that are missing."""
    return _run("infill", data, ("emissions", "left_out"), None, edition,
                {"method": method, "history": history, "library": library,
                 "preindustrial": preindustrial})


def assess(data: Any, *, method: Optional[str] = None, history: Any = None, library: Any = None,
           preindustrial: Any = None, labels: Optional[str] = None, strict: bool = False,
           progress: Progress = None, edition: Any = None) -> Result:
    """All stages and the climate ensemble: ``meta``, ``climate``, ``emissions``, ``left_out``.

    :param method: one of :data:`METHODS`, or the path of a file
    :param progress: True for a line on the terminal, or a function of the share that is done,
        which ends the run by returning False; Ctrl-C does as well
    """
    return _run("assess", data, ("emissions", "climate", "meta", "left_out"), progress, edition,
                {"method": method, "history": history, "library": library,
                 "preindustrial": preindustrial, "labels": labels, "strict": strict})


_NUMBERS = {"p33_peak": "p33 peak warming", "p50_peak": "median peak warming",
            "p67_peak": "p67 peak warming", "p50_2100": "median warming in 2100",
            "p67_2100": "p67 warming in 2100", "p50_2090": "median warming in 2090",
            "ghg_2100": "ghg emissions in 2100"}


def categorise(table: pd.DataFrame, *, method: Optional[str] = None, labels: str = "tool",
               edition: Any = None) -> pd.Series:
    """Categories of a table of warming, by its rows; missing where a number is.

    :param table: with the columns p33_peak, p50_peak, p67_peak, p50_2100, or as metadata of
        scenarios call them
    """
    lower = {str(label).lower(): label for label in table.columns}
    columns = []
    for key, called in _NUMBERS.items():
        found = [label for name, label in lower.items()
                 if name == key or name == called or name.startswith(called + " (")]
        columns.append(table[found[0]].to_numpy(float) if found else np.full(len(table), np.nan))
    lacking = [key for key, label in zip(list(_NUMBERS)[:4], columns) if np.isnan(label).all()]
    if lacking and len(table):
        raise ValueError(f"the table lacks the columns {', '.join(lacking)}")
    numbers = np.ascontiguousarray(np.array(columns).T)
    name, label = ffi.new("char const **"), ffi.new("char const **")
    given = ffi.NULL if method is None else words.encode(method)
    found = []
    handle = Handle(None if edition is None else words.encode(os.fspath(edition)))
    with handle.held() as pointer:
        for row in numbers:
            if np.isnan(row[:4]).any():
                found.append(None)
                continue
            check_result(pointer, lib.stk_session_category(
                pointer, given, ffi.from_buffer("double[]", row), name, label))
            found.append(text((label if labels == "tool" else name)[0]))
    handle.close()
    return pd.Series(found, index=table.index, name="category", dtype=object)
