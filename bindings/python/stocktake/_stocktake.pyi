"""The compiled module, which cffi makes of include/stocktake.h."""
from typing import Any

ffi: Any
lib: Any
