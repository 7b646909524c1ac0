"""The scenario workflow has the bytes of the command, from frames and from files."""
import warnings

import numpy as np
import pandas as pd
import pytest

import stocktake as st
from conftest import run

pytestmark = pytest.mark.filterwarnings("ignore::stocktake.LeftOut")


def read(path):
    return pd.read_csv(path, float_precision="round_trip", keep_default_na=False, na_values=[""])


@pytest.fixture(scope="module")
def ex2(source):
    return source / "tests/scenario/data/ex2_input.csv"


@pytest.fixture(scope="module")
def theirs(ex2, tmp_path_factory):
    """The command's stages one after the other, and all at once."""
    folder = tmp_path_factory.mktemp("scenario")
    before = ex2
    for stage in ("check", "harmonise", "infill"):
        after = folder / f"{stage}.csv"
        run("scenario", stage, before, "--output", after, status=(0, 1))
        before = after
    run("scenario", "assess", ex2, "--output", folder / "all", status=(0, 1))
    return folder


def test_stages(ex2, theirs):
    before = ex2
    for stage in ("check", "harmonise", "infill"):
        after = theirs / f"{stage}.csv"
        made = getattr(st.scenario, stage)(before)
        assert made.files["emissions"] == after.read_bytes(), stage
        frame = getattr(st.scenario, stage)(read(before)).emissions
        np.testing.assert_array_equal(frame.to_numpy(), made.emissions.to_numpy())
        before = after


def test_assess(ex2, theirs):
    told = []
    made = st.scenario.assess(read(ex2), progress=told.append)
    for name in ("meta", "climate", "emissions"):
        assert made.files[name] == (theirs / "all" / f"{name}.csv").read_bytes(), name
    assert told[-1] == 1 and len(told) == len(made.meta)
    assert set(made.meta.Category) <= {f"C{i}" for i in range(1, 9)}
    left = made.left_out
    assert {"model", "scenario", "stage", "reason"} <= set(left) and len(left)
    categories = st.scenario.categorise(made.meta, labels="report")
    assert list(categories) == list(made.meta.Category)


def test_own_tables(ex2, source):
    """A history and a library as frames are what they are as files."""
    path = source / "data/pathways/history_ar6.csv"
    expected = st.scenario.harmonise(ex2, method="ar6-2015", history=path)
    found = st.scenario.harmonise(ex2, method="ar6-2015", history=read(path))
    assert found.files["emissions"] == expected.files["emissions"]
    with pytest.raises(TypeError, match="int"):
        st.scenario.harmonise(ex2, history=5)


def test_methods(ex2, tmp_path):
    run("scenario", "assess", ex2, "--output", tmp_path, "--method", "ar6-2015", "--labels", "tool",
        status=(0, 1))
    made = st.scenario.assess(ex2, method="ar6-2015", labels="tool")
    made.save(tmp_path / "ours")
    for name in ("meta", "climate", "emissions"):
        assert (tmp_path / "ours" / f"{name}.csv").read_bytes() == \
            (tmp_path / f"{name}.csv").read_bytes()


def test_own_methods(ex2, tmp_path):
    """Shipped methods as texts, with the bytes of their names; changed and saved ones."""
    for name in st.scenario.METHODS:
        method = st.scenario.Method(name)
        assert method.name == name and method.description and name in repr(method)
    assert method.overrides.startswith("model,")
    method.save(tmp_path / "cmip7.yaml")
    assert st.scenario.Method(tmp_path / "cmip7.yaml") == method
    elsewhere = tmp_path / "elsewhere" / "mine.yaml"
    elsewhere.parent.mkdir()
    elsewhere.write_text(method.text.replace("cmip7_overrides.csv", "../cmip7_overrides.csv"))
    assert st.scenario.Method(elsewhere) == method
    method = st.scenario.Method("ar6-2015")
    assert st.scenario.harmonise(ex2, method=method).files == \
        st.scenario.harmonise(ex2, method="ar6-2015").files
    changed = method.replace("ratio_until: 2080", "ratio_until: 2060")
    assert changed != method and changed.version == method.version
    changed.save(tmp_path / "changed.yaml")
    assert st.scenario.harmonise(ex2, method=changed).files["emissions"] == \
        st.scenario.harmonise(ex2, method=tmp_path / "changed.yaml").files["emissions"] != \
        st.scenario.harmonise(ex2, method=method).files["emissions"]
    with pytest.raises(ValueError, match="0 times"):
        method.replace("no-such", "text")
    with pytest.raises(st.DataError, match="many") as caught:
        method.replace("quantile: 0.5", "quantile: many")
    assert caught.value.line > 0
    with pytest.raises(LookupError, match="ar6-2015-cdr"):
        st.scenario.Method("no-such")
    with pytest.raises(OSError, match="nowhere"):
        st.scenario.Method("/nowhere.yaml")
    with pytest.raises(AttributeError, match="nothing"):
        method.nothing


