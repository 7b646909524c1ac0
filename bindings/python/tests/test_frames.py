"""Scenarios as people have them become the same rows."""
import numpy as np
import pandas as pd
import pytest

import stocktake as st
from stocktake import frames

TABLE = pd.DataFrame({
    "Model": ["m", "m", "m"], "Scenario": ["a", "a", "b"], "Region": "World",
    "Variable": ["Emissions|CO2|Energy and Industrial Processes", "Emissions|CH4",
                 "Emissions|CO2|Energy and Industrial Processes"],
    "Unit": ["Mt CO2/yr", "Mt CH4/yr", "Mt CO2/yr"],
    "2020": [35000.0, 380.0, 36000.0], "2050": [np.nan, 200.0, 1e4], "2100": [0.0, 100.0, 0.0]})
WIDE = frames.wide(TABLE)


class Stand:
    """What pyam.IamDataFrame and scmdata.ScmRun have in common: timeseries()."""

    def __init__(self, frame):
        self.frame = frame

    def timeseries(self):
        return self.frame


def forms():
    index = TABLE.set_index(list(TABLE.columns[:5]))
    long = index.rename_axis(columns="year").stack().rename("value").reset_index()
    yield "wide", TABLE
    yield "indexed", index
    yield "pyam", Stand(WIDE)
    dates = WIDE.copy()
    dates.columns = pd.to_datetime([f"{year}-01-01" for year in WIDE.columns])
    yield "scmdata", Stand(dates.reorder_levels([3, 2, 4, 0, 1]).assign(extra="x")
                           .set_index("extra", append=True))
    yield "long", long
    yield "of dates", long.assign(time=pd.to_datetime(long.year + "-01-01")).drop(columns="year")
    yield "years of R", TABLE.rename(columns={y: f"X{y}" for y in TABLE.columns[5:]})
    yield "years as numbers", TABLE.rename(columns={str(y): y for y in (2020, 2050, 2100)})
    yield "middles of years", TABLE.rename(columns={"2020": "2020.5", "2050": 2050.5})
    yield "a series", index.rename_axis(columns="year").stack()
    yield "of other types", TABLE.convert_dtypes().assign(note="x", **{"7": 3}).astype(
        {"Scenario": "category"})
    yield "with None", TABLE.astype(object).where(TABLE.notna(), None)
    yield "world", TABLE.assign(Region="world")
    yield "of one model", TABLE.drop(columns=["Model", "Region"])


@pytest.mark.parametrize("form", dict(forms()))
def test_forms(form):
    rows = list(frames.rows(dict(forms())[form]))
    assert len(rows) == 3
    by_key = {(row.scenario, row.variable): row for row in rows}
    row = by_key["a", TABLE.Variable[0]]
    assert row.unit == "Mt CO2/yr" and row.region.title() == "World"
    assert list(row.years) == [2020, 2100] and list(row.values) == [35000.0, 0.0]


def test_data_sets(tmp_path):
    """What the package writes for others it reads again."""
    xarray = pytest.importorskip("xarray")
    frame = frames.Iamc.of(TABLE)
    for data in (frame.to_xarray(), frame.to_xarray()["Emissions|CH4"]):
        rows = list(frames.rows(data))
        assert {row.unit for row in rows if row.variable == "Emissions|CH4"} == {"Mt CH4/yr"}
    table = WIDE.droplevel(["model", "region"]).stack().rename("value").reset_index("unit")
    array = table["value"].to_xarray().rename({"level_2": "year", "variable": "species"})
    units = dict(zip(table.index.get_level_values("variable"), table["unit"]))
    array = array.assign_coords(unit=("species", [units[one] for one in array.species.values]))
    assert {(row.variable, row.unit) for row in frames.rows(array)} == set(units.items())
    frame.to_netcdf(tmp_path / "file.nc")
    with xarray.open_dataset(tmp_path / "file.nc") as data:
        pd.testing.assert_frame_equal(frames.wide(data).sort_index(), WIDE.sort_index(),
                                      check_names=False)


