#!/bin/sh
# The data sets of pathways, gap and warming as files: columns, names, sums, NetCDF beside IAMC.
# usage: files.sh STOCKTAKE TESTS [check_netcdf]
set -eu
stocktake=$1
april=$2/assess/data/april-2021.csv
reader=${3:-}
. "$(dirname "$0")/../support/work.sh"
day='--as-of 2021-04-22'

# pyam: these columns, then years without a gap; no row twice, none without a number, none but numbers.
check_table() {
    awk -F, -v file="$1" '
        function bad(what) { print file ": " what; failed = 1; exit 1 }
        NR == 1 {
            if ($1 "," $2 "," $3 "," $4 "," $5 != "Model,Scenario,Region,Variable,Unit") bad("columns")
            for (i = 7; i <= NF; i++) if ($i != $(i - 1) + 1) bad("years")
            columns = NF
            next
        }
        {
            if (NF != columns) bad("line " NR " has " NF " fields")
            if (seen[$1 "," $2 "," $3 "," $4]++) bad("line " NR " is there twice")
            some = 0
            for (i = 6; i <= NF; i++) {
                if ($i != "" && $i !~ /^-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?$/) bad("line " NR ": " $i)
                some += $i != ""
            }
            if (!some) bad("line " NR " is empty")
            if ($5 == "") bad("line " NR " has no unit")
        }
        END { if (failed || NR < 2) exit 1 }' "$1" || fail "$1 is no table that pyam reads"
}

# A data set as IAMC and as NetCDF, which must hold the same.
both() {
    name=$1
    shift
    "$stocktake" "$@" --format iamc --output "$name.csv"
    check_table "$name.csv"
    [ -n "$reader" ] || return 0
    "$stocktake" "$@" --format netcdf --output "$name.nc"
    "$reader" "$name.nc" "$name.csv" || fail "$name: NetCDF and IAMC differ"
}

both pathways pathways $day --area all
both brazil pathways $day --area bra --hot-air cap --gwp AR4
both gap gap $day --include-announced
both april gap $day --benchmark "$april" --hot-air keep
both fifth gap $day --benchmark C1:p5
"$stocktake" gap $day --include-announced --format iamc | cmp - gap.csv || fail "the standard output differs"
if [ -n "$reader" ]; then
    "$stocktake" gap $day --include-announced --format netcdf --output again.nc
    cmp gap.nc again.nc || fail "NetCDF differs from run to run"
fi

# Parties, territories, bunkers and the statistical difference are the world, in every year.
awk -F, '
    NR == 1 { next }
    $3 == "World" { for (i = 6; i <= NF; i++) world[$2 "," $4, i] = $i; keys[$2 "," $4]; fields = NF; next }
    { for (i = 6; i <= NF; i++) sum[$2 "," $4, i] += $i }
    END {
        for (key in keys) {
            n++
            for (i = 6; i <= fields; i++) {
                w = world[key, i]
                d = sum[key, i] - w
                if ((d < 0 ? -d : d) > 1e-12 * (w < 0 ? -w : w)) { print key, i, sum[key, i], w; exit 1 }
            }
        }
        exit n != 15
    }' pathways.csv || fail "the parts do not add up to the world"
[ "$(cut -d, -f3 pathways.csv | sort -u | wc -l)" -gt 200 ] || fail "areas are missing"

# What IAMC says is what CSV says: 2030 of the world, of Brazil, and of the gap.
field() { awk -F, -v s="$2" -v v="$3" -v r="$4" -v y="$5" '
    NR == 1 { for (i = 6; i <= NF; i++) if ($i == y) at = i; next }
    ($2 == s || $2 == s " (as of 2021-04-22)") && $3 == r && index($4, v) == 1 { print $at; exit }' "$1"; }
near() { awk -v a="$1" -v b="$2" 'BEGIN { d = a - b; exit !(a != "" && b != "" && (d < 0 ? -d : d) <= 1e-9 * (b < 0 ? -b : b)) }'; }
"$stocktake" country BRA $day --hot-air cap --gwp AR4 --format csv >country.csv
"$stocktake" gap $day --include-announced --year 2035 --format csv >year.csv
for y in 1990 2030 2100; do
    near "$(field brazil.csv 'conditional high capped' 'Emissions|Kyoto Gases excl. LULUCF (AR4-GWP100)' BRA $y)" \
        "$(awk -F, -v y=$y '$2 == y { print $8 }' country.csv)" || fail "Brazil in $y"
done
near "$(field gap.csv 'conditional low capped' 'Emissions Gap|Kyoto Gases (AR6-GWP100)|C1' World 2035)" \
    "$(awk -F, '$3 == "conditional" && $4 == "low" && $5 == "cap" { printf "%.15g", 1000 * $13 }' year.csv)" || fail "the gap in 2035"
near "$(field gap.csv 'C1' 'Emissions|Kyoto Gases (AR6-GWP100)|95.0th' World 2035)" \
    "$(awk -F, 'NR == 2 { printf "%.15g", 1000 * $12 }' year.csv)" || fail "the benchmark in 2035"
near "$(field pathways.csv 'baseline' 'Emissions|Kyoto Gases excl.' World 2018)" \
    "$("$stocktake" history --from 2018 --to 2018 --format csv | awk -F, 'NR == 2 { print $2 }')" || fail "history"

# Refusals leave nothing behind.
refused() {
    wanted=$1
    shift
    status=0
    "$@" >out 2>err || status=$?
    [ "$status" -eq "$wanted" ] || fail "$* exits with $status"
    [ -s err ] && [ ! -s out ] || fail "$* writes where it should not"
}
for command in pathways gap warming; do
    refused 2 "$stocktake" $command --format netcdf
    grep -q 'needs --output' err || fail "no word on --output"
done
refused 1 "$stocktake" pathways --area nowhere --format iamc --output no.csv
refused 1 "$stocktake" gap --benchmark C1:p6 --format iamc --output no.csv
grep -q "has no p6" err || fail "no word on the percentile"
[ -z "$reader" ] || refused 1 "$stocktake" gap --format netcdf --output no/such/folder/g.nc
[ ! -e no.csv ] || fail "a refusal leaves a file"
[ -z "$(ls | grep -v -e '\.csv$' -e '\.nc$' -e '^out$' -e '^err$' || true)" ] || fail "temporary files are left: $(ls)"
echo "all as expected"
