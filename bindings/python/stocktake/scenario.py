"""The scenario workflow of the IPCC's AR6: from emission scenarios to warming and categories.

Each function takes scenarios as :mod:`stocktake.frames` does: a wide or long IAMC frame, a data
set, ``pyam.IamDataFrame``, ``scmdata.ScmRun``, or a path.
"""
from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager
from typing import Any, Iterator, Optional, Union

import numpy as np
import pandas as pd

from . import frames, members, words
from ._stocktake import ffi, lib
from .errors import ArgumentError, LeftOut, check as check_result, text
from .handle import Handle, Progress, Watch, read_csv
from .method import Method, as_option

#: Names of the methods that the edition has.
METHODS = ("ar6-2015-cdr", "ar6-2015", "recent", "sci-2026", "cmip7")


class Result:
    """What a run made. ``emissions`` and ``left_out`` are there for each, ``climate`` and ``meta``
    for :func:`assess`, and these two alone for :func:`postprocess`."""

    def __init__(self, handle: Handle, names: tuple[str, ...]) -> None:
        #: The command's files as bytes.
        self.files = {name: handle.bytes(lib.stk_session_result, name) for name in names}

    def _file(self, name: str) -> pd.DataFrame:
        if name not in self.files:
            raise AttributeError(f"the run made no {name}; there are: {', '.join(self.files)}")
        return read_csv(self.files[name])

    @property
    def emissions(self) -> frames.Iamc:
        """The scenarios as the run made them."""
        return frames.Iamc.of(self._file("emissions"))

    @property
    def left_out(self) -> pd.DataFrame:
        """Rows and scenarios that were left out, and why; of the kind "warning" what is doubtful,
        of the kind "infilled" main gases that a scenario gives nothing of that could be taken."""
        return self._file("left_out")

    @property
    def climate(self) -> frames.Iamc:
        """Percentiles of warming and shares of members above thresholds."""
        return frames.Iamc.of(self._file("climate"))

    @property
    def meta(self) -> pd.DataFrame:
        """A row a scenario: category, warming, net zero, budgets."""
        return self._file("meta")

    def plot(self, ax: Any = None) -> Any:
        """Median and range of warming of each scenario, as matplotlib axes."""
        return self.climate.plot(ax=ax)

    def save(self, folder: Union[str, "os.PathLike[str]"]) -> None:
        """Write the tables as the command does: emissions.csv, climate.csv, meta.csv."""
        os.makedirs(folder, exist_ok=True)
        for name, content in self.files.items():
            with open(os.path.join(folder, name + ".csv"), "wb") as file:
                file.write(content)

    def __repr__(self) -> str:
        return f"Result({', '.join(self.files)})"

    def _repr_html_(self) -> str:
        """Scenarios by category, and what was left out."""
        shown = [f"<p><b>stocktake scenario</b>: {', '.join(self.files)}</p>"]
        if "meta" in self.files:
            shown.append(self.meta._repr_html_() or "")
        if "left_out" in self.files and len(self.left_out):
            shown.append(f"<p>{len(self.left_out)} notes in left_out</p>")
        return "".join(shown)


