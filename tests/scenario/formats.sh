#!/bin/sh
# One scenario as other tools write it: the same bytes as from the plain table, in every command that reads it; and
# members as NetCDF.
# usage: formats.sh STOCKTAKE SOURCE-DIRECTORY
set -eu
stocktake=$1
data=$2/tests/scenario/data/formats
. "$(dirname "$0")/../support/work.sh"

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
tr , '\t' <plain.csv >tabs.tsv
sed '1s/,\([12]\)/,X\1/g' plain.csv >of_r.csv
same tabs.tsv plain
same of_r.csv plain
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

# Members as NetCDF: the same numbers as from CSV, which has no models, also where members leave the valid range.
{
    cat plain.csv
    tail -n +2 plain.csv | awk -F, -v OFS=, '{ $2 = "hot" } /Energy/ { for (i = 6; i <= NF; i++) $i *= 18000 } 1'
} >hot.csv
members() { # FILE
    "$stocktake" climate hot.csv --fill library --members 40 --reference-period none --variables temperature \
        --member-output "$1" --output percentiles.csv 2>message
}
if members members.nc; then
    grep -q "'hot'.*of 40 members left the valid range" message || fail "no member leaves the valid range"
    members members.csv
    for form in csv nc; do
        "$stocktake" scenario postprocess members.$form --output post.$form.csv --meta meta.$form.csv
    done
    cut -d, -f2- post.csv.csv >expected
    cut -d, -f2- post.nc.csv | cmp expected - || fail "members from NetCDF give other numbers"
    cut -d, -f2- meta.nc.csv | cmp meta.csv.csv - || fail "members from NetCDF give other metadata"
    [ "$(grep -c '^M,hot,' post.nc.csv)" -gt 10 ] || fail "members from NetCDF have lost their model"
    not_members() { # FILE WORDS
        code=0
        "$stocktake" scenario postprocess "$1" --output none.csv 2>message || code=$?
        [ "$code" = 1 ] && [ ! -e none.csv ] && grep -q "^stocktake: $1: $2" message || fail "$1 is not refused"
    }
    "$stocktake" climate plain.csv --fill library --members 5 --output percentiles.nc 2>/dev/null
    not_members percentiles.nc "it has no scenarios with members"
    "$stocktake" climate plain.csv --fill library --members 5 --variables co2 --member-output co2.nc \
        --output percentiles.csv 2>/dev/null
    not_members co2.nc "it has no variable 'temperature_1_k'"
    head -c 3000 members.nc >cut.nc
    not_members cut.nc "NetCDF: "
else
    grep -q 'NetCDF' message || fail "members as NetCDF are refused without a reason"
fi
