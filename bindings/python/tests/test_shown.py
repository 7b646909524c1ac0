"""What a notebook shows: tables with their headline, charts."""
import copy
import pickle

import pytest

import stocktake as st

DAY = "2025-11-05"


def test_html():
    shown = st.Session(as_of=DAY, what_if="IND 2035=-10%").gap(2035)._repr_html_()
    for part in ("<b>stocktake gap</b>", f"as-of={DAY}", "year=2035", "supposed: ",
                 "IND 2035=-10%", "gap_gt", "Cite stocktake"):
        assert part in shown, part
    assert "frame of 8 rows" in st.assess(as_of=DAY, no_warming=True)._repr_html_()


def test_pictures_are_copied():
    picture = st.chart("gap", as_of=DAY)
    for again in (copy.deepcopy(picture), pickle.loads(pickle.dumps(picture))):
        assert again == picture and again.format == "svg"
    document = st.Session(as_of=DAY).assess(no_warming=True)
    assert copy.deepcopy(document).text() == document.text()
    assert document["gap"].equals(document.gap)
    with pytest.raises(KeyError):
        document["text"]


def test_charts():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    session = st.Session(as_of=DAY)
    for answer in (session.gap(), session.pathways(), session.history(area="CHN"),
                   session.timeline("2025-09-01", no_warming=True), session.warming(),
                   session.country("BRA"), session.assess(no_warming=True), session.finance(),
                   session.fairness(), session.fairness("BRA"), session.warming(effects=True)):
        axes = answer.plot()
        axes.figure.canvas.draw()
        assert axes.lines or axes.patches
        matplotlib.pyplot.close(axes.figure)
    with pytest.raises(TypeError, match="gap"):
        session.targets(area="BRA").plot()
    for answer in (session.finance("DEU"), session.country(), session.assess(parties=True)):
        with pytest.raises(TypeError, match="warming"):
            answer.plot()


def test_fans(source):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    run = st.Ensemble().run(source / "tests/climate/data/ssp245_emissions.csv")
    axes = run.plot()
    assert axes.get_ylabel().endswith(", K") and len(axes.lines) == 1
