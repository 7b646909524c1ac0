"""Any frame, array or question: a result or an exception, never a crash."""
import os

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings, strategies as some

import stocktake as st

EXAMPLES = int(os.environ.get("STOCKTAKE_EXAMPLES", 2000))
RULES = settings(max_examples=EXAMPLES // 4, deadline=None, derandomize=True, database=None,
                 suppress_health_check=list(HealthCheck))
REFUSED = (st.Refusal, ValueError, TypeError, LookupError, OSError, OverflowError, MemoryError)
ENSEMBLE = st.Ensemble()
SESSION = st.Session(as_of="2025-11-05")
BASE = ENSEMBLE.emissions(pd.DataFrame({
    "scenario": ["s"], "variable": ["Emissions|CO2|Energy and Industrial Processes"],
    "unit": ["Mt CO2/yr"], "2020": [35000.0], "2100": [0.0]}), fill=True).values

texts = some.one_of(some.text(max_size=12), some.sampled_from(
    ["World", "Emissions|CO2", "Emissions|CH4", "Emissions|CO2|Energy and Industrial Processes",
     "Mt CO2/yr", "Mt CH4/yr", "kt HFC134a/yr", "Gt C/yr", "", "\0", "'\"", "--as-of", "m"]))
numbers = some.one_of(some.floats(), some.integers(-10, 10**6), some.none(), texts,
                      some.sampled_from([0.0, -0.0, 1e308, -1e308, 5e-324]))
years = some.one_of(some.integers(1700, 2600).map(str), some.integers(1740, 2510),
                    some.floats(1700, 2600), some.sampled_from(["1750", "2020.5", "year", "value"]))
labels = some.sampled_from(["Model", "Scenario", "Region", "Variable", "Unit", "scenario", "unit",
                            "variable", "value", "year", "time"])


@some.composite
def tables(draw):
    columns = draw(some.lists(some.one_of(labels, labels, years, texts), min_size=1, max_size=9,
                              unique_by=str))
    if draw(some.booleans()):
        columns = ["scenario", "variable", "unit"] + [
            c for c in columns if str(c).lower() not in ("scenario", "variable", "unit")]
    count = draw(some.integers(0, 4))
    cells = {c: [draw(texts if str(c).lower() in ("model", "scenario", "region", "variable", "unit")
                      else numbers) for _ in range(count)] for c in columns}
    return pd.DataFrame(cells)


@RULES
@given(tables(), some.booleans(), some.integers(1700, 2400), some.integers(1700, 2600))
def test_frames(frame, fill, first, last):
    try:
        found = ENSEMBLE.emissions(frame, first, last, fill)
    except REFUSED:
        return
    assert found.values.shape == (len(found.scenarios), 61, last - first + 1)


@RULES
@given(some.integers(0, 3), some.sampled_from([0, 1, 60, 61, 62]), some.integers(0, 130),
       some.integers(1740, 2310), some.sampled_from(["f8", ">f8", "f4", "i4", "O", "c16"]),
       some.lists(some.tuples(some.integers(0, 60), some.integers(0, 129), some.floats()),
                  max_size=4), some.booleans(), some.sampled_from([1, -1, 2, -3]),
       some.lists(some.one_of(some.floats(), some.integers(-10, 110)), max_size=3),
       some.lists(some.sampled_from(["temperature", "erf", "co2", "no", ""]), max_size=3))
def test_arrays(scenarios, species, count, first, kind, spoilt, fortran, step, percentiles, keys):
    year = min(max(first - 1750, 0), 220)
    array = np.resize(BASE[:, :species, year:year + count], (scenarios, species, count)).copy() \
        if species and count else np.zeros((scenarios, species, count))
    for row, at, value in spoilt:
        if scenarios and row < species and at < count:
            array[0, row, at] = value
    array = np.asfortranarray(array) if fortran else array
    try:
        with np.errstate(all="ignore"):
            array = array.astype(kind)[:, :, ::step]
        run = ENSEMBLE.run(array, first_year=first, percentiles=percentiles or [50],
                           variables=keys or None)
    except REFUSED:
        return
    assert run.peak.shape[0] == scenarios


QUESTIONS = ["gap", "targets", "country", "pathways", "history", "data", "chart", "", "what"]
options = some.dictionaries(
    some.one_of(texts, some.sampled_from(["as_of", "year", "area", "gwp", "hot_air", "what_if",
                                          "benchmark", "include_announced", "drivers"])),
    some.one_of(texts, some.booleans(), some.none(), some.integers(), some.floats(), some.dates(),
                some.sampled_from(["2030", "2035", "BRA", "AR4", "cap", "BRA 2035=-10%", "C3"]),
                some.lists(texts, max_size=2)), max_size=3)


@RULES
@given(some.sampled_from(QUESTIONS), some.lists(texts, max_size=2), options,
       some.sampled_from([None, "text", "csv", "json", "iamc", "svg", "xml", "\0"]))
def test_questions(name, operands, given_options, form):
    given_options.pop("format", None), given_options.pop("question", None)
    given_options.pop("self", None)
    try:
        answer = SESSION.ask(name, *operands, format=form, **given_options)
    except REFUSED:
        return
    assert isinstance(answer, bytes)


@RULES
@given(some.sampled_from(["set", "what_if", "target", "net_zero", "pledge", "reset"]), texts,
       some.one_of(texts, some.sampled_from(["2035=3500Mt", "2035=-60%@2005", "BRA", "IND"])),
       some.one_of(some.integers(), some.floats(), texts))
def test_changes(call, first, second, third):
    try:
        if call == "set":
            SESSION.set(**{first.replace("\0", "") or "year": third})
        elif call == "net_zero":
            SESSION.net_zero(second, third)
        elif call in ("target", "pledge"):
            getattr(SESSION, call)(first, second)
        else:
            getattr(SESSION, call)(second)
    except REFUSED:
        pass
    SESSION.set(year=None, as_of="2025-11-05").reset()
    assert len(SESSION.gap()) == 8
