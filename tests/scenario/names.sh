#!/bin/sh
# Names of other conventions, what is told of a file, and what cannot be, on small inputs: data/cases/README.md.
# usage: names.sh STOCKTAKE SOURCE-DIRECTORY
set -eu
stocktake=$1
cases=$2/tests/scenario/data/cases
. "$(dirname "$0")/../support/work.sh"

# exits STATUS ARGUMENTS...: what it says is in `said`
exits() {
    expected=$1
    shift
    code=0
    "$stocktake" "$@" >printed 2>said || code=$?
    [ "$code" -eq "$expected" ] || fail "$* exits with $code, not $expected: $(cat said)"
}
says() {
    grep -q -- "$1" said || fail "nothing says '$1': $(cat said)"
}
silent() {
    [ ! -s said ] || fail "something is said: $(cat said)"
}
# The same bytes as of the plain names, in every stage
same() { # FILE
    exits 0 scenario assess "$1" --output "$1.out"
    silent
    for file in emissions.csv climate.csv meta.csv; do
        cmp "plain.csv.out/$file" "$1.out/$file" || fail "$1: $file differs"
    done
}

grep -v 'CO2|Other Capture\|Emissions|CO2,' "$cases/01-other-capture-and-removal.csv" >plain.csv
exits 0 scenario assess plain.csv --output plain.csv.out
silent

# every convention for the same scenario; the order of rows stays, so that the bytes do
rename() { # FILE SED
    sed "$2" plain.csv >"$1"
    cmp -s plain.csv "$1" && fail "$1 has no other names"
    same "$1"
}
rename gcages.csv 's/CO2|Energy and Industrial Processes/CO2|Fossil/; s/CO2|AFOLU/CO2|Biosphere/; s/|Sulfur/|SOx/; s/|HFC|HFC125/|HFC125/; s/|PFC|CF4/|CF4/'
rename runner.csv 's/CO2|Energy and Industrial Processes/CO2|MAGICC Fossil and Industrial/; s/CO2|AFOLU/CO2|MAGICC AFOLU/; s/|PFC|CF4/|CF4/'
rename rcmip2.csv 's/CO2|Energy and Industrial Processes/CO2|MAGICC Fossil and Industrial/; s/CO2|AFOLU/CO2|MAGICC AFOLU/; s/|HFC|/|F-Gases|HFC|/; s/|PFC|/|F-Gases|PFC|/'
rename rcmip3.csv 's/CO2|Energy and Industrial Processes/CO2|Fossil and Industrial/; s/|HFC|/|F-Gases|HFC|/'
rename fair.csv 's/Emissions|CO2|Energy and Industrial Processes/CO2 FFI/; s/Emissions|CO2|AFOLU/CO2 AFOLU/; s/Emissions|HFC|HFC125/HFC-125/; s/Emissions|PFC|CF4/CF4/; s/Emissions|//'
rename small.csv 's/Emissions|[^,]*/\L&/'
rename capital.csv 's/Emissions|[^,]*/\U&/'
rename native.csv 's/Emissions|/SR15 climate diagnostics|&/'
rename native-small.csv 's/Emissions|[^,]*/\LAR6 Climate Diagnostics|&/'
for file in 02-gas-names-without-pfc 05-rcmip-names-in-assess; do # their rows stand in another order
    exits 0 scenario assess "$cases/$file.csv" --output "$file"
    silent
    sort "$file/climate.csv" >a
    sort plain.csv.out/climate.csv >b
    cmp a b || fail "$file has another climate"
done

