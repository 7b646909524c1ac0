#!/bin/sh
# What `warming` writes is what the climate model was run on: the gases, read by `climate`, give the same
# temperatures again.
# usage: roundtrip.sh STOCKTAKE TESTS [check_netcdf]
set -eu
stocktake=$1
reader=${3:-}
. "$(dirname "$0")/../support/work.sh"
day='--as-of 2021-05-01 --hot-air keep'
"$stocktake" warming $day --format iamc --output warming.csv
"$stocktake" warming $day --format csv --output cases.csv
if [ -n "$reader" ]; then
    "$stocktake" warming $day --format netcdf --output warming.nc
    "$reader" warming.nc warming.csv || fail "NetCDF and IAMC differ"
fi
[ "$(cut -d, -f2 warming.csv | sort -u | wc -l)" -eq 14 ] || fail "not 13 scenarios"
cut -d, -f1-4 warming.csv | sort | uniq -d | grep . && fail "a row is there twice"
"$stocktake" warming --as-of 2021-05-01 --format iamc | cut -d, -f2 | sort -u >names
[ "$(wc -l <names)" -eq 26 ] || fail "not 25 scenarios with both rules for hot air"

# The table of cases and the data set are the same numbers.
last() { awk -F, -v s="$1" -v v="$2" '$2 == s && $4 == v { print $NF }' warming.csv; }
case_of() { awk -F, -v p="$1" -v c="$2" '$2 == "pledges_and_targets" && $3 == "conditional" && $4 == "high" && $6 == p { print $c }' cases.csv; }
name='pledges_and_targets conditional high (as of 2021-05-01)'
[ "$(last "$name" 'Surface Temperature (GSAT)|95.0th Percentile')" = "$(case_of 95 9)" ] || fail "the 95th percentile of 2100"
[ "$(last "$name" 'Exceedance Probability 2.0C|Any Year to 2100')" = "$(case_of 50 11)" ] || fail "the chance to exceed 2 K"

# `climate` on the file: its temperatures are relative to 1850-1900 of the model itself; `warming` adds one
# shift to all members, so that the median of 1995-2014 is the assessed one. The history alone fixes the
# shift: it is one number for all scenarios, years and percentiles. `climate` writes 12 digits: 1e-10 K.
"$stocktake" climate warming.csv --variables temperature --exceedance 2 --output climate.csv 2>notes
grep -q 'left out, unknown or not taken' notes || fail "what is no species is not named"
awk -F, '
    NR == FNR { if (FNR == 1) { for (i = 6; i <= NF; i++) year[i] = $i }
                else if ($4 ~ /^Surface/) for (i = 6; i <= NF; i++) t[$2 "," $4 "," year[i]] = $i
                next }
    FNR == 1 { for (i = 6; i <= NF; i++) year[i] = $i; next }
    $4 ~ /^Surface/ {
        for (i = 6; i <= NF; i++) {
            key = $2 "," $4 "," year[i]
            if (!(key in t)) continue
            d = t[key] - $i
            if (!n++) first = d
            if (d - first > 1e-10 || first - d > 1e-10) { print key, d, first; exit failed = 1 }
        }
    }
    END { print n " temperatures, shift " first; exit failed || n != 13 * 7 * 106 || first < 0.01 || first > 0.05 }' \
    warming.csv climate.csv || fail "climate gives other temperatures"

# With the same post-processing they are the same without a shift: members' temperatures, then percentiles.
# Numbers are written so that they read back exactly; sums run in another order: 1e-12.
{ head -n 1 warming.csv && grep ",$name," warming.csv; } >one.csv
"$stocktake" climate one.csv --reference-period none --variables temperature --end 2100 \
    --output one.out.csv --member-output members.csv 2>notes
"$stocktake" scenario postprocess members.csv --method recent --output post.csv
awk -F, '
    NR == FNR { if ($4 ~ /^Surface/ || $4 ~ /^Exceedance Probability .*C$/) {
                    key = $4; sub(/.*\|/, "", key)
                    for (i = 6; i <= NF; i++) t[key, i] = $i }
                next }
    {
        key = $4; sub(/^AR6 climate diagnostics\|/, "", key)
        if (key ~ /^Exceedance/) sub(/\|.*/, "", key); else sub(/.*\|/, "", key)
        if (!((key, 6) in t)) next
        for (i = 6; i <= NF; i++) {
            d = t[key, i] - $i
            if (d > 1e-12 || d < -1e-12) { print key, i, t[key, i], $i; exit failed = 1 }
            n++
        }
    }
    END { print n " values"; exit failed || n != 11 * 106 }' one.csv post.csv || fail "post-processing gives other values"
echo "all as expected"
