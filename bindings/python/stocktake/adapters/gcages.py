"""The steps of gcages: each takes a frame and gives one, with its index levels and names."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional, Union

import pandas as pd

from .. import frames, scenario
from ..climate import Ensemble
from ..errors import DataError

RAW = "Surface Air Temperature Change"
ASSESSED = "Surface Temperature (GSAT)"
MODEL = "FaIR-stocktake"
_KEYS = ["climate_model", "model", "scenario", "region"]
#: What gcages calls otherwise than IAMC files.
_NAMES = {"CO2|Energy and Industrial Processes": "CO2|Fossil", "CO2|AFOLU": "CO2|Biosphere",
          "Sulfur": "SOx", "VOC": "NMVOC", "HFC|HFC43-10": "HFC4310mee", "PFC|cC4F8": "cC4F8"}
_TITLES = {"C1": "limit warming to 1.5°C (>50%) with no or limited overshoot",
           "C2": "return warming to 1.5°C (>50%) after a high overshoot",
           "C3": "limit warming to 2°C (>67%)", "C4": "limit warming to 2°C (>50%)",
           "C5": "limit warming to 2.5°C (>50%)", "C6": "limit warming to 3°C (>50%)",
           "C7": "limit warming to 4°C (>50%)", "C8": "exceed warming of 4°C (>=50%)"}
Method = Union[str, scenario.Method]


def _named(made: pd.DataFrame, stage: str) -> pd.DataFrame:
    """The rows of a stage by gcages' names; those of gases, not of their sums."""
    start = f"AR6 climate diagnostics|{stage}|" if stage else ""
    variables = made.index.get_level_values("variable")
    made = made[variables.str.startswith(start + "Emissions|") & ~variables.str.contains("Kyoto")]

    def name(variable: str) -> str:
        gas = variable[len(start) + len("Emissions|"):]
        gas = _NAMES.get(gas, gas)
        return "Emissions|" + (gas.split("|")[-1] if gas.startswith(("HFC|", "PFC|")) else gas)

    return pd.DataFrame(made.rename(index=name, level="variable"))


@dataclass
class PreProcessor:
    """Check reported emissions."""

    method: Method = "ar6-2015"

    def __call__(self, in_emissions: pd.DataFrame) -> pd.DataFrame:
        return _named(scenario.check(in_emissions, method=self.method).emissions, "")


@dataclass
class Harmoniser:
    """Make emissions meet the history."""

    method: Method = "ar6-2015"
    history: Any = None

    def __call__(self, in_emissions: pd.DataFrame) -> pd.DataFrame:
        made = scenario.harmonise(in_emissions, method=self.method, history=self.history)
        return _named(made.emissions, "Harmonized")


@dataclass
class Infiller:
    """Add the gases that are missing; the frame has those that were there as well."""

    method: Method = "ar6-2015"
    library: Any = None

    def __call__(self, in_emissions: pd.DataFrame) -> pd.DataFrame:
        made = scenario.infill(in_emissions, method=self.method, library=self.library)
        return _named(made.emissions, "Infilled")


@dataclass
class SCMRunner:
    """Run the members: their own temperatures, annual means, as the model has them."""

    members: Union[str, list[int]] = "all"
    last_year: int = 2100
    ensemble: Ensemble = field(default_factory=Ensemble)

    def __call__(self, in_emissions: pd.DataFrame, force_rerun: bool = False) -> pd.DataFrame:
        run = self.ensemble.run(frames.wide(in_emissions).reset_index(), members=self.members,
                                last_year=self.last_year, reference=None)
        assert run.member_values is not None
        values = run.member_values[:, 0]
        annual = (values[..., :-1] + values[..., 1:]) / 2
        index = [(MODEL, model, name, "World", RAW, "K", int(member))
                 for model, name in zip(run.models, run.scenarios) for member in run.members]
        return pd.DataFrame(
            annual.reshape(-1, annual.shape[-1]), columns=run.years.astype(int),
            index=pd.MultiIndex.from_tuples(index, names=[*_KEYS, "variable", "unit", "run_id"]))


@dataclass
class PostProcessingResult:
    """What :class:`PostProcessor` gives."""

    timeseries_run_id: pd.DataFrame
    timeseries_quantile: pd.DataFrame
    timeseries_exceedance_probabilities: pd.DataFrame
    metadata_run_id: pd.Series
    metadata_quantile: pd.Series
    metadata_exceedance_probabilities: pd.Series
    metadata_categories: pd.Series


