#!/bin/sh
# `stocktake climate` from the outside: the same bytes for any number of threads, instruction set
# and order of scenarios; exit codes and messages.
# Usage: test_command.sh PROGRAM DATA [LIBRARY]     LIBRARY: file name of the NetCDF library, in builds with NetCDF
set -eu
program=$(realpath "$1")
data=$(realpath "$2")
library=${3:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# Three scenarios in one file, and the same in another order.
awk 'FNR > 1 || NR == 1' "$data/ssp126_emissions.csv" "$data/ssp245_emissions.csv" \
    "$data/ssp370_emissions.csv" >three.csv
awk 'FNR > 1 || NR == 1' "$data/ssp370_emissions.csv" "$data/ssp126_emissions.csv" \
    "$data/ssp245_emissions.csv" >other.csv

"$program" climate three.csv --threads 1 --output one.csv
"$program" climate three.csv --threads 2 --output two.csv
STOCKTAKE_ISA=baseline "$program" climate three.csv --threads 3 --output three_threads.csv
"$program" climate other.csv --output other_order.csv
"$program" climate three.csv >standard.csv
cmp one.csv two.csv || fail "two threads"
cmp one.csv three_threads.csv || fail "three threads, baseline"
cmp one.csv standard.csv || fail "standard output"
sort one.csv >a
sort other_order.csv >b
cmp a b || fail "order of scenarios"
grep -q '"complete": true' one.csv.manifest.json || fail "manifest"

# --variables holds for the members' file as well, and changes no figure.
"$program" climate three.csv --members 3 --end 1950 --output all.csv --member-output members.csv
"$program" climate three.csv --members 3 --end 1950 --output few.csv --member-output few_members.csv \
    --variables ohc,erf-aerosols,temperature
test "$(head -n 1 members.csv)" = "scenario,member,year,temperature_1_k,temperature_2_k,temperature_3_k,erf_wm2,co2_ppm,ch4_ppb,n2o_ppb,ohc_j" ||
    fail "columns of members"
test "$(head -n 1 few_members.csv)" = "scenario,member,year,ohc_j,erf_aerosols_wm2,temperature_1_k" ||
    fail "columns of members that are asked for"
cut -d, -f1-3,11,4 members.csv >a
awk -F, -v OFS=, '{print $1, $2, $3, $6, $4}' few_members.csv >b
cmp a b || fail "members that are asked for"

# A run that is ended leaves nothing that looks like a result.
lines=$(($(wc -l <one.csv) / 3))
"$program" climate three.csv --output ended.csv --threads 1 &
process=$!
sleep 0.1
kill -KILL $process 2>/dev/null || true
wait $process 2>/dev/null || true
test ! -e ended.csv || cmp one.csv ended.csv || fail "half a result"
"$program" climate three.csv --output ended.csv
cmp one.csv ended.csv || fail "after an end"
status=0
STOCKTAKE_ISA=abacus "$program" climate three.csv --output none.csv 2>messages || status=$?
test "$status" = 2 || fail "exit status $status of an unknown instruction set"
test ! -e none.csv || fail "a result of a run that was refused"

# NetCDF, if the build has it, and if there is a tool to look into it.
if [ -n "$library" ]; then
    "$program" climate three.csv --members 5 --output out.nc --member-output members.nc --end 2050
    if command -v ncdump >/dev/null; then
        ncdump -h out.nc | grep -q 'Conventions = "CF-1.8"' || fail "NetCDF"
        "$program" climate three.csv --members 2 --end 1950 --output few_out.nc --member-output few.nc --variables co2,erf-co2
        ncdump -h few.nc | grep -q 'double erf_co2_wm2(scenario, member, time)' || fail "NetCDF of few"
        ncdump -h few.nc | grep -q 'temperature_1_k' && fail "NetCDF of more than few"
        ncdump -v member members.nc | grep -q '1234' || fail "NetCDF of members"
    fi
    # Where its library is not installed, or is none, everything else works.
    mkdir libraries
    : >"libraries/$library"
    status=0
    LD_LIBRARY_PATH=$PWD/libraries "$program" climate three.csv --members 5 --output absent.nc 2>messages || status=$?
    test "$status" = 1 || fail "exit status $status without the library"
    grep -q "NetCDF needs $library, which is not installed here" messages || fail "message without the library"
    test ! -e absent.nc || fail "a result without the library"
    LD_LIBRARY_PATH=$PWD/libraries "$program" climate three.csv --output without.csv
    cmp one.csv without.csv || fail "CSV without the library"
    # It reads nothing of the user's: whoever opened these pipes would wait for ever.
    mkdir -p home/.aws
    mkfifo home/.ncrc home/.dodsrc home/.aws/config home/.aws/credentials
    HOME=$PWD/home timeout 60 "$program" climate three.csv --members 5 --output home.nc --end 2050 ||
        fail "NetCDF reads files of the user"
    cmp out.nc home.nc || fail "NetCDF differs with the user's files"
else
    status=0
    "$program" climate three.csv --members 5 --output out.nc 2>messages || status=$?
    test "$status" = 1 || fail "exit status $status of a build without NetCDF"
    grep -q 'this build has no NetCDF' messages || fail "message of a build without NetCDF"
    test ! -e out.nc || fail "a result of a build without NetCDF"
fi

# A bad scenario is skipped and told, the others are written, the exit status is 1.
sed 's/^ssp245,World,CO2 FFI,Gt CO2\/yr,[^,]*/ssp245,World,CO2 FFI,Gt CO2\/yr,1e30/' \
    three.csv >bad.csv
status=0
"$program" climate bad.csv --output bad.out.csv 2>messages || status=$?
test "$status" = 1 || fail "exit status $status of a bad scenario"
grep -q "scenario 'ssp245' is skipped" messages || fail "message of a bad scenario"
test "$(wc -l <bad.out.csv)" = $((2 * lines + 1)) || fail "the other scenarios"

# What is no species is named once, or refused.
{
    cat "$data/ssp245_emissions.csv"
    sed -n 's/^ssp245,World,CH4,Mt CH4/ssp245,World,Emissions|Kyoto Gases,Mt CO2/p' \
        "$data/ssp245_emissions.csv"
} >unknown.csv
"$program" climate unknown.csv --output unknown.out.csv 2>messages
test "$(grep -c 'Kyoto Gases' messages)" = 1 || fail "unknown variable"
"$program" climate unknown.csv --strict >/dev/null 2>messages && fail "--strict"
grep -q "'Emissions|Kyoto Gases' is not a species of the calibration$" messages || fail "--strict does not say why"
"$program" climate three.csv --percentiles 5,101 >/dev/null 2>&1 && fail "percentile 101"
status=0
"$program" climate three.csv --members 0 >/dev/null 2>&1 || status=$?
test "$status" = 2 || fail "exit status $status of wrong usage"
echo "all as expected"
