"""The rest of the questions, and what frames become."""
import json

import numpy as np
import pandas as pd
import pytest

import stocktake as st
from conftest import csv, run
from test_questions import same

DAY = "2025-11-05"


@pytest.mark.parametrize("ask, words", [
    (lambda s: s.history(area="CHN"), ["history", "--area", "CHN"]),
    (lambda s: s.pathways(area="IND"), ["pathways", "--as-of", DAY, "--area", "IND"]),
    (lambda s: s.timeline("2025-09-01", no_warming=True),
     ["timeline", "--as-of", DAY, "--from", "2025-09-01", "--no-warming"]),
])
def test_tables(ask, words):
    same(ask(st.Session(as_of=DAY)), csv(*words))


@pytest.mark.parametrize("ask, words", [
    (lambda s: s.warming(hot_air="keep"), ["warming", "--hot-air", "keep"]),
    (lambda s: s.fairness(), ["fairness"]),
    (lambda s: s.fairness("BRA", year=2030), ["fairness", "BRA", "--year", 2030]),
    (lambda s: s.finance(), ["finance"]),
    (lambda s: s.finance("DEU"), ["finance", "DEU"]),
])
def test_documents(ask, words):
    answer = ask(st.Session(as_of=DAY))
    theirs = json.loads(run(*words, "--as-of", DAY, "--format", "json"))
    assert json.dumps(answer.facts["rows"]) == json.dumps(theirs["rows"])
    assert len(answer.rows) == len(theirs["rows"]) and "rows" in repr(answer)


@pytest.mark.parametrize("ask, words", [
    (lambda s: s.warming(), ["warming"]),
    (lambda s: s.warming(effects=True), ["warming", "--effects"]),
    (lambda s: s.fairness(), ["fairness"]),
    (lambda s: s.fairness("G20"), ["fairness", "G20"]),
    (lambda s: s.finance(), ["finance"]),
    (lambda s: s.finance("DEU"), ["finance", "DEU"]),
    (lambda s: s.finance(components=True, year=2022),
     ["finance", "--components", "--year", 2022]),
    (lambda s: s.finance(since="2024-01-01"), ["finance", "--since", "2024-01-01"]),
    (lambda s: s.assess(parties=True), ["assess", "--parties"]),
    (lambda s: s.country(), ["country"]),
    *[(lambda s, table=table: s.country("BRA", table=table), ["country", "BRA", "--table", table])
      for table in ("documents", "net_zero", "profile", "per_head")],
])
def test_rows(ask, words):
    """The frames of documents are the command's CSV, also where nothing is known in a column."""
    frame = ask(st.Session(as_of=DAY)).rows.reset_index(drop=True)
    expected = csv(*words, "--as-of", DAY)
    same(frame[list(expected.columns)], expected)
    for name in expected.columns[expected.isna().all()]:
        assert frame[name].dtype == float, name


def test_quantify(source):
    """Of a file, a frame and a data set; other forms of the answer are there as long as it is."""
    path = source / "tests/pledge/data/quantify_input.csv"
    frame = pd.read_csv(path, float_precision="round_trip")
    expected = csv("quantify", path, "--sinks", "unscaled")
    indexed = frame.set_index("id")
    for given in (path, str(path), frame, indexed, indexed.to_xarray()):
        found = st.quantify(given, sinks="unscaled")
        same(found[expected.columns], expected)
        assert found.text().startswith("id ") and len(expected) == 9
    data = found.to_xarray()
    assert data["level_excl_lulucf_mt"].attrs["units"] == "Mt CO2-equiv/yr"
    np.testing.assert_array_equal(data["level_excl_lulucf_mt"], found["level_excl_lulucf_mt"])
    assert st.quantify(frame.assign(note="a, \"b\"")).note[0] == "a, \"b\""
    dated = st.quantify(frame.assign(target_year=2030, iso3="BRA"), sinks="unscaled")
    series = dated.iamc()
    assert set(series.index.unique("variable")) == {"Emissions|Kyoto Gases excl. LULUCF",
                                                    "Emissions|Kyoto Gases"}
    levels = series.xs("Emissions|Kyoto Gases excl. LULUCF", level="variable")[2030]
    there = dated.dropna(subset=["level_excl_lulucf_mt"]).set_index("id").level_excl_lulucf_mt
    assert levels.droplevel(["model", "region", "unit"]).to_dict() == there.to_dict()
    mine = st.quantify(frame.assign(year="2035", region="x", scenario="s" + frame.id, model="m"))
    assert mine.iamc().index[0][:3] == ("m", "s" + frame.id[0], "x") and list(mine.iamc()) == [2035]
    with pytest.raises(ValueError, match="target_year"):
        found.iamc()
    for wrong, kind, words in ((frame.drop(columns="kind"), st.DataError, "kind"),
                               (frame.assign(kind="wish"), st.DataError, "wish"),
                               (frame.assign(emissions_target_mt=-1.0), st.DataError, "-1"),
                               (frame.iloc[:, :0], st.DataError, "empty"), ([1], TypeError, "list"),
                               (path.with_name("nothing.csv"), OSError, "nothing.csv")):
        with pytest.raises(kind, match=words):
            st.quantify(wrong)


