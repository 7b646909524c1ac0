#!/bin/sh
# 300 scenarios through Dask have the bytes of one process.
#   test_dask.sh STOCKTAKE SCENARIO-GENERATOR PROJECT
set -eu
python=${PYTHON:-/usr/bin/python3} # whose packages are the distribution's
"$python" -c 'import distributed' 2>/dev/null || { echo 'skipped: no Dask here, scripts/setup dask'; exit 77; }
stocktake=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$2" "$3/data" 300 "$work/scenarios.csv"
"$python" "$3/examples/dask/assess.py" "$work/scenarios.csv" "$work/dask" --parts 5 --stocktake "$stocktake"
"$stocktake" scenario assess "$work/scenarios.csv" --output "$work/one" --threads 1
[ "$(wc -l <"$work/one/meta.csv")" = 301 ]
diff -r "$work/one" "$work/dask"

# a part that fails is tried again, and then the run fails and nothing is joined
! "$python" "$3/examples/dask/assess.py" "$work/none.csv" "$work/failed" --parts 2 --stocktake "$stocktake" 2>"$work/said"
grep -q 'none.csv: No such file' "$work/said"
[ ! -e "$work/failed/meta.csv" ]
