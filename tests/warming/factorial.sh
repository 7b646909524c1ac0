#!/bin/sh
# Every combination of the assumptions, on an edition whose ensemble has 32 members.
set -eu
stocktake=$1
data=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$1" >&2; exit 1; }

cp -r "$data" "$work/edition"
members="$work/edition/climate/calibration_1.4.1_members.csv"
head -n 33 "$data/climate/calibration_1.4.1_members.csv" >"$members"

run() { "$stocktake" warming --factorial --edition "$work/edition" --as-of 2021-05-01 "$@"; }
run --format csv --cases "$work/cases.csv" --threads 2 >"$work/effects.csv"
run --cases "$work/cases1.csv" --threads 1 >"$work/effects.txt"
grep -q '^Net-zero years that count' "$work/effects.txt" || fail "no table"
cmp "$work/cases.csv" "$work/cases1.csv" || fail "one thread gives other cases"
[ "$(wc -l <"$work/cases.csv")" -eq 15361 ] || fail "$(wc -l <"$work/cases.csv") lines of cases"
[ "$(wc -l <"$work/effects.csv")" -eq 29 ] || fail "$(wc -l <"$work/effects.csv") lines of effects"
for column in $(head -n 1 "$work/effects.csv" | tr , ' '); do
    grep -q "\"$column\": " "$data/../docs/schema/warming.schema.json" || fail "the schema lacks $column"
done
[ "$(cut -d, -f1-11 "$work/cases.csv" | sort -u | wc -l)" -eq 15361 ] || fail "a case is there twice"

# what the table of effects says, computed again from the cases
awk -F, -v OFS=, '
    FNR == 1 { if (NR == 1) { for (i = 1; i <= 11; i++) name[i] = $i }; next }
    NR == FNR { for (i = 1; i <= 11; i++) { sum[i, $i] += $16; n[i, $i]++ }; total += $16; squares += $16 * $16; count++; next }
    { for (i = 1; i <= 11; i++) if (name[i] == $2) { mean = sum[i, $3] / n[i, $3]
          part[i] += n[i, $3] * (mean - total / count) ^ 2; share[i] = $11
          if ($4 == "yes") base[i] = mean; at[i, $3] = $6; choice[i, ++k[i]] = $3 } }
    END { for (i = 1; i <= 11; i++) {
              explained = part[i] / (squares - total * total / count)
              if ((explained - share[i]) ^ 2 > 1e-16) { print "share of", name[i], explained, share[i]; exit 1 }
              for (c = 1; c <= k[i]; c++) { v = choice[i, c]
                  change = sum[i, v] / n[i, v] - base[i]
                  if ((change - at[i, v]) ^ 2 > 1e-18) { print "mean of", name[i], v, change, at[i, v]; exit 1 } } } }
' "$work/cases.csv" "$work/effects.csv" || fail "the table of effects is not that of the cases"

for wrong in "--cases x.csv" "--year 2030" "--long-term never"; do
    status=0
    # shellcheck disable=SC2086
    "$stocktake" warming --edition "$work/edition" $wrong >"$work/out" 2>"$work/err" || status=$?
    [ "$status" -eq 2 ] || fail "warming $wrong exits with $status"
    [ ! -s "$work/out" ] || fail "warming $wrong prints to the standard output"
    [ "$(wc -l <"$work/err")" -le 2 ] || fail "warming $wrong says too much"
done
status=0
run --cases "$work/none/cases.csv" >"$work/out" 2>"$work/err" || status=$?
[ "$status" -eq 1 ] || fail "a folder that is not there exits with $status"
[ ! -s "$work/out" ] || fail "a refused run prints to the standard output"
