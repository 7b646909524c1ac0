"""The climate ensemble: arrays of emissions in, percentiles and members out, without copies."""
from __future__ import annotations

import os
import re
import warnings
from typing import Any, Iterable, Optional, Sequence, Union

import numpy as np
import pandas as pd

from . import frames, words
from ._stocktake import ffi, lib
from .errors import ArgumentError, LeftOut, Refusal, UnknownError, check, text
from .handle import Handle, Progress, Watch, read_bytes, read_csv

PERCENTILES = (5, 17, 33, 50, 67, 83, 95)
THRESHOLDS = (1.5, 2, 2.5, 3)
LEFT_OUT = ["model", "scenario", "variable", "stage", "kind", "line", "reason"]


def variables() -> dict[str, tuple[str, str]]:
    """Output variables by key, with their names and units in IAMC files."""
    found: dict[str, tuple[str, str]] = {}
    name, unit = ffi.new("char const **"), ffi.new("char const **")
    while True:
        key = lib.stk_climate_output(len(found), name, unit)
        if key == ffi.NULL:
            return found
        found[text(key)] = (text(name[0]), text(unit[0]))


def _doubles(array: Optional["np.ndarray[Any, Any]"]) -> Any:
    """The address of an array that outlives the call."""
    return ffi.NULL if array is None else ffi.cast("double *", array.ctypes.data)


