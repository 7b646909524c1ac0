"""The ensemble as a model of openscm-runner: ``register()``, then
``openscm_runner.run({"FaIR-stocktake": [{}]}, scenarios, output_variables=...)``."""
from __future__ import annotations

import warnings
from typing import Any, Iterable, Optional

import numpy as np

from .. import frames
from ..climate import Ensemble, variables
from ..errors import ArgumentError

try:
    from openscm_runner.adapters.base import _Adapter
except ImportError:  # the class can be used by itself

    class _Adapter:  # type: ignore[no-redef]
        """What openscm-runner asks of an adapter."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            self._init_model(*arguments, **options)

        def _init_model(self, *arguments: Any, **options: Any) -> None:
            raise NotImplementedError

        def run(self, scenarios: Any, cfgs: Any, output_variables: Any, output_config: Any) -> Any:
            return self._run(scenarios, cfgs, output_variables, output_config)

        def _run(self, scenarios: Any, cfgs: Any, output_variables: Any, output_config: Any) -> Any:
            raise NotImplementedError


#: Names of openscm-runner that are other ones in IAMC files.
NAMES = {"Surface Air Temperature Change": "temperature", "Surface Temperature": "temperature",
         "Effective Radiative Forcing|Anthropogenic": "erf-anthropogenic",
         "Effective Radiative Forcing|Greenhouse Gases": "erf-ghg"}


def key_of(variable: str) -> Optional[str]:
    """The key of an output variable by its name there; None for an unknown one."""
    by_name = {name: key for key, (name, _) in variables().items()}
    return NAMES.get(variable) or by_name.get(variable)


class Stocktake(_Adapter):
    """Members are configurations: ``{"member": 1234}`` is one, ``{}`` are all."""

    model_name = "FaIR-stocktake"

    def _init_model(self, edition: Any = None) -> None:
        self.ensemble = Ensemble(edition)

    @staticmethod
    def get_version() -> str:
        """Of the package."""
        from .. import __version__

        return __version__

    def _run(self, scenarios: Any, cfgs: Iterable[dict[str, Any]], output_variables: Iterable[str],
             output_config: Any) -> Any:
        if output_config:
            raise NotImplementedError("output_config is not there for FaIR-stocktake")
        wanted = {}
        for variable in output_variables:
            key = key_of(variable)
            if key is None:
                warnings.warn(f"{self.model_name} has no {variable!r}", stacklevel=3)
            else:
                wanted[variable] = key
        keys = list(dict.fromkeys(wanted.values()))
        if not keys:
            raise ArgumentError("none of the output variables is there")
        frame = frames.wide(scenarios)
        result = self.ensemble.run(frame.reset_index(), members=self._members(cfgs), variables=keys,
                                   last_year=min(int(max(frame.columns)), 2500), reference=None)
        return self._scmrun(result, wanted)

    def _members(self, cfgs: Iterable[dict[str, Any]]) -> Any:
        members: list[int] = []
        for one in cfgs:
            unknown = set(one) - {"member", "run_id"}
            if unknown:
                raise ArgumentError(f"{', '.join(sorted(unknown))}: a configuration says a member alone")
            members += [one["member"]] if "member" in one else list(self.ensemble.members)
        return members

    def _scmrun(self, result: Any, wanted: dict[str, str]) -> Any:
        import scmdata

        values = result.member_values
        annual = (values[..., :-1] + values[..., 1:]) / 2  # means of years from their bounds
        places = [result.variables.index(key) for key in wanted.values()]
        annual = annual[:, places]
        scenarios, count, members, years = annual.shape
        units = variables()
        each = np.indices((scenarios, count, members)).reshape(3, -1)
        names = list(wanted)
        columns = {
            "climate_model": [f"{self.model_name} v{self.get_version()}"],
            "model": [result.models[i] for i in each[0]],
            "scenario": [result.scenarios[i] for i in each[0]],
            "region": ["World"],
            "variable": [names[i] for i in each[1]],
            "unit": [units[wanted[names[i]]][1] for i in each[1]],
            "run_id": [int(result.members[i]) for i in each[2]],
        }
        return scmdata.ScmRun(annual.reshape(-1, years).T, index=list(map(int, result.years)),
                              columns=columns)


def register() -> None:
    """Make openscm-runner know the model, once."""
    from openscm_runner.adapters import get_adapters_classes, register_adapter_class

    if Stocktake not in get_adapters_classes():
        register_adapter_class(Stocktake)
