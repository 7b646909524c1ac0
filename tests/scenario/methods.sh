#!/bin/sh
# Methods on small inputs with known answers: data/cases/README.md.
# usage: methods.sh STOCKTAKE SOURCE-DIRECTORY
set -eu
stocktake=$1
data=$2/tests/scenario/data
cases=$data/cases
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "FAILED: $1" >&2
    exit 1
}
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
    "$stocktake" scenario check "$data/ex2_input.csv" --method $method --output checked.csv 2>/dev/null
    "$stocktake" scenario harmonise checked.csv --method $method --output harmonised.csv 2>/dev/null
    "$stocktake" scenario infill harmonised.csv --method $method --output infilled-$method.csv
done
cmp infilled-ar6-2015-cdr.csv infilled-ar6-2015.csv

# carbon is 12 of 44 parts of CO2
"$stocktake" scenario harmonise "$cases/09-gt-c-per-year.csv" --output harmonised.csv 2>/dev/null
is "$(last 'Industrial Processes' harmonised.csv)" -4499.999999 "Gt C"

# recent takes what starts in its base year, and what has it on a line between two years
"$stocktake" scenario check "$cases/03-recent-starts-2023.csv" --method recent --output from-base.csv 2>message
[ ! -s message ] || fail "a row that starts in the base year is left out"
sed '1s/,2023,/,2022,/' "$cases/03-recent-starts-2023.csv" >2022.csv
"$stocktake" scenario harmonise 2022.csv --method recent --output around-base.csv 2>message
[ ! -s message ] || fail "a row around the base year is left out"
sed '1s/,2023,/,2024,/' "$cases/03-recent-starts-2023.csv" >2024.csv
! "$stocktake" scenario check 2024.csv --method recent --output late.csv 2>message ||
    fail "a scenario without the base year is taken"
