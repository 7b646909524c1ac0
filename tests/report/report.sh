#!/bin/sh
# `stocktake report` and `stocktake chart` as a user runs them.
set -eu
stocktake=$1
data=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$1" >&2; exit 1; }
april="--as-of 2021-04-22 --since 2021-04-20 --include-announced"

# text as readers see it: without what only keeps lines together
plain() { sed 's/\xc2\xa0/ /g; s/\xe2\x81\xa0//g' "$1"; }

# every drawing of a file is well-formed XML, and none has a number that is none
check_drawings() {
    awk -v out="$work/drawing" '/<svg /{n++} n && !done[n] {print > (out n ".svg")} /<\/svg>/{close(out n ".svg"); done[n] = 1}' "$1"
    ls "$work"/drawing*.svg >/dev/null || fail "$1 has no drawing"
    for drawing in "$work"/drawing*.svg; do
        xmllint --noout "$drawing" || fail "$drawing of $1 is no XML"
    done
    rm "$work"/drawing*.svg
    if grep -qE '[" ](nan|-nan|inf|-inf)[" <]' "$1"; then fail "$1 has a number that is none"; fi
}

# --- the page
# shellcheck disable=SC2086
"$stocktake" report "$work/april.html" $april --threads 2
# shellcheck disable=SC2086
"$stocktake" report "$work/again.html" $april --threads 1
sed 's/again.html/april.html/; s/ --threads 1/ --threads 2/' "$work/again.html" | cmp - "$work/april.html" ||
    fail "one thread gives another page"
check_drawings "$work/april.html"
[ "$(wc -c <"$work/april.html")" -lt 1000000 ] || fail "the page has $(wc -c <"$work/april.html") bytes"
head -n 1 "$work/april.html" | grep -q '^<!DOCTYPE html>' || fail "no document type"
tail -n 1 "$work/april.html" | grep -q '^</html>' || fail "the page does not end"
# self-contained: nothing is asked for from anywhere
grep -qE '<script|<iframe|<img|<object|@import|url\(|(src|href)="(https?:)?//' "$work/april.html" &&
    fail "the page asks for another file"
