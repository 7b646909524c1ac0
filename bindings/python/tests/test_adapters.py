"""Adapters, against small stand-ins for the packages that they are for."""
import sys
import types

import numpy as np
import pandas as pd
import pytest

import stocktake as st
from stocktake.adapters import climate_assessment, gcages

pytestmark = pytest.mark.filterwarnings("ignore:scenario")


class ScmRun:
    """As scmdata's, made of an array with time first and a dictionary of columns."""

    def __init__(self, data, index, columns):
        count = data.shape[1]
        levels = {name: list(one) * (count if len(one) == 1 else 1) for name, one in columns.items()}
        assert all(len(one) == count for one in levels.values()) and len(index) == data.shape[0]
        self.frame = pd.DataFrame(data.T, columns=index,
                                  index=pd.MultiIndex.from_frame(pd.DataFrame(levels)))

    def timeseries(self):
        return self.frame


@pytest.fixture
def stand_ins(monkeypatch):
    """scmdata, and what openscm-runner has for adapters."""
    monkeypatch.setitem(sys.modules, "scmdata", types.SimpleNamespace(ScmRun=ScmRun))
    registered = []

    class Base:
        def __init__(self, *arguments, **options):
            self._init_model(*arguments, **options)

        def run(self, *arguments):
            return self._run(*arguments)

    adapters = types.ModuleType("openscm_runner.adapters")
    adapters.register_adapter_class = registered.append
    base = types.ModuleType("openscm_runner.adapters.base")
    base._Adapter = Base
    monkeypatch.setitem(sys.modules, "openscm_runner", types.ModuleType("openscm_runner"))
    monkeypatch.setitem(sys.modules, "openscm_runner.adapters", adapters)
    monkeypatch.setitem(sys.modules, "openscm_runner.adapters.base", base)
    monkeypatch.delitem(sys.modules, "stocktake.adapters.openscm_runner", raising=False)
    from stocktake.adapters import openscm_runner
    openscm_runner.register()
    return openscm_runner, registered, Base


@pytest.fixture(scope="module")
def scenarios(source):
    frame = pd.read_csv(source / "tests/climate/data/ssp245_emissions.csv",
                        float_precision="round_trip")
    return frame.assign(model="m")


def test_openscm_runner(stand_ins, scenarios):
    module, registered, base = stand_ins
    assert registered == [module.Stocktake] and issubclass(module.Stocktake, base)
    assert module.Stocktake.model_name == "FaIR-stocktake"
    adapter = module.Stocktake()
    with pytest.warns(UserWarning, match="Sea Level"):
        found = adapter.run(scenarios, [{"member": 1234}, {"member": 2451}],
                            ["Surface Air Temperature Change", "Effective Radiative Forcing|CO2",
                             "Sea Level"], ())
    frame = found.timeseries()
    assert set(frame.index.names) == {"climate_model", "model", "scenario", "region", "variable",
                                      "unit", "run_id"}
    assert sorted(frame.index.unique("run_id")) == [1234, 2451] and len(frame) == 4
    run = st.Ensemble().run(scenarios, members=[2451], reference=None)
    bounds = run.member_values[0, 0, -1]
    ours = frame.xs(("Surface Air Temperature Change", 2451), level=("variable", "run_id"))
    np.testing.assert_array_equal(ours[run.years].to_numpy()[0], (bounds[:-1] + bounds[1:]) / 2)
    with pytest.raises(NotImplementedError):
        adapter.run(scenarios, [{}], ["Heat Uptake"], ("x",))
    with pytest.raises(ValueError, match="climate_sensitivity"):
        adapter.run(scenarios, [{"climate_sensitivity": 3}], ["Heat Uptake"], ())


def test_climate_assessment(source, tmp_path):
    path = source / "tests/scenario/data/ex2_input.csv"
    made = climate_assessment.run_workflow(path, tmp_path, model="FaIR", model_version="1.6.2",
                                           scenario_batch_size=20)
    written = {file.name for file in tmp_path.iterdir()}
    assert written == {"ex2_input_harmonized_infilled.csv",
                       "ex2_input_IAMC_climateassessment0000.csv", "ex2_input_alloutput.xlsx"}
    again = pd.read_csv(tmp_path / "ex2_input_harmonized_infilled.csv",
                        float_precision="round_trip")
    np.testing.assert_array_equal(again.iloc[:, 5:].to_numpy(), made.emissions.to_numpy())
    meta = pd.read_excel(tmp_path / "ex2_input_alloutput.xlsx", sheet_name="meta")
    assert set(meta.Category) <= {"C1a", "C1b", "C2", "C3", "C4", "C5", "C6", "C7", "C8"}
    assert climate_assessment.harmonize_and_infill(path, tmp_path / "two")
    two = pd.read_csv(tmp_path / "two/ex2_input_harmonized_infilled.csv",
                      float_precision="round_trip")
    np.testing.assert_allclose(two.iloc[:, 5:].to_numpy(), again.iloc[:, 5:].to_numpy(), rtol=1e-12)
    for name, value in (("num_cfgs", 10), ("historical_warming", 1.0), ("fair_extra_config", "x")):
        with pytest.raises(ValueError, match=name):
            climate_assessment.run_workflow(path, tmp_path, **{name: value})


def test_gcages(source):
    """Step by step, the categories are those of the workflow, and warming is that of the ensemble
    with the same shift."""
    path = source / "tests/scenario/data/ex2_input.csv"
    whole = st.scenario.assess(path, method="ar6-2015")
    frame = pd.read_csv(path, float_precision="round_trip")
    infilled = gcages.Infiller()(gcages.Harmoniser()(gcages.PreProcessor()(frame)))
    np.testing.assert_allclose(infilled.to_numpy(), whole.emissions.to_numpy(), rtol=1e-12)
    raw = gcages.SCMRunner()(infilled)
    assert raw.index.names == ["climate_model", "model", "scenario", "region", "variable", "unit",
                               "run_id"]
    found = gcages.PostProcessor()(raw)
    categories = found.metadata_categories.reset_index().set_index(["model", "scenario"]).category
    expected = whole.meta.set_index(["Model", "Scenario"])
    assert categories.loc[expected.index].tolist() == expected.Category.tolist()
    median = found.timeseries_quantile.xs(0.5, level="quantile")
    theirs = whole.climate.xs(next(v for v in whole.climate.index.unique("variable")
                                   if v.endswith("|50.0th Percentile")), level="variable")
    ours = median.droplevel(["climate_model", "region", "variable", "unit"])
    for key, row in theirs.droplevel(["region", "unit"]).iterrows():
        np.testing.assert_allclose(ours.loc[key, row.index].to_numpy(), row.to_numpy(), atol=1e-9)
    assert ((found.timeseries_exceedance_probabilities >= 0)
            & (found.timeseries_exceedance_probabilities <= 1)).all().all()
