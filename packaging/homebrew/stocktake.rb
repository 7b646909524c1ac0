# For a tap of Homebrew: `brew install --build-from-source packaging/homebrew/stocktake.rb`. url and sha256 are those of
# a release. Checked here: Ruby's syntax. No Mac was to be had, so neither the formula nor a build on macOS has run.
class Stocktake < Formula
  desc "What the world's climate pledges add up to"
  homepage "https://example.org/stocktake"
  url "https://example.org/stocktake-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license all_of: ["Apache-2.0", "CC-BY-4.0", "CC-BY-SA-4.0"]

  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "pkgconf" => :build
  depends_on "jansson"
  depends_on "libarchive"
  depends_on "librsvg"
  depends_on "libyaml"
  depends_on "netcdf"
  depends_on "nettle"
  depends_on "zstd"
  uses_from_macos "expat"
  uses_from_macos "zlib"

  def install
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", *std_cmake_args,
           "-DSTK_WERROR=OFF", "-DSTK_TESTS=OFF", "-DSTK_BENCH=OFF"
    system "cmake", "--build", "build"
    system "cmake", "--install", "build"
  end

  test do
    assert_match "the world heads for", shell_output("#{bin}/stocktake assess --as-of 2021-04-22")
    system bin/"stocktake", "data", "check", pkgshare/"edition"
  end
end
