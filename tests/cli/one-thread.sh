#!/bin/sh
# --threads 1 makes no thread, whatever is asked:  one-thread.sh STOCKTAKE LIBRARY TESTS-FOLDER
set -eu
stocktake=$1
library=$2
tests=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
ln -s "$tests/.." "$scratch/source"
cd "$scratch"
failed=0
ssp=source/tests/climate/data/ssp126_emissions.csv
two=source/tests/scenario/data/ex2_input.csv

# holds STATUS ARGUMENTS...
holds() {
    wanted=$1
    shift
    status=0
    LD_PRELOAD="$library" "$stocktake" "$@" >out.txt 2>err.txt </dev/null || status=$?
    if [ "$status" -ne "$wanted" ]; then
        echo "$*: exit $status instead of $wanted: $(tail -n 1 err.txt)" >&2
        failed=1
    fi
}

holds 42 climate "$ssp" --threads 2 --output c.csv # else nothing would be tested
for question in warming timeline "warming --factorial" "chart warming" "report r.html" \
    "chart assumptions --output a.svg" "chart timeline --output t.svg"; do
    holds 0 $question --as-of 2021-04-22 --threads 1
done
holds 0 climate "$ssp" --members 2 --threads 1 --output c.csv --member-output m.csv
grep '^model1,\|^[Mm]odel,' "$two" >one.csv
holds 0 scenario check one.csv --threads 1 --output checked.csv
holds 0 scenario harmonise checked.csv --threads 1 --output harmonised.csv
holds 0 scenario infill harmonised.csv --threads 1 --output infilled.csv
holds 0 scenario assess one.csv --threads 1 --output out
exit "$failed"
