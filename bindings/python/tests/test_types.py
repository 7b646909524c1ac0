"""The package has the types that it says, where mypy is."""
import shutil
import subprocess
from pathlib import Path

import pytest

import stocktake


@pytest.mark.skipif(shutil.which("mypy") is None, reason="mypy is not here")
def test_types(tmp_path):
    package = Path(stocktake.__file__).parent
    config = Path(__file__).parents[1] / "pyproject.toml"
    done = subprocess.run(["mypy", "--config-file", config, "--cache-dir", tmp_path, package],
                          stdout=subprocess.PIPE, text=True)
    assert done.returncode == 0, done.stdout
    assert (package / "py.typed").exists()
