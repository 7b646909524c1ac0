"""Live arrays have the numbers of the questions and follow what is supposed."""
import numpy as np
import pytest

import stocktake as st
from stocktake import live

DAY = "2025-11-05"


def test_every_array():
    session = st.Session(as_of=DAY)
    for name, about in live.ARRAYS.items():
        plain, named = session.array(name), session.array(name, labels=True)
        assert named.dims == about.dims and named.attrs["units"] == about.units, name
        assert plain.flags.writeable and plain.flags.owndata
        np.testing.assert_array_equal(plain, named.values)
        for dim, count in named.sizes.items():
            assert len(set(named[dim].values)) == count > 1, (name, dim)


def test_numbers_of_questions():
    session = st.Session(as_of=DAY, year=2035)
    gap = session.array("gap", labels=True)
    for row in session.gap().itertuples():
        at = dict(condition=row.condition, ambition=row.ambition, hot_air=row.hot_air)
        assert gap.sel(what="gap", **at) == row.gap_gt
        assert gap.sel(what="world", **at) == row.world_gt
    warming = session.array("warming", labels=True).sel(case="pledges_and_targets", year=2100)
    rows = session.warming(hot_air="keep").rows.query(
        "case == 'pledges_and_targets' and condition == 'unconditional' and ambition == 'low'")
    for row in rows.itertuples():
        assert warming.sel(percentile=row.percentile) == row.warming_2100_k
    pathway = session.country("BRA").pathway
    path = session.array("path", labels=True).sel(party="BRA", case="unconditional low")
    np.testing.assert_array_equal(path.sel(year=pathway.index),
                                  pathway["unconditional_low_mt"])


def test_what_is_supposed():
    session = st.Session(as_of=DAY)
    before = session.array("gap")
    session.target("IND", "2035=3000Mt")
    after = session.array("gap")
    assert (after < before).all()
    target = session.array("target", labels=True)
    np.testing.assert_allclose(target.sel(party="IND"), 3000)
    np.testing.assert_array_equal(session.reset().array("gap"), before)


def test_refused():
    session = st.Session(as_of=DAY)
    with pytest.raises(ValueError, match="observed"):
        session.array("heat")
    with pytest.raises(st.ArgumentError):
        st.Session(as_of=DAY, year=1950).array("gap")
    session.close()
    with pytest.raises(ValueError, match="closed"):
        session.array("gap")