# stages of others: harmonised, infilled; histories and databases
grep 'Infilled' plain.csv.out/emissions.csv >rows
head -n 1 plain.csv.out/emissions.csv >header
{ cat header; sed 's/AR6 climate diagnostics|Infilled|//' rows; } >infilled.csv
exits 0 climate infilled.csv --members 5 --output infilled.out
for prefix in 'AR6 climate diagnostics|Infilled|' 'SR15 climate diagnostics|Infilled|' 'Climate Assessment|Infilled|' \
    'Climate Assessment|Harmonized and Infilled|' 'Infilled|' 'AR6 CLIMATE DIAGNOSTICS|infilled|'; do
    { cat header; sed "s/AR6 climate diagnostics|Infilled|/$prefix/" rows; } >prefixed.csv
    exits 0 climate prefixed.csv --members 5 --output prefixed.out
    cmp infilled.out prefixed.out || fail "$prefix has another climate"
    exits 0 scenario assess plain.csv --library prefixed.csv --output library
    [ ! -e first.csv ] || cmp first.csv library/emissions.csv || fail "$prefix is another library"
    cp library/emissions.csv first.csv
done
exits 0 climate "$cases/19-climate-assessment-prefix-cmip7.csv" --members 5
says "Halon1202' (a gas that is not taken, rows: 1)"
exits 0 scenario assess plain.csv --method recent --library "$cases/19-climate-assessment-prefix-cmip7.csv" --output marker
exits 1 scenario assess plain.csv --library "$cases/19-climate-assessment-prefix-cmip7.csv" --output none
says "has the years 2023 to 2100; the method .* needs 2015 to 2100"
sed 's/AR6 climate diagnostics|Emissions|/SR15 climate diagnostics|Emissions|/; s/PFC|//' "$2/data/pathways/history_ar6.csv" >history.csv
exits 0 scenario assess plain.csv --history history.csv --output history
cmp plain.csv.out/emissions.csv history/emissions.csv || fail "a history by other names is another"

# a database and a history of theirs hold HFC245fa under both of its names; the nearer one counts
printf 'M,S,World,Emissions|HFC|HFC245ca,kt HFC245ca/yr,30,30,30,30,30,30,30,30,30,30,30\n' | cat plain.csv - >stand_in.csv
exits 0 scenario check stand_in.csv --method recent --output checked.csv
grep -q 'Emissions|HFC|HFC245fa,kt HFC245fa/yr,30' checked.csv || fail "HFC245ca does not stand for HFC245fa"
printf 'M,S,World,Emissions|HFC|HFC245fa,kt HFC245fa/yr,40,40,40,40,40,40,40,40,40,40,40\n' | cat stand_in.csv - >both.csv
exits 0 scenario check both.csv --method recent --output checked.csv
grep -q 'Emissions|HFC|HFC245fa,kt HFC245fa/yr,40' checked.csv || fail "the nearer name does not count"
says "both.csv:11: check: 'Emissions|HFC|HFC245ca' of .* is left out: 'Emissions|HFC|HFC245fa' on line 12 gives it already"

# emissions beyond any are refused in each unit, wherever they are read
awk -F, -v OFS=, '/\|CH4,/ { $8 = 1e300 } 1' plain.csv >big.csv
line=$(grep -n '|CH4,' big.csv | cut -d: -f1)
exits 0 scenario check big.csv --output big.out
says "big.csv:$line: check: 'Emissions|CH4' of model 'M', scenario 'S' is left out: 1e+300 in 2020 is refused; allowed: -1000000000 to 1000000000 Mt CH4/yr"
exits 1 climate big.csv --fill library --members 3
says "big.csv:$line: Emissions|CH4 of model 'M', scenario 'S': 1e+300 in 2020 is refused"
awk -F, -v OFS=, '/Emissions\|CO2\|Energy/ { $5 = "Gt C/yr"; $8 = -1000001 } 1' plain.csv >big.csv
exits 1 climate big.csv --fill library --members 3
says "-1000001 in 2020 is refused; allowed: -1000000 to 1000000 Gt C/yr"
awk -F, -v OFS=, '/Energy and Industrial/ { $6 = 1.1e9 } 1' "$2/data/pathways/history_ar6.csv" >history.csv
exits 1 scenario assess plain.csv --history history.csv --output history
says "history.csv:.* is refused; allowed: -1000000000 to 1000000000 Mt CO2/yr"