def test_facts_of_a_method():
    pytest.importorskip("yaml")
    assert st.scenario.Method("ar6-2015").facts["infill"]["quantile"] == 0.5


def test_postprocess(source, tmp_path):
    """Members of a run, of the command's files and of frames, with the command's bytes."""
    given = source / "tests/climate/data/ssp245_emissions.csv"
    for name in ("members.csv", "members.nc"):
        run("climate", given, "--reference-period", "none", "--member-output", tmp_path / name,
            "--output", tmp_path / "percentiles.csv")
    run("scenario", "postprocess", tmp_path / "members.csv", "--method", "ar6-2015", "--output",
        tmp_path / "climate.csv", "--meta", tmp_path / "meta.csv")
    made = st.Ensemble().run(given, members="all", reference=None)
    wide = pd.DataFrame((made.member_values[0, 0, :, :-1] + made.member_values[0, 0, :, 1:]) / 2,
                        columns=made.years).assign(scenario="ssp245", run_id=made.members)
    for members in (made, made.to_xarray(), tmp_path / "members.csv", tmp_path / "members.nc", wide,
                    wide.set_index(["scenario", "run_id"])):
        found = st.scenario.postprocess(members, method="ar6-2015")
        assert found.files["climate"] == (tmp_path / "climate.csv").read_bytes()
        np.testing.assert_array_equal(found.meta.drop(columns="model").to_numpy()[:, 1:],
                                      read(tmp_path / "meta.csv").to_numpy()[:, 1:])
        assert st.scenario.categorise(found.meta, method="ar6-2015").tolist() == ["C6"]
    fewer = pd.concat([wide, wide.iloc[:100].assign(scenario="some")])
    assert list(st.scenario.postprocess(fewer).meta.name) == ["ssp245", "some"]
    emissions = np.repeat(st.Ensemble().emissions(given).values, 2, axis=0)
    emissions[1, 3] = np.nan  # a run refuses it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", st.LeftOut)
        half = st.Ensemble().run(emissions, scenarios=["one", "none"], members="all", reference=None)
    with pytest.warns(st.LeftOut, match="scenarios left out: 1 .'none': it has no member"):
        some = st.scenario.postprocess(half, method="ar6-2015")
    assert some.meta.drop(columns=["name", "model"]).equals(
        found.meta.drop(columns=["name", "model"])) and list(some.meta.name) == ["one"]
    with pytest.raises(st.DataError, match="no scenario has"):
        st.scenario.postprocess(wide.mask(wide == wide, np.nan).assign(scenario="a", run_id=wide.run_id))
    with pytest.raises(AttributeError, match="climate, meta"):
        found.left_out
    for wrong, kind, words in (
            (wide.drop(columns="run_id"), ValueError, "member"),
            (wide.iloc[:0], ValueError, "no member"),
            (pd.concat([wide, wide]), ValueError, "twice"),
            (wide.drop(columns=[1900]), ValueError, "one after the other"),
            (wide.mask(wide == wide.loc[3, 1950]), ValueError, "lacks a temperature"),
            (wide.drop(columns=range(1750, 1860)), st.ArgumentError, "preindustrial"),
            (made.to_xarray().drop_vars("temperature_members"), ValueError, "temperature_members"),
            (st.Ensemble().run(given, members=[1234], variables="erf"), ValueError, "erf"),
            ([1], TypeError, "list")):
        with pytest.raises(kind, match=words):
            st.scenario.postprocess(wrong)


def test_refusals(ex2, tmp_path):
    with pytest.raises(LookupError, match="no-such"):
        st.scenario.check(ex2, method="no-such")
    with pytest.raises(LookupError, match="not shipped"):
        st.scenario.harmonise(ex2, method="cmip7")
    with pytest.raises(ValueError, match="labels"):
        st.scenario.assess(ex2, labels="mine")
    with pytest.raises(KeyboardInterrupt):
        st.scenario.assess(ex2, progress=lambda share: False)
    path = tmp_path / "bad.csv"
    path.write_text("Model,Scenario,Region,Variable,Unit,2020\nm,s,World,Emissions|CO2,Mt CO2/yr,x\n")
    with pytest.raises(st.DataError) as caught:
        st.scenario.check(path)
    assert (caught.value.file, caught.value.line, caught.value.column) == (str(path), 2, 35)
    with pytest.raises(ValueError, match="p33_peak"):
        st.scenario.categorise(pd.DataFrame({"p50_peak": [1.5]}))


