#!/bin/sh
# The command as a user runs it: stages on the published vectors, exit codes, the same bytes for any
# number of threads and after an interruption.
# usage: cli.sh STOCKTAKE SOURCE-DIRECTORY
set -eu
stocktake=$1
data=$2/tests/scenario/data
. "$(dirname "$0")/../support/work.sh"

rows() {
    [ "$(wc -l <"$1")" -eq "$2" ] || fail "$1 has $(wc -l <"$1") lines, not $2"
}
refused() {
    expected=$1
    shift
    code=0
    "$@" >printed 2>message || code=$?
    [ "$code" -eq "$expected" ] || fail "$* exits with $code, not $expected"
    [ -s message ] || fail "$* says nothing"
}

# scenarios are left out: the others are written, and the exit status says so
refused 1 "$stocktake" scenario check "$data/ex2_input.csv" --method ar6-2015 --output checked.csv --report report.json
cp message notes
rows checked.csv 132
grep -q "ex2_input.csv:67: check: model 'model6', scenario '1point5' is left out" notes ||
    fail "the dropped scenario is not named with its line"
grep -q '"reason": "unexpected negative' report.json || fail "the report has no reason"
"$stocktake" scenario harmonise checked.csv --output harmonised.csv 2>/dev/null
rows harmonised.csv 152
"$stocktake" scenario infill harmonised.csv --library "$data/ex2_database.csv" --output infilled.csv
rows infilled.csv 786
# so do harmonise and infill
awk -F, -v OFS=, 'NR == 1 || !/^model1,/ { print; next } { $2 = "other"; sub(/CO2/, "CX2", $4); print }' harmonised.csv >dropped.csv
refused 1 "$stocktake" scenario infill dropped.csv --library "$data/ex2_database.csv" --output others.csv
grep -q '^model2,' others.csv || fail "the scenarios that are left are not written"
sed '/^model1,/s/World,[^,]*|[^,]*,/World,Price,/' checked.csv >dropped.csv
refused 1 "$stocktake" scenario harmonise dropped.csv --output others.csv
grep -q '^model2,' others.csv || fail "the scenarios that are left are not written"
# packed files are read as they come, whatever they are called
if "$stocktake" scenario infill harmonised.csv --library "$data/ex2_database.csv.zip" --output zipped.csv 2>message; then
    cmp infilled.csv zipped.csv || fail "a zipped library gives something else"
    for packer in gzip xz zstd; do
        if command -v $packer >/dev/null; then
            $packer -c <"$data/ex2_input.csv" >packed.csv
            refused 1 "$stocktake" scenario check packed.csv --output unpacked.csv
            cmp checked.csv unpacked.csv || fail "input packed by $packer gives something else"
        fi
    done
    gzip -c <harmonised.csv | "$stocktake" scenario infill /dev/stdin --library "$data/ex2_database.csv" \
        --output piped.csv
    cmp infilled.csv piped.csv || fail "packed input from a pipe gives something else"
    gzip -c <"$data/categories.csv" >packed.csv
    "$stocktake" scenario categorise packed.csv >/dev/null
    gzip -c <"$2/data/pathways/history_ar6.csv" | head -c 3000 >cut.gz
    refused 1 "$stocktake" scenario harmonise checked.csv --history cut.gz --output cut.csv
    grep -q '^stocktake: cut.gz: cannot be unpacked: ' message || fail "a cut archive is not named"
    [ "$(wc -l <message)" -eq 1 ] || fail "a cut archive is refused in more than one line"
    [ ! -e cut.csv ] || fail "a cut archive leaves a result"
else
    grep -q 'libarchive' message || fail "a zipped library is refused without a reason"
fi
"$stocktake" scenario categorise "$data/categories.csv" --output categories.csv
tail -n +2 categories.csv | while IFS=, read -r name expected _ _ _ _ category; do
    [ "$expected" = "$category" ] || fail "$name is $category, not $expected"
done

# some of its scenarios are left out: the exit status says so
refused 1 "$stocktake" scenario assess "$data/ex2_input.csv" --output one --threads 1
cp printed summary
refused 1 "$stocktake" scenario assess "$data/ex2_input.csv" --output two --threads 2
# another order of rows, and so of scenarios, permutes the rows of the output and nothing else
{
    head -n 1 "$data/ex2_input.csv"
    tail -n +2 "$data/ex2_input.csv" | sort -r
} >reversed.csv
refused 1 "$stocktake" scenario assess reversed.csv --output reversed
cmp one/meta.csv reversed/meta.csv >/dev/null && fail "the order of scenarios is not that of the file"
for file in emissions.csv climate.csv meta.csv; do
    sort "one/$file" >a
    sort "reversed/$file" >b
    cmp a b || fail "$file depends on the order of rows"
done

for file in emissions.csv climate.csv meta.csv report.json; do
    cmp "one/$file" "two/$file" || fail "$file depends on the number of threads"
done
rows one/meta.csv 13
grep -q '^C4  *8 ' summary || fail "the summary does not count the categories"
[ -z "$(ls one | grep part || true)" ] || fail "unfinished files are left"

refused 1 "$stocktake" scenario assess "$data/ex2_input.csv" --method recent --output recent
rows recent/meta.csv 13

