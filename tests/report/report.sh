#!/bin/sh
# `stocktake report` and `stocktake chart` as a user runs them.
set -eu
stocktake=$1
data=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$1" >&2; exit 1; }
april="--as-of 2021-04-22 --since 2021-04-20 --include-announced"

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
grep -q "That is $gap Gt above" "$work/april.html" || fail "the gap is not $gap"
"$stocktake" warming --as-of 2021-04-22 --include-announced --hot-air keep --format csv >"$work/warming.csv"
warming=$(awk -F, '$2 == "pledges_and_targets" && $6 == 50 {printf "%.1f", $9; exit}' "$work/warming.csv")
grep -q "climate pledges lead to $warming" "$work/april.html" || fail "the headline is not $warming"
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

# --- dates before and after everything, other benchmarks
for options in "--as-of 2014-01-01" "--as-of 2015-06-01" "--as-of 2099-12-31" "--benchmark C3 --hot-air cap" \
    "--year 2035 --extend constant_level" "--benchmark $data/../tests/assess/data/april-2021.csv"; do
    # shellcheck disable=SC2086
    "$stocktake" report "$work/other.html" $options || fail "report $options"
    check_drawings "$work/other.html"
done

# --- pictures; librsvg's own libraries keep what they load, which is no leak of ours
picture() { ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" "$stocktake" "$@"; }
if picture chart gap --output "$work/gap.png" --scale 1 2>"$work/err"; then
    [ "$(od -An -tx1 -N8 "$work/gap.png" | tr -d ' \n')" = 89504e470d0a1a0a ] || fail "no PNG"
    [ "$(od -An -tu1 -j16 -N4 "$work/gap.png" | awk '{print ($3 * 256) + $4}')" -eq 760 ] || fail "not 760 pixels wide"
    picture report "$work/pictures.html" --png "$work/pictures" --as-of 2021-04-22
    [ "$(ls "$work/pictures")" = "$(printf '%s\n' assumptions.png contributions.png gap.png timeline.png warming.png)" ] ||
        fail "pictures: $(ls "$work/pictures")"
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
refuse 2 chart gap --width 10
refuse 2 chart gap --scale 9
refuse 2 report
refuse 2 report "$work/x.html" --since 2022-01-01 --as-of 2021-01-01
refuse 1 report "$work/none/x.html"
refuse 1 report "$work/x.html" --png /dev/null/x
refuse 1 report "$work/x.html" --benchmark C99
[ ! -e "$work/x.html" ] || fail "a refused report left a page"
