"""The compiled half of the package: see _build.py for what it is linked with."""
import shutil
import sys
from pathlib import Path

import _cffi_backend
from setuptools import setup
from setuptools.command.build_py import build_py

sys.path.insert(0, str(Path(__file__).parent))
from _build import VERSION  # noqa: E402


class WithBackend(build_py):
    """The wheel carries cffi's backend of the Python that builds it, so that machines with such a
    Python need no cffi; others take their own."""

    def run(self):
        super().run()
        folder = Path(self.build_lib, "stocktake", "_backend")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy2(_cffi_backend.__file__, folder)
        terms = Path("/usr/share/doc/python3-cffi-backend/copyright")
        if terms.exists():
            shutil.copyfile(terms, folder / "LICENSE")


setup(
    version=VERSION,
    cffi_modules=["_build.py:ffi"],
    cmdclass={"build_py": WithBackend},
    options={"bdist_wheel": {"py_limited_api": "cp39"}},
)