@contextmanager
def _as_files(options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Tables that are given as frames as files, for as long as they are read."""
    tables = {name: options[name] for name in ("history", "library", "preindustrial")
              if options.get(name) is not None and not frames.is_path(options[name])}
    if not tables:
        yield options
        return
    with tempfile.TemporaryDirectory() as folder:
        files = {name: os.path.join(folder, name + ".csv") for name in tables}
        for name, table in tables.items():
            frames.wide(table).reset_index().to_csv(files[name], index=False)
        yield {**options, **files}


def _run(stage: str, data: Any, names: tuple[str, ...], progress: Progress, edition: Any,
         method: Any, options: dict[str, Any]) -> Result:
    watch = Watch(progress)
    with as_option(method) as named, _as_files(options) as files, \
            Handle.opened(edition) as handle:
        asked = words.encode(words.question(stage, (), {"method": named, **files}))
        with handle.held() as pointer:
            frames.put(pointer, data)
            result = lib.stk_session_run(pointer, asked, lib.stocktake_progress, watch.handle,
                                         ffi.NULL, ffi.NULL)
            watch.check(pointer, result)
        made = Result(handle, names)
    said = frames.summary(made.left_out)
    if said:
        warnings.warn(f"{said}; see left_out", LeftOut, stacklevel=3)
    return made


def check(data: Any, *, method: Union[None, str, Method] = None, strict: bool = False,
          edition: Any = None) -> Result:
    """Drop what cannot be used."""
    return _run("check", data, ("emissions", "left_out"), None, edition, method,
                {"strict": strict})


def harmonise(data: Any, *, method: Union[None, str, Method] = None, history: Any = None,
              strict: bool = False, edition: Any = None) -> Result:
    """Make annual values that meet the history."""
    return _run("harmonise", data, ("emissions", "left_out"), None, edition, method,
                {"history": history, "strict": strict})


def infill(data: Any, *, method: Union[None, str, Method] = None, history: Any = None,
           library: Any = None, preindustrial: Any = None, edition: Any = None) -> Result:
    """Add the gases that are missing."""
    return _run("infill", data, ("emissions", "left_out"), None, edition, method,
                {"history": history, "library": library, "preindustrial": preindustrial})


def assess(data: Any, *, method: Union[None, str, Method] = None, history: Any = None,
           library: Any = None, preindustrial: Any = None, labels: Optional[str] = None,
           strict: bool = False, progress: Progress = None, edition: Any = None) -> Result:
    """All stages and the climate ensemble: ``meta``, ``climate``, ``emissions``, ``left_out``.

    :param method: one of :data:`METHODS`, the path of a file, or a :class:`Method`
    :param history: a table of one's own in place of the method's, as ``library`` and
        ``preindustrial`` are: a frame, a data set or a file
    :param progress: True for a line on the terminal, or a function of the share that is done,
        which ends the run by returning False; Ctrl-C does as well
    """
    return _run("assess", data, ("emissions", "climate", "meta", "left_out"), progress, edition,
                method, {"history": history, "library": library, "preindustrial": preindustrial,
                         "labels": labels, "strict": strict})


def postprocess(data: Any, *, method: Union[None, str, Method] = None,
                edition: Any = None) -> Result:
    """From temperatures of members to ``climate``, percentiles and shares above thresholds, and
    ``meta``, what :func:`categorise` takes.

    :param data: a :class:`stocktake.Run` with members, a frame with a row for each member
        (``member`` or ``run_id``) and years as columns, the columns of ``stocktake climate
        --member-output``, ``xarray.Dataset``, ``scmdata.ScmRun``, or the path of such a file
    """
    given = members.that_are_there(members.of(data))
    models = [ffi.new("char[]", words.encode(name)) for name in given.models]
    names = [ffi.new("char[]", words.encode(name)) for name in given.scenarios]
    count, size, years = given.values.shape
    with as_option(method) as option, Handle.opened(edition) as handle:
        with handle.held() as pointer:
            check_result(pointer, lib.stk_session_postprocess(
                pointer, ffi.NULL if option is None else words.encode(os.fspath(option)), count,
                ffi.new("char const *[]", models), ffi.new("char const *[]", names),
                given.first_year, years, size, ffi.from_buffer("double[]", given.values)))
        return Result(handle, ("climate", "meta"))


_NUMBERS = {"p33_peak": "p33 peak warming", "p50_peak": "median peak warming",
            "p67_peak": "p67 peak warming", "p50_2100": "median warming in 2100",
            "p67_2100": "p67 warming in 2100", "p50_2090": "median warming in 2090",
            "ghg_2100": "ghg emissions in 2100"}


def categorise(table: pd.DataFrame, *, method: Union[None, str, Method] = None,
               labels: str = "tool", edition: Any = None) -> pd.Series:
    """Categories of a table of warming, by its rows; missing where a number is.

    :param table: with the columns p33_peak, p50_peak, p67_peak, p50_2100, or as metadata of
        scenarios call them
    :param labels: "tool" calls C1 without overshoot C1a, with overshoot C1b; "report" does not
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"a table as {type(table).__name__} is refused; allowed: a frame")
    if labels not in ("tool", "report"):
        raise ArgumentError(f"labels={labels!r} is refused; allowed: 'tool', 'report'")
    lower = {str(label).lower(): label for label in table.columns}
    columns = []
    for key, called in _NUMBERS.items():
        found = [label for name, label in lower.items()
                 if name == key or name == called or name.startswith(called + " (")]
        columns.append(frames.numbers(table[found[0]]) if found else np.full(len(table), np.nan))
    lacking = [key for key, label in zip(list(_NUMBERS)[:4], columns) if np.isnan(label).all()]
    if lacking and len(table):
        raise frames.lacking(table, lacking, "p33_peak, p50_peak, p67_peak and p50_2100 with numbers, "
                                             "as meta has them")
    numbers = np.ascontiguousarray(np.array(columns).T)
    name, label = ffi.new("char const **"), ffi.new("char const **")
    found = []
    with as_option(method) as option, Handle.opened(edition) as handle, handle.held() as pointer:
        given = ffi.NULL if option is None else words.encode(os.fspath(option))
        for row in numbers:
            if np.isnan(row[:4]).any():
                found.append(None)
                continue
            check_result(pointer, lib.stk_session_category(
                pointer, given, ffi.from_buffer("double[]", row), name, label))
            found.append(text((label if labels == "tool" else name)[0]))
    return pd.Series(found, index=table.index, name="category", dtype=object)