head -n 3 "$data/ex2_input.csv" >short.csv
refused 1 "$stocktake" scenario assess short.csv --output short
refused 1 "$stocktake" scenario check nowhere.csv
refused 1 "$stocktake" scenario check "$data/ex2_input.csv" --method nothing
refused 2 "$stocktake" scenario melt "$data/ex2_input.csv"
refused 2 "$stocktake" scenario assess "$data/ex2_input.csv"
# what cannot be written is said before anything else is, and devices stay devices
refused 1 "$stocktake" scenario check "$data/ex2_input.csv" --output nowhere/x.csv
grep -q '^stocktake: nowhere/x.csv: cannot be written: No such file' message || fail "no reason why x.csv fails"
[ "$(wc -l <message)" -eq 1 ] || fail "what cannot be written is not said first"
refused 1 "$stocktake" scenario check "$data/ex2_input.csv" --output one
grep -q 'it is a folder' message || fail "a folder is no file"
refused 1 "$stocktake" scenario check "$data/ex2_input.csv" --output /dev/null
[ -c /dev/null ] || fail "/dev/null is no device any more"
# options that would be passed over, and what is left of a file
refused 2 "$stocktake" scenario check "$data/ex2_input.csv" --library "$data/ex2_database.csv"
refused 2 "$stocktake" scenario infill harmonised.csv --netcdf
refused 2 "$stocktake" scenario check
refused 2 "$stocktake" scenario check "$data/ex2_input.csv" --threads 0
refused 1 "$stocktake" scenario check short.csv --output nothing.csv
grep -q 'short.csv: no scenario of it is left' message || fail "an empty result is not said"
[ ! -e nothing.csv ] || fail "an empty result is written"
sed 's/base: 2015/base: soon/' "$2/data/methods/ar6-2015.yaml" >bad.yaml
refused 1 "$stocktake" scenario check "$data/ex2_input.csv" --method bad.yaml
grep -q "bad.yaml:15:9: 'soon' is refused" message || fail "the method is not refused with its place"

# scenarios that nobody reads are named, as is everything when everything is left out
{
    head -n 1 "$data/ex2_input.csv"
    grep '^model1,' "$data/ex2_input.csv"
    grep '^model1,' "$data/ex2_input.csv" | sed 's/^model1,/other,/; s/Emissions|/Prices|/'
} >passed.csv
refused 1 "$stocktake" scenario check passed.csv --output passed-out.csv
grep -q "^model1," passed-out.csv || fail "the scenario that is left is not written"
grep -q "^stocktake: passed.csv:[0-9]*: read: model 'other'" message ||
    fail "a scenario without a usable row is not named"
refused 1 "$stocktake" scenario check short.csv --output nothing.csv --report nothing.json
grep -q '"reason"' nothing.json || fail "no report when nothing is left"
refused 2 "$stocktake" scenario check "$data/ex2_input.csv" --output same.csv --report same.csv
refused 1 "$stocktake" scenario check "$data/ex2_input.csv" --output same.csv --report nowhere/r.json
[ ! -e same.csv ] || fail "a result is there although its report cannot be"
mkdir -p taken/meta.csv
refused 1 "$stocktake" scenario assess "$data/ex2_input.csv" --output taken
[ "$(ls taken)" = meta.csv ] || fail "work is done although a result cannot be written"
# a harmonised row comes before a reported one, in whatever order they stand
{
    cat harmonised.csv
    grep 'Harmonized|Emissions|BC,' harmonised.csv | sed 's/AR6 climate diagnostics|Harmonized|//; s/,[0-9.]*$/,999/'
} >both.csv
{ head -n 1 both.csv; tail -n +2 both.csv | sort; } >sorted.csv
for file in harmonised both sorted; do
    "$stocktake" scenario infill $file.csv | grep 'Infilled' | sort >$file.infilled
done
cmp harmonised.infilled both.infilled || fail "a reported row takes the place of a harmonised one"
cmp harmonised.infilled sorted.infilled || fail "the order of rows matters"
# names hold anything; a note is a line all the same
sed "s/^model6,/\"mo\ndel6\",/" "$data/ex2_input.csv" >lines.csv
refused 1 "$stocktake" scenario check lines.csv
[ "$(grep -c '^stocktake: ' message)" -eq "$(wc -l <message)" ] || fail "a note takes several lines"
# names as long as anybody likes are cut between letters
awk -F, -v OFS=, 'NR > 1 { $2 = sprintf("%0500d", 0); gsub("0", "ü", $2); $4 = $4 $2 } { print }' "$data/ex2_input.csv" >long.csv
refused 1 "$stocktake" scenario check long.csv
refused 1 "$stocktake" climate long.csv --members 3
for run in "scenario check" climate; do
    "$stocktake" $run long.csv >/dev/null 2>message || true
    [ "$(wc -L <message)" -lt 900 ] || fail "$run: a name is not cut"
    iconv -f UTF-8 -t UTF-8 message >/dev/null || fail "$run: a name is cut inside of a letter"
done
# the name of a column is that of the header, however far below it the value stands, also in a last line without its end
printf 'Model,Scenario,Region,Variable,Unit,2020,2030\nm,a,World,Emissions|CH4,Mt CH4/yr,1,2\nm,%0600d,World,Emissions|BC,Mt BC/yr,1,x' 7 >end.csv
{ sed '$d' end.csv; yes 'm,a,Asia,Emissions|CH4,Mt CH4/yr,1.0000000000000000000000000000000000000000000,2' | head -n 30000; tail -n 1 end.csv; } >far.csv
for file in end far; do
    refused 1 "$stocktake" scenario check $file.csv
    grep -q "^stocktake: $file.csv:[0-9]*:[0-9]*: 2030: 'x' is refused; allowed: a number" message || fail "$file.csv: $(head -c 300 message)"
done
# numbers beyond all numbers are no result
{
    head -n 1 "$data/ex2_input.csv"
    grep '^model1,.*CO2' "$data/ex2_input.csv" | sed 's/,[-0-9.]*$/,1e308/; s,Mt CO2/yr,Gt CO2/yr,'
} >large.csv
refused 1 "$stocktake" scenario check large.csv
grep -q '1e+308 in 2100 is refused; allowed: -1000000 to 1000000 Gt CO2/yr' message || fail "no reason for what is too large"
