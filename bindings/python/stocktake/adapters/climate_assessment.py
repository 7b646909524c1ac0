"""The calls of climate-assessment with this package behind them, and the files that it writes."""
from __future__ import annotations

import importlib.util
import os
import re
import warnings
from pathlib import Path
from typing import Any, Iterable, Optional, Union

import pandas as pd

from .. import frames, scenario
from .._stocktake import lib
from ..errors import ArgumentError, text
from ..handle import read_csv

PREFIX = "AR6 climate diagnostics"
#: Arguments that mean something here only as they are by themselves.
_FIXED = {"historical_warming": 0.85, "historical_warming_reference_period": "1850-1900",
          "historical_warming_evaluation_period": "1995-2014", "co2_and_non_co2_warming": False,
          "save_raw_climate_output": False, "harmonize": True, "prefix": PREFIX,
          "harmonization_instance": "ar6", "gwp": True, "inputcheck": True, "kyoto_ghgs": True,
          "reporting_completeness_categorisation": False}
#: What these are called there.
_CATEGORIES = {"C1a": "Below 1.5°C with no OS", "C1b": "Below 1.5°C with low OS",
               "C2": "Below 1.5°C with high OS", "C3": "Likely below 2°C", "C4": "Below 2°C",
               "C5": "Below 2.5°C", "C6": "Below 3.0°C", "C7": "Below 4.0°C", "C8": "Above 4.0°C"}
#: Arguments that change nothing, since results do not depend on them.
_IDLE = {"model", "model_version", "scenario_batch_size", "test_run", "n_workers"}
#: Files of what the check leaves out, by how its reasons begin, and whether of whole scenarios.
_EXCLUDED = {"unexpected negative": ("excluded_scenarios_unexpectednegatives", True),
             "no complete ": ("excluded_scenarios_noCO2orCO2EnIPreported", True),
             "not all required years": ("excluded_variables_notallyears", False),
             "zero or missing in every year": ("excluded_timeseries_all_zero", False)}


def harmonize_and_infill(input_emissions_file: Any, outdir: Any,
                         infilling_database: Optional[str] = None, *,
                         method: Union[str, scenario.Method] = "ar6-2015", **given: Any) -> bool:
    """Write what the check leaves and leaves out, and ``KEY_harmonized_infilled``; False when no
    scenario is left."""
    _refuse(given)
    files = _Files(input_emissions_file, outdir)
    checked = _check(input_emissions_file, files, method)
    if checked.emissions.empty:
        return False
    harmonised = scenario.harmonise(checked.emissions, method=method)
    if harmonised.emissions.empty:
        return False
    made = scenario.infill(harmonised.emissions, method=method, library=infilling_database)
    _write_emissions(made, files)
    return len(made.emissions) > 0


def run_workflow(input_emissions_file: Any, outdir: Any, model: Optional[str] = None,
                 model_version: Optional[str] = None, probabilistic_file: Any = None,
                 num_cfgs: Optional[int] = None, *, infilling_database: Optional[str] = None,
                 postprocess: bool = True, categorisation: bool = True,
                 method: Union[str, scenario.Method] = "ar6-2015",
                 **given: Any) -> scenario.Result:
    """The whole workflow with its files, docs/python.md lists them; all scenarios are one batch,
    ``0000``. Workbooks are written where pandas can."""
    _refuse({"probabilistic_file": probabilistic_file, "num_cfgs": num_cfgs, **given})
    files = _Files(input_emissions_file, outdir)
    _check(input_emissions_file, files, method)
    made = scenario.assess(input_emissions_file, method=method, library=infilling_database,
                           labels="tool")
    _write_emissions(made, files)
    climate = pd.DataFrame(made.climate)
    short = climate.rename(index=lambda name: name[len(PREFIX) + 1:], level="variable")
    files.csv("IAMC_climateassessment0000", _titled(short))
    meta = _exceedance(made.meta)
    files.csv("exceedance_probabilities0000", meta)
    files.book("full_exceedance_probabilities", {"Sheet1": meta.assign(exclude="")}, index=True)
    files.book("IAMC_climateassessment", {"data": _titled(climate), "meta": _sheet(meta)})
    reported = frames.wide(_input(input_emissions_file))
    raw = pd.concat([reported, pd.DataFrame(made.emissions), climate])
    files.book("rawoutput", {"data": _titled(raw), "meta": _sheet(meta)})
    if postprocess:
        _postprocess(raw, meta, files, categorisation, method)
    return made


def postprocess(rawoutput_files: Iterable[Any], outdir: Any, output_file: Any, *,
                categorisation: bool = True, method: Union[str, scenario.Method] = "ar6-2015",
                **given: Any) -> pd.DataFrame:
    """Read files ``KEY_rawoutput.xlsx``, write ``KEY_alloutput.xlsx`` and ``KEY_meta.xlsx`` of each
    and the metadata of all as CSV into ``output_file``."""
    _refuse(given)
    found = []
    for path in rawoutput_files:
        if not str(path).endswith("_rawoutput.xlsx"):
            raise ArgumentError(f"{path} is refused; allowed: files that end in _rawoutput.xlsx")
        book = pd.read_excel(path, sheet_name=None)
        meta = book["meta"].drop(columns="exclude", errors="ignore")
        files = _Files(str(path)[:-len("_rawoutput.xlsx")] + ".csv", outdir)
        found.append(_postprocess(frames.wide(book["data"]), meta, files, categorisation, method))
    merged = pd.concat(found, ignore_index=True)
    merged.to_csv(Path(outdir, output_file), index=False)
    return merged


