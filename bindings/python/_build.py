"""cffi in API mode on the face of the library, include/stocktake.h.

Two variables say where things are: STOCKTAKE_SOURCE, the project's folder, and STOCKTAKE_LIBRARY,
the archive libstocktake.a. Everything is linked in; the module shows its init function alone.
"""
import os
import re
import subprocess
from pathlib import Path

from cffi import FFI

SOURCE = Path(os.environ.get("STOCKTAKE_SOURCE", Path(__file__).resolve().parents[2]))
LIBRARY = Path(os.environ.get("STOCKTAKE_LIBRARY", SOURCE / "build/release/src/libstocktake.a"))
VERSION = (SOURCE / "VERSION").read_text().strip()
NEEDED = {"yaml": "yaml-0.1", "jansson": "jansson", "zstd": "libzstd", "nettle": "nettle", "z": "zlib"}


def declarations() -> str:
    """The header without what cffi's parser does not know: the compiler checks what is left."""
    text = (SOURCE / "include/stocktake.h").read_text()
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"^#ifdef __cplusplus.*?^#endif", "", text, flags=re.S | re.M)
    text = re.sub(r"^#.*", "", text, flags=re.M)
    return text.replace("STK_API ", "") + "const char *stk_version(void);"


def library_of(package: str, name: str) -> str:
    """The archive of a library that the distribution has; the shared one where it has none."""
    folder = subprocess.run(["pkg-config", "--variable=libdir", package], text=True,
                            stdout=subprocess.PIPE, check=True).stdout.strip()
    archive = Path(folder, f"lib{name}.a")
    return str(archive) if archive.exists() else f"-l{name}"


ffi = FFI()
ffi.cdef(declarations() + """
extern "Python" int stocktake_progress(void *user, double share);
extern "Python" void stocktake_refused(void *user, size_t scenario, const char *reason);
""")
ffi.set_source(
    "stocktake._stocktake",
    "#include <stocktake.h>\n",
    include_dirs=[str(SOURCE / "include")],
    extra_compile_args=["-fvisibility=hidden"],
    extra_link_args=[str(LIBRARY)] + [library_of(package, name) for name, package in NEEDED.items()]
    + ["-Wl,--exclude-libs,ALL", "-Wl,-z,relro,-z,now", "-lpthread", "-lm", "-ldl"],
    py_limited_api=True,
)
