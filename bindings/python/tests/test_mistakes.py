"""What newcomers get wrong ends in one line that says what is allowed; what only looks odd works."""
import datetime

import numpy as np
import pandas as pd
import pytest

import stocktake as st
from stocktake.adapters import gcages

DAY = "2025-11-05"
YEARS = [2010, 2015, *range(2020, 2101, 10)]
WIDE = pd.DataFrame({"model": "m", "scenario": "s", "region": "World", "unit": "Mt CO2/yr",
                     "variable": "Emissions|CO2|Energy and Industrial Processes",
                     **{year: 36000.5 - 300 * i for i, year in enumerate(YEARS)}}, index=[0])
LONG = WIDE.melt(id_vars=list(WIDE.columns[:5]), var_name="year")
TARGET = pd.DataFrame({"id": ["a", "b"], "kind": "base_year", "value_unit": "percent",
                       "value_excl_lulucf": 40, "emissions_reference_mt": 100,
                       "emissions_target_mt": 100})


def run(data, **options):
    return st.Ensemble().run(data, **{"fill": True, **options})


MISTAKES = {
    "a column of another name": (
        lambda: run(WIDE.rename(columns={"variable": "Variabel"})), st.DataError,
        "no column 'variable', but 'model', 'scenario', .*'variabel'.*needed are scenario"),
    "years as the index": (lambda: run(WIDE.set_index(list(WIDE.columns[:5])).T), st.DataError,
                           "no column 'scenario', 'variable', 'unit', but"),
    "no year": (lambda: run(WIDE.iloc[:, :5]), st.DataError, "columns such as 2020"),
    "a text for a number": (lambda: run(WIDE.assign(**{"2025": "abc"})), st.DataError,
                            "of 2025 in the scenario 's': 'abc' is refused; allowed: a number"),
    "a comma in a number": (lambda: run(LONG.astype({"value": str}).replace({"36000.5": "36,000"})),
                            st.DataError, "of 2010 .*'36,000' is refused; allowed: a number"),
    "a value that is infinite": (lambda: run(LONG.replace(36000.5, np.inf)), st.ArgumentError,
                                 "of the scenario 's': the value of 2010 is no finite number"),
    "years before any": (lambda: run(WIDE.rename(columns={2010: 1700})), st.ArgumentError,
                         "the year 1700 is refused; allowed: rising years from 1750"),
    "no value": (lambda: run(LONG.assign(value=None)), st.DataError, "no row with a value"),
    "no row": (lambda: run(WIDE.iloc[:0]), st.DataError, "no row with a value"),
    "a unit of another gas": (lambda: run(WIDE.assign(unit="Mt CH4/yr")), st.UnitError,
                              "does not convert to 'Gt CO2/yr'"),
    "a unit that is none": (lambda: run(WIDE.assign(unit="kg/ha")), st.UnitError,
                            "allowed: a mass of a substance per year"),
    "a region alone": (lambda: run(WIDE.assign(region="USA")), st.DataError, "there are 'USA'"),
    "a year that is none": (lambda: run(LONG.assign(year="in 2020")), st.DataError,
                            "allowed: years such as 2020"),
    "no species": (lambda: st.Ensemble().run(WIDE), st.ArgumentError, "missing for .*fill=True"),
    "a dictionary": (lambda: run({"a": 1}), TypeError, "dict are refused; allowed: a frame"),
    "no file": (lambda: run("nowhere.csv"), st.FileError, "nowhere.csv"),
    "a percentile": (lambda: run(WIDE, percentiles=[500]), st.ArgumentError,
                     "the percentile 500 is refused; allowed: 0 to 100"),
    "too many thresholds": (lambda: run(WIDE, thresholds=np.arange(65) / 10), st.ArgumentError,
                            "65 thresholds are refused; allowed: 1 to 64"),
    "a variable": (lambda: run(WIDE, variables="warmth"), st.UnknownError,
                   "'warmth' is refused; allowed: all, temperature, .*airborne-fraction$"),
    "a threshold": (lambda: run(WIDE, thresholds=["a"]), st.ArgumentError,
                    r"thresholds: \['a'\] is refused; allowed: numbers"),
    "a temperature": (lambda: st.scenario.postprocess(pd.DataFrame(
        {"scenario": ["a"], "member": 1, 2000: "x"})), st.DataError, "'x' is refused; allowed: numbers"),
    "members of none": (lambda: st.scenario.postprocess(WIDE), st.DataError,
                        "no column 'member', but 'model'"),
    "levels of gcages": (lambda: gcages.PostProcessor()(WIDE), st.DataError, "needed are those of"),
    "a member": (lambda: run(WIDE, members=[1]), st.UnknownError, "no member 1; .*such as 1234"),
    "a country": (lambda: st.country("Brazill"), st.UnknownError, "did you mean Brazil"),
    "no country": (lambda: st.country(np.nan), st.ArgumentError, "missing value, nan, is refused"),
    "a date": (lambda: st.gap(as_of="5 Nov 2025"), st.ArgumentError, "allowed: a date as 2021-04-22"),
    "a year as a date": (lambda: st.gap(as_of=2025), st.ArgumentError, "allowed: a date as"),
    "no date": (lambda: st.gap(as_of=pd.NaT), st.ArgumentError, "missing value, NaT, is refused"),
    "no date of numpy": (lambda: st.gap(as_of=np.datetime64("NaT")), st.ArgumentError, "missing"),
    "no year given": (lambda: st.gap(pd.NA), st.ArgumentError, "missing value, <NA>, is refused"),
    "a date as a year": (lambda: st.gap(datetime.date(2035, 1, 1)), st.ArgumentError, "whole number"),
    "an option": (lambda: st.gap(asof=DAY), st.ArgumentError, "did you mean --as-of"),
    "a choice": (lambda: st.gap(hot_air="kept"), st.ArgumentError, "allowed: keep|cap"),
    "a switch": (lambda: st.targets(include_announced="yes"), st.ArgumentError,
                 "include_announced='yes' is refused; allowed: True or False"),
    "a switch of the workflow": (lambda: st.scenario.check(WIDE, strict="yes"), st.ArgumentError,
                                 "strict='yes' is refused; allowed: True or False"),
    "a method": (lambda: st.scenario.assess(WIDE, method="ar6"), st.UnknownError, "ar6-2015"),
    "columns of warming": (lambda: st.scenario.categorise(pd.DataFrame({"peak": [1.5]})), st.DataError,
                           "no column 'p33_peak', .*but 'peak'; needed are p33_peak"),
    "warming as text": (lambda: st.scenario.categorise(pd.DataFrame({"p33_peak": ["a"]})),
                        st.DataError, "'p33_peak': 'a' is refused; allowed: numbers"),
    "a column of targets": (lambda: st.quantify(TARGET.drop(columns="kind")), st.DataError,
                            "^the column 'kind' is missing"),
    "a percent sign": (lambda: st.quantify(TARGET.assign(value_excl_lulucf=[40, "40%"])),
                       st.DataError, "^row 1: value_excl_lulucf: '40%' is refused; allowed: a number"),
    "what if": (lambda: st.Session().what_if("India 2035"), st.ArgumentError, "as 'IND 2035=3000Mt'"),
    "a chart": (lambda: st.chart("pie"), st.ArgumentError, "there are gap"),
    "an array": (lambda: st.Session().array("gaps"), st.ArgumentError, "allowed: world"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes(name):
    call, kind, words = MISTAKES[name]
    with pytest.raises(kind, match=words) as caught:
        call()
    assert "\n" not in str(caught.value) and "/tmp" not in str(caught.value)
    assert isinstance(caught.value, (st.Refusal, TypeError))


class Polars:
    """As other packages have frames."""

    def to_pandas(self):
        return LONG


@pytest.mark.parametrize("given", [
    WIDE.astype(str), WIDE.rename(columns=str), WIDE.rename(columns=dict(zip(YEARS, np.int64(YEARS)))),
    LONG.astype({"year": "Int64", "value": "Float64"}), LONG.astype({"year": "category"}),
    LONG.assign(year=pd.to_datetime(LONG.year.astype(str))), LONG.assign(region="world"),
    LONG.assign(year=pd.PeriodIndex(LONG.year.astype(str), freq="A")), Polars(),
    LONG.set_index(list(LONG.columns[:6])).value], ids=range(10))
def test_what_looks_odd(given):
    np.testing.assert_array_equal(run(given).peak, run(WIDE).peak)


def test_options_of_every_kind():
    expected = st.gap(2035, as_of=DAY)
    for year in (np.int64(2035), 2035.0, "2035", np.array(2035)):
        assert st.gap(year, as_of=DAY).equals(expected)
    for day in (datetime.date(2025, 11, 5), datetime.datetime(2025, 11, 5, 12), pd.Timestamp(DAY),
                np.datetime64(DAY), np.array(DAY, dtype="datetime64[D]"),
                pd.Timestamp(DAY + " 12:00", tz="UTC")):
        assert st.gap(2035, as_of=day).equals(expected)
    assert st.targets("BRA", as_of=DAY).equals(st.targets(party="BRA", as_of=DAY))
    assert st.history("CHN").equals(st.history(area="CHN"))
    run_of = run(WIDE, variables="Effective Radiative Forcing|CO2")
    assert run_of.variables == ["erf-co2"] and len(run_of.to_frame()) == 7