def test_series():
    """Targets and history as data sets."""
    table = st.targets(as_of=DAY, area="BRA,IND")
    data = table.to_xarray()
    row = table.query("iso3 == 'IND' and target_year == 2030").iloc[0]
    name = "Emissions|Kyoto Gases excl. LULUCF (AR6-GWP100)"
    scenario = f"{row.condition} {row.ambition} (as of {DAY})"
    assert data[name].sel(region="IND", scenario=scenario, year=2030) == row.level_excl_lulucf_mt
    assert name in st.pathways(as_of=DAY).iamc().index.unique("variable")
    for options, variable in (({}, name), ({"species": "CH4"}, "Emissions|CH4"),
                              ({"lulucf": "included", "gwp": "AR4"},
                               "Emissions|Kyoto Gases (AR4-GWP100)")):
        past = st.history(area="CHN", **options)
        series = past.iamc()
        assert series.index.unique("variable").tolist() == [variable]
        np.testing.assert_array_equal(series.iloc[0], past.emissions_mt)
        assert series.index.unique("unit")[0] == past.units["emissions_mt"]
    with pytest.raises(ValueError, match="series"):
        st.history(rank_changes=3).iamc()
    steps = st.timeline("2025-10-01", as_of=DAY, no_warming=True)
    np.testing.assert_array_equal(steps.to_xarray()["gap_gt"], steps.gap_gt)


def test_targets_that_are_refused(tmp_path):
    path = tmp_path / "targets.csv"
    table = pd.DataFrame({"iso3": ["BRA"], "target_year": [2030]})
    table.to_csv(path, index=False)
    with pytest.raises(st.Refusal) as of_frame:
        st.quantify(table)
    with pytest.raises(st.Refusal) as of_file:
        st.quantify(path)
    assert of_frame.value.message == of_file.value.message


def test_charts_and_pages(tmp_path):
    session = st.Session(as_of=DAY)
    picture = session.chart("gap")
    run("chart", "gap", "--as-of", DAY, "--output", tmp_path / "gap.svg")
    assert picture == (tmp_path / "gap.svg").read_bytes()
    assert picture._repr_svg_().startswith("<svg") and picture._repr_png_() is None
    assert session.chart("country", "BRA", width=400).format == "svg"
    path = tmp_path / "report.html"
    page = session.report(path)
    assert path.read_bytes() == page
    run("report", path, "--as-of", DAY)
    assert path.read_bytes() == page


def test_data():
    sources = st.data()
    assert {"licence", "citation"} <= set(sources.columns) and len(sources) > 20
    assert st.data("global/gwp.csv").set_index("Species").AR6GWP100["CH4"] == 27.9
    with pytest.raises(LookupError):
        st.data("no/such.csv")


def test_data_sets(tmp_path):
    """To xarray, and to a file that pyam.read_netcdf() takes."""
    xarray = pytest.importorskip("xarray")
    pathways = st.pathways(as_of="2021-04-22")
    data = pathways.to_xarray()
    assert dict(data.sizes) == {"region": 1, "scenario": 5, "year": 111}
    frame = pathways.iamc()
    assert frame.index.names == ["model", "scenario", "region", "variable", "unit"]
    variable = frame.index.unique("variable")[0]
    row = frame.xs(variable, level="variable").iloc[0]
    scenario = frame.index.unique("scenario")[0]
    np.testing.assert_array_equal(data[variable].sel(scenario=scenario, region="World"), row)
    frame.to_netcdf(tmp_path / "pyam.nc")
    with xarray.open_dataset(tmp_path / "pyam.nc", use_cftime=False) as again:
        pyam_rules(again)
        assert again[variable].attrs["units"] == frame.index.unique("unit")[0]
        np.testing.assert_array_equal(
            again[variable].sel(scenario=scenario, region="World").isel(model=0), row)


def pyam_rules(data):
    """What pyam.read_netcdf() asks of a file: every variable has these dimensions and a unit, and
    meta has those of scenarios alone."""
    index = {"time", "model", "scenario", "region"}
    assert index <= set(data.dims)
    for name, array in data.data_vars.items():
        assert set(array.dims) == index, name
        assert array.attrs["unit"] and array.attrs["long_name"] == name
    assert np.issubdtype(data.time.dtype, np.integer)
