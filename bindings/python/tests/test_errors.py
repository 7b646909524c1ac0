"""Refusals have a class by their kind, and the place that they are about."""
import pickle

import pytest

import stocktake as st


@pytest.mark.parametrize("call, kind, words", [
    (lambda: st.Session(as_of="yesterday"), ValueError, "yesterday"),
    (lambda: st.Session(no_such=1), ValueError, "no-such"),
    (lambda: st.gap(year="soon"), st.ArgumentError, "soon"),
    (lambda: st.country("Atlantis"), LookupError, "Atlantis"),
    (lambda: st.country("a\0b"), ValueError, "zero byte"),
    (lambda: st.country("\ud800"), ValueError, "surrogates"),
    (lambda: st.country("'"), LookupError, "'"),
    (lambda: st.Session("/nowhere"), OSError, "nowhere"),
    (lambda: st.Session().ask("gap", format="xml"), ValueError, "xml"),
    (lambda: st.Session().what_if("IND"), ValueError, "IND"),
    (lambda: st.gap(drivers="/nowhere"), OSError, "nowhere"),
])
def test_kinds(call, kind, words):
    with pytest.raises(kind, match=words):
        call()


def test_place(source, tmp_path):
    path = tmp_path / "IND.yaml"
    path.write_text("iso3: IND\ndocuments:\n  - submitted: 2022-13-45\n")
    with pytest.raises(st.DataError) as caught:
        st.Session(pledges=path)
    error = caught.value
    assert (error.file, error.line, error.column) == (str(path), 3, 5)
    assert "submitted" in error.message and str(error).startswith(f"{path}:3:5: ")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error) and again.line == 3


def test_a_refused_session_can_go_on():
    session = st.Session(as_of="2025-11-05")
    before = session.gap()
    with pytest.raises(ValueError):
        session.set(as_of="never")
    assert session.options == {"as-of": "2025-11-05"}
    assert session.gap().equals(before)


def test_sessions_stay_in_their_process():
    with pytest.raises(TypeError, match="process"):
        pickle.dumps(st.Session())
