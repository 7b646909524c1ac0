"""The compiled half of the package: see _build.py for what it is linked with."""
import sys
from pathlib import Path

from setuptools import setup

sys.path.insert(0, str(Path(__file__).parent))
from _build import VERSION  # noqa: E402

setup(
    version=VERSION,
    cffi_modules=["_build.py:ffi"],
    options={"bdist_wheel": {"py_limited_api": "cp39"}},
)
