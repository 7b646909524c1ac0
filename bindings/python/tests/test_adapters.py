"""Adapters, against small stand-ins for the packages that they are for."""
import sys
import types

import numpy as np
import pandas as pd
import pytest

import stocktake as st
from stocktake.adapters import climate_assessment, gcages

pytestmark = pytest.mark.filterwarnings("ignore::stocktake.LeftOut")


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
    adapters.get_adapters_classes = lambda: registered
    base = types.ModuleType("openscm_runner.adapters.base")
    base._Adapter = Base
    monkeypatch.setitem(sys.modules, "openscm_runner", types.ModuleType("openscm_runner"))
    monkeypatch.setitem(sys.modules, "openscm_runner.adapters", adapters)
    monkeypatch.setitem(sys.modules, "openscm_runner.adapters.base", base)
    monkeypatch.delitem(sys.modules, "stocktake.adapters.openscm_runner", raising=False)
    from stocktake.adapters import openscm_runner
    openscm_runner.register(), openscm_runner.register()
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
    """The files of climate-assessment by their names, sheets and columns; of some scenarios, since
    workbooks take long."""
    models = ["model1", "model2", "model6", "model8", "model10", "model11", "model13"]
    frame = pd.read_csv(source / "tests/scenario/data/ex2_input.csv", float_precision="round_trip")
    path = tmp_path / "given" / "ex2_input.csv"
    path.parent.mkdir()
    frame[frame.Model.isin(models)].to_csv(path, index=False)
    made = climate_assessment.run_workflow(path, tmp_path, model="FaIR", model_version="1.6.2",
                                           scenario_batch_size=20)
    names = ["IAMC_climateassessment.xlsx", "IAMC_climateassessment0000.csv", "alloutput.xlsx",
             "checkedinput_lead.csv", "exceedance_probabilities0000.csv",
             "excluded_scenarios_noCO2orCO2EnIPreported.csv",
             "excluded_scenarios_unexpectednegatives.csv", "excluded_timeseries_all_zero.csv",
             "excluded_variables_notallyears.csv", "full_exceedance_probabilities.xlsx",
             "harmonized_infilled.csv", "harmonized_infilled.xlsx", "meta.xlsx", "rawoutput.xlsx"]
    assert sorted(file.name for file in tmp_path.glob("ex2*")) == ["ex2_input_" + n for n in names]

    def csv(name):
        return pd.read_csv(tmp_path / f"ex2_input_{name}.csv", float_precision="round_trip")

    def book(name):
        return pd.read_excel(tmp_path / f"ex2_input_{name}.xlsx", sheet_name=None)

    again = csv("harmonized_infilled")
    assert list(again.columns[:5]) == ["Model", "Scenario", "Region", "Variable", "Unit"]
    np.testing.assert_array_equal(again.iloc[:, 5:].to_numpy(), made.emissions.to_numpy())
    for name in ("excluded_scenarios_noCO2orCO2EnIPreported",
                 "excluded_scenarios_unexpectednegatives", "excluded_variables_notallyears"):
        theirs = pd.read_csv(source / f"tests/scenario/data/ex2_{name}.csv",
                             float_precision="round_trip")
        theirs = theirs[theirs.Model.isin(models)]
        keys = list(theirs.columns[:5])
        pd.testing.assert_frame_equal(csv(name).sort_values(keys, ignore_index=True),
                                      theirs.sort_values(keys, ignore_index=True))
    climate = csv("IAMC_climateassessment0000")
    assert climate.Variable[0] == "Surface Temperature (GSAT)|FaIRv2.2.3|5.0th Percentile"
    np.testing.assert_array_equal(climate.iloc[:, 5:].to_numpy(), made.climate.to_numpy())
    chances = csv("exceedance_probabilities0000")
    assert list(chances.columns[:3]) == ["model", "scenario",
                                         "Exceedance Probability 1.5C (FaIRv2.2.3)"]
    assert chances.shape == (5, 34)  # 8 thresholds, 12 percentiles of peaks and of their years
    every = book("alloutput")
    assert list(every) == ["data", "meta"]
    assert list(every["meta"].columns[:3]) == ["model", "scenario", "exclude"]
    assert set(every["meta"].Category) <= {"C1a", "C1b", "C2", "C3", "C4", "C5", "C6", "C7", "C8"}
    assert every["meta"].Category.tolist() == made.meta.Category.tolist()
    assert set(every["meta"].Category_name) == {"C3: Likely below 2°C", "C4: Below 2°C"}
    for column in made.meta:
        if "warming in 2100" in column:
            np.testing.assert_allclose(every["meta"][column], made.meta[column], rtol=1e-14)
    pd.testing.assert_frame_equal(book("meta")["meta"], every["meta"])
    assert set(book("rawoutput")["data"].Variable) >= {"Emissions|CO2", *again.Variable}
    assert climate_assessment.harmonize_and_infill(path, tmp_path / "two")
    two = pd.read_csv(tmp_path / "two/ex2_input_harmonized_infilled.csv",
                      float_precision="round_trip")
    np.testing.assert_allclose(two.iloc[:, 5:].to_numpy(), again.iloc[:, 5:].to_numpy(), rtol=1e-12)
    merged = climate_assessment.postprocess([tmp_path / "ex2_input_rawoutput.xlsx"],
                                            tmp_path / "two", "merged.csv", prefix=climate_assessment.PREFIX)
    assert merged.Category.tolist() == made.meta.Category.tolist()
    assert (tmp_path / "two/ex2_input_alloutput.xlsx").exists()
    assert len(pd.read_csv(tmp_path / "two/merged.csv")) == 5


