#!/bin/sh
# `stocktake chart` as a user runs it.
set -eu
stocktake=$1
data=$2
. "$(dirname "$0")/common.sh"

few
# --- charts
for chart in gap contributions warming timeline assumptions finance "country BRA" "country eu" "fairness BRA" "fairness eu" "fairness Kiribati" "fairness Thailand"; do
    for width in 320 760 2000; do
        # shellcheck disable=SC2086
        "$stocktake" chart $chart $april --width $width --output "$work/chart.svg"
        check_drawings "$work/chart.svg"
    done
    # shellcheck disable=SC2086
    "$stocktake" chart $chart $april --width 2000 | cmp - "$work/chart.svg" || fail "$chart is not the same on standard output"
done
"$stocktake" chart country USA --as-of 2026-11-01 | grep -q "outside the Agreement" || fail "USA is not outside"

# --- the last line: every option that is not the default, on every chart, and nothing for one that is
drawing() { # shellcheck disable=SC2086
    "$stocktake" chart $1 --as-of 2026-08-01 --year 2030 $2 | plain -; }
(unset STOCKTAKE_EDITION && drawing gap "") >"$work/embedded"
grep -q "As of 2026-08-01. Edition: embedded, with documents to 20" "$work/embedded" || fail "no date and edition"
drawing gap "" >"$work/default"
grep -q "Not the default" "$work/default" && fail "the default is said not to be it"
printf 'iso3,gwp,2030\nBRA,AR6,1000\n' >"$work/baselines.csv"
printf 'Model,Scenario,Region,Variable,Unit,2024,2030\nm,s,BRA,Population,million,212,200\n' >"$work/drivers.csv"
while read -r option; do
    drawing gap "$option" >"$work/drawing" || fail "chart gap $option"
    grep -q '^<svg' "$work/drawing" || fail "chart gap $option draws nothing"
    tr '\n' ' ' <"$work/drawing" | sed 's/<[^>]*>//g; s/  */ /g' | grep -q -- "Not the default: .*($option)" ||
        fail "chart gap does not name $option"
done <<OPTIONS
--hot-air cap
--ignore-withdrawal
--include-announced
--net-zero none
--net-zero law
--extend constant_level
--gwp AR4
--sinks unscaled
--lulucf-source hold
--long-term pathways
--benchmark C3
--drivers $work/drivers.csv
--baselines $work/baselines.csv
OPTIONS
for chart in contributions warming timeline assumptions "country BRA"; do
    drawing "$chart" "--hot-air cap" | tr '\n' ' ' | sed 's/<[^>]*>//g; s/  */ /g' |
        grep -q "levels above the baseline – capped at the baseline (--hot-air cap)" || fail "chart $chart forgets --hot-air"
done
for option in "--hot-air keep" "--gwp ar6" "--benchmark C1" "--sinks net" "--threads 1"; do
    drawing gap "$option" | cmp -s - "$work/default" || fail "$option is the default and changes the chart"
done

# --- a goal has its name and one colour, whichever benchmark is asked for
for options in "" "--benchmark C3"; do
    drawing gap "$options" >"$work/drawing"
    grep -q 'class="strong c-goal"[^>]*>1.5 °C pathways (C1)<' "$work/drawing" || fail "1.5 °C has another colour $options"
    grep -q 'class="strong c-goal2"[^>]*>2 °C pathways (C3)<' "$work/drawing" || fail "2 °C has another colour $options"
done
for chart in gap contributions timeline; do
    drawing "$chart" "--benchmark C3" | grep -q '<title id="chart-t">.*2 °C pathways (C3)' || fail "$chart names no goal"
done
drawing gap "--benchmark $data/../tests/assess/data/april-2021.csv" | grep -q 'c-goal3' || fail "a goal of the user's own"

# --- climate finance: what was known on the day, and what rests on memory only where it is asked for
finance() { # shellcheck disable=SC2086
    "$stocktake" chart finance $1 2>/dev/null | plain - | tr '\n' ' ' | sed 's/<[^>]*>/|/g; s/  */ /g'; }
