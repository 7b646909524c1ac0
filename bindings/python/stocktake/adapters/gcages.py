"""The steps of gcages: each takes a frame and gives one, with its index levels."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional, Union

import pandas as pd

from .. import frames, scenario
from ..climate import Ensemble

RAW = "AR6 climate diagnostics|Raw Surface Temperature (GSAT)"
ASSESSED = "AR6 climate diagnostics|Surface Temperature (GSAT)"
MODEL = "FaIR-stocktake"
_KEYS = ["climate_model", "model", "scenario", "region"]


@dataclass
class PreProcessor:
    """Check reported emissions."""

    method: str = "ar6-2015"

    def __call__(self, in_emissions: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame(scenario.check(in_emissions, method=self.method).emissions)


@dataclass
class Harmoniser:
    """Make emissions meet the history."""

    method: str = "ar6-2015"
    history: Any = None

    def __call__(self, in_emissions: pd.DataFrame) -> pd.DataFrame:
        made = scenario.harmonise(in_emissions, method=self.method, history=self.history)
        return pd.DataFrame(made.emissions)


@dataclass
class Infiller:
    """Add the gases that are missing."""

    method: str = "ar6-2015"
    library: Any = None

    def __call__(self, in_emissions: pd.DataFrame) -> pd.DataFrame:
        made = scenario.infill(in_emissions, method=self.method, library=self.library)
        return pd.DataFrame(made.emissions)


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
    metadata_run_id: pd.DataFrame
    metadata_exceedance_probabilities: pd.Series
    metadata_quantile: pd.Series
    metadata_categories: pd.Series


@dataclass
class PostProcessor:
    """From raw temperatures of members to percentiles, exceedance and categories."""

    gsat_assessment_median: float = 0.85
    gsat_assessment_time_period: tuple[int, ...] = tuple(range(1995, 2015))
    gsat_assessment_pre_industrial_period: tuple[int, ...] = tuple(range(1850, 1901))
    quantiles: tuple[float, ...] = (0.05, 0.1, 1 / 6, 0.33, 0.5, 0.67, 5 / 6, 0.9, 0.95)
    thresholds: tuple[float, ...] = (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
    method: Optional[str] = "ar6-2015"

    def __call__(self, in_df: pd.DataFrame) -> PostProcessingResult:
        raw = in_df[in_df.index.get_level_values("variable") == RAW].dropna()
        if raw.empty:
            raise ValueError(f"there is no row of {RAW}")
        assessed = self._assess(raw)
        groups = [name for name in assessed.index.names if name != "run_id"]
        quantiles = assessed.groupby(groups).quantile(list(self.quantiles))
        quantiles.index.names = [*groups, "quantile"]
        above = pd.concat({level: (assessed > level).groupby(groups).mean()
                           for level in self.thresholds}, names=["threshold"])
        peak = assessed.max(axis="columns")
        of_runs = pd.DataFrame({"peak": peak, "peak_year": assessed.idxmax(axis="columns"),
                                "2100": assessed[2100]})
        ever = pd.concat({level: (peak > level).groupby(groups).mean()
                          for level in self.thresholds}, names=["threshold"])
        of_quantiles = of_runs[["peak", "2100"]].groupby(groups).quantile(list(self.quantiles))
        of_quantiles.index.names = [*groups, "quantile"]
        numbers = of_runs.groupby(groups)
        table = pd.DataFrame({
            "p33_peak": numbers["peak"].quantile(0.33), "p50_peak": numbers["peak"].quantile(0.5),
            "p67_peak": numbers["peak"].quantile(0.67), "p50_2100": numbers["2100"].quantile(0.5)})
        categories = scenario.categorise(table, method=self.method, labels="report")
        return PostProcessingResult(assessed, quantiles, above, of_runs, ever,
                                    of_quantiles.stack().rename("value"), categories)

    def _assess(self, raw: pd.DataFrame) -> pd.DataFrame:
        """Less the mean before industry, and shifted so that the median member of recent years is
        the assessment's."""
        before = raw[list(self.gsat_assessment_pre_industrial_period)].mean(axis="columns")
        warming = raw.sub(before, axis="index")
        recent = warming[list(self.gsat_assessment_time_period)].mean(axis="columns")
        keys = ["climate_model", "model", "scenario"]
        median = recent.groupby(keys).transform("median")
        found = warming.sub(median, axis="index") + self.gsat_assessment_median
        return found.rename(index={RAW: ASSESSED}, level="variable")
