"""What the tests share: the command beside the package, and its answers."""
import io
import os
import subprocess
from pathlib import Path

import pandas as pd
import pytest

SOURCE = Path(os.environ["STOCKTAKE_SOURCE"])
COMMAND = os.environ["STOCKTAKE_COMMAND"]


def run(*arguments, status=(0,)):
    """What the command writes."""
    done = subprocess.run([COMMAND, *map(str, arguments)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    assert done.returncode in status, done.stderr.decode()
    return done.stdout


def csv(*arguments):
    """The command's CSV as a frame, without a digit lost."""
    return pd.read_csv(io.BytesIO(run(*arguments, "--format", "csv")), keep_default_na=False,
                       na_values=[""], float_precision="round_trip")


@pytest.fixture(scope="session")
def source():
    return SOURCE
