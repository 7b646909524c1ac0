#!/bin/sh
# `stocktake warming` as a user runs it.
set -eu
stocktake=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$1" >&2; exit 1; }

"$stocktake" warming --as-of 2021-05-01 --format csv >"$work/all.csv"
header=as_of,case,condition,ambition,hot_air,percentile,peak_k,peak_year,warming_2100_k
header=$header,p_exceed_1_5,p_exceed_2,p_exceed_3,category
[ "$(head -n 1 "$work/all.csv")" = "$header" ] || fail "the header is $(head -n 1 "$work/all.csv")"
# 4 cases x 2 conditions x 2 ambitions x 2 rules for hot air x 7 percentiles
[ "$(wc -l <"$work/all.csv")" -eq 225 ] || fail "$(wc -l <"$work/all.csv") lines"
cut -d, -f13 "$work/all.csv" | tail -n +2 | grep -vqE '^C[1-8]$' && fail "a category is none"

"$stocktake" warming --as-of 2021-05-01 --format csv --threads 1 | cmp - "$work/all.csv" ||
    fail "one thread gives other bytes"
[ "$("$stocktake" warming --as-of 2021-05-01 --hot-air keep --format csv | wc -l)" -eq 113 ] ||
    fail "--hot-air keeps more than one rule"
"$stocktake" warming --as-of 2021-05-01 | grep -q '^Pledges and targets' || fail "no table"
"$stocktake" warming --as-of 2021-05-01 --format json | grep -q '"warming_2100_k"' || fail "no JSON"
"$stocktake" assess --as-of 2021-05-01 | grep -q '^Warming in 2100' || fail "assess has no warming"
"$stocktake" assess --as-of 2021-05-01 --format json | grep -q '"warming": \[' || fail "nor its JSON"
"$stocktake" assess --no-warming --as-of 2021-05-01 | grep -q "^Warming" && fail "--no-warming has warming"

# what a choice is said to do is what its option does
"$stocktake" warming --effects --as-of 2021-05-01 --benchmark C3 --sinks unscaled --format csv >"$work/effects.csv"
[ "$(wc -l <"$work/effects.csv")" -eq 29 ] || fail "$(wc -l <"$work/effects.csv") lines of effects"
for option in '' '--hot-air cap' --include-announced '--stated own' '--net-zero law' '--extend baseline_ratio'; do
    name=${option#--}
    choice=${name#* }
    row=$(awk -F, -v option="${name%% *}" -v choice="$choice" '
        option == "" && $7 == "yes" { print; exit }
        option != "" && $4 == option && $5 == (choice == option ? "yes" : choice)' "$work/effects.csv")
    # shellcheck disable=SC2086
    "$stocktake" warming --as-of 2021-05-01 --sinks unscaled $option --format csv >"$work/warming.csv"
    # shellcheck disable=SC2086
    "$stocktake" gap --as-of 2021-05-01 --sinks unscaled --benchmark C3 $option --format csv >"$work/gap.csv"
    hot_air=keep
    [ "$option" = '--hot-air cap' ] && hot_air=cap
    kelvin=$(awk -F, -v rule=$hot_air '$2 == "pledges_and_targets" && $3 == "unconditional" && $4 == "low" && $5 == rule && $6 == 50 { print $9 }' "$work/warming.csv")
    gt=$(awk -F, -v rule=$hot_air '$3 == "unconditional" && $4 == "low" && $5 == rule { print $13 }' "$work/gap.csv")
    [ "$(echo "$row" | cut -d, -f8,10)" = "$kelvin,$gt" ] || fail "'$option' makes $kelvin K and $gt Gt, the row is $row"
done
"$stocktake" warming --effects --as-of 2021-05-01 | grep -q '^Net-zero years that count' || fail "no table of effects"

status=0
"$stocktake" warming --threads -1 >"$work/out" 2>"$work/err" || status=$?
[ "$status" -eq 2 ] || fail "wrong usage exits with $status"
[ ! -s "$work/out" ] || fail "wrong usage prints to the standard output"
for wrong in '--year 2030' '--benchmark C3' '--effects --factorial' '--effects --cases c.csv' '--effects --format iamc'; do
    status=0
    # shellcheck disable=SC2086
    "$stocktake" warming $wrong >"$work/out" 2>"$work/err" || status=$?
    [ "$status" -eq 2 ] || fail "warming $wrong exits with $status"
done
