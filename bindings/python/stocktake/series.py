"""Tables of targets, of one's own too, and of history as IAMC frames, by the names of pathways."""
from __future__ import annotations

from typing import Any

import pandas as pd

from . import frames
from .errors import DataError


def _gwp(facts: dict[str, Any]) -> str:
    name = facts["gwp"]
    return f"{name}-GWP100" if name in ("SAR", "AR4", "AR5", "AR6") else name


def _frame(rows: "pd.DataFrame", facts: dict[str, Any]) -> frames.Iamc:
    rows = rows.dropna(subset=["value"])
    if "model" not in rows:
        rows = rows.assign(model=f"stocktake {facts['version']}")
    return frames.Iamc.of(rows[[*frames.NAMES, "year", "value"]])


def targets(table: pd.DataFrame, units: dict[str, str], facts: dict[str, Any]) -> frames.Iamc:
    """A value in the year of each target, a scenario for each condition and ambition."""
    name = f"Kyoto Gases excl. LULUCF ({_gwp(facts)})"
    variables = {"level_excl_lulucf_mt": f"Emissions|{name}",
                 "level_incl_lulucf_mt": f"Emissions|Kyoto Gases ({_gwp(facts)})",
                 "baseline_excl_lulucf_mt": f"Baseline|Emissions|{name}"}
    scenario = table["condition"] + " " + table["ambition"] + f" (as of {facts['as_of']})"
    return _frame(pd.concat([pd.DataFrame({
        "scenario": scenario, "region": table["iso3"], "variable": variable, "unit": units[column],
        "year": table["target_year"], "value": table[column]})
        for column, variable in variables.items()]), facts)


def history(table: pd.DataFrame, units: dict[str, str], facts: dict[str, Any]) -> frames.Iamc:
    """Emissions by year."""
    if "emissions_mt" not in table:
        raise DataError("ranked changes are no series")
    gas, land = facts["species"], facts["lulucf"]
    if gas == "KYOTO":
        gas = f"Kyoto Gases{' excl. LULUCF' if land == 'excluded' else ''} ({_gwp(facts)})"
    elif land != "excluded":
        gas += f", LULUCF {land}"
    if land == "only":
        gas = "CO2|AFOLU"
    region = "World" if facts["area"] == "WORLD" else facts["area"]
    return _frame(pd.DataFrame({
        "scenario": "history", "region": region, "variable": f"Emissions|{gas}",
        "unit": units["emissions_mt"], "year": table["year"], "value": table["emissions_mt"]}),
        facts)


def quantify(table: pd.DataFrame, units: dict[str, str], facts: dict[str, Any]) -> frames.Iamc:
    """A value in the year of each target; year, region, scenario and model are columns of one's own."""
    def column(*names: str) -> Any:
        return next((table[name] for name in names if name in table), None)

    year, region = column("target_year", "year"), column("region", "iso3")
    if year is None or region is None:
        raise DataError("targets without a year or a region are no series; needed among the columns "
                        "of the input are target_year or year, and region or iso3")
    own = {name: table[name] for name in ("model", "scenario") if name in table}
    variables = {"level_excl_lulucf_mt": "Emissions|Kyoto Gases excl. LULUCF",
                 "level_incl_lulucf_mt": "Emissions|Kyoto Gases"}
    return _frame(pd.concat([pd.DataFrame({
        "scenario": table["id"], "region": region, "variable": variable, "unit": units[level],
        "year": year, "value": table[level], **own}) for level, variable in variables.items()]),
        facts)


SERIES = {"targets": targets, "history": history, "quantify": quantify}