@dataclass
class PostProcessor:
    """From raw temperatures of members to percentiles, exceedance and categories."""

    gsat_assessment_median: float = 0.85
    gsat_assessment_time_period: tuple[int, ...] = tuple(range(1995, 2015))
    gsat_assessment_pre_industrial_period: tuple[int, ...] = tuple(range(1850, 1901))
    quantiles_of_interest: tuple[float, ...] = (0.05, 0.1, 1 / 6, 0.33, 0.5, 0.67, 5 / 6, 0.9, 0.95)
    exceedance_thresholds_of_interest: tuple[float, ...] = (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)
    raw_gsat_variable_in: str = RAW
    assessed_gsat_variable: str = ASSESSED
    method: Optional[Method] = "ar6-2015"

    def __call__(self, in_df: pd.DataFrame) -> PostProcessingResult:
        if not {*_KEYS, "variable", "unit", "run_id"} <= set(in_df.index.names):
            raise DataError(f"a frame with the levels {in_df.index.names} is refused; needed are those of "
                            "SCMRunner: climate_model, model, scenario, region, variable, unit, run_id")
        raw = in_df[in_df.index.get_level_values("variable") == self.raw_gsat_variable_in].dropna()
        if raw.empty:
            raise DataError(f"there is no row of {self.raw_gsat_variable_in}")
        assessed = self._assess(raw)
        peak = assessed.max(axis="columns")
        of_runs = pd.concat([_metric(peak, "max"), _metric(assessed[2100], 2100), _metric(
            assessed.idxmax(axis="columns").rename(index=lambda _: "yr", level="unit"),
            "max_year")])
        return PostProcessingResult(
            assessed, self._quantiles(assessed), self._above(assessed), of_runs,
            self._quantiles(of_runs), self._above(peak), self._categories(peak, assessed[2100]))

    def _assess(self, raw: pd.DataFrame) -> pd.DataFrame:
        """Less the mean before industry, and shifted so that the median member of recent years is
        the assessment's."""
        before = raw[list(self.gsat_assessment_pre_industrial_period)].mean(axis="columns")
        warming = raw.sub(before, axis="index")
        recent = warming[list(self.gsat_assessment_time_period)].mean(axis="columns")
        median = recent.groupby(["climate_model", "model", "scenario"]).transform("median")
        found = warming.sub(median, axis="index") + self.gsat_assessment_median
        return found.rename(index=lambda _: self.assessed_gsat_variable, level="variable")

    def _quantiles(self, of: Any) -> Any:
        groups = [name for name in of.index.names if name != "run_id"]
        found = of.groupby(groups, sort=False).quantile(list(self.quantiles_of_interest))
        found.index.names = [*groups, "quantile"]
        return found

    def _above(self, warming: Any) -> Any:
        """Percent of the members above each threshold."""
        groups = [name for name in warming.index.names if name != "run_id"]
        units = warming.index.unique("unit")
        found = pd.concat({(level, units[0]): (warming > level).groupby(groups).mean() * 100
                           for level in self.exceedance_thresholds_of_interest},
                          names=["threshold", "threshold_unit"])
        found = found.rename(index=lambda _: "Exceedance probability", level="variable")
        found = found.rename(index=lambda _: "%", level="unit")
        return found.reorder_levels([*groups, "threshold", "threshold_unit"])

    def _categories(self, peak: pd.Series, last: pd.Series) -> pd.Series:
        keys = ["climate_model", "model", "scenario"]
        peaks, lasts = peak.groupby(keys), last.groupby(keys)
        table = pd.DataFrame({
            "p33_peak": peaks.quantile(0.33), "p50_peak": peaks.quantile(0.5),
            "p67_peak": peaks.quantile(0.67), "p50_2100": lasts.quantile(0.5)})
        found = scenario.categorise(table, method=self.method, labels="report")
        names = found.map(lambda name: f"{name}: {_TITLES[name]}" if name in _TITLES else name)
        return pd.concat([_metric(names, "category_name"), _metric(found, "category")])


def _metric(of: pd.Series, name: Any) -> pd.Series:
    """With the level of what a number is."""
    found = pd.concat({name: of}, names=["metric"])
    return found.reorder_levels([*of.index.names, "metric"])