class Ensemble:
    """The calibrated members of the climate model, kept between runs.

    :param edition: as for :class:`stocktake.Session`
    """

    def __init__(self, edition: Union[None, str, "os.PathLike[str]"] = None) -> None:
        self._edition = edition
        self._handle = Handle(None if edition is None else words.encode(os.fspath(edition)))
        unit = ffi.new("char const **")
        units: dict[str, str] = {}
        members: list[int] = []
        with self._handle.held() as pointer:
            while (species := lib.stk_session_species(pointer, len(units), unit)) != ffi.NULL:
                units[text(species)] = text(unit[0])
            while (number := lib.stk_session_member(pointer, len(members))) >= 0:
                members.append(number)
            sources = read_bytes(pointer, lib.stk_session_read, "sources.csv")
        found = re.search(rb"climate/calibration_([^_,]+)_members", sources)
        #: Version of the calibration.
        self.calibration = found[1].decode() if found else ""
        #: Units of emissions by species, in the order of arrays; "" takes none.
        self.units = units
        #: Numbers of the members.
        self.members = np.array(members)

    def __reduce__(self) -> Any:
        return type(self), (self._edition,)

    @property
    def species(self) -> list[str]:
        """Names of the species, in the order of arrays."""
        return list(self.units)

    def __repr__(self) -> str:
        return (f"Ensemble(calibration {self.calibration}, {len(self.members)} members, "
                f"{len(self.units)} species, 1750-2500)")

    def emissions(self, data: Any, first_year: int = 1750, last_year: int = 2100,
                  fill: bool = False) -> "Emissions":
        """Scenarios as an array that :meth:`run` takes: annual, in the model's units, with the
        edition's history before them.

        :param data: a wide or long IAMC frame, a data set, ``pyam.IamDataFrame``,
            ``scmdata.ScmRun``, or a path
        :param fill: take species that a scenario lacks from the nearest one of the library
        """
        if isinstance(data, Emissions):
            return data
        with self._handle.held() as pointer:
            frames.put(pointer, data)
            made = self._emissions(pointer, first_year, last_year, fill)
        said = frames.summary(made.left_out)
        if said:
            warnings.warn(f"{said}; see left_out", LeftOut, stacklevel=2)
        return made

    def _emissions(self, pointer: Any, first_year: int, last_year: int, fill: bool) -> "Emissions":
        count = ffi.new("size_t *")
        first_year, last_year = _year(first_year), _year(last_year)
        years = last_year - first_year + 1
        if years < 1:
            raise ArgumentError(f"the years {first_year} to {last_year} are refused")
        fill = bool(fill)
        check(pointer, lib.stk_session_emissions(pointer, fill, first_year, years, ffi.NULL, count))
        values = np.full((count[0], len(self.units), years), np.nan)
        result = lib.stk_session_emissions(pointer, fill, first_year, years, _doubles(values),
                                           count)
        model = ffi.new("char const **")
        names = [(text(lib.stk_session_scenario(pointer, i, model)), text(model[0]))
                 for i in range(count[0])]
        given = ~np.isnan(values[:, :, 0])
        reason = text(lib.stk_session_message(pointer))
        if result != lib.STK_DONE and not given.any():
            check(pointer, result)
        refused = {i: reason for i in np.flatnonzero(~given.any(axis=1))}
        left_out = read_csv(read_bytes(pointer, lib.stk_session_result, "left_out"))
        return Emissions(values, first_year, [name for name, _ in names],
                         [of for _, of in names], refused, left_out)

    def _of_xarray(self, array: Any) -> "Emissions":
        """An array of xarray where it is, if its species are in order."""
        years = np.asarray(array["year"].values)
        if len(years) == 0 or not np.array_equal(years, np.arange(years[0], years[0] + len(years))):
            raise ArgumentError("the years of the array are not one after the other")
        unknown = set(map(str, array["species"].values)) - set(self.units)
        if unknown:
            raise ArgumentError(f"{', '.join(sorted(unknown))}: no such species; there are those of "
                                "Ensemble.species")
        if list(array["species"].values) != self.species:
            array = array.reindex(species=self.species)
        return Emissions(array.transpose("scenario", "species", "year").values, int(years[0]),
                         array["scenario"].values)

    def run(self, emissions: Any, *, percentiles: Sequence[float] = PERCENTILES,
            thresholds: Sequence[float] = THRESHOLDS, variables: Union[None, str, Iterable[str]] = None,
            members: Union[None, str, int, Iterable[int]] = None, first_year: int = 1750,
            last_year: int = 2100, reference: Optional[tuple[int, int]] = (1850, 1900),
            fill: bool = False, scenarios: Optional[Sequence[str]] = None, threads: int = 0,
            progress: Progress = None) -> "Run":
        """Run the ensemble.

        :param emissions: an array ``[scenario, species, year]`` of doubles with any strides, in
            :attr:`units`, whose rows of NaN are not given, of xarray in any order; or what :meth:`emissions` takes or gives
        :param variables: keys of :func:`variables`, or "all"; temperature without
        :param members: numbers of the members that are run, or "all"; their own series come back
            besides. None: all are run, and only statistics come back
        :param first_year: of the array
        :param last_year: of what is no array
        :param reference: years that temperature is above; None: as the model has it
        :param progress: True for a line on the terminal, or a function of the share that is done,
            which ends the run by returning False
        """
        with self._handle.held() as pointer:
            given = emissions
            if {"scenario", "species", "year"} == set(getattr(emissions, "dims", ())):
                given = self._of_xarray(emissions)
            elif not isinstance(emissions, (np.ndarray, Emissions)):
                frames.put(pointer, emissions)
                given = self._emissions(pointer, first_year, last_year, fill)
            if isinstance(given, np.ndarray):
                given = Emissions(given, first_year, scenarios)
            run = _new_run(self, given, percentiles, thresholds, variables, members)
            return _call(pointer, given, run, reference, threads, progress, fill)