def test_categories(source):
    """Of a frame with the short names, as the command's."""
    path = source / "tests/scenario/data/categories.csv"
    table = read(path)
    ours = st.scenario.categorise(table)
    import io
    expected = pd.read_csv(io.BytesIO(run("scenario", "categorise", path)), keep_default_na=False)
    assert list(ours) == list(expected["category"])


@pytest.fixture(scope="module")
def three(source):
    """Three scenarios that nothing is wrong with."""
    table = read(source / "tests/scenario/data/cases/01-other-capture-and-removal.csv")
    table = table[~table.Variable.isin(["Emissions|CO2",
                                        "Emissions|CO2|Other Capture and Removal"])]
    return pd.concat([table.assign(Scenario=name) for name in ("fast", "slow", "late")],
                     ignore_index=True)


def told(data, stage=st.scenario.assess):
    """The one warning of a run, and its result."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        made = stage(data)
    assert len(caught) == 1 and caught[0].category is st.LeftOut
    assert caught[0].filename == __file__
    return str(caught[0].message), made.left_out


def test_what_is_fine_is_silent(three):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not len(st.scenario.assess(three).left_out)


def test_nothing_is_left_out_without_a_word(three, tmp_path):
    """Each is told of a frame as of a file, once for a call."""
    fast, methane = three.Scenario == "fast", three.Variable == "Emissions|CH4"
    soot = three.Variable == "Emissions|BC"
    for wrong, kinds, words in (
            (three.assign(Unit=three.Unit.mask(fast & methane, "Mt CH4/y r")),
             ["left out", "infilled"], "left out: 1 ('Emissions|CH4' of 'fast': the unit"),
            (three.assign(Unit=three.Unit.mask(fast & soot, "kt BC/yr")), ["warning"],
             "warnings: 1 ('fast': in the base year 2015, Emissions|BC is 0.0097 Mt BC/yr"),
            (three.assign(Variable=three.Variable.mask(methane, "Emissions|Methane")),
             ["left out"] + 3 * ["infilled"], "('Emissions|Methane': unknown, rows: 3); infilled: 3"),
            (three[~(fast & methane)], ["infilled"], "infilled: 1 ('Emissions|CH4' of 'fast'"),
            (three.assign(Region=three.Region.mask(fast & methane, "Asia")),
             ["left out", "infilled"], "rows of other regions than World: 1, of 'Asia'")):
        wrong.to_csv(tmp_path / "wrong.csv", index=False)
        for given in (wrong, tmp_path / "wrong.csv"):
            said, left_out = told(given)
            assert words in said and list(left_out.kind) == kinds, said
            assert said.endswith("; see left_out")
    said, left_out = told(three.assign(Variable=three.Variable.mask(methane, "Emissions|Methane")),
                          st.scenario.check)
    assert list(left_out.variable) == ["Emissions|Methane"]
    meta = st.scenario.assess(three.assign(Unit=three.Unit.mask(fast & soot, "kt BC/yr"))).meta
    assert "1/1000" in meta.Warnings[0] and meta.Warnings.isna().tolist() == [False, True, True]


def test_warming_is_drawn(three):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    made = st.scenario.assess(three)
    for axes in (made.plot(), made.climate.plot()):
        assert [line.get_label() for line in axes.lines] == ["fast", "slow", "late"]
        last = axes.lines[1].get_xydata()[-1]
        assert last[0] == 2100 and last[1] == made.meta["median warming in 2100 (FaIRv2.2.3)"][1]
        assert len(axes.collections) == 3
        matplotlib.pyplot.close(axes.figure)
    with pytest.raises(ValueError, match="no percentiles of warming"):
        made.emissions.plot()
    assert len(made.emissions.iloc[:2].T.plot().lines) == 2


def test_missing_emissions_name_the_scenario(three):
    with pytest.raises(st.ArgumentError, match="scenario 'fast': emissions are missing for .*fill=True"):
        st.Ensemble().run(three)
    run = st.Ensemble().run(three, fill=True)
    assert run.scenarios == ["fast", "slow", "late"] and run.left_out.empty
