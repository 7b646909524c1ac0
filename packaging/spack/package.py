# For Spack: a folder packages/stocktake of a repository of its own. url and checksum are those of a release. Checked
# here: Python's syntax. Spack was not to be had.
from spack.package import *


class Stocktake(CMakePackage):
    """What the world's climate pledges add up to: a C library and command that turns every
    government's climate pledge into a level of emissions and adds the levels up."""

    homepage = "https://example.org/stocktake"
    url = "https://example.org/stocktake-0.1.0.tar.gz"

    license("Apache-2.0")

    # version("0.1.0", sha256=...) with the checksum of the release

    variant("netcdf", default=True, description="Write NetCDF")
    variant("packed", default=True, description="Read packed tables and workbooks")
    variant("png", default=False, description="Write charts as PNG")

    depends_on("c", type="build")
    depends_on("cmake@3.22:", type="build")
    depends_on("ninja", type="build")
    depends_on("pkgconfig", type="build")
    depends_on("libyaml")
    depends_on("jansson")
    depends_on("zstd")
    depends_on("nettle")
    depends_on("zlib-api")
    depends_on("netcdf-c", when="+netcdf")
    depends_on("libarchive", when="+packed")
    depends_on("expat", when="+packed")
    depends_on("librsvg", when="+png")

    generator("ninja")

    def cmake_args(self):
        return [
            self.define("STK_WERROR", False),
            self.define("STK_TESTS", self.run_tests),
            self.define("STK_BENCH", False),
        ]

    @run_after("install")
    @on_package_attributes(run_tests=True)
    def check_data(self):
        Executable(self.prefix.bin.stocktake)("data", "check", self.prefix.share.stocktake.edition)