class Emissions:
    """An array of emissions and what its places mean."""

    def __init__(self, values: "np.ndarray[Any, Any]", first_year: int,
                 scenarios: Optional[Sequence[str]] = None, models: Optional[Sequence[str]] = None,
                 refused: Optional[dict[int, str]] = None,
                 left_out: Optional[pd.DataFrame] = None) -> None:
        values = values[np.newaxis] if values.ndim == 2 else values
        if values.ndim != 3:
            raise ArgumentError(f"an array of {values.ndim} dimensions is refused; allowed: scenario, "
                                "species, year")
        if values.dtype.kind not in "fiuO":
            raise TypeError(f"emissions of the type {values.dtype} are refused; allowed: numbers")
        if isinstance(values, np.ma.MaskedArray):
            values = values.astype(np.float64).filled(np.nan)
        odd = any(stride % 8 for stride in values.strides) or not any(values.strides)
        if values.dtype != np.float64 or not values.dtype.isnative or odd or \
                not values.flags.aligned:
            values = np.array(values, dtype=np.float64, order="C")
        self.values, self.first_year = values, _year(first_year)
        count = len(values)
        scenarios = [scenarios] if isinstance(scenarios, str) else scenarios
        self.scenarios = list(map(str, scenarios)) if scenarios is not None else \
            [str(i) for i in range(count)]
        if len(self.scenarios) != count:
            raise ArgumentError(f"{len(self.scenarios)} names for {count} scenarios")
        self.models = list(models) if models is not None else ["unspecified"] * count
        self.refused = refused or {}
        #: Rows and scenarios that were left out, and why.
        self.left_out = pd.DataFrame(columns=LEFT_OUT) if left_out is None else left_out

    @property
    def years(self) -> "np.ndarray[Any, Any]":
        return np.arange(self.first_year, self.first_year + self.values.shape[2])

    def __array__(self, dtype: Any = None) -> "np.ndarray[Any, Any]":
        return np.asarray(self.values, dtype=dtype)


def _year(year: Any) -> int:
    """A year of emissions; the library says which of them it has."""
    if isinstance(year, (str, bytes)) or year != year or year != int(year) or \
            not 0 <= year < 10000:
        raise ArgumentError(f"the year {year!r} is refused; allowed: whole ones, 1750 to 2500")
    return int(year)


def _numbers(given: Any, what: str) -> "np.ndarray[Any, Any]":
    """A number or several, as the library takes them."""
    if isinstance(given, (str, bytes)):
        raise TypeError(f"{what} as a text are refused; allowed: numbers")
    listed = list(given) if isinstance(given, Iterable) and not np.isscalar(given) else [given]
    if any(isinstance(one, (bool, np.bool_)) for one in listed):
        raise TypeError(f"{what} as booleans are refused; allowed: numbers")
    try:
        return np.array(listed, dtype=float)
    except (TypeError, ValueError):
        raise ArgumentError(f"{what}: {given!r} is refused; allowed: numbers") from None


def _integers(given: Any, what: str) -> "np.ndarray[Any, Any]":
    numbers = _numbers(given, what)
    wrong = numbers[(numbers != np.rint(numbers)) | (np.abs(numbers) > 2**53)]
    if len(wrong):
        raise ArgumentError(f"{what}: {wrong[0]:g} is refused; allowed: whole numbers")
    return numbers.astype(np.dtype("l"))


def _reference(given: Any) -> tuple[int, int]:
    """Years that temperature is above; None: as the model has it."""
    if given is None:
        return -1, 0
    years = _integers(given, "reference")
    if len(years) != 2 or np.abs(years).max() > 10000:
        raise ArgumentError(f"the reference {given!r} is refused; allowed: two years, or None")
    return int(years[0]), int(years[1])


def _keys(wanted: Any) -> list[str]:
    """Keys of output variables, which may be given by their names in IAMC files."""
    if wanted is None:
        return ["temperature"]
    known = variables()
    if isinstance(wanted, str) and wanted == "all":
        return list(known)
    by_name = {name: key for key, (name, _) in known.items()}
    keys = [by_name.get(key, key) for key in map(str, words.several(wanted))]
    for key in keys:
        if key not in known:
            raise UnknownError(f"the variable {key!r} is refused; allowed: all, {', '.join(known)}")
    return keys


