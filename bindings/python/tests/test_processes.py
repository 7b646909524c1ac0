"""Threads, and children that are forked, get the same answers."""
import multiprocessing
import os
import threading

import pytest

import stocktake as st

DAY = "2025-11-05"


def in_threads(count, task):
    """What a task returns in each of several threads."""
    found = [None] * count

    def work(i):
        found[i] = task()

    threads = [threading.Thread(target=work, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize("shared", [True, False])
def test_threads(shared):
    session = st.Session(as_of=DAY)
    expected = session.gap()
    task = session.gap if shared else lambda: st.gap(as_of=DAY)
    assert all(frame.equals(expected) for frame in in_threads(4, task))


def test_forked_children():
    session = st.Session(as_of=DAY)
    expected = session.gap(), session.ask("warming")
    with multiprocessing.get_context("fork").Pool(2, initializer=_keep, initargs=(session,)) as pool:
        found = pool.map(_answer, range(4), chunksize=1)
    assert all(frame.equals(expected[0]) and warming == expected[1] for frame, warming in found)


def test_answers_go_between_processes():
    with multiprocessing.get_context("fork").Pool(1) as pool:
        table, document = pool.apply(_whole)
    assert table.equals(st.gap(as_of=DAY)) and table.units["gap_gt"]
    assert document.gap.equals(st.assess(as_of=DAY, no_warming=True).gap)
    with pytest.raises(RuntimeError, match="another process"):
        table.text()


def test_many_forks():
    """From several threads, with several sessions."""
    sessions = [st.Session(as_of=DAY) for _ in range(3)]
    expected = sessions[0].ask("gap")

    def fork(session):
        for _ in range(3):
            child = os.fork()
            if child == 0:
                os._exit(0 if all(one.ask("gap") == expected for one in sessions) else 1)
            assert os.waitpid(child, 0)[1] == 0
            assert session.ask("gap") == expected
        return True

    assert in_threads(2, lambda: fork(sessions[0])) == [True, True]


def test_a_fork_while_another_thread_asks():
    session = st.Session(as_of=DAY)
    expected = session.ask("gap")
    stop = threading.Event()

    def work():
        while not stop.is_set():
            session.ask("gap")

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for _ in range(5):
            child = os.fork()
            if child == 0:
                os._exit(0 if session.ask("gap") == expected else 1)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("misuse", [lambda one: one.close(), lambda one: one.what_if("IND 2035=-5%"),
                                    lambda one: one.array("gap")])
def test_its_own_progress(misuse):
    """A session that is in use is neither asked, changed nor closed by whom it tells."""
    session = st.Session(as_of=DAY)
    with pytest.raises(RuntimeError, match="progress"):
        session.timeline("2025-09-01", progress=lambda share: misuse(session))
    assert len(session.gap()) == 8


def test_a_fork_in_a_progress_function():
    session = st.Session(as_of=DAY)
    ends = []

    def fork(share):
        child = os.fork()
        if child == 0:
            try:
                session.gap()
            except RuntimeError:
                os._exit(0)
            finally:
                os._exit(1)
        ends.append(os.waitpid(child, 0)[1])

    session.timeline("2025-09-01", progress=fork)
    assert ends and not any(ends)


_kept = None


def _keep(session):
    global _kept
    _kept = session


def _whole():
    return st.gap(as_of=DAY), st.assess(as_of=DAY, no_warming=True)


def _answer(_):
    import pandas as pd
    return pd.DataFrame(_kept.gap()), _kept.ask("warming")
