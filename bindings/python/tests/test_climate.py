"""The ensemble on arrays and frames: the bits of `stocktake climate`, whatever lies how in memory."""
import multiprocessing
import pickle

import numpy as np
import pandas as pd
import pytest

import stocktake as st
from conftest import run
from test_processes import in_threads

NAMES = ["ssp126", "ssp245", "ssp370"]


def published(source, name):
    return pd.read_csv(source / f"tests/climate/data/{name}_emissions.csv",
                       float_precision="round_trip")


@pytest.fixture(scope="module")
def eight(source, tmp_path_factory):
    """Eight scenarios as a frame, as the command's input, and what it makes of them."""
    base = pd.concat([published(source, name) for name in NAMES], ignore_index=True)
    years = base.columns[4:]
    late = [year for year in years if float(year) > 2030]
    frames = [base]
    for i, factor in enumerate((0.9, 0.8, 0.6, 0.4, 1.2)):
        changed = base[base.scenario == "ssp245"].copy()
        changed.loc[changed.variable == "CO2 FFI", late] *= factor
        frames.append(changed.assign(scenario=f"changed {i}"))
    frame = pd.concat(frames, ignore_index=True)
    folder = tmp_path_factory.mktemp("eight")
    frame.to_csv(folder / "in.csv", index=False)
    run("climate", folder / "in.csv", "--output", folder / "out.nc", "--variables",
        "temperature,erf-aerosols")
    xarray = pytest.importorskip("xarray")
    with xarray.open_dataset(folder / "out.nc", decode_times=False) as theirs:
        yield frame, folder / "in.csv", theirs.load()


@pytest.fixture(scope="module")
def ensemble():
    return st.Ensemble()


def test_what_there_is(ensemble):
    assert repr(ensemble) == "Ensemble(calibration 1.4.1, 841 members, " \
        "61 species, 1750-2500)"
    assert ensemble.units["CO2 FFI"] == "Gt CO2/yr" and len(set(ensemble.members)) == 841
    assert st.climate.variables()["erf"] == ("Effective Radiative Forcing", "W/m^2")


def test_arrays_have_the_bits_of_the_command(ensemble, eight):
    frame, path, theirs = eight
    for given in (frame, path):
        array = ensemble.emissions(given)
        assert array.values.shape == (8, 61, 351) and not array.refused
        assert array.scenarios == list(theirs.scenario.values)
        ours = ensemble.run(array.values, variables=["temperature", "erf-aerosols"])
        np.testing.assert_array_equal(ours.array("temperature"), theirs.temperature)
        np.testing.assert_array_equal(ours.array("erf-aerosols"), theirs.erf_aerosols)


def test_years_are_those_of_the_command(ensemble, tmp_path):
    """To 2500, which rows in memory have at most; a file may have later ones."""
    frame = pd.DataFrame({"scenario": "far", "region": "World", "unit": list(ensemble.units.values()),
                          "variable": ensemble.species, "1750": 0.0, "2020": 1.0, "2500": 1.0})
    frame = frame[frame.unit.astype(bool)]
    frame.to_csv(tmp_path / "far.csv", index=False)
    xarray = pytest.importorskip("xarray")
    run("climate", tmp_path / "far.csv", "--end", "2500", "--members", "3", "--output", tmp_path / "far.nc")
    theirs = xarray.open_dataset(tmp_path / "far.nc", decode_times=False).temperature
    members = ensemble.members[:3]
    array = ensemble.emissions(frame, last_year=2500)
    assert array.values.shape == (1, 61, 751)
    np.testing.assert_array_equal(ensemble.run(array.values, members=members).array("temperature"), theirs)
    np.testing.assert_array_equal(ensemble.run(frame, members=members, last_year=2500).temperature, theirs)
    for years in (dict(last_year=2501), dict(first_year=1749)):
        with pytest.raises(st.ArgumentError, match="1750 to 2500"):
            ensemble.emissions(frame, **years)


def test_frames_have_them_too(ensemble, eight):
    frame, _, theirs = eight
    long = frame.melt(id_vars=list(frame.columns[:4]), var_name="year")
    indexed = frame.set_index(list(frame.columns[:4]))
    for given in (frame, long, indexed):
        ours = ensemble.run(given)
        found = ours.temperature.sel(scenario=theirs.scenario.values)
        np.testing.assert_array_equal(found, theirs.temperature)
    assert float(ours.temperature.sel(scenario="ssp245", year=2100, percentile=50)) == \
        float(theirs.temperature[list(theirs.scenario).index("ssp245"), 3, -1])


