#!/bin/sh
# `stocktake report` as a user runs it.
set -eu
stocktake=$1
data=$2
. "$(dirname "$0")/common.sh"

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
for section in gap contributions warming timeline assumptions fairness finance parties coverage methods; do
    grep -q "<section id=\"$section\"" "$work/april.html" || fail "no section $section"
done
for drawing in CHN-wide CHN-narrow EUU-wide GBR-narrow NGA-narrow TUV-narrow; do
    grep -q "aria-labelledby=\"fair-$drawing-t" "$work/april.html" || fail "no drawing fair-$drawing"
done
# its figures are those of the other commands
"$stocktake" gap --as-of 2021-04-22 --include-announced --hot-air keep --format csv >"$work/gap.csv"
gap=$(awk -F, 'NR == 2 {most = $NF} NR == 3 {printf "%.1f–%.1f", $NF, most}' "$work/gap.csv")
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

few
# --- the page: one rule for net-zero years, rows of nothing left out, numbers and units on one line
row() { tr '\n' ' ' <"$2" | sed 's/<tr>/\n<tr>/g' | grep "<th scope=\"row\">$1<" | tail -n 1; }
"$stocktake" report "$work/today.html" --as-of 2026-08-01 --since 2025-08-01 --year 2035
grep -q 'Net-zero years that count in pledges and targets: those in law or policy documents' "$work/today.html" ||
    fail "which net-zero years count is not said"
row "Saudi Arabia" "$work/today.html" | grep -q '>(2060)<' || fail "an aim that does not count is not in brackets"
row "Brazil" "$work/today.html" | grep -q '>2050<' || fail "an aim that counts is in brackets"
"$stocktake" assess --parties --year 2035 --as-of 2026-08-01 --format csv >"$work/parties.csv"
for code in ARG,Argentina IRN,Iran BRA,Brazil EGY,Egypt CHN,China; do
    document=$(awk -F, -v code="${code%%,*}" '$1 == code {print $18}' "$work/parties.csv")
    row "${code##*,}" "$work/today.html" | grep -q "<td class=\"w\">${document:-–}</td>" ||
        fail "the document of ${code##*,} is not '$document', as assess --parties has it"
done
"$stocktake" report "$work/pledge.html" --as-of 2026-08-01 --net-zero pledge
row "Saudi Arabia" "$work/pledge.html" | grep -q '>2060<' || fail "an aim that counts is in brackets with --net-zero pledge"
"$stocktake" report "$work/none.html" --as-of 2026-08-01 --net-zero none
row "Brazil" "$work/none.html" | grep -q '>(2050)<' || fail "an aim counts with --net-zero none"
sed -n '/<table id="change-table"/,/<\/table>/p' "$work/today.html" >"$work/changes"
[ "$(grep -c '<th scope="row">' "$work/changes")" -gt 5 ] || fail "there are hardly any changes"
grep -qE '</th><td class="n">−?0\.00</td>' "$work/changes" && fail "a row of 0.00"
grep -q 'scope="col">Effect on the gap<' "$work/changes" || fail "the effect on the gap has no column"
grep -q '<td>adds [0-9]' "$work/changes" || fail "nothing adds to the gap in words"
plain "$work/today.html" >"$work/today.txt"
grep -q 'On 2025-08-01 the world headed for [0-9.]*.°C in 2100 if the targets are kept' "$work/today.txt" || fail "the earlier day is not said"
grep -q 'India.*: above the day before, yet below no pledge' "$work/today.txt" || fail "why a document opens the gap is not said"
grep -q 'in documents known until' "$work/today.txt" && fail "the data ends before its last day"
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
"$stocktake" report "$work/late.html" --as-of 2099-12-31
plain "$work/late.html" | grep -q 'as of 2099-12-31, in documents known until 20' || fail "that the data ends before is not said first"
"$stocktake" report "$work/other.html" --as-of 2015-12-01
plain "$work/other.html" | grep -q "Emissions of the past are today's data, to 20" || fail "a page of 2015 does not say whose history it has"
for options in "--as-of 2014-01-01" "--as-of 2015-06-01" "--as-of 2099-12-31" "--benchmark C3 --hot-air cap" \
    "--year 2035 --extend constant_level" "--as-of 2026-08-01 --benchmark $data/../tests/assess/data/april-2021.csv"; do
    # shellcheck disable=SC2086
    "$stocktake" report "$work/other.html" $options || fail "report $options"
    check_drawings "$work/other.html"
done

# --- pictures
if "$stocktake" chart gap --output "$work/gap.png" --scale 1 2>"$work/err"; then
    [ "$(od -An -tx1 -N8 "$work/gap.png" | tr -d ' \n')" = 89504e470d0a1a0a ] || fail "no PNG"
    [ "$(od -An -tu1 -j16 -N4 "$work/gap.png" | awk '{print ($3 * 256) + $4}')" -eq 760 ] || fail "not 760 pixels wide"
    for chart in contributions warming timeline assumptions; do
        "$stocktake" chart "$chart" --output "$work/$chart.png" --as-of 2021-04-22
        [ -s "$work/$chart.png" ] || fail "no picture of $chart"
    done
else
    grep -q librsvg "$work/err" || fail "no PNG for another reason than librsvg"
fi

# --- an edition whose texts are markup
cp -r "$work/few" "$work/edition"
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
