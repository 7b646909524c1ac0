#!/bin/sh
# Methods on small inputs with known answers: data/cases/README.md.
# usage: methods.sh STOCKTAKE SOURCE-DIRECTORY
set -eu
stocktake=$1
data=$2/tests/scenario/data
cases=$data/cases
. "$(dirname "$0")/../support/work.sh"

# the last value of the row that a pattern finds in a file
last() {
    grep -- "$1" "$2" | sed 's/.*,//'
}
is() {
    [ "$1" = "$2" ] || fail "$3: $1, not $2"
}

# fossil CO2 is complete by default, and as published on demand
for method in ar6-2015-cdr recent; do
    "$stocktake" scenario check "$cases/01-other-capture-and-removal.csv" --method $method --output $method.csv 2>/dev/null
    is "$(last 'Industrial Processes' $method.csv)" -8500 "fossil CO2 by $method"
done
"$stocktake" scenario check "$cases/01-other-capture-and-removal.csv" --output default.csv 2>/dev/null
cmp default.csv ar6-2015-cdr.csv
"$stocktake" scenario check "$cases/01-other-capture-and-removal.csv" --method ar6-2015 --output 2022.csv 2>/dev/null
is "$(last 'Industrial Processes' 2022.csv)" -4500 "fossil CO2 as published"
# without such rows both methods are one, but for their name
for method in ar6-2015-cdr ar6-2015; do
    "$stocktake" scenario check "$data/ex2_input.csv" --method $method --output checked.csv 2>/dev/null && fail "scenarios are left out with status 0"
    "$stocktake" scenario harmonise checked.csv --method $method --output harmonised.csv 2>/dev/null
    "$stocktake" scenario infill harmonised.csv --method $method --output infilled-$method.csv
done
cmp infilled-ar6-2015-cdr.csv infilled-ar6-2015.csv

# carbon is 12 of 44 parts of CO2
"$stocktake" scenario harmonise "$cases/09-gt-c-per-year.csv" --output harmonised.csv 2>/dev/null
is "$(last 'Industrial Processes' harmonised.csv)" -4499.999999 "Gt C"

# recent takes what starts in its base year, and what has it on a line between two years
"$stocktake" scenario check "$cases/03-recent-starts-2023.csv" --method recent --output from-base.csv 2>message
! grep -q "left out" message || fail "a row that starts in the base year is left out"
sed '1s/,2023,/,2022,/' "$cases/03-recent-starts-2023.csv" >2022.csv
"$stocktake" scenario harmonise 2022.csv --method recent --output around-base.csv 2>message
[ ! -s message ] || fail "a row around the base year is left out"
sed '1s/,2023,/,2024,/' "$cases/03-recent-starts-2023.csv" >2024.csv
! "$stocktake" scenario check 2024.csv --method recent --output late.csv 2>message ||
    fail "a scenario without the base year is taken"

# categories of a table of metadata, of AR6 or our own
"$stocktake" scenario categorise "$cases/18-categorise-meta.csv" --output tool.csv
is "$(last '^m,a' tool.csv)" C1b "the tool's label"
"$stocktake" scenario categorise "$cases/18-categorise-meta.csv" --labels report --output report.csv
is "$(last '^m,a' report.csv)" C1 "the report's label"
{
    echo 'Model,Scenario,P33 peak warming (CICERO-SCM),P33 peak warming (MAGICCv7.5.3),Median peak warming (MAGICCv7.5.3),P67 peak warming (MAGICCv7.5.3),Median warming in 2100 (MAGICCv7.5.3)'
    echo 'm,a,9,1.45,1.6,1.7,1.4'
    echo 'm,b,,,,,'
} >ar6.csv
"$stocktake" scenario categorise ar6.csv --labels report --output categories.csv 2>message
is "$(last '^m,a' categories.csv)" C1 "of two climate models"
is "$(last '^m,b' categories.csv)" '' "a scenario without a climate assessment"
grep -q "by 'median peak warming (MAGICCv7.5.3)'" message || fail "the climate model is not named"
sed 's/1.45,/,/' ar6.csv >hole.csv
! "$stocktake" scenario categorise hole.csv --output hole-out.csv 2>message || fail "a hole is taken"
grep -q 'hole.csv:2:' message || fail "a hole has no place"
"$stocktake" scenario assess "$data/ex2_input.csv" --output result >/dev/null 2>&1 || true # some are left out
"$stocktake" scenario categorise result/meta.csv --labels report --output again.csv
python3 - <<'EOF' || fail "categories of meta.csv are not those in it"
import csv, re
for row in csv.DictReader(open('again.csv')):
    assert row['category'] == row['Category'] and re.match(r'C[1-8]$', row['category']), row
    for own, its in (('i', 'I'), ('ii', 'II'), ('iii', 'III')):
        assert row['category_tier_' + own] == row['Category_tier_' + its] != '', row
    assert re.match(r'GW[0-8]$', row['category_tier_i']) and row['category_tier_iii'].startswith(row['category_tier_i']), row