finance "--as-of 2021-10-31" >"$work/drawing"
grep -q "from 2020 to 2025 – not known whether it was met; 79.6 bn in 2019" "$work/drawing" || fail "2020 was known in 2021"
grep -q "|83.3|" "$work/drawing" && fail "a figure of 2022 is drawn in 2021"
finance "--as-of 2022-07-29" | grep -q "83.3 bn in 2020, short by 16.7 bn" || fail "the figure of 2020 is not there on its day"
finance "--as-of 2024-11-24" >"$work/drawing"
grep -q "met in 2022 (115.9 bn), two years late" "$work/drawing" || fail "the 100 bn were not late"
grep -q "300 bn a year by 2035" "$work/drawing" || fail "no goal of 300 bn"
grep -q "8 rows marked C" "$work/drawing" || fail "what stays out is not said"
grep -q "|79.9|" "$work/drawing" && fail "a figure from memory is drawn"
finance "--as-of 2024-11-24 --include-unchecked" | grep -q "|79.9|" || fail "a figure from memory is not drawn"
"$stocktake" chart finance --as-of 2008-01-01 2>&1 | grep -q "no goal and no figure" || fail "something was known in 2008"
"$stocktake" chart finance --edition "$data/../tests/data/mini" --as-of 2021-01-01 2>&1 | grep -q "has no climate finance" ||
    fail "an edition without climate finance"

# --- words on the charts
drawing contributions "" | grep -q '>China \*<' || fail "China's target per unit of GDP has no asterisk"
drawing contributions "" | grep -q 'Target per unit of GDP' || fail "the asterisk is not explained"
drawing contributions "" | grep -q '>Brazil \*<' && fail "Brazil has an asterisk"
drawing "country DEU" "" | grep -q 'Germany pledges jointly' || fail "Germany's document is not explained"
drawing "country BRA" "" | grep -q 'pledges jointly' && fail "Brazil pledges jointly"
drawing "country CHN" "" | grep -q '>10,000<' || fail "the axis has no thousands"
drawing warming "" >"$work/drawing"
grep -q 'Single years swing' "$work/drawing" || fail "single years are not explained"
sed -n 's/.*class="end small c-muted"[^>]*>\([0-9.]*\)<.*/\1/p' "$work/drawing" | sort -n | tail -n 1 >"$work/top"
grep -o '([0-9.]*–[0-9.]*)' "$work/drawing" | sed 's/.*–//; s/)//' | sort -n | tail -n 1 >"$work/label"
awk -v top="$(cat "$work/top")" -v label="$(cat "$work/label")" 'BEGIN { exit !(top >= label && label > 2) }' ||
    fail "the axis ends at $(cat "$work/top"), a label says $(cat "$work/label")"

# only a bar that is drawn has its asterisk explained, and one whose name is cut keeps it
for width in 320 760; do
    for options in "" "--since 2026-07-20" "--since 2020-01-01"; do
        drawing contributions "--width $width $options" >"$work/drawing"
        bars=$(grep -c ' \*<' "$work/drawing") || true
        notes=$(grep -c '>\* Target per unit of GDP' "$work/drawing") || true
        [ $((bars > 0)) -eq "$notes" ] || fail "$bars bars with an asterisk, $notes notes: $width $options"
    done
done
# the heading and the total of assess are one number
total=$("$stocktake" assess --as-of 2026-08-01 --since 2025-08-01 --year 2035 --format text --counterfactual previous |
    sed -n 's/^All together: [a-z]* [0-9.]* to \([0-9.]*\) Gt.*/\1/p')
"$stocktake" chart contributions --as-of 2026-08-01 --since 2025-08-01 --year 2035 | plain - |
    grep -q "<title id=\"chart-t\">Changes since 2025-08-01 [a-z]* $total Gt" || fail "the heading does not say $total"
# outside the Agreement nothing is pledged and no dot is drawn
"$stocktake" chart country USA --as-of 2026-11-01 | plain - >"$work/drawing"
grep -q 'Outside the Paris Agreement since 2026-01-27' "$work/drawing" || fail "since when it is outside is not said"
grep -qE 'as pledged|Dots|Band' "$work/drawing" && fail "USA pledges while it is outside"
grep -q 'class="[^"]*c-pledge"' "$work/drawing" && fail "a pathway of pledges is drawn while USA is outside"
drawing "country USA" "--ignore-withdrawal" | grep -q 'Emissions as pledged.*Dots: targets' || fail "the withdrawal is not ignored"
# years without data are no years of nothing
drawing "country XKX" "" >"$work/drawing"
first=$(grep -o 'Kosovo from [0-9]*' "$work/drawing" | head -n 1 | grep -o '[0-9]*$')
[ "$first" -gt 1990 ] || fail "Kosovo starts in $first"
