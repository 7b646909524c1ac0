"""Temperatures of an ensemble's members, as people have them, as one array of annual means."""
from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from . import frames
from .errors import DataError, LeftOut

_KELVIN = "temperature_1_k"  # of the command's files of members


class Members(NamedTuple):
    """Annual means [scenario, member, year] in kelvin; NaN for a member that is not there."""

    models: list[str]
    scenarios: list[str]
    first_year: int
    values: "np.ndarray[Any, Any]"


def of(data: Any) -> Members:
    """Of a run, a data set, a frame or a file."""
    if frames.is_path(data):
        data = _read(data)
    if getattr(data, "member_values", None) is not None:
        if "temperature" not in data.variables:
            raise DataError(f"the run has no temperature, but {', '.join(data.variables)}")
        bounds = data.member_values[:, data.variables.index("temperature")]
        return Members(data.models, data.scenarios, int(data.years[0]), _annual(bounds))
    if hasattr(data, "data_vars"):
        return _of_dataset(data)
    if hasattr(data, "timeseries"):  # of scmdata
        data = data.timeseries()
    frame = frames.flat(data, "members", "a run with members, a frame, a data set of xarray, "
                                         "scmdata's, or a path")
    frame = frame.rename(columns={"run_id": "member", "Model": "model", "Scenario": "scenario",
                                  "Variable": "variable"})
    missing = [name for name in ("scenario", "member") if name not in frame]
    if missing:
        raise frames.lacking(frame, missing, "scenario, member (or run_id), and years as columns")
    if frame.empty:
        raise DataError("the frame has no member")
    frame = frame if "model" in frame else frame.assign(model="")
    return _of_long(frame) if _KELVIN in frame else _of_wide(frame)


def that_are_there(given: Members) -> Members:
    """Scenarios with a member; one that a run refused has none."""
    there = ~np.isnan(given.values[:, :, 0]).all(axis=1)
    if not there.any():
        raise DataError("no scenario has a temperature of a member")
    if not there.all():
        without = [name for name, has in zip(given.scenarios, there) if not has]
        warnings.warn(f"scenarios left out: {len(without)} ({without[0]!r}: it has no member)", LeftOut,
                      stacklevel=3)
    return Members([model for model, has in zip(given.models, there) if has],
                   [name for name, has in zip(given.scenarios, there) if has], given.first_year,
                   np.ascontiguousarray(given.values[there]))


def _annual(bounds: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """The mean of a year is that of its two bounds."""
    return np.ascontiguousarray((bounds[..., :-1] + bounds[..., 1:]) / 2)


def _read(path: Any) -> Any:
    if str(path).lower().endswith((".nc", ".nc4", ".netcdf")):
        import xarray

        with xarray.open_dataset(path, decode_times=False) as data:
            return data.load()
    return pd.read_csv(path, float_precision="round_trip", keep_default_na=False, na_values=[""])


def _of_dataset(data: Any) -> Members:
    """As the command writes one, with time, or as a run has it, with bounds."""
    name = next((name for name in (_KELVIN, "temperature_members") if name in data), None)
    if name is None:
        raise DataError(f"the data set lacks {_KELVIN} or temperature_members")
    axis = next((dim for dim in data[name].dims if dim in ("time", "bound")), None)
    if axis is None:
        raise DataError(f"{name} lacks the dimension time or bound")
    values = data[name].transpose("scenario", "member", axis).values.astype(float)
    first = int(data[axis].values[0])
    if axis == "time":  # "days since 1750-01-01"
        first = int(str(data[axis].attrs.get("units", "days since 1750")).split()[2][:4])
    models = data["model"].values if "model" in data else [""] * len(values)
    return Members(list(map(str, models)), list(map(str, data["scenario"].values)), first,
                   _annual(values))


def _of_long(frame: pd.DataFrame) -> Members:
    """A row for each bound of a year, as in the command's CSV."""
    keys = ["model", "scenario", "member", "year"]
    twice = frame[frame.duplicated(keys)]
    if len(twice):
        raise DataError(f"member {twice.iloc[0]['member']} of {twice.iloc[0]['scenario']!r} is "
                        f"there twice in {twice.iloc[0]['year']}")
    frame = frame.assign(**{_KELVIN: frames.numbers(frame[_KELVIN])})
    wide = frame.pivot(index=keys[:3], columns="year", values=_KELVIN).reindex(
        pd.MultiIndex.from_frame(frame[keys[:3]].drop_duplicates()))
    return _stack(wide, frame["year"].unique(), bounds=True)


def _of_wide(frame: pd.DataFrame) -> Members:
    """A row for each member, annual means by year."""
    if "variable" in frame and frame["variable"].nunique() > 1:
        raise DataError("the frame has several variables; needed is temperature alone")
    years = [label for label in frame.columns if frames.is_year(label)]
    keys = ["model", "scenario", "member"]
    if frame.duplicated(keys).any():
        twice = frame[frame.duplicated(keys)].iloc[0]
        raise DataError(f"member {twice['member']} of {twice['scenario']!r} is there twice")
    wide = frame.set_index(keys)[years].apply(frames.numbers)
    wide.columns = [frames.year_of(label) for label in years]
    return _stack(wide, wide.columns, bounds=False)


def _stack(wide: pd.DataFrame, columns: Any, bounds: bool) -> Members:
    """Rows of members as an array; those that a scenario lacks are not there."""
    years = np.sort(np.asarray(columns, dtype=int))
    if len(years) < 1 + bounds or not np.array_equal(years, np.arange(years[0], years[-1] + 1)):
        raise DataError("the years of the members are not one after the other")
    wide = wide[years]
    part = wide.isna().any(axis=1) & ~wide.isna().all(axis=1)
    if part.any():
        raise DataError(f"member {wide.index[part][0][2]} of {wide.index[part][0][1]!r} lacks a "
                        "temperature")
    scenarios = list(dict.fromkeys(zip(wide.index.get_level_values(0).astype(str),
                                       wide.index.get_level_values(1).astype(str))))
    places = {key: i for i, key in enumerate(scenarios)}
    count = wide.groupby(level=[0, 1], sort=False).size().max()
    values = np.full((len(scenarios), count, len(years)), np.nan)
    filled = [0] * len(scenarios)
    for key, row in zip(wide.index, wide.to_numpy(float)):
        at = places[str(key[0]), str(key[1])]
        values[at, filled[at]] = row
        filled[at] += 1
    return Members([model for model, _ in scenarios], [name for _, name in scenarios],
                   int(years[0]), _annual(values) if bounds else values)
