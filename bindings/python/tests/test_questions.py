"""Answers are the command's, to the last bit."""
import datetime
import json
import os
import signal

import numpy as np
import pandas as pd
import pytest

import stocktake as st
from conftest import csv, run

DAY = "2025-11-05"


def same(frame, expected):
    """Two frames with the same columns and the same bits; an empty text is a missing one, and days
    are no texts."""
    assert list(frame.columns) == list(expected.columns)
    assert len(frame) == len(expected)
    for name in expected.columns:
        day = expected[name].astype(str).str.fullmatch(r"\d{4}-\d\d-\d\d").any()
        assert (frame[name].dtype.kind == "M") == day, name
        if day:
            assert list(frame[name]) == list(pd.to_datetime(expected[name])), name
        elif frame[name].dtype == object or frame[name].dtype == bool:
            ours, theirs = frame[name].astype(str), expected[name].fillna("").astype(str)
            assert list(ours) == list(theirs), name
        else:
            np.testing.assert_array_equal(frame[name].to_numpy(float),
                                          expected[name].to_numpy(float), err_msg=name)


def test_gap():
    frame = st.Session(as_of=DAY).gap(2035)
    same(frame, csv("gap", "--as-of", DAY, "--year", 2035))
    assert frame.year.dtype == np.int64 and frame.units["gap_gt"] == "Gt CO2-equiv/yr"


@pytest.mark.parametrize("options, words", [
    ({"area": "BRA"}, ["--area", "BRA"]),
    ({"party": "USA", "gwp": "AR4"}, ["--area", "USA", "--gwp", "AR4"]),
    ({"area": ["IND", "CHN"], "include_announced": True},
     ["--area", "IND,CHN", "--include-announced"]),
    ({"area": "G20", "what_if": ["IND 2035=3000Mt", "CHN 2035=-10%"]},
     ["--area", "G20", "--what-if", "IND 2035=3000Mt", "--what-if", "CHN 2035=-10%"]),
])
def test_targets(options, words):
    same(st.targets(as_of=datetime.date(2025, 11, 5), **options),
         csv("targets", "--as-of", DAY, *words))


def test_days():
    """Days are datetime64 by the kind of the column, also where there are none, or none that pandas
    has as such."""
    assert st.timeline("2016-01-01", as_of="2016-01-02", no_warming=True).date.dtype.kind == "M"
    assert st.gap(as_of="9999-12-31").as_of[0] == datetime.date(9999, 12, 31)
    parties = st.assess(as_of=DAY, parties=True).rows
    assert parties.submitted.dtype.kind == "M" and parties.submitted.isna().any()
    since = st.finance(as_of="2023-12-01", since=pd.Timestamp("2022-01-01")).rows
    assert (since.date > "2022-01-01").all()


def test_where_the_data_ends():
    session = st.Session(as_of="COP30")
    assert session.known_until.isoformat() == json.loads(run("gap", "--format", "json"))["known_until"]
    assert (session.gap() == st.gap(as_of=datetime.date(2025, 11, 22))).all(axis=None)


def test_changes_are_those_of_the_table():
    """Parts inside of a document's rows have the names and units of the table's columns."""
    changes = st.assess(as_of=DAY, since="2025-11-01", no_warming=True).changes
    table = csv("assess", "--as-of", DAY, "--since", "2025-11-01", "--no-warming")
    assert len(table) > 4 and set(table.columns) <= set(changes.columns)
    same(changes[list(table.columns)], table)
    assert changes.attrs["units"]["before_low_mt"] == "Mt CO2-equiv/yr"
    cases = st.warming(as_of=DAY).cases
    assert cases.attrs["units"]["warming_2100_k_p50"] == "K"


def test_documents():
    """Parts of a document are the lists of the command's JSON."""
    assessment = st.assess(as_of="2021-04-22", gwp="AR4", include_announced=True)
    theirs = json.loads(run("assess", "--as-of", "2021-04-22", "--gwp", "AR4",
                            "--include-announced", "--format", "json"))
    for ours in (assessment.facts, theirs):
        ours.pop("command_line"), ours.pop("options")
    assert assessment.facts == theirs
    assert assessment.gap.gap_gt.tolist() == [row["gap_gt"] for row in theirs["gap"]]
    country = st.country("GBR", as_of="2021-04-22", gwp="AR4")
    assert country.pathway.loc[2020, "baseline_excl_lulucf_mt"] == 405.03068566806
    assert {"pathway", "documents"} <= set(dir(country))
    with pytest.raises(AttributeError, match="pathway"):
        country.nothing


def test_what_if():
    with st.Session(as_of=DAY) as session:
        before = session.gap()
        session.target("IND", "2035=3000Mt").net_zero("USA", 2050).what_if("CHN 2035=-10%")
        after = session.gap()
        same(after, csv("gap", "--as-of", DAY, "--what-if", "IND 2035=3000Mt", "--what-if",
                        "USA net-zero=2050", "--what-if", "CHN 2035=-10%"))
        assert "IND 2035=3000Mt" in repr(session)
        with pytest.raises(RuntimeError, match="changed"):
            before.text()
        session.reset("IND").reset()
        same(session.gap(), before)
    with pytest.raises(ValueError, match="closed"):
        session.gap()


TIMELINE = dict(start="2025-06-01", as_of=DAY)


def test_progress():
    """How far the ensemble is is told, and changes nothing; an end is one."""
    told = []
    session = st.Session()
    expected = session.timeline(**TIMELINE)
    same(session.timeline(progress=told.append, **TIMELINE),
         csv("timeline", "--as-of", DAY, "--from", "2025-06-01"))
    assert told[-1] == 1 and told == sorted(told)
    for end in (lambda: session.timeline(progress=lambda share: False, **TIMELINE),
                lambda: session.ask("timeline", progress=lambda share: False)):
        with pytest.raises(KeyboardInterrupt):
            end()
    with pytest.raises(ZeroDivisionError):
        session.timeline(progress=lambda share: 1 / 0, **TIMELINE)
    with pytest.raises(RuntimeError, match="progress"):
        session.timeline(progress=lambda share: session.gap(), **TIMELINE)
    assert session.timeline(**TIMELINE).equals(expected)


def test_ctrl_c():
    """A signal ends a question that runs the ensemble many times, and the session goes on."""
    session = st.Session(as_of=DAY)
    told = []
    with pytest.raises(KeyboardInterrupt):
        session.ask("warming", factorial=True, progress=lambda share: (
            told.append(share), os.kill(os.getpid(), signal.SIGINT)) and None)
    assert 1 <= len(told) < 5
    assert len(session.gap()) == 8


def test_documents_of_ones_own(source, tmp_path):
    yaml = (source / "data/pledges/IND.yaml").read_text()
    path = tmp_path / "IND.yaml"
    path.write_text(yaml)
    expected = csv("gap", "--as-of", DAY, "--pledges", path)
    session = st.Session(as_of=DAY)
    session.pledge("IND", yaml)
    same(session.gap(), expected)
    same(st.gap(as_of=DAY, pledges=path), expected)
    same(st.gap(as_of=DAY, edition=source / "data"), csv("gap", "--as-of", DAY))


def test_bytes():
    assert st.Session(as_of=DAY).ask("gap", format="csv") == run("gap", "--as-of", DAY, "--format",
                                                                 "csv")
    assert "Gt" in st.gap(as_of=DAY).text()
    assert "World" in st.gap(as_of=DAY).iamc().index.unique("region")
