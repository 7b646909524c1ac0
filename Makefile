# The two commands: `make assess` and `make test`. Both set up what is missing first.
PRESET ?= release

.PHONY: assess test build setup docs bench clean

assess: build
	build/release/stocktake assess

test: setup
	cmake --preset $(PRESET)
	cmake --build build/$(PRESET)
	ctest --test-dir build/$(PRESET) --output-on-failure -j2

build: setup
	cmake --preset release
	cmake --build build/release --target stocktake-command

setup:
	scripts/setup

docs: build
	scripts/setup docs
	scripts/docs build/release/stocktake

bench: setup
	cmake --preset release
	cmake --build build/release
	build/release/bench/assess
	build/release/bench/what-if
	build/release/bench/climate
	build/release/bench/scenario data

clean:
	rm -rf build
