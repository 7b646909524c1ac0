#!/bin/sh
# `scenario assess` shared by several processes on one machine: the bytes of the one-process result,
# one line for what all refuse, and what a lost rank had done is kept.
# The environment says how MPI starts more ranks than there are processors.
# usage: mpi.sh STOCKTAKE SOURCE-DIRECTORY MPIEXEC same|lost|refused
set -eu
stocktake=$1
data=$2/tests/scenario/data
mpiexec=$3
part=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "FAILED: $1" >&2
    exit 1
}
same() {
    for file in $(ls "$1"); do
        cmp "$1/$file" "$2/$file" || fail "$file: $3"
    done
    [ "$(ls "$1" | wc -l)" -eq "$(ls "$2" | wc -l)" ] || fail "other files: $3"
}
# the lines of a file that are ours and not the launcher's
ours() {
    grep -a '^stocktake' "$1" || true
}

awk 'NR == 1 { print } NR > 1 { for (i = 0; i < 4; i++) { print i $0 } }' "$data/ex2_input.csv" >many.csv
one_process() {
    "$stocktake" scenario assess many.csv --output one --netcdf --threads 2 >summary 2>notes
}

test_same() {
    one_process
    for ranks in 2 3 5; do
        "$mpiexec" -n $ranks "$stocktake" scenario assess many.csv --output ranks --netcdf >out 2>err ||
            fail "$ranks ranks exit with $?: $(cat err)"
        same one ranks "depends on $ranks ranks"
        cmp summary out || fail "what $ranks ranks print is not what one prints"
        ours err >said
        cmp notes said || fail "what $ranks ranks leave out is not what one leaves out"
        rm -r ranks
    done
    # more ranks than have scenarios, and threads
    "$mpiexec" -n 3 "$stocktake" scenario assess "$data/ex2_input.csv" --output few --threads 2 \
        --method recent >/dev/null 2>&1
    "$stocktake" scenario assess "$data/ex2_input.csv" --output few1 --method recent >/dev/null 2>&1
    same few1 few "depends on ranks when there are few scenarios"
}

# A rank is lost. What all had done by then is kept, with another number of ranks, and with one.
lose_a_rank() {
    rm -rf lost
    "$mpiexec" -n 3 "$stocktake" scenario assess many.csv --output lost --netcdf --threads 1 >out 2>err &
    launcher=$!
    while [ "$(cat lost/ensemble.1-*.part 2>/dev/null | wc -c)" -lt 200000 ]; do
        kill -0 $launcher 2>/dev/null || fail "the run was over before a rank was lost"
        sleep 0.02
    done
    # of the processes whose parent is the launcher, the last
    rank=$(awk -v parent=$launcher '{ sub(/.*\) /, ""); if ($2 == parent) { split(FILENAME, a, "/"); last = a[3] } }
        END { print last }' /proc/[0-9]*/stat 2>/dev/null)
    [ -n "$rank" ] || fail "no rank was found"
    kill -KILL "$rank"
    code=0
    wait $launcher || code=$?
    [ $code -ne 0 ] || fail "a run that lost a rank succeeds"
    [ ! -e lost/meta.csv ] || fail "a run that lost a rank leaves results"
}
test_lost() {
    one_process
    for ranks in 1 2 5; do
        lose_a_rank
        "$mpiexec" -n $ranks "$stocktake" scenario assess many.csv --output lost --netcdf --resume \
            >out 2>err || fail "going on with $ranks ranks exits with $?: $(cat err)"
        grep -a -q '^stocktake: [1-9][0-9]* of 48 scenarios were done before' err ||
            fail "$ranks ranks do not take what was done"
        same one lost "depends on a lost rank, gone on with by $ranks ranks"
    done
}

# What is refused is refused by all, and said once.
refused() {
    expected=$1
    said=$2
    shift 2
    code=0
    "$mpiexec" -n 3 "$stocktake" "$@" >out 2>err || code=$?
    [ $code -eq "$expected" ] || fail "$* exits with $code, not $expected: $(cat err)"
    [ "$(ours err | wc -l)" -eq 1 ] || fail "$* is not refused once: $(cat err)"
    ours err | grep -q "$said" || fail "$* does not say '$said': $(cat err)"
    [ ! -s out ] || fail "$* prints a result"
}
test_refused() {
    awk 'NR == 100 { sub(/,[0-9.]+,/, ",twelve,") } { print }' many.csv >bad.csv
    awk 'NR == 20 { first = $0 } { print } END { print first }' many.csv >twice.csv
    refused 1 "bad.csv:100:.*'twelve' is refused" scenario assess bad.csv --output bad
    refused 1 "twice.csv:.* is there twice, first on line 20" scenario assess twice.csv --output bad
    refused 1 "nowhere.csv: No such file" scenario assess nowhere.csv --output bad
    refused 1 "the folder cannot be made" scenario assess many.csv --output many.csv
    refused 2 "assess needs --output" scenario assess many.csv
    refused 1 "is no shipped method" scenario assess many.csv --output bad --method nothing
    refused 2 "'assess' has no use for --meta" scenario assess many.csv --output bad --meta meta.csv
    head -n 3 many.csv >short.csv
    code=0
    "$mpiexec" -n 3 "$stocktake" scenario assess short.csv --output short >out 2>err || code=$?
    [ $code -eq 1 ] || fail "a run without a result exits with $code"
    ours err | tail -n 1 | grep -q "no scenario of the file could be assessed" || fail "no result, and no reason"
}

"test_$part"