# every row of emissions that nobody takes is listed with what it is
{
    cat plain.csv
    for variable in 'Kyoto Gases' 'CO2|Energy|Supply' 'CH4|AFOLU' 'Unobtainium' 'HFC|Other'; do
        for scenario in S T; do
            printf 'M,%s,World,Emissions|%s,Mt/yr,1,1,1,1,1,1,1,1,1,1,1\n' $scenario "$variable"
        done
        printf 'M,S,Asia,Emissions|%s,Mt/yr,1,1,1,1,1,1,1,1,1,1,1\n' "$variable"
    done
    printf 'M,S,World,Population,million,1,1,1,1,1,1,1,1,1,1,1\n'
} >more.csv
exits 1 scenario assess more.csv --output more
[ "$(grep -c 'left out, unknown or not taken' said)" -eq 1 ] || fail "not one line tells of what is left out"
says "'Emissions|Kyoto Gases' (a known total, rows: 2); 'Emissions|CO2|Energy|Supply' (a sector detail, rows: 2)"
python3 - <<'P'
import json
notes = {n["variable"]: n["reason"] for n in json.load(open("more/report.json"))["left_out"] if not n["scenario"]}
assert notes.pop("") == "rows of other regions than World: 5, of 'Asia'", notes
assert notes == {"Emissions|Kyoto Gases": "a known total, rows: 2", "Emissions|CO2|Energy|Supply": "a sector detail, rows: 2",
                 "Emissions|CH4|AFOLU": "a sector detail, rows: 2", "Emissions|Unobtainium": "unknown, rows: 2",
                 "Emissions|HFC|Other": "a sector detail, rows: 2"}, notes
P

# main gases that nothing of could be taken are told in one line, and by scenario in the report; others, and what follows
# from a total of CO2, are not
grep -v 'CH4\|Sulfur' plain.csv | sed '1d; s/^M,S/M,"fast, late"/; s;N2O/yr;N2O/y r;' | cat plain.csv - >few.csv
exits 0 scenario assess few.csv --output few
says "few.csv: infill: infilled .*: 'Emissions|CH4' of model 'M', scenario 'fast, late'; 'Emissions|N2O' of model 'M', scenario 'fast, late'$"
[ "$(grep -c . said)" -eq 2 ] || fail "$(cat said)"
sed 's/Emissions|CO2|Energy and Industrial Processes/Emissions|CO2/' plain.csv >total.csv
exits 0 scenario assess total.csv --output total
silent
grep -v AFOLU total.csv >alone.csv
exits 0 scenario assess alone.csv --output alone
says "'Emissions|CO2|Energy and Industrial Processes' of model 'M', scenario 'S'; 'Emissions|CO2|AFOLU' of"
python3 - <<'P'
import json
notes = lambda folder: [(n["stage"], n["scenario"], n["variable"]) for n in json.load(open(f"{folder}/report.json"))["infilled"]]
assert notes("few") == [("infill", "fast, late", "Emissions|CH4"), ("infill", "fast, late", "Emissions|N2O")], notes("few")
assert notes("total") == [] and len(notes("alone")) == 2, notes("alone")
P
exits 0 climate more.csv --fill library --members 5 --output more.nc.csv
says "more.csv:[0-9]*: read: model 'M', scenario 'T' is left out: no row of it is of the region World and a variable that the model knows"
says "read: left out: rows of other regions than World: 5, of 'Asia'"
python3 - <<'P'
import json
assert [s["scenario"] for s in json.load(open("more.nc.csv.manifest.json"))["skipped"]] == ["T"]
kinds = {n["variable"]: (n["reason"], n["rows"]) for n in json.load(open("more.nc.csv.manifest.json"))["left_out"]}
assert kinds["Emissions|CO2|Energy|Supply"] == ("a sector detail", 2) and kinds["Population"] == ("no emissions", 1), kinds
P

