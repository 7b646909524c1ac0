"""Charts by matplotlib, in the colours of the report; each returns its axes."""
from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .errors import DataError

PLEDGE, TREND, GOAL, MUTED, HISTORY = "#0b5fa5", "#b0420a", "#00705a", "#59636e", "#1b1f24"


def _axes(ax: Any) -> Any:
    import matplotlib.pyplot as pyplot

    ax = pyplot.subplots(layout="constrained")[1] if ax is None else ax
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def gap(table: pd.DataFrame, ax: Any = None) -> Any:
    """Levels of the cases against the benchmark."""
    ax = _axes(ax)
    names = table["condition"] + ", " + table["ambition"] + ", hot air: " + table["hot_air"]
    first = table.iloc[0]
    _bars(ax, table["world_gt"], names, PLEDGE, "pledges")
    ax.axvspan(first["benchmark_low_gt"], first["benchmark_high_gt"], color=GOAL, alpha=0.25, lw=0,
               zorder=0)
    ax.axvline(first["benchmark_gt"], color=GOAL, label=f"{first['benchmark']} and its range")
    ax.set_xlabel(f"Gt CO$_2$e in {first['year']}")
    return _legend(ax)


def _bars(ax: Any, values: Any, names: Any, color: str, label: str) -> None:
    places = np.arange(len(values))
    ax.barh(places, values, 0.5, color=color, label=label)
    ax.set_yticks(places, names)
    ax.invert_yaxis()


def _legend(ax: Any) -> Any:
    """Above the axes, where no line is."""
    ax.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=4)
    return ax


def pathways(table: pd.DataFrame, ax: Any = None) -> Any:
    """Range of the pledges of each area, and its baseline."""
    ax = _axes(ax)
    columns = [name for name in table.columns
               if name.startswith(("unconditional_", "conditional_")) and "lulucf" not in name]
    areas = table["iso3"].unique()
    for area, part in table.groupby("iso3", sort=False):
        first = area == areas[0]
        levels = part[columns].to_numpy(float) / 1000
        ax.fill_between(part["year"], levels.min(axis=1), levels.max(axis=1), color=PLEDGE,
                        alpha=0.3, lw=0, label="pledges" if first else None)
        ax.plot(part["year"], part["unconditional_low_mt"] / 1000, color=PLEDGE)
        ax.plot(part["year"], part["baseline_excl_lulucf_mt"] / 1000, color=TREND, ls=":",
                label="baseline" if first else None)
        past = part[part["status"] == "history"]
        ax.plot(past["year"], past["unconditional_low_mt"] / 1000, color=HISTORY,
                label="history" if first else None)
        if 1 < len(areas) < 12:
            ax.annotate(area, (part["year"].iloc[-1], levels[-1].max()), (4, 0),
                        textcoords="offset points", va="center")
    ax.set_ylabel("Gt CO$_2$e without land use" + (f", {areas[0]}" if len(areas) == 1 else ""))
    return _legend(ax)


def timeline(table: pd.DataFrame, ax: Any = None) -> Any:
    """The gap after every document."""
    from matplotlib import dates

    ax = _axes(ax)
    days = dates.AutoDateLocator(maxticks=8)
    ax.xaxis.set(major_locator=days, major_formatter=dates.ConciseDateFormatter(days))
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


def _fan(ax: Any, years: Any, name: str, middle: Any, values: Any) -> None:
    line, = ax.plot(years, middle, label=name)
    ax.fill_between(years, values.min(axis=0), values.max(axis=0), alpha=0.2,
                    color=line.get_color(), lw=0)


def run(result: Any, key: str = "temperature", ax: Any = None) -> Any:
    """A variable of :class:`stocktake.Run`: a fan for each scenario."""
    from .climate import variables

    ax = _axes(ax)
    middle = int(np.argmin(np.abs(result.percentiles - 50)))
    for name, values in zip(result.scenarios, result.array(key)):
        _fan(ax, result.years, name, values[middle], values)
    ax.set_ylabel(f"{variables()[key][0]}, {variables()[key][1]}")
    return _legend(ax) if len(result.scenarios) < 12 else ax


def climate(table: pd.DataFrame, ax: Any = None) -> Any:
    """Warming by scenario, of percentiles as the scenario workflow writes them: a fan for each."""
    found = table.index.get_level_values("variable").str.extract(
        r"Surface Temperature.*\|([0-9.]+)th Percentile$")[0].astype(float)
    rows = table[found.notna().to_numpy()]
    if not len(rows):
        raise DataError("the table has no percentiles of warming, which is what is drawn; of other "
                        "rows choose some and turn them: .T.plot()")
    ax = _axes(ax)
    parts = rows.assign(**{"percentile": found.dropna().to_numpy()}).groupby(
        ["model", "scenario"], sort=False)
    models = table.index.unique("model")
    for (model, name), part in parts:
        percentiles = part.pop("percentile").to_numpy()
        values = part.to_numpy(float)
        _fan(ax, table.columns.to_numpy(int), name if len(models) < 2 else f"{model}, {name}",
             values[np.argmin(np.abs(percentiles - 50))], values)
    ax.set_ylabel("warming, K")
    return _legend(ax) if len(parts) < 12 else ax


def fairness(rows: pd.DataFrame, ax: Any = None) -> Any:
    """What each reading of equity leaves an area, and its pledge; without an area where pledges
    stand among the readings, 0 the strictest and 1 the most lenient."""
    ax = _axes(ax)
    if "position" in rows:
        ax.hist(rows["position"].dropna(), 40, color=PLEDGE)
        ax.axvspan(0, 1, color=GOAL, alpha=0.25, lw=0, zorder=0)
        ax.set(xlabel="place among the readings, 0 the strictest, 1 the most lenient",
               ylabel="Parties")
        return ax
    _bars(ax, rows["mt"], rows["method"] + " " + rows["parameters"].str.replace(";", " "), GOAL,
          "readings")
    ax.axvline(rows["pledged_mt"].iloc[0], color=PLEDGE, label=rows["what_is_pledged"].iloc[0])
    ax.tick_params(axis="y", labelsize="small")
    ax.set_xlabel(f"Mt CO$_2$e in {rows['year'].iloc[0]}, {rows['area'].iloc[0]}")
    return _legend(ax)


def finance(rows: pd.DataFrame, ax: Any = None) -> Any:
    """Goals of climate finance, without calls, and what was delivered."""
    ax = _axes(ax)
    ax.bar(rows["year"], rows["delivered_usd_bn"], color=PLEDGE, label="delivered")
    goals = rows.dropna(subset="goal_usd_bn")
    ax.plot(goals["year"], goals["goal_usd_bn"], "_", color=GOAL, ms=14, mew=3, label="goal")
    ax.set_ylabel("bn US$ a year")
    return _legend(ax)


def effects(rows: pd.DataFrame, ax: Any = None) -> Any:
    """What each choice does alone to the warming of 2100."""
    ax = _axes(ax)
    titles = rows["title"].unique()
    for place, title in enumerate(titles):
        part = rows[rows["title"] == title]
        ax.plot(part["warming_2100_k"], [place] * len(part), "o-", color=PLEDGE)
    ax.axvline(rows["warming_2100_k"][rows["reference"] == "yes"].iloc[0], color=HISTORY)
    ax.set_yticks(range(len(titles)), titles)
    ax.invert_yaxis()
    ax.set_xlabel("K above 1850-1900 in 2100, median")
    return ax


CHARTS = {"gap": gap, "pathways": pathways, "timeline": timeline, "history": history}