def test_files(tmp_path):
    """A workbook is read by pandas, other files by the library."""
    ensemble = st.Ensemble()
    TABLE.to_csv(tmp_path / "t.csv", index=False)
    TABLE.to_csv(tmp_path / "t.csv.gz", index=False)
    TABLE.to_excel(tmp_path / "t.xlsx", sheet_name="data", index=False)
    expected = ensemble.emissions(TABLE)
    assert expected.scenarios == ["a", "b"] and expected.models == ["m", "m"]
    for name in ("t.csv", "t.csv.gz", "t.xlsx"):
        found = ensemble.emissions(tmp_path / name)
        np.testing.assert_array_equal(found.values, expected.values)
    given = [ensemble.species[k] for k in np.flatnonzero(~np.isnan(expected.values[0, :, 0]))]
    assert given == ["CO2 FFI", "CH4"]
    filled = ensemble.run(TABLE, fill=True)
    assert filled.left_out.empty and np.isfinite(filled.peak).all()


@pytest.mark.parametrize("frame, kind, words", [
    (TABLE.drop(columns="Unit"), ValueError, "unit"),
    (TABLE.drop(columns=["2020", "2050", "2100"]), ValueError, "year"),
    (TABLE.rename(columns={"2050": "2020.0"}), ValueError, "two columns"),
    (pd.concat([TABLE, TABLE[["2020"]]], axis=1), ValueError, "two columns '2020'"),
    (pd.concat([TABLE, TABLE[["Unit"]]], axis=1), ValueError, "two columns 'unit'"),
    (TABLE.assign(**{"2020": 1j}), ValueError, "allowed: a number"),
    (TABLE.assign(**{"2020": pd.Series([10**400, 1, 2], dtype=object)}), ValueError, "allowed: a number"),
    (TABLE.assign(**{"2020": ["35,000", 1, 2]}), ValueError,
     "Industrial Processes of 2020 in the scenario 'a': '35,000' is refused"),
    (TABLE.assign(Scenario=[None, "a", "b"]), ValueError, "no scenario"),
    (TABLE.assign(Variable=[np.nan, "Emissions|CH4", "x"]), ValueError, "no variable"),
    (TABLE.assign(Region="Asia"), ValueError, "'Asia'"),
    (TABLE.melt(id_vars=list(TABLE.columns[:5]), var_name="year").assign(year="soon"), ValueError,
     "the year 'soon'"),
    (TABLE.assign(Unit="bananas"), ValueError, "bananas"),
    (TABLE.assign(Variable="Price|Carbon"), st.Refusal, "scenario"),
    (pd.concat([TABLE, TABLE]), ValueError, "twice"),
    (TABLE.assign(**{"2020": "many"}), ValueError, "many"),
    (TABLE.assign(**{"2020": np.inf}), ValueError, "finite"),
    (TABLE.iloc[:0], ValueError, "no row with a value"),
    (pd.DataFrame(), ValueError, "scenario"),
    ([1, 2], TypeError, "list"),
    (None, TypeError, "NoneType"),
])
def test_refused(frame, kind, words):
    with pytest.raises(kind, match=words):
        st.Ensemble().emissions(frame)


def test_other_regions_are_told():
    two = pd.concat([TABLE, TABLE.assign(Region="Asia")])
    with pytest.warns(UserWarning, match="rows of other regions than World: 3, of 'Asia'"):
        assert st.Ensemble().emissions(two).scenarios == ["a", "b"]


def test_what_the_ensemble_does_not_take_is_told(tmp_path):
    """A gas by another name, a scenario of another region: of a frame as of a file."""
    odd = pd.concat([TABLE.assign(Variable=TABLE.Variable.str.replace("CH4", "Methane")),
                     TABLE.assign(Region="Asia", Scenario="east")])
    odd.to_csv(tmp_path / "odd.csv", index=False)
    for given in (odd, tmp_path / "odd.csv"):
        with pytest.warns(st.LeftOut) as said:
            run = st.Ensemble().run(given, fill=True)
        assert len(said) == 1
        assert "scenarios left out: 1 ('east': no row of it is of the region World" in str(said[0].message)
        assert run.scenarios == ["a", "b"] and np.isfinite(run.peak).all()
        methane = run.left_out[run.left_out.variable == "Emissions|Methane"]
        assert len(methane) == 1 and methane.reason.iloc[0].startswith("unknown, rows: ")