def test_climate_assessment_refuses(source, tmp_path):
    path = source / "tests/scenario/data/ex2_input.csv"
    for name, value in (("num_cfgs", 10), ("historical_warming", 1.0), ("fair_extra_config", "x"),
                        ("prefix", "mine"), ("harmonize", False)):
        with pytest.raises(ValueError, match=name):
            climate_assessment.run_workflow(path, tmp_path, **{name: value})
    with pytest.raises(ValueError, match="rawoutput"):
        climate_assessment.postprocess([path], tmp_path, "merged.csv")
    assert not list(tmp_path.iterdir())


def test_gcages(source):
    """Step by step, the categories are those of the workflow, and warming is that of the ensemble
    with the same shift; names and levels are gcages'."""
    path = source / "tests/scenario/data/ex2_input.csv"
    whole = st.scenario.assess(path, method="ar6-2015")
    frame = pd.read_csv(path, float_precision="round_trip")
    harmonised = gcages.Harmoniser()(gcages.PreProcessor()(frame))
    assert {"Emissions|CO2|Fossil", "Emissions|CO2|Biosphere", "Emissions|SOx",
            "Emissions|HFC134a"} <= set(harmonised.index.unique("variable"))
    infilled = gcages.Infiller()(harmonised)
    theirs = gcages._named(whole.emissions, "Infilled")
    assert set(infilled.index.unique("variable")) == set(theirs.index.unique("variable"))
    np.testing.assert_allclose(infilled.reindex(theirs.index).to_numpy(), theirs.to_numpy(),
                               rtol=1e-12)
    raw = gcages.SCMRunner()(infilled)
    assert raw.index.names == ["climate_model", "model", "scenario", "region", "variable", "unit",
                               "run_id"]
    found = gcages.PostProcessor()(raw)
    categories = found.metadata_categories.droplevel("climate_model").unstack("metric")
    expected = whole.meta.set_index(["Model", "Scenario"])
    assert categories.category.loc[expected.index].tolist() == expected.Category.tolist()
    assert set(categories.category_name) == {"C3: limit warming to 2°C (>67%)",
                                             "C4: limit warming to 2°C (>50%)"}
    median = found.timeseries_quantile.xs(0.5, level="quantile")
    climate = whole.climate.xs(next(v for v in whole.climate.index.unique("variable")
                                    if v.endswith("|50.0th Percentile")), level="variable")
    ours = median.droplevel(["climate_model", "region", "variable", "unit"])
    for key, row in climate.droplevel(["region", "unit"]).iterrows():
        np.testing.assert_allclose(ours.loc[key, row.index].to_numpy(), row.to_numpy(), rtol=0, atol=2e-15)
    above = found.timeseries_exceedance_probabilities
    assert above.index.names[-2:] == ["threshold", "threshold_unit"]
    assert above.index.unique("unit").tolist() == ["%"] and above.max().max() == 100
    ever = found.metadata_exceedance_probabilities.xs(1.5, level="threshold").droplevel(
        ["climate_model", "region", "variable", "unit", "threshold_unit"])
    np.testing.assert_allclose(
        ever.loc[expected.index],
        100 * expected["Exceedance Probability 1.5C (FaIRv2.2.3)"], rtol=0, atol=2e-15)
    assert set(found.metadata_run_id.index.unique("metric")) == {"max", 2100, "max_year"}
    peaks = found.metadata_quantile.xs(("max", 0.5), level=("metric", "quantile"))
    np.testing.assert_allclose(
        peaks.droplevel(["climate_model", "region", "variable", "unit"]).loc[expected.index],
        expected["median peak warming (FaIRv2.2.3)"], rtol=0, atol=2e-15)
    with pytest.raises(ValueError, match="those of SCMRunner"):
        gcages.PostProcessor()(infilled)
    with pytest.raises(ValueError, match="Surface Air"):
        gcages.PostProcessor()(raw.rename(index=lambda _: "Precipitation", level="variable"))