# rows that check does not take, with what they are; made up from the plain scenario
row=',1,1,1,1,1,1,1,1,1,1,1'
{
    cat plain.csv
    printf 'M,S,World,Emissions|%s,kt/yr%s\n' CFC11 "$row" emissions_of_nothing "$row"
    printf 'M,S,World,%s,Mt/yr%s\n' 'AR6 climate diagnostics|Harmonized|Emissions|CO' "$row" \
        'Climate Assessment|Infilled|Emissions|NH3' "$row" 'AR6 climate diagnostics|Emissions|NH3|Unharmonized' "$row" \
        'My Own|Emissions|OC' "$row" 'Carbon Removal|Land Use|Biochar' "$row" 'Net Emissions|CO2' "$row"
    printf 'M,S,Global,Emissions|OC,Mt/yr%s\n' "$row"
} >beside.csv
exits 0 scenario check beside.csv --report beside.json --output beside.out
exits 0 scenario check plain.csv --output plain.out
cmp plain.out beside.out || fail "rows that are left out change what is checked"
python3 - <<'P'
import json
notes = {n["variable"]: n["reason"] for n in json.load(open("beside.json"))["left_out"]}
assert notes == {"Emissions|CFC11": "a gas that the method takes from its library, rows: 1",
                 "Emissions|emissions_of_nothing": "unknown, rows: 1",
                 "AR6 climate diagnostics|Harmonized|Emissions|CO": "harmonised, not as reported, rows: 1",
                 "Climate Assessment|Infilled|Emissions|NH3": "infilled, not as reported, rows: 1",
                 "AR6 climate diagnostics|Emissions|NH3|Unharmonized": "beside results, not as reported, rows: 1",
                 "My Own|Emissions|OC": "unknown, rows: 1", "Net Emissions|CO2": "unknown, rows: 1",
                 "Carbon Removal|Land Use|Biochar": "a gross amount, which net emissions contain, rows: 1",
                 "": "rows of other regions than World: 1, of 'Global'"}, notes
P
# infilled rows beside harmonised ones, where harmonised ones are looked for
exits 0 scenario harmonise plain.csv --output harmonised.csv
{ cat harmonised.csv; grep 'Emissions|CH4' harmonised.csv | sed 's/Harmonized/Infilled/'; } >later.csv
exits 0 scenario infill later.csv --output later.out
says "'AR6 climate diagnostics|Infilled|Emissions|CH4' of .*it is of a stage that infill does not take; rows like that: 1"
# a total without fossil CO2, and what belongs to that
sed 's/CO2|Energy and Industrial Processes/CO2/' "$cases/01-other-capture-and-removal.csv" | awk -F, '!seen[$4]++' >total.csv
exits 0 scenario check total.csv --method ar6-2015-cdr --output total.out
says "'Emissions|CO2|Other Capture and Removal' of .* is left out: there is no fossil CO2 for it to be added to"
# a file of nothing that is known says what it has
sed 's/,World,/,Global,/' plain.csv >global.csv
exits 1 scenario check global.csv --output none.csv
says "that the method knows; its first row is of the region 'Global'"
sed 's/Emissions|/Emi|/' plain.csv >emi.csv
exits 1 scenario check emi.csv --output none.csv
says "its first row is of the variable 'Emi|CO2|Energy and Industrial Processes'; .* 'Emi|CH4'"

