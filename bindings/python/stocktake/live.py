"""Live numbers: arrays that follow what is supposed, without a question and its table."""
from __future__ import annotations

import re
from typing import Any, NamedTuple, Union

import numpy as np

from . import words
from ._stocktake import ffi, lib
from .errors import ArgumentError, check, text
from .handle import Handle


class _Array(NamedTuple):
    dims: tuple[str, ...]
    units: str
    parts: int  # of an update


_CASES = lib.STK_UPDATE_WARMING | lib.STK_UPDATE_CASES
_MT, _GT = "Mt CO2-equiv/yr", "Gt CO2-equiv/yr"
#: Arrays by name, as include/stocktake.h lists them.
ARRAYS = {
    "world": _Array(("condition", "ambition", "land_use", "year"), _GT, lib.STK_UPDATE_LEVELS),
    "baseline": _Array(("party", "year"), _MT, lib.STK_UPDATE_LEVELS),
    "path": _Array(("party", "case", "year"), _MT, lib.STK_UPDATE_LEVELS),
    "land": _Array(("party", "case", "year"), "Mt CO2/yr", lib.STK_UPDATE_LEVELS),
    "target": _Array(("party", "case"), _MT, lib.STK_UPDATE_LEVELS),
    "gap": _Array(("hot_air", "condition", "ambition", "what"), _GT, lib.STK_UPDATE_LEVELS),
    "benchmark": _Array(("year", "quantile"), _GT, lib.STK_UPDATE_LEVELS),
    "years": _Array(("what",), "yr", lib.STK_UPDATE_LEVELS),
    "warming": _Array(("case", "percentile", "year"), "K", _CASES),
    "exceed": _Array(("case", "threshold", "year"), "1", _CASES),
    "peak": _Array(("case", "percentile"), "K", _CASES),
    "ever": _Array(("case", "threshold"), "1", _CASES),
    "observed": _Array(("year",), "K", lib.STK_UPDATE_WARMING),
    "members": _Array(("member", "year"), "K", lib.STK_UPDATE_WARMING),
}


def array(handle: Handle, name: str, labels: bool) -> Union["np.ndarray[Any, Any]", Any]:
    """A copy of an array that is up to date; with labels as xarray's."""
    if not isinstance(name, str) or name not in ARRAYS:
        raise ArgumentError(f"the array {name!r} is refused; allowed: {', '.join(ARRAYS)}")
    about = ARRAYS[name]
    shape, rank = ffi.new("size_t[4]"), ffi.new("int *")
    with handle.held() as pointer:
        check(pointer, lib.stk_session_update(pointer, about.parts | lib.STK_UPDATE_LEVELS))
        values = lib.stk_session_array(pointer, words.encode(name), shape, rank)
        if values == ffi.NULL:
            raise MemoryError(f"no memory for the array {name}")
        lengths = list(shape)[:rank[0]]
        found = np.frombuffer(ffi.buffer(values, 8 * int(np.prod(lengths))),
                              dtype=float).reshape(lengths).copy()
        if not labels:
            return found
        coordinates = {dim: _axis(pointer, name, axis, lengths[axis])
                       for axis, dim in enumerate(about.dims)}
    import xarray

    return xarray.DataArray(found, coordinates, about.dims, name, {"units": about.units})


def _axis(pointer: Any, name: str, axis: int, count: int) -> list[Any]:
    """Labels of an axis: years, members, percentiles ("p5") and thresholds ("1.5 K") as numbers."""
    found = [text(lib.stk_session_axis(pointer, words.encode(name), axis, i))
             for i in range(count)]
    numbers = [re.fullmatch(r"p?([0-9.]+)( K)?", label) for label in found]
    if not all(numbers):
        return found
    return [float(one[1]) if one[0] != one[1] else int(one[1]) for one in numbers if one]
