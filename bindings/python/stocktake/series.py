"""Tables of targets and of history as IAMC frames, by the names that pathways have there."""
from __future__ import annotations

from typing import Any

import pandas as pd

from . import frames


def _gwp(facts: dict[str, Any]) -> str:
    name = facts["gwp"]
    return f"{name}-GWP100" if name in ("SAR", "AR4", "AR5", "AR6") else name


def _frame(rows: "pd.DataFrame", facts: dict[str, Any]) -> frames.Iamc:
    rows = rows.assign(model=f"stocktake {facts['version']}").dropna(subset=["value"])
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
        raise ValueError("ranked changes are no series")
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


SERIES = {"targets": targets, "history": history}