# what cannot be: the base year, the total
exits 0 scenario assess "$cases/11-wrong-by-thousand.csv" --output eleven
says "warning: model 'M', scenario 'S': in the base year 2015, Emissions|CO2|Energy and Industrial Processes is 36 Mt CO2/yr where the history has 35635.3 (1/1000 of it)"
grep -q '"warnings": \[' eleven/report.json || fail "the report has no warnings"
grep -q '1/1000 of it' eleven/report.json || fail "the report does not carry the warning"
grep -q '1/1000 of it' eleven/meta.csv || fail "the metadata do not carry the warning"
exits 1 scenario assess "$cases/11-wrong-by-thousand.csv" --output strict --strict
says "model 'M', scenario 'S' is left out: in the base year 2015"
# a factor on a row, and what is said of it
while IFS=';' read -r factor row text; do
    awk -F, -v OFS=, -v factor="$factor" -v row="Emissions|$row" '
        $4 == row { for (i = 6; i <= NF; i++) $i *= factor } { print }' plain.csv >wrong.csv
    exits 0 scenario check wrong.csv --output checked.csv
    exits 0 scenario harmonise checked.csv --output harmonised.csv
    if [ -z "$text" ]; then silent; else says "Emissions|$row is .* ($text"; fi
done <<'T'
0.2727272727;CO2|Energy and Industrial Processes;12/44 of it, as of carbon)
3.6666666667;CO2|Energy and Industrial Processes;44/12 times as much, as of CO2 for carbon)
1.15;CO2|Energy and Industrial Processes;
1.25;CO2|Energy and Industrial Processes;1.26 times as much)
2;CO2|AFOLU;
-0.3;CO2|AFOLU;
-2;CO2|AFOLU;of the other sign)
0.2727272727;CO2|AFOLU;12/44 of it, as of carbon)
0.29;CO2|AFOLU;
1000;CO2|AFOLU;1000 times as much)
0.001;CO2|AFOLU;1/1000 of it)
1.4;CH4;
1.7;CH4;1.7[0-9]* times as much)
0.001;N2O;1/1000 of it)
0.6363636364;N2O;28/44 of it, as of nitrogen)
1000;HFC|HFC125;1000 times as much)
0.001;PFC|CF4;1/1000 of it)
3;PFC|CF4;
0.4;BC;0.399 times as much)
T
# sectors of fossil CO2: nothing before they begin and a line in gaps, in any unit, as climate has them; a row beside plain.csv (made
# up), what is said of it (else fossil CO2 by the years of the table), and what the method says that does not add it
while IFS=';' read -r row text published; do
    { cat plain.csv; echo "M,S,World,Emissions|CO2|$row"; } >part.csv
    case $text in
    [0-9]*)
        exits 0 scenario check part.csv --output checked.csv
        silent
        grep -q "Industrial Processes,Mt CO2/yr,$text$" checked.csv || fail "$row is not added: $(grep Industrial checked.csv)"
        awk -F, -v OFS=, '/Energy and/ { print "M,S,World," $4 "," $5 ",'"$text"'"; next } !/CO2.(Other|Waste|Product)/' part.csv >sum.csv
        for file in part sum; do
            exits 0 climate $file.csv --fill library --members 3 --output $file.out
        done
        cmp part.out sum.out || fail "climate has another sum of $row"
        ;;
    *)
        exits 1 scenario assess part.csv --output part
        says "S' is left out: 'Emissions|CO2|$text"
        [ ! -e part/meta.csv ] || ! grep -q '^M,S' part/meta.csv || fail "a scenario without its $row"
        exits 1 climate part.csv --fill library --members 3
        ;;
    esac
    exits 0 scenario check part.csv --method ar6-2015 --output checked.csv
    says "warning: .*$published"