def _new_run(ensemble: Ensemble, given: Emissions, percentiles: Sequence[float],
             thresholds: Sequence[float], wanted: Any, members: Any) -> "Run":
    """The arrays that the library writes into."""
    count, species, years = given.values.shape
    if species != len(ensemble.units):
        raise ArgumentError(f"an array of {species} species is refused; allowed: the "
                            f"{len(ensemble.units)} of Ensemble.species")
    every = members is None or isinstance(members, str) and members == "all"
    numbers = ensemble.members if every else _integers(members, "members")
    run = Run(given, _keys(wanted), _numbers(percentiles, "percentiles"),
              _numbers(thresholds, "thresholds"), numbers)
    run.every = every
    run.peak = np.empty((count, len(run.percentiles)))
    run.exceedance = np.empty((count, len(run.thresholds)))
    run.percentile_values = np.empty((count, len(run.variables), len(run.percentiles), years))
    if members is not None:
        run.member_values = np.empty((count, len(run.variables), len(run.members), years + 1))
    return run


def _call(pointer: Any, given: Emissions, run: "Run", reference: Any, threads: int,
          progress: Progress, fill: bool) -> "Run":
    watch = Watch(progress)
    strides = [stride // 8 for stride in given.values.strides]
    first, last = _reference(reference)
    count = int(_integers(0 if threads is None else threads, "threads")[0])
    names = [ffi.new("char[]", words.encode(key)) for key in run.variables]
    keys = ffi.new("char const *[]", names)
    call = ffi.new("stk_climate_call *", {
        "size": ffi.sizeof("stk_climate_call"), "first_year": given.first_year,
        "year_count": given.values.shape[2], "scenario_count": len(given.values),
        "emissions": _doubles(given.values), "scenario_stride": strides[0],
        "species_stride": strides[1], "year_stride": strides[2],
        "percentiles": _doubles(run.percentiles), "percentile_count": len(run.percentiles),
        "thresholds_k": _doubles(run.thresholds), "threshold_count": len(run.thresholds),
        "threads": max(min(count, 2**31 - 1), -1), "peak": _doubles(run.peak), "exceed": _doubles(run.exceedance),
        "members": ffi.NULL if run.every else ffi.cast("long *", run.members.ctypes.data),
        "member_count": 0 if run.every else len(run.members),
        "variables": keys, "variable_count": len(names), "reference_first": first,
        "reference_last": last, "percentile_values": _doubles(run.percentile_values),
        "member_values": _doubles(run.member_values), "refused": lib.stocktake_refused,
        "progress": lib.stocktake_progress, "user": watch.handle})
    result = lib.stk_session_climate(pointer, call)
    if result != lib.STK_DONE and (not watch.refused or len(watch.refused) == len(given.values)):
        try:
            watch.check(pointer, result)
        except Refusal as refusal:
            number = re.match(r"scenario (\d+): ", refusal.message)
            if number is None:
                raise
            reason = _hinted(refusal.message[number.end():], fill)
            raise type(refusal)(f"scenario {run.scenarios[int(number[1])]!r}: {reason}") from None
    run._note([(i, _hinted(reason, fill)) for i, reason in watch.refused])
    return run


def _hinted(reason: str, fill: bool) -> str:
    """A refusal with what helps."""
    missing = reason.startswith("emissions are missing for ") and not fill
    return reason + "; fill=True takes those of the nearest scenario of the library, for frames " \
                    "and files" if missing else reason


class Run:
    """What a run gave. Arrays are those that the library wrote into; :meth:`to_xarray` names
    their dimensions, and so do attributes: ``run.temperature.sel(scenario="ssp245", year=2100)``.
    """

    peak: "np.ndarray[Any, Any]"  #: [scenario, percentile] of members' warmest years, K
    exceedance: "np.ndarray[Any, Any]"  #: [scenario, threshold] share of members ever above
    percentile_values: "np.ndarray[Any, Any]"  #: [scenario, variable, percentile, year]
    #: [scenario, variable, member, first of January]
    member_values: Optional["np.ndarray[Any, Any]"] = None
    every: bool = True  #: all members were run
    left_out: pd.DataFrame  #: rows and scenarios that were left out, and why

    def __init__(self, given: Emissions, keys: list[str], percentiles: "np.ndarray[Any, Any]",
                 thresholds: "np.ndarray[Any, Any]", members: "np.ndarray[Any, Any]") -> None:
        self.scenarios, self.models, self.years = given.scenarios, given.models, given.years
        self.variables, self.percentiles, self.thresholds = keys, percentiles, thresholds
        self.members = members
        self._refused, self.left_out = given.refused, given.left_out

    def _note(self, refused: list[tuple[int, str]]) -> None:
        reasons = {**dict(refused), **self._refused}
        self.left_out = pd.DataFrame(self.left_out.to_dict("records") + [
            {"model": self.models[i], "scenario": self.scenarios[i], "stage": "climate",
             "kind": "left out", "reason": reason} for i, reason in sorted(reasons.items())],
            columns=LEFT_OUT)
        said = frames.summary(self.left_out)
        if said:
            warnings.warn(f"{said}; see left_out", LeftOut, stacklevel=4)

    def __repr__(self) -> str:
        return (f"Run({len(self.scenarios)} scenarios, {self.years[0]}-{self.years[-1]}, "
                f"{', '.join(self.variables[:4])}{', ...' if len(self.variables) > 4 else ''})")

    def array(self, key: str) -> "np.ndarray[Any, Any]":
        """[scenario, percentile, year] of a variable: a view."""
        if key not in self.variables:
            raise ArgumentError(f"the variable {key!r} was not run; there are: "
                                f"{', '.join(self.variables)}")
        return self.percentile_values[:, self.variables.index(key)]

    def plot(self, key: str = "temperature", ax: Any = None) -> Any:
        """A fan for each scenario, as matplotlib axes."""
        from . import plot

        return plot.run(self, key, ax)

    def to_frame(self) -> pd.DataFrame:
        """Percentiles as a wide IAMC frame."""
        names = variables()
        index = [(model, scenario, "World", f"{names[key][0]}|{p:g}th Percentile", names[key][1])
                 for model, scenario in zip(self.models, self.scenarios)
                 for key in self.variables for p in self.percentiles]
        return pd.DataFrame(self.percentile_values.reshape(-1, len(self.years)),
                            index=pd.MultiIndex.from_tuples(index, names=frames.NAMES),
                            columns=pd.Index(self.years, name="year"))

    def to_xarray(self) -> Any:
        """All of it as ``xarray.Dataset``, a variable for each; arrays are not copied."""
        import xarray

        names = variables()
        found: dict[str, Any] = {
            "peak": (("scenario", "percentile"), self.peak, {"units": "K"}),
            "exceedance": (("scenario", "threshold"), self.exceedance, {"units": "1"})}
        for v, key in enumerate(self.variables):
            attributes = {"long_name": names[key][0], "units": names[key][1]}
            found[key.replace("-", "_")] = (
                ("scenario", "percentile", "year"), self.percentile_values[:, v], attributes)
            if self.member_values is not None:
                found[key.replace("-", "_") + "_members"] = (
                    ("scenario", "member", "bound"), self.member_values[:, v],
                    {**attributes, "comment": "on the first of January"})
        coordinates: dict[str, Any] = {
            "scenario": self.scenarios, "model": ("scenario", self.models),
            "percentile": self.percentiles, "threshold": self.thresholds, "year": self.years}
        if self.member_values is not None:
            coordinates["member"] = self.members
            coordinates["bound"] = np.append(self.years, self.years[-1] + 1)
        return xarray.Dataset(found, coordinates, {"source": "stocktake " + text(lib.stk_version())})

    def to_netcdf(self, path: Any, **options: Any) -> None:
        """Write :meth:`to_xarray` to a file."""
        self.to_xarray().to_netcdf(path, **options)

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_") and name.replace("_", "-") in self.__dict__.get("variables", ()):
            return self.to_xarray()[name]
        raise AttributeError(f"a run has no {name!r}; variables of this one: "
                             f"{', '.join(self.__dict__.get('variables', ()))}")