def _refuse(given: dict[str, Any]) -> None:
    """Refuse what would be passed over in silence."""
    for name, value in given.items():
        if name in _IDLE or value is None or (name in _FIXED and value == _FIXED[name]):
            continue
        allowed = f"; allowed: {_FIXED[name]!r}" if name in _FIXED else ""
        raise ArgumentError(f"{name}={value!r} means nothing to stocktake's ensemble{allowed}")


class _Files:
    """The files of a run, which begin with the name of its input."""

    def __init__(self, given: Any, outdir: Any) -> None:
        self.folder = Path(outdir)
        self.key = os.path.splitext(os.path.basename(os.fspath(given)))[0]
        os.makedirs(self.folder, exist_ok=True)
        self.books = any(importlib.util.find_spec(name) for name in ("openpyxl", "xlsxwriter"))
        if not self.books:
            warnings.warn("workbooks are not written: openpyxl is not there", stacklevel=3)

    def csv(self, name: str, table: pd.DataFrame) -> None:
        table.to_csv(self.folder / f"{self.key}_{name}.csv", index=False)

    def book(self, name: str, sheets: dict[str, pd.DataFrame], index: bool = False) -> None:
        if self.books:
            with pd.ExcelWriter(self.folder / f"{self.key}_{name}.xlsx") as book:
                for sheet, table in sheets.items():
                    table.to_excel(book, sheet_name=sheet, index=index)


def _titled(frame: pd.DataFrame) -> pd.DataFrame:
    """As pyam writes data: Model, Scenario, Region, Variable, Unit, years."""
    table = frame.reset_index()
    table.columns = [str(name).capitalize() for name in table.columns]
    return table


def _sheet(meta: pd.DataFrame) -> pd.DataFrame:
    """As pyam writes metadata."""
    table = meta.copy()
    table.insert(2, "exclude", False)
    return table


def _input(path: Any) -> Any:
    found = frames.read(path)
    return read_csv(Path(path).read_bytes()) if frames.is_path(found) else found


def _check(path: Any, files: _Files, method: Any) -> scenario.Result:
    """The check with the files of what is left and what is left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        checked = scenario.check(path, method=method)
    if len(checked.emissions):
        files.csv("checkedinput_lead", _titled(checked.emissions))
    reported = frames.wide(_input(path))
    notes = checked.left_out
    notes = notes[notes["kind"] == "left out"]
    for start, (name, whole) in _EXCLUDED.items():
        keys = ["model", "scenario"] if whole else ["model", "scenario", "variable"]
        of = notes[notes["reason"].str.startswith(start)].dropna(subset=keys)
        named = reported.index.droplevel([one for one in frames.NAMES if one not in keys])
        rows = reported[named.isin(list(of[keys].itertuples(index=False, name=None)))]
        if len(rows):
            files.csv(name, _titled(rows.dropna(axis=1, how="all")))
    return checked


def _write_emissions(made: scenario.Result, files: _Files) -> None:
    table = _titled(made.emissions)
    files.csv("harmonized_infilled", table)
    tools = made.emissions.index.droplevel(["region", "variable", "unit"]).unique().to_frame(
        index=False).assign(**{"assessment-tools": _version()})
    files.book("harmonized_infilled", {"data": table, "meta": _sheet(tools)})


def _version() -> str:
    return f"stocktake (version: {text(lib.stk_version())})"


def _exceedance(meta: pd.DataFrame) -> pd.DataFrame:
    """Chances and peaks of each scenario."""
    names = [name for name in meta if re.match(
        r"Exceedance Probability|(p\d+|median) (year of )?peak warming", name)]
    names.sort(key=lambda name: not name.startswith("Exceedance"))
    return meta[["Model", "Scenario", *names]].rename(
        columns={"Model": "model", "Scenario": "scenario"})


def _postprocess(data: pd.DataFrame, meta: pd.DataFrame, files: _Files, categorisation: bool,
                 method: Any) -> pd.DataFrame:
    """Warming in 2100 and the category beside the chances and peaks."""
    found = meta.set_index(["model", "scenario"])
    gsat = re.compile(re.escape(PREFIX) + r"\|Surface Temperature \(GSAT\)\|([^|]*)\|([0-9.]+)th Perc")
    for variable, rows in data.groupby(level="variable", sort=False):
        told = gsat.match(variable)
        if told is None or float(told[2]) % 1:
            continue
        label = "median" if float(told[2]) == 50 else f"p{float(told[2]):g}"
        last = rows[2100].droplevel(["region", "variable", "unit"])
        found[f"{label} warming in 2100 ({told[1]})"] = last.reindex(found.index)
    if categorisation:
        names = scenario.categorise(found, method=method, labels="tool")
        found["Category"] = names
        found["Category_name"] = [f"{name}: {_CATEGORIES.get(name, name)}" for name in names]
    for step in ("harmonization", "infilling", "climate-models", "workflow"):
        found[step] = _version()
    meta = found.reset_index()
    files.book("alloutput", {"data": _titled(data), "meta": _sheet(meta)})
    files.book("meta", {"meta": _sheet(meta)})
    return meta