done <<'T'
Other Capture and Removal,Mt CO2/yr,,,-1000,-1000,-1000,-1000,-1000,-1000,-1000,-1000,-900;33500,36000,36500,29000,19000,9000,2000,-1000,-3000,-4500,-5400;leaves 'Emissions|CO2|Other Capture and Removal' out of fossil CO2: -1000 Mt CO2/yr in 2020
Other Capture and Removal,Gt CO2/yr,,,,,-1,,-1,-2,-3,-4,-5;33500,36000,37500,30000,19000,9000,2000,-2000,-5000,-7500,-9500;leaves 'Emissions|CO2|Other Capture and Removal' out of fossil CO2: -5000 Mt CO2/yr in 2100
Product Use,Mt CO2/yr,100,100,100,100,90,,,,,,120;33600,36100,37600,30100,20090,10095,3100,105,-1890,-3385,-4380;leaves 'Emissions|CO2|Product Use' out of fossil CO2: 120 Mt CO2/yr in 2100
Product Use,Mt CO2/yr,100,100,100,100,90,,,,,,;Product Use' belongs to fossil CO2 and ends before it: 90 Mt CO2/yr in 2040;leaves 'Emissions|CO2|Product Use' out of fossil CO2: 100 Mt CO2/yr in 2010
Product Use,Mt CO2/yr,100,100,100,100,90,90,90,90,90,90,;Product Use' belongs to fossil CO2 and ends before it: 90 Mt CO2/yr in 2090;leaves 'Emissions|CO2|Product Use' out of fossil CO2: 100 Mt CO2/yr in 2010
T
for unit in 'Mt CH4/yr' bushel; do
    { cat plain.csv; echo "M,S,World,Emissions|CO2|Waste,$unit,1,1,1,1,1,1,1,1,1,1,2"; } >part.csv
    exits 1 scenario check part.csv --method ar6-2015 --output checked.csv
    says "S' is left out: 'Emissions|CO2|Waste' belongs to fossil CO2 and cannot be added to it: 2 $unit in 2100"
    sed -i '$s/1,1.*/0,0,0,0,0,0,0,,,,/' part.csv
    exits 0 scenario check part.csv --output checked.csv
    cmp checked.csv plain.out || fail "zeros of $unit change fossil CO2"
done
# a detail of a sector, beside the sector and without it
{ cat "$cases/01-other-capture-and-removal.csv"; echo 'M,S,World,Emissions|CO2|Other Capture and Removal|Direct Air,Mt CO2/yr,0,0,0,0,0,0,0,0,0,0,-4000'; } >detail.csv
exits 0 scenario check detail.csv --report report.json --output checked.csv
says "'Emissions|CO2|Other Capture and Removal|Direct Air' (a sector detail, rows: 1)"
grep -q 'Industrial Processes,.*,-8500$' checked.csv || fail "a detail changes its sector"
exits 0 climate detail.csv --fill library --members 3 --output part.out
says "'Emissions|CO2|Other Capture and Removal|Direct Air' (a sector detail, rows: 1)"
exits 0 climate "$cases/01-other-capture-and-removal.csv" --fill library --members 3 --output sum.out
cmp part.out sum.out || fail "a detail changes the climate"
sed -i '/Removal,Mt/d' detail.csv
exits 1 climate detail.csv --fill library --members 3
says "'Emissions|CO2|Other Capture and Removal|Direct Air' is reported without what it is a detail of, which belongs to fossil CO2"
exits 1 scenario check detail.csv --output checked.csv
says "S' is left out: 'Emissions|CO2|Other Capture and Removal', which belongs to fossil CO2, is not reported, but 'Emissions|CO2|Other Capture and Removal|Direct Air' is: -4000 Mt CO2/yr in 2100"
sed -i '$s/-4000/0/' detail.csv
exits 0 climate detail.csv --fill library --members 3 --output part.out
exits 0 scenario check detail.csv --output checked.csv
exits 0 scenario check detail.csv --method ar6-2015 --output checked.csv
# fossil CO2 under a name that stands for all of it
sed 's/Energy and Industrial Processes/MAGICC Fossil and Industrial/' "$cases/01-other-capture-and-removal.csv" >magicc.csv
exits 0 scenario check magicc.csv --output checked.csv
says "Capture and Removal' of .* is left out: fossil CO2 is whole as 'Emissions|CO2|MAGICC Fossil and Industrial' on line 2"
grep -q 'Industrial Processes,.*,-4500$' checked.csv || fail "fossil CO2 that is whole has a sector twice"
grep -v 'CO2|Other Capture' "$cases/01-other-capture-and-removal.csv" | awk -F, -v OFS=, '$4 == "Emissions|CO2" { $11 = "" } { print }' >gap.csv
exits 0 scenario check gap.csv --output checked.csv
says "'Emissions|CO2' of 2100 is -10900 Mt CO2/yr, but its parts add up to -6900"
says "'Emissions|CO2' .* is left out: not all required years"
{
    cat plain.csv
    echo 'M,S,World,Emissions|CO2|Energy,Mt CO2/yr,,30000,30000,30000,30000,30000,30000,30000,30000,30000,30000'
    echo 'M,S,World,Emissions|CO2|Industrial Processes,Mt CO2/yr,3000,3000,3000,3000,3000,3000,3000,3000,3000,3000,3000'
    echo 'M,S,World,Emissions|Unheard,Mt/yr,1,1,1,1,1,1,1,1,1,1,1'
} >sum.csv
exits 0 scenario check sum.csv --report report.json --output checked.csv
says "Industrial Processes' of 2100 is -4500 Mt CO2/yr, but its parts add up to 33000: 'Emissions|CO2|Energy' 30000, 'Emissions|CO2|Industrial Processes' 3000"
grep -A3 '"variable": "Emissions|Unheard"' report.json | grep -q "\"line\": $(grep -c . sum.csv)," || fail "what nobody takes has no line"
# rows of zeros, which the method drops
for row in 'CH4' 'CO2|Energy and Industrial Processes'; do
    awk -F, -v OFS=, -v row="Emissions|$row" '$4 == row { for (i = 6; i <= NF; i++) $i = 0 } { print }' plain.csv >zero.csv
    exits 0 scenario harmonise zero.csv --output harmonised.csv
    says "left out: zero in the base year 2015"
    says "warning: .* in the base year 2015, Emissions|$row is 0 .* (zero)"
    exits 1 scenario harmonise zero.csv --strict --output harmonised.csv