def test_strides(ensemble, eight):
    """Arrays are read where they are: as others order them, every second one, backwards."""
    plain = ensemble.emissions(eight[0]).values
    expected = ensemble.run(plain).temperature.values
    fortran = np.asfortranarray(plain)
    spread = np.full((16, 61, 702), np.nan)
    spread[::2, :, ::2] = plain
    turned = np.ascontiguousarray(plain[:, :, ::-1])[:, :, ::-1]
    for given in (fortran, spread[::2, :, ::2], turned, plain.astype(">f8")):
        np.testing.assert_array_equal(ensemble.run(given).temperature.values, expected)
    np.testing.assert_array_equal(ensemble.run(plain[::-1]).temperature.values, expected[::-1])
    packed = np.frombuffer(b"x" + plain[:1].tobytes(), offset=1).reshape(1, 61, 351)  # unaligned
    np.testing.assert_array_equal(ensemble.run(packed).temperature.values, expected[:1])
    one = np.broadcast_to(1.0, (2, 61, 10))  # of one value in memory
    same = ensemble.run(one, first_year=2020)
    np.testing.assert_array_equal(same.peak, ensemble.run(one.copy(), first_year=2020).peak)
    plain.flags.writeable = False
    np.testing.assert_array_equal(ensemble.run(plain[0]).temperature.values, expected[:1])


def test_arrays_of_xarray(ensemble, eight):
    """Dimensions and species in any order; a view where they are in order."""
    xarray = pytest.importorskip("xarray")
    plain = ensemble.emissions(eight[0])
    array = xarray.DataArray(plain.values, dims=("scenario", "species", "year"), coords={
        "scenario": plain.scenarios, "species": ensemble.species, "year": plain.years})
    expected = ensemble.run(plain).temperature
    for given in (array, array.transpose("year", "scenario", "species"),
                  array.isel(species=slice(None, None, -1))):
        xarray.testing.assert_equal(ensemble.run(given).temperature.drop_vars("model"),
                                    expected.drop_vars("model"))
    assert np.shares_memory(ensemble._of_xarray(array.T).values, plain.values)
    with pytest.raises(ValueError, match="one after the other"):
        ensemble.run(array.isel(year=slice(None, None, 2)))
    with pytest.raises(ValueError, match="no such species"):
        ensemble.run(array.assign_coords(species=["x"] + ensemble.species[1:]))


def test_members(ensemble, source, tmp_path):
    path = source / "tests/climate/data/ssp245_emissions.csv"
    run("climate", path, "--members", "1234,2451", "--output", tmp_path / "percentiles.csv",
        "--member-output", tmp_path / "members.nc", "--variables", "all")
    xarray = pytest.importorskip("xarray")
    ours = ensemble.run(path, members=[1234, 2451], variables="all")
    ours.to_netcdf(tmp_path / "ours.nc")
    with xarray.open_dataset(tmp_path / "members.nc", decode_times=False) as theirs, \
            xarray.open_dataset(tmp_path / "ours.nc") as again:
        names = [name for name in theirs.data_vars if name != "model"]
        assert len(names) == len(ours.variables) == 30
        for name, key in zip(names, ours.variables):
            np.testing.assert_array_equal(theirs[name], again[key.replace("-", "_") + "_members"],
                                          err_msg=name)
        assert list(again.member.values) == [1234, 2451]


def test_history_comes_before(ensemble, eight):
    plain = ensemble.emissions(eight[0]).values
    late = ensemble.run(plain[:, :, 273:], first_year=2023)
    assert list(late.years[[0, -1]]) == [2023, 2100]
    with pytest.raises(ValueError, match="2200"):
        ensemble.run(plain, first_year=2200)


