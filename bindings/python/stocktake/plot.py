"""Charts by matplotlib, in the colours of the report; each returns its axes."""
from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

PLEDGE, TREND, GOAL, MUTED, HISTORY = "#0b5fa5", "#b0420a", "#00705a", "#59636e", "#1b1f24"


def _axes(ax: Any) -> Any:
    import matplotlib.pyplot as pyplot

    ax = pyplot.subplots()[1] if ax is None else ax
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def gap(table: pd.DataFrame, ax: Any = None) -> Any:
    """Levels of the cases against the benchmark."""
    ax = _axes(ax)
    names = table["condition"] + ", " + table["ambition"] + ", hot air: " + table["hot_air"]
    places = np.arange(len(table))
    ax.barh(places, table["world_gt"], color=PLEDGE)
    ax.axvspan(table["benchmark_low_gt"].iloc[0], table["benchmark_high_gt"].iloc[0], color=GOAL,
               alpha=0.2, lw=0)
    ax.axvline(table["benchmark_gt"].iloc[0], color=GOAL, label=table["benchmark"].iloc[0])
    ax.set_yticks(places, names)
    ax.invert_yaxis()
    ax.set_xlabel(f"Gt CO$_2$e in {table['year'].iloc[0]}")
    ax.legend(frameon=False)
    return ax


def pathways(table: pd.DataFrame, ax: Any = None) -> Any:
    """Range of the pledges of each area, and its baseline."""
    ax = _axes(ax)
    columns = [name for name in table.columns
               if name.startswith(("unconditional_", "conditional_")) and "lulucf" not in name]
    for _, part in table.groupby("iso3", sort=False):
        levels = part[columns].to_numpy(float) / 1000
        ax.fill_between(part["year"], levels.min(axis=1), levels.max(axis=1), color=PLEDGE,
                        alpha=0.3, lw=0)
        ax.plot(part["year"], part["unconditional_low_mt"] / 1000, color=PLEDGE)
        ax.plot(part["year"], part["baseline_excl_lulucf_mt"] / 1000, color=TREND, ls=":")
        past = part[part["status"] == "history"]
        ax.plot(past["year"], past["unconditional_low_mt"] / 1000, color=HISTORY)
    ax.set_ylabel("Gt CO$_2$e without land use")
    return ax


def timeline(table: pd.DataFrame, ax: Any = None) -> Any:
    """The gap after every document."""
    ax = _axes(ax)
    ax.step(pd.to_datetime(table["date"]), table["gap_gt"], where="post", color=PLEDGE)
    ax.set_ylabel(f"gap in {table['year'].iloc[0]}, Gt CO$_2$e" if len(table) else "gap")
    return ax


def history(table: pd.DataFrame, ax: Any = None) -> Any:
    """Past emissions."""
    ax = _axes(ax)
    ax.plot(table["year"], table["emissions_mt"], color=HISTORY)
    ax.set_ylabel("Mt CO$_2$e")
    return ax


def warming(rows: pd.DataFrame, ax: Any = None) -> Any:
    """Warming in 2100 by case: the 5th to 95th percentile, the 17th to 83rd, the median."""
    ax = _axes(ax)
    rows = rows[rows["hot_air"] == rows["hot_air"].iloc[0]]
    wide = rows.pivot_table(index=["case", "condition", "ambition"], columns="percentile",
                            values="warming_2100_k", sort=False)
    places = np.arange(len(wide))
    for low, high, width in ((5, 95, 0.2), (17, 83, 0.5)):
        if {low, high} <= set(wide.columns):
            ax.barh(places, wide[high] - wide[low], width, left=wide[low], color=PLEDGE, alpha=0.5)
    ax.plot(wide[50], places, "|", color=HISTORY, ms=12)
    ax.set_yticks(places, [", ".join(key) for key in wide.index])
    ax.invert_yaxis()
    ax.set_xlabel("K above 1850-1900 in 2100")
    return ax


def run(result: Any, key: str = "temperature", ax: Any = None) -> Any:
    """A variable of :class:`stocktake.Run`: a fan for each scenario."""
    from .climate import variables

    ax = _axes(ax)
    middle = int(np.argmin(np.abs(result.percentiles - 50)))
    for name, values in zip(result.scenarios, result.array(key)):
        line, = ax.plot(result.years, values[middle], label=name)
        ax.fill_between(result.years, values.min(axis=0), values.max(axis=0), alpha=0.2,
                        color=line.get_color(), lw=0)
    ax.set_ylabel(f"{variables()[key][0]}, {variables()[key][1]}")
    if len(result.scenarios) < 12:
        ax.legend(frameon=False)
    return ax


CHARTS = {"gap": gap, "pathways": pathways, "timeline": timeline, "history": history}