done
exits 0 scenario check "$cases/01-other-capture-and-removal.csv" --output checked.csv
silent
exits 0 scenario check "$cases/01-other-capture-and-removal.csv" --method ar6-2015 --output checked.csv
says "the method 'ar6-2015' leaves 'Emissions|CO2|Other Capture and Removal' out of fossil CO2: -4000 Mt CO2/yr in 2100"
says "'Emissions|CO2' of 2100 is -10900 Mt CO2/yr, but its parts add up to -6900: .* -4500, 'Emissions|CO2|AFOLU' -2400"
exits 1 scenario check "$cases/01-other-capture-and-removal.csv" --method ar6-2015 --strict --output checked.csv
[ "$(grep -c 'no scenario of it is left' said)" -eq 1 ] || fail "--strict does not refuse"

# climate adds to fossil CO2 as reported what stands beside it, in any unit, from where it begins; not to fossil CO2 that is whole
whole=$cases/01-other-capture-and-removal.csv
sed 's/.*CO2|Other Capture and Removal,Mt CO2.*/M,S,World,Emissions|CO2|Other Capture and Removal,Gt C\/yr,,,-12,-12,-12,-12,-12,-12,-12,-12,-12/' "$whole" >late_part.csv
awk -F, -v OFS=, '/Energy and Ind/ { for (i = 8; i <= NF; i++) $i -= 44000 } !/Other Capture/' late_part.csv >late_sum.csv
awk -F, -v OFS=, 'NR == FNR { if (/Other Capture/) for (i = 6; i <= NF; i++) part[i] = $i; next }
    /Energy and Ind/ { for (i = 6; i <= NF; i++) $i += part[i] } !/Other Capture/' "$whole" "$whole" >sum.csv
sed 's/Energy and Industrial Processes/MAGICC Fossil and Industrial/' "$whole" >magicc.csv
sed '/Other Capture/d' magicc.csv >alone.csv
for pair in "$whole sum.csv" "late_part.csv late_sum.csv" "magicc.csv alone.csv"; do
    exits 0 climate "${pair% *}" --fill library --members 3 --output part.out
    says "'Emissions|CO2' (a known total, rows: 1)"
    exits 0 climate "${pair#* }" --fill library --members 3 --output sum.out
    cmp part.out sum.out || fail "$pair have not the same climate"
