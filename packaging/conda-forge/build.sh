#!/bin/bash
set -euo pipefail
cmake -S . -B build-conda -G Ninja ${CMAKE_ARGS:-} -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$PREFIX" \
    -DCMAKE_INSTALL_LIBDIR=lib -DSTK_WERROR=OFF -DSTK_TESTS=OFF -DSTK_BENCH=OFF
cmake --build build-conda
cmake --install build-conda
