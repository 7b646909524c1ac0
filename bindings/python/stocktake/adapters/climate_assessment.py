"""The calls of climate-assessment with this package behind them, and the files that it writes."""
from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Optional

import pandas as pd

from .. import scenario

#: Arguments that mean something here only as they are by themselves.
_FIXED = {"historical_warming": 0.85, "historical_warming_reference_period": "1850-1900",
          "historical_warming_evaluation_period": "1995-2014", "co2_and_non_co2_warming": False,
          "save_raw_climate_output": False, "return_all_runs": False, "harmonize": True,
          "prefix": "AR6 climate diagnostics", "harmonization_instance": "ar6", "gwp": True,
          "inputcheck": True, "reporting_completeness_categorisation": False}
#: Arguments that change nothing, since results do not depend on them.
_IDLE = {"model", "model_version", "scenario_batch_size", "test_run"}


def _refuse(given: dict[str, Any]) -> None:
    """Refuse what would be passed over in silence."""
    for name, value in given.items():
        if name in _IDLE or value is None or (name in _FIXED and value == _FIXED[name]):
            continue
        allowed = f"; allowed: {_FIXED[name]!r}" if name in _FIXED else ""
        raise ValueError(f"{name}={value!r} means nothing to stocktake's ensemble{allowed}")


def _write(frame: pd.DataFrame, path: Path) -> None:
    table = frame.reset_index()
    table.columns = [str(name).capitalize() for name in table.columns]
    table.to_csv(path, index=False)


def _key(path: Any) -> str:
    return os.path.splitext(os.path.basename(os.fspath(path)))[0]


def harmonize_and_infill(input_emissions_file: Any, outdir: Any,
                         infilling_database: Optional[str] = None, *, method: str = "ar6-2015",
                         **given: Any) -> bool:
    """Write ``KEY_harmonized_infilled.csv``; False when no scenario is left."""
    _refuse(given)
    checked = scenario.check(input_emissions_file, method=method)
    harmonised = scenario.harmonise(checked.emissions, method=method)
    made = scenario.infill(harmonised.emissions, method=method, library=infilling_database)
    os.makedirs(outdir, exist_ok=True)
    _write(made.emissions, Path(outdir, f"{_key(input_emissions_file)}_harmonized_infilled.csv"))
    return len(made.emissions) > 0


def run_workflow(input_emissions_file: Any, outdir: Any, model: Optional[str] = None,
                 model_version: Optional[str] = None, probabilistic_file: Any = None,
                 num_cfgs: Optional[int] = None, *, infilling_database: Optional[str] = None,
                 postprocess: bool = True, categorisation: bool = True, method: str = "ar6-2015",
                 **given: Any) -> scenario.Result:
    """The whole workflow. Written are ``KEY_harmonized_infilled.csv``,
    ``KEY_IAMC_climateassessment0000.csv``, and with ``postprocess`` ``KEY_alloutput.xlsx``, where
    pandas can write workbooks, with the sheets data and meta."""
    _refuse({"probabilistic_file": probabilistic_file, "num_cfgs": num_cfgs, **given})
    made = scenario.assess(input_emissions_file, method=method, library=infilling_database,
                           labels="tool")
    key, folder = _key(input_emissions_file), Path(outdir)
    os.makedirs(folder, exist_ok=True)
    _write(made.emissions, folder / f"{key}_harmonized_infilled.csv")
    _write(made.climate, folder / f"{key}_IAMC_climateassessment0000.csv")
    if postprocess:
        _postprocess(made, folder / f"{key}_alloutput.xlsx", categorisation)
    return made


def _postprocess(made: scenario.Result, path: Path, categorisation: bool) -> None:
    meta = made.meta
    if not categorisation:
        meta = meta.drop(columns=[name for name in meta if name.startswith("Category")])
    data = pd.concat([pd.DataFrame(made.emissions), pd.DataFrame(made.climate)]).reset_index()
    data.columns = [str(name).capitalize() for name in data.columns]
    with pd.ExcelWriter(path) as book:
        data.to_excel(book, sheet_name="data", index=False)
        meta.to_excel(book, sheet_name="meta", index=False)
