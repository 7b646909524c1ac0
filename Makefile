# The two commands: `make assess` and `make test`. Both set up what is missing first.
PRESET ?= release
PREFIX ?= $(HOME)/.local

.PHONY: assess test install build setup docs bench python r engine test-engine explorer test-explorer clean

assess: build
	build/release/stocktake assess

test: setup
	cmake --preset $(PRESET)
	cmake --build build/$(PRESET)
	ctest --test-dir build/$(PRESET) --output-on-failure -j2

# command, library, headers, manual pages: without root where PREFIX is one's own, and with any compiler; libraries that
# the distribution has not may come from elsewhere, and are found again where they were
install:
	scripts/setup || true
	cmake -S . -B build/install -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$(PREFIX)" -DCMAKE_INSTALL_RPATH_USE_LINK_PATH=ON \
	    -DSTK_TESTS=OFF -DSTK_BENCH=OFF -DSTK_WERROR=OFF
	cmake --build build/install --parallel 2
	cmake --install build/install

build: setup
	cmake --preset release
	cmake --build build/release --target stocktake-command

setup:
	scripts/setup

docs: build
	scripts/setup docs
	scripts/docs build/release/stocktake

# the engine of the page and its edition, and the comparison with the native library
engine: setup
	scripts/setup page
	cmake --preset release
	cmake --build build/release --target stocktake-pack
	cmake -S bindings/wasm -B build/wasm -G Ninja --toolchain $(CURDIR)/bindings/wasm/toolchain.cmake
	cmake --build build/wasm
	build/release/src/stocktake-pack data build/wasm/edition.page --page
	node bindings/wasm/split.mjs build/wasm/stocktake.wasm build/wasm/edition.page build/wasm

test-engine: engine
	cmake --build build/release --target stocktake-shared
	$(CC) -O2 -Iinclude bindings/wasm/test/arrays.c -o build/wasm/arrays -Lbuild/release/src -lstocktake -Wl,-rpath,$(CURDIR)/build/release/src
	node bindings/wasm/test/bits.mjs build/wasm build/wasm/arrays

# the page around the engine, and a program that carries it: build/release/stocktake explore
explorer: engine
	cmake --build build/release --target stocktake-command
	cd explorer && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	node explorer/build.mjs
	cmake --preset release -DSTK_EXPLORER=$(CURDIR)/build/explorer/page.html
	cmake --build build/release --target stocktake-command

# all of its tests: types, the command's page against the command, the page in the distribution's browser
test-explorer: explorer
	scripts/setup browser
	scripts/check-explorer

# the wheel, build/python/dist, and its tests
python: build
	scripts/setup python
	cmake --build build/release --target stocktake
	bindings/python/make build/release

# R CMD check of the package for R, in build/release/r
r: build
	scripts/setup r
	cmake --build build/release --target stocktake-shared stocktake-archive manuals
	bindings/r/make build/release

bench: setup
	cmake --preset release
	cmake --build build/release
	build/release/bench/assess
	build/release/bench/what-if
	build/release/bench/climate
	build/release/bench/scenario data

clean:
	rm -rf build