[ -z "$(grep -oE ' id="[^"]*"' "$work/april.html" | sort | uniq -d)" ] || fail "an id is there twice"
grep -oE 'href="#[^"]*"' "$work/april.html" | sed 's/href="#//; s/"//' | while read -r anchor; do
    grep -q " id=\"$anchor\"" "$work/april.html" || fail "#$anchor leads nowhere"
done
for section in gap contributions warming timeline assumptions parties coverage methods; do
    grep -q "<section id=\"$section\"" "$work/april.html" || fail "no section $section"
done
# its figures are those of the other commands
"$stocktake" gap --as-of 2021-04-22 --include-announced --hot-air keep --format csv >"$work/gap.csv"
gap=$(awk -F, 'NR == 2 {printf "%.1f", $NF}' "$work/gap.csv")
plain "$work/april.html" >"$work/april.txt"
grep -q "That is $gap Gt above the median of 1.5 °C pathways (C1)" "$work/april.txt" || fail "the gap is not $gap"
"$stocktake" warming --as-of 2021-04-22 --include-announced --hot-air keep --format csv >"$work/warming.csv"
case_in_2100() { awk -F, -v name="$1" '$2 == name && $6 == 50 {printf "%.1f", $9; exit}' "$work/warming.csv"; }
targets=$(case_in_2100 targets_only)
aims=$(case_in_2100 pledges_and_targets)
headline="$targets °C if the targets are kept, $aims °C if net-zero aims are kept too"
[ "$targets" = "$aims" ] && headline="$targets °C if the targets are kept, net-zero aims or not"
grep -q "<h1>$headline</h1>" "$work/april.txt" ||
    fail "the headline is not $targets and $aims"
grep -q "stocktake report .*april.html --as-of 2021-04-22 --since 2021-04-20" "$work/april.html" ||
    fail "the page does not say how it was made"

# --- charts
for chart in gap contributions warming timeline assumptions "country BRA" "country eu"; do
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
drawing gap "" >"$work/default"
grep -q "As of 2026-08-01. Edition: embedded, with documents to 20" "$work/default" || fail "no date and edition"
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

# --- the page: one rule for net-zero years, rows of nothing left out, numbers and units on one line
row() { tr '\n' ' ' <"$2" | sed 's/<tr>/\n<tr>/g' | grep "<th scope=\"row\">$1<" | tail -n 1; }
"$stocktake" report "$work/today.html" --as-of 2026-08-01 --since 2025-08-01 --year 2035
grep -q 'Net-zero years that count in pledges and targets: those in law or policy documents' "$work/today.html" ||
    fail "which net-zero years count is not said"
row "Saudi Arabia" "$work/today.html" | grep -q '>(2060)<' || fail "an aim that does not count is not in brackets"
row "Brazil" "$work/today.html" | grep -q '>2050<' || fail "an aim that counts is in brackets"
"$stocktake" report "$work/pledge.html" --as-of 2026-08-01 --net-zero pledge
row "Saudi Arabia" "$work/pledge.html" | grep -q '>2060<' || fail "an aim that counts is in brackets with --net-zero pledge"
"$stocktake" report "$work/none.html" --as-of 2026-08-01 --net-zero none
row "Brazil" "$work/none.html" | grep -q '>(2050)<' || fail "an aim counts with --net-zero none"
sed -n '/<table id="change-table"/,/<\/table>/p' "$work/today.html" >"$work/changes"
[ "$(grep -c '<th scope="row">' "$work/changes")" -gt 5 ] || fail "there are hardly any changes"
grep -qE '</th><td class="n">−?0\.00</td>' "$work/changes" && fail "a row of 0.00"
grep -q 'scope="col">Effect on the gap<' "$work/changes" || fail "the effect on the gap has no column"
grep -q '<td>opens [0-9]' "$work/changes" || fail "nothing opens the gap in words"
plain "$work/today.html" >"$work/today.txt"
grep -q 'The base is the warming case of targets and net-zero aims' "$work/today.txt" || fail "the base of the assumptions is not said"
grep -q 'Emissions of the past are' "$work/today.txt" && fail "today's history is explained for a date of today"
grep -q 'by less than 0.005 Gt' "$work/today.html" || plain "$work/today.html" | grep -q 'by less than 0.005 Gt' ||
    fail "small changes are not counted"
grep -q 'withdraws' "$work/changes" || fail "the withdrawal has no row"
sed 's/<[^>]*>/\n/g' "$work/today.html" | grep -E '[0-9] (°C|%|Gt|Mt)' && fail "a number may be torn from its unit"
"$stocktake" report "$work/week.html" --as-of 2025-11-05 --since 2025-11-01 --year 2030
grep -q 'Nothing came' "$work/week.html" && fail "documents came"
[ "$(sed -n '/<table id="arrival-table"/,/<\/table>/p' "$work/week.html" | grep -c '<th scope="row">')" -gt 3 ] ||
    fail "what came is not listed"

# --- dates before and after everything, other benchmarks
"$stocktake" report "$work/other.html" --as-of 2015-12-01
plain "$work/other.html" | grep -q "Emissions of the past are today's data, to 20" || fail "a page of 2015 does not say whose history it has"
for options in "--as-of 2014-01-01" "--as-of 2015-06-01" "--as-of 2099-12-31" "--benchmark C3 --hot-air cap" \
    "--year 2035 --extend constant_level" "--as-of 2026-08-01 --benchmark $data/../tests/assess/data/april-2021.csv"; do
    # shellcheck disable=SC2086
    "$stocktake" report "$work/other.html" $options || fail "report $options"
    check_drawings "$work/other.html"
done

# --- pictures; librsvg's own libraries keep what they load, which is no leak of ours
picture() { ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" "$stocktake" "$@"; }
if picture chart gap --output "$work/gap.png" --scale 1 2>"$work/err"; then
    [ "$(od -An -tx1 -N8 "$work/gap.png" | tr -d ' \n')" = 89504e470d0a1a0a ] || fail "no PNG"
    [ "$(od -An -tu1 -j16 -N4 "$work/gap.png" | awk '{print ($3 * 256) + $4}')" -eq 760 ] || fail "not 760 pixels wide"
    for chart in contributions warming timeline assumptions; do
        picture chart "$chart" --output "$work/$chart.png" --as-of 2021-04-22
        [ -s "$work/$chart.png" ] || fail "no picture of $chart"
    done
else
    grep -q librsvg "$work/err" || fail "no PNG for another reason than librsvg"
fi

# --- an edition whose texts are markup
cp -r "$data" "$work/edition"
sed 's/,Brazil,/,<b>Bra\&zil<\/b>,/' "$data/countries/countries.csv" >"$work/edition/countries/countries.csv"
cmp -s "$data/countries/countries.csv" "$work/edition/countries/countries.csv" && fail "the names did not change"
"$stocktake" report "$work/hostile.html" --edition "$work/edition" --as-of 2021-04-22
check_drawings "$work/hostile.html"
grep -q '<b>' "$work/hostile.html" && fail "a name became markup"
grep -q '&lt;b&gt;Bra&amp;zil' "$work/hostile.html" || fail "the name is not there"

# --- what is refused leaves nothing behind
refuse() {
    expected=$1
    shift
    status=0
    "$stocktake" "$@" >"$work/out" 2>"$work/err" || status=$?
    [ "$status" -eq "$expected" ] || fail "$* exits with $status"
    [ ! -s "$work/out" ] || fail "$* prints to the standard output"
    [ -s "$work/err" ] || fail "$* says nothing"
}
refuse 2 chart pie
refuse 2 chart country
refuse 2 chart gap BRA
refuse 1 chart country XYZ
refuse 1 chart country ATA
grep -q 'Antarctica has no emissions' "$work/err" || fail "why Antarctica is not drawn: $(cat "$work/err")"
refuse 2 chart gap --width 10
refuse 2 chart gap --scale 9
refuse 2 report
refuse 2 report "$work/x.html" --since 2022-01-01 --as-of 2021-01-01
refuse 1 report "$work/none/x.html"
refuse 1 report "$work/x.html" --benchmark C99
[ ! -e "$work/x.html" ] || fail "a refused report left a page"
