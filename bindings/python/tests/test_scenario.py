"""The scenario workflow has the bytes of the command, from frames and from files."""
import numpy as np
import pandas as pd
import pytest

import stocktake as st
from conftest import run

pytestmark = pytest.mark.filterwarnings("ignore:scenario")


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


def test_methods(ex2, tmp_path):
    run("scenario", "assess", ex2, "--output", tmp_path, "--method", "ar6-2015", "--labels", "tool",
        status=(0, 1))
    made = st.scenario.assess(ex2, method="ar6-2015", labels="tool")
    made.save(tmp_path / "ours")
    for name in ("meta", "climate", "emissions"):
        assert (tmp_path / "ours" / f"{name}.csv").read_bytes() == \
            (tmp_path / f"{name}.csv").read_bytes()


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