EOF

# a method whose files are not shipped says where they are
for method in sci-2026 cmip7; do
    ! "$stocktake" scenario harmonise "$data/ex2_input.csv" --method $method --output nothing.csv 2>message ||
        fail "$method needs no history"
    grep -q "needs --history FILE.*10.5281/zenodo" message || fail "$method does not say where its history is"
done
code=0
"$stocktake" scenario infill harmonised.csv --preindustrial "$2/data/pathways/history_ar6.csv" 2>message || code=$?
is $code 2 "an option that the method has no use for"
code=0
"$stocktake" scenario assess "$data/ex2_input.csv" --preindustrial "$2/data/pathways/history_ar6.csv" --output none 2>message || code=$?
is $code 2 "an option that the method has no use for, of assess"
# overrides lie beside the method
mkdir own
sed 's/^harmonise:/harmonise:\n  overrides: mine.csv/; s/^name: .*/name: own/' "$2/data/methods/recent.yaml" >own/method.yaml
echo 'model,region,variable,method
M,World,Emissions|CH4,constant_offset' >own/mine.csv
"$stocktake" scenario harmonise "$cases/03-recent-starts-2023.csv" --method own/method.yaml --output overridden.csv
"$stocktake" scenario harmonise "$cases/03-recent-starts-2023.csv" --method recent --output plain.csv
[ "$(diff overridden.csv plain.csv | grep -c '^>')" -eq 3 ] || fail "one gas and two totals differ, and nothing else"
# what fades ends after the base year, and what is refused is named
echo 'model,region,variable,method
M,World,Emissions|CH4,reduce_ratio_2023' >own/mine.csv
! "$stocktake" scenario check "$cases/03-recent-starts-2023.csv" --method own/method.yaml 2>message || fail "a rule fades before the base year"
grep -q "own/mine.csv:2:.*'reduce_ratio_2023' is refused.*after the base year 2023" message || fail "the rule is not named"
sed 's/ratio_until: 2080/ratio_until: 2020/' "$2/data/methods/recent.yaml" >own/fade.yaml
! "$stocktake" scenario check "$cases/03-recent-starts-2023.csv" --method own/fade.yaml 2>message || fail "the tree fades before the base year"
grep -q "'2020' is refused; allowed: ratio_until: a year after the base year 2023" message || fail "the year is not named"
sed 's/infill: {scale: .*}}/infill: {scale: Emissions|Nothing}}/' "$2/data/methods/cmip7.yaml" >own/scale.yaml
! "$stocktake" scenario check "$cases/03-recent-starts-2023.csv" --method own/scale.yaml 2>message || fail "a gas is scaled by none"
grep -q "'Emissions|Nothing' is refused; allowed: scale:" message || fail "the gas that does not exist is not named"
rm own/mine.csv
! "$stocktake" scenario check "$cases/03-recent-starts-2023.csv" --method own/method.yaml 2>message || fail "no overrides are taken"
grep -q 'own/mine.csv' message || fail "what is missing is not named"