done
sed '/Other Capture/s/,-3000,-3500,-4000/,-3000,,/' "$whole" >short.csv
exits 1 climate short.csv --fill library --members 3
says "short.csv:11: CO2 FFI of S has no value for 2081: 'Emissions|CO2|Other Capture and Removal', which belongs to it, ends before the run does"
sed '/Other Capture/s/Mt CO2.*/Mt CO2\/yr,-5,,,,,,,,,,/; /Energy and/s/33500,/,/' "$whole" >apart.csv
exits 1 climate apart.csv --fill library --members 3
says "apart.csv:11: CO2 FFI of S has no value for 1750: 'Emissions|CO2|Other Capture and Removal', which belongs to it, ends before the run does"
sed 's/Energy and Industrial Processes/Energy/' "$whole" >energy.csv
exits 1 climate energy.csv --fill library --members 3
says "is skipped: fossil CO2 is missing ('Emissions|CO2|Energy and Industrial Processes'), by which the nearest scenario of the library is found; "

# messages
exits 1 scenario assess "$cases/10-already-harmonised.csv" --output ten
says "it is harmonised already; go on with 'stocktake scenario infill'"
exits 0 scenario infill "$cases/10-already-harmonised.csv" --output ten.csv
cat header rows >stage.csv
exits 1 scenario check stage.csv --output none.csv
says "it is infilled already; go on with 'stocktake climate'"
exits 1 scenario infill stage.csv --output none.csv
says "it is infilled already; go on with 'stocktake climate'"
exits 1 climate "$cases/14-two-models-one-name.csv" --members 5 --output fourteen.csv
says "scenario 'S' of model 'A' is skipped: emissions are missing for .*; --fill library takes them"
says "scenario 'S' of model 'B' is skipped"
exits 1 scenario check "$cases/15-required-years-not-named.csv" --output none.csv
says "not all required years are there: 2020, 2030, 2040, 2050, 2060, 2070, 2080, 2090 missing"
sed 's/,2015,/,2016,/; s/,2010,/,2011,/' plain.csv >late.csv
exits 1 scenario check late.csv --output none.csv
says "not all required years are there: none of 2010, 2015$"
exits 1 scenario assess "$cases/17-exit-status.csv" --output seventeen
grep -q '^C3 ' printed || fail "the other scenario is not assessed"
# one cause for what no member survives: a factor, or a forcing, and the gas
members=$(cut -d, -f1 "$2"/data/climate/*members.csv | sed -n '2,6p' | paste -sd,)
beyond() { # VARIABLE FACTOR TEXT
    awk -F, -v OFS=, -v factor="$2" -v row="Emissions|$1" '
        $4 == row { for (i = 30; i <= NF; i++) $i *= factor } { print }' infilled.csv >beyond.csv
    exits 1 climate beyond.csv --members "$members" --output none.csv
    says "scenario 'S' of model 'M' is skipped: all 5 members left the valid range of the model: in 20[0-9]* $3"
}
beyond NOx 1e5 'emissions of NOx of .* Mt NO2/yr make the factor on the lifetime of CH4 -'
beyond BC 1e6 "the forcing 'Effective Radiative Forcing|.*' is .* with emissions of BC of .* Mt BC/yr"
beyond CFC11 1e9 "the forcing 'Effective Radiative Forcing|Montreal Protocol Halogen Gases' is .* with emissions of CFC-11 of .* kt CFC11/yr"
beyond N2O 1e5 'with emissions of N2O of .* Mt N2O/yr, out of proportion to the years before'
beyond CH4 -1e4 "the forcing 'Effective Radiative Forcing|CH4' is no number with emissions of CH4 of -.* Mt CH4/yr"