def test_what_is_refused(ensemble, eight):
    plain = ensemble.emissions(eight[0]).values.copy()
    plain[1, ensemble.species.index("CO2 FFI")] = np.nan
    plain[3, 5, 40] = np.inf
    with pytest.warns(UserWarning, match="left out"):
        some = ensemble.run(plain, scenarios=list("abcdefgh"))
    assert list(some.left_out.scenario) == ["b", "d"] and "CO2 FFI" in some.left_out.reason[0]
    assert np.isnan(some.temperature.sel(scenario="b")).all()
    assert np.isfinite(some.temperature.sel(scenario="c")).all()
    with pytest.raises(ValueError, match="CO2 FFI"):
        ensemble.run(plain[1:2])
    for wrong in (plain[:, :3], plain[0, 0], plain[:0], plain[:, :, :0]):
        with pytest.raises(ValueError):
            ensemble.run(wrong)
    with pytest.raises(LookupError, match="5"):
        ensemble.run(plain[:1], members=[5])
    with pytest.raises(LookupError, match="heat"):
        ensemble.run(plain[:1], variables="heat")
    with pytest.raises(ValueError, match="percentile 101"):
        ensemble.run(plain[:1], percentiles=[101])


def test_arguments(ensemble, eight):
    """Numbers in any form; what is none is refused and never cut, masked values are none."""
    plain = ensemble.emissions(eight[0]).values[:1]
    expected = ensemble.run(plain, percentiles=[50], members=[1234, 2451]).peak
    for percentiles, members in ((50, {1234, 2451}), (np.array([50.0]), (1234.0, 2451.0)),
                                 ((p for p in [50]), pd.Series([2451, 1234]))):
        found = ensemble.run(plain, percentiles=percentiles, members=members, threads=None)
        np.testing.assert_array_equal(found.peak, expected)
    for options, kind in (({"percentiles": "50"}, TypeError), ({"members": [1234.5]}, ValueError),
                          ({"members": [True]}, TypeError), ({"members": [10**30]}, ValueError),
                          ({"reference": "1850-1900"}, TypeError), ({"reference": 1850}, ValueError),
                          ({"threads": -1}, ValueError), ({"threads": 10**30}, ValueError),
                          ({"first_year": 1750.5}, ValueError), ({"first_year": "1750"}, ValueError),
                          ({"scenarios": []}, ValueError)):
        with pytest.raises(kind):
            ensemble.run(plain, **options)
    for other in (plain > 0, plain.astype("M8[s]"), plain.astype(str), plain.astype(complex)):
        with pytest.raises(TypeError, match="of the type"):
            ensemble.run(other)
    with pytest.raises(st.DataError, match="CH4 of 1828: nan is refused"):
        ensemble.run(np.ma.masked_greater(plain, 50))
    run = ensemble.run(np.ma.masked_invalid(plain), scenarios="one")
    assert run.scenarios == ["one"]
    with pytest.raises(ValueError, match="temperature"):
        run.array("erf")
    again = pickle.loads(pickle.dumps((ensemble, run)))
    np.testing.assert_array_equal(again[0].run(plain).peak, run.peak)
    np.testing.assert_array_equal(again[1].peak, run.peak)


def test_progress_and_end(ensemble, eight):
    plain = ensemble.emissions(eight[0]).values
    told = []
    ensemble.run(plain, progress=told.append)
    assert told == [i / 8 for i in range(1, 9)]
    with pytest.raises(KeyboardInterrupt):
        ensemble.run(plain, progress=lambda share: False)

    def fail(share):
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        ensemble.run(plain, progress=fail)
    with pytest.raises(RuntimeError, match="progress"):
        ensemble.run(plain, progress=lambda share: ensemble.run(plain))
    assert ensemble.run(plain[:1]).peak.shape == (1, 7)


def test_ctrl_c(ensemble, eight):
    """A signal during a run ends it after a scenario, and the session goes on."""
    import os
    import signal
    import threading

    plain = np.repeat(ensemble.emissions(eight[0]).values, 40, axis=0)
    begun = threading.Event()

    def interrupt():
        begun.wait()
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    shares = []
    with pytest.raises(KeyboardInterrupt):
        ensemble.run(plain, progress=lambda share: (shares.append(share), begun.set()) and None)
    thread.join()
    assert 0 < len(shares) < len(plain)
    assert ensemble.run(plain[:1]).peak.shape == (1, 7)


def _in_child(given):
    ensemble, array = given
    return _kept[0].run(array).peak


_kept = []


def test_threads_and_forks(ensemble, eight):
    plain = ensemble.emissions(eight[0]).values
    expected = ensemble.run(plain).peak
    _kept[:] = [ensemble]
    assert all(np.array_equal(peak, expected) for peak in
               in_threads(2, lambda: st.Ensemble().run(plain).peak) +
               in_threads(2, lambda: ensemble.run(plain).peak))
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for peak in pool.map(_in_child, [(None, plain)] * 2, chunksize=1):
            np.testing.assert_array_equal(peak, expected)
