#!/bin/sh
# One scenario as other tools write it: the same bytes as from the plain table, in every command that reads it.
# usage: formats.sh STOCKTAKE SOURCE-DIRECTORY
set -eu
stocktake=$1
data=$2/tests/scenario/data/formats
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "FAILED: $1" >&2
    exit 1
}
sed '1s/-01-01 00:00:00//g' "$data/date_columns.csv" >plain.csv
tr ',' '\t' <plain.csv | awk -F'\t' -v OFS=, '
    NR == 1 { for (i = 6; i <= NF; i++) year[i] = $i; print "model,scenario,region,variable,unit,year,value" }
    NR > 1 { for (i = 6; i <= NF; i++) print $1, $2, $3, $4, $5, year[i], $i }' >long.csv
{ head -n 1 long.csv; tail -n +2 long.csv | sort -s -t, -k6,6; } >years_first.csv
sed 's/N2O,kt N2O.yr,10500,/N2O,kt N2O\/yr,,/' plain.csv >gap.csv
cp "$data"/*.csv "$data"/*.mif "$data"/*.xlsx .

run() { # INPUT RESULT
    "$stocktake" scenario check "$1" --output "$2.checked" 2>"$2.notes"
    "$stocktake" scenario assess "$1" --output "$2.folder" >/dev/null 2>>"$2.notes"
    "$stocktake" climate "$1" --members 5 --fill library --output "$2.climate" 2>>"$2.notes"
}
same() { # NAME EXPECTED
    run "$1" "$1.out"
    cmp "$2.checked" "$1.out.checked" || fail "$1 is checked to something else"
    for file in emissions.csv climate.csv meta.csv; do
        cmp "$2.folder/$file" "$1.out.folder/$file" || fail "$1: $file differs"
    done
    cmp "$2.climate" "$1.out.climate" || fail "$1 has another climate"
}
run plain.csv plain
run gap.csv gap
for name in date_columns.csv long.csv years_first.csv; do
    same "$name" plain
    cmp plain.notes "$name.out.notes" || fail "$name: other messages"
done
same remind.mif plain
if "$stocktake" scenario check workbook.xlsx --output try.csv 2>message; then
    same workbook.xlsx plain
else # a build without the libraries says so
    grep -q 'Excel workbook, and .*save the sheet as CSV' message || fail "a workbook is refused without a reason"
fi
same na_text.csv gap
same database_footer.csv plain
[ "$(grep -c "database_footer.csv:13: .*'(c) database, generated 2020' is left out" database_footer.csv.out.notes)" = 3 ] ||
    fail "what stands below the data is left out without a word"
grep -q '"variable": "(c) database, generated 2020"' database_footer.csv.out.folder/report.json ||
    fail "the report does not name what stands below the data"
