#!/bin/sh
# `stocktake climate --calibration` with folders as they are published; forcings from outside.
# Usage: test_published.sh PROGRAM DATA CALIBRATION REFERENCE
#   CALIBRATION: the shipped one's folder; REFERENCE: whole published files, where they are there
set -eu
program=$(realpath "$1")
data=$(realpath "$2")
shipped=$(realpath "$3")
reference=$4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

fail() {
    echo "FAILED: $*" >&2
    cat messages >&2 2>/dev/null || true
    exit 1
}

# run STATUS ARGUMENTS...: the command with an exit status; the output in `out`, messages in `messages`.
run() {
    expected=$1
    shift
    status=0
    "$program" climate "$@" >out 2>messages || status=$?
    test "$status" = "$expected" || fail "exit status $status of $*"
}

tells() {
    grep -qF "$1" messages || fail "no message '$1'"
}

ssp245=$data/ssp245_emissions.csv
cp -r "$data/calibrations/1.4.0" "$data/calibrations/1.6.1" .
chmod -R u+w .

# Names as they are published; forcing that is not there is that of the edition, and this is said.
run 0 "$ssp245" --calibration 1.4.0 --output borrowed.csv
tells "1.4.0 has no solar and volcanic forcing (volcanic_solar*.csv): it is that of the edition"
grep -q '"file": "climate/volcanic_solar_timebounds.csv"' borrowed.csv.manifest.json || fail "manifest"
cp "$data/calibrations/volcanic_solar_1.4.1.csv" 1.4.0/
run 0 "$ssp245" --calibration 1.4.0
test ! -s messages || fail "messages"
cmp out borrowed.csv || fail "the published forcing is not the edition's"
rm 1.4.0/volcanic_solar_1.4.1.csv
run 0 "$ssp245" --calibration 1.4.0 --forcing "$data/calibrations/volcanic_solar_1.4.1.csv" --output forced.csv
cmp forced.csv borrowed.csv || fail "--forcing"
grep -q '"role": "forcing"' forced.csv.manifest.json || fail "manifest with --forcing"

# Half of it: the rest is the edition's.
sed '/,Solar,/d' "$data/calibrations/volcanic_solar_1.4.1.csv" >1.4.0/volcanic_solar_half.csv
run 0 "$ssp245" --calibration 1.4.0 --variables erf-solar
tells "1.4.0 has no solar forcing (volcanic_solar*.csv)"
mv out half.csv
rm 1.4.0/volcanic_solar_half.csv
run 0 "$ssp245" --calibration 1.4.0 --variables erf-solar
cmp out half.csv || fail "solar forcing of the edition beside half a file"
sed 's/-0.116728684/-9/g; /,Solar,/d' "$data/calibrations/volcanic_solar_1.4.1.csv" >loud.csv
run 0 "$ssp245" --calibration 1.4.0 --forcing loud.csv --output loud.out.csv
cmp -s loud.out.csv borrowed.csv && fail "a volcano that does nothing"

# Solar and volcanic forcing that do not reach the years of the run: refused, going on, or zero. Made up.
natural() { # FIRST LAST AFTER BEFORE: constant in these years, times AFTER and BEFORE in the others up to 2101
    echo year,volcanic_Wm2,solar_Wm2
    awk -v first="$1" -v last="$2" -v after="$3" -v before="$4" 'BEGIN { for (y = 1750; y <= 2101; y++) {
        s = y < first ? before : y > last ? after : 1; if (s != "") print y "," s * 0.2 "," s * -0.1 } }'
}
wide() { # the same as an IAMC table, of a scenario
    awk -F, -v scenario="$1" 'NR > 1 { y = y "," $1; v = v "," $2; s = s "," $3 }
        END { print "Scenario,Region,Variable,Unit" y; print scenario ",World,Volcanic,W/m2" v; print scenario ",World,Solar,W/m2" s }'
}
natural 1750 2023 "" 1 >ends.csv
wide ssp245 <ends.csv >wide.csv
{ cat wide.csv; sed '1d; s/ssp245,/other,/; s/0.2/0.3/; s/-0.1/-0.2/' wide.csv; } >differ.csv
natural 1800 2023 "" "" >inner.csv
natural 1750 2023 1 1 >hold.csv
natural 1750 2023 0 1 >zero.csv
natural 1800 2023 0 0 >inner_zero.csv
mkdir own_natural
cp "$shipped"/*members.csv "$shipped"/*species.csv own_natural/
expect_forcing() { # EXPECTED ARGUMENTS...
    run 0 "$ssp245" --members 3 --variables temperature,erf-solar,erf-volcanic --forcing "$1"
    mv out expected
    shift
    run 0 "$ssp245" --members 3 --variables temperature,erf-solar,erf-volcanic "$@"
    cmp out expected || fail "$*"
}
for table in ends.csv wide.csv differ.csv; do
    cp $table own_natural/volcanic_solar.csv
    for rule in hold zero; do
        expect_forcing $rule.csv --forcing $table --missing-forcing $rule
        expect_forcing $rule.csv --calibration own_natural --missing-forcing $rule
    done
done
expect_forcing inner_zero.csv --forcing inner.csv --missing-forcing zero
run 1 "$ssp245" --forcing ends.csv
tells "ends.csv: solar and volcanic forcing are given for the years 1750 to 2022, and the run is from 1750 to 2100; choose other years, or --missing-forcing hold or zero"
test ! -s out || fail "a result without forcing"
run 1 "$ssp245" --forcing inner.csv --missing-forcing hold
tells "choose other years, or --missing-forcing zero"
run 1 "$ssp245" --forcing differ.csv
tells "differ.csv:3: the forcing of Solar has no value for 2024-01-01; it is given for 1750 to 2023; or choose --missing-forcing hold or zero"

# What a table has besides is told, one row or more.
{ cat wide.csv; sed -n '2s/Volcanic/Odd/p' wide.csv; } >odd.csv
run 0 "$ssp245" --members 3 --forcing odd.csv --missing-forcing hold
tells "odd.csv: 1 row is not used, since the calibration does not take it from outside: Odd"
sed -n '2s/Volcanic/Even/p' wide.csv >>odd.csv
run 0 "$ssp245" --members 3 --forcing odd.csv --missing-forcing hold
tells "odd.csv: 2 rows are not used, since the calibration does not take them from outside: Odd; Even"

# Members and species of different versions are told.
mkdir mixed
cp 1.4.0/species*.csv mixed/
cp 1.4.0/calibrated_constrained_parameters_1.4.0.csv mixed/calibrated_constrained_parameters_1.6.1_x.csv
run 0 "$ssp245" --calibration mixed
tells "calibrated_constrained_parameters_1.6.1_x.csv and species_configs_properties_1.4.0.csv are of different versions: 1.6.1 and 1.4.0"

# Our members and species under our names, and the published forcing: the same bytes as embedded.
mkdir ours
cp "$shipped"/*members.csv "$shipped"/*species.csv "$data/calibrations/volcanic_solar_1.4.1.csv" ours/
run 0 "$ssp245" --members 20 --variables all
mv out embedded.csv
run 0 "$ssp245" --members 20 --variables all --calibration ours
cmp out embedded.csv || fail "our files with the published forcing"

# One of each kind.
cp 1.4.0/species_configs_properties_1.4.0.csv 1.4.0/species_configs_properties_other.csv
run 1 "$ssp245" --calibration 1.4.0
tells "1.4.0 has 2 files of species, one is allowed: species_configs_properties_1.4.0.csv, species_configs_properties_other.csv"
rm 1.4.0/species_configs_properties_*.csv
run 1 "$ssp245" --calibration 1.4.0
tells "1.4.0 has no file of species, called species_configs_properties*.csv or *species.csv; there is: calibrated_constrained_parameters_1.4.0.csv"
test ! -s out || fail "a result without a table of species"

# What 1.6.1 takes from outside: refused, zero because that is asked for, or given.
run 1 "$ssp245" --calibration 1.6.1
tells "it is not given: Albedo Change, Contrails and Contrail-induced Cirrus"
tells "'forcing_scale[Irrigation]' is not used"
run 0 "$ssp245" --calibration 1.6.1 --missing-forcing zero --output zero.csv
grep -q '"missing-forcing": "zero"' zero.csv.manifest.json || fail "manifest of zero"
years='1750,1950,2000,2101'
{
    echo "Scenario,Region,Variable,Unit,$years"
    echo "ssp245,World,Effective Radiative Forcing|Anthropogenic|Albedo Change,W/m2,0,0,0,0"
    echo "ssp245,World,Contrails and Contrail-induced Cirrus,W/m2,0,0,0,0"
} >nothing.csv
run 0 "$ssp245" --calibration 1.6.1 --forcing nothing.csv
cmp out zero.csv || fail "zero from a file"
sed 's/W\/m2,0,0,0,0/W\/m2,0,-0.1,-0.2,-0.2/' nothing.csv >land.csv
run 0 "$ssp245" --calibration 1.6.1 --forcing land.csv --variables temperature,erf-land-use --output given.csv
cmp -s given.csv zero.csv && fail "a forcing that does nothing"
run 1 "$ssp245" --calibration 1.6.1 --forcing land.csv --end 2150
tells "the forcing of Albedo Change has no value for 2103-01-01"
sed 's/^ssp245/ssp585/' land.csv | sed 1d | cat land.csv - | sed '4s/-0.2/-0.3/' >several.csv
sed 's/^ssp245/ssp126/' "$ssp245" >other.csv
run 1 other.csv --calibration 1.6.1 --forcing several.csv
tells "differs between scenarios (ssp245, ssp585), and none of them is 'ssp126'"

# With the table of species for the history of CMIP7, land use has its name and irrigation is unspecified.
cp -r 1.6.1 history
sed -i 's/^Albedo Change,/Land use,/; s/^Contrails and Contrail-induced Cirrus,contrails,/Irrigation,unspecified,/' history/species*.csv
run 1 "$ssp245" --calibration history
tells "it is not given: Land use, Irrigation"
grep -q "is not used" messages && fail "a column of irrigation that is not used"
printf 'Scenario,Region,Variable,Unit,1750,2101\nx,World,Land use,W/m2,-0.2,-0.2\nx,World,Irrigation,W/m2,-0.05,-0.05\n' >constant.csv
run 0 "$ssp245" --calibration history --forcing constant.csv --members 1939 --output with.csv
run 0 "$ssp245" --calibration history --missing-forcing zero --members 1939
cmp -s out with.csv && fail "irrigation that does nothing"

# The same as rows of the scenario.
awk -F, -v OFS=, 'NR == 1 { columns = NF; for (i = 5; i <= NF; i++) year[i] = int($i); print }
    NR > 1 { print }
    END {
        albedo = "ssp245,World,Effective Radiative Forcing|Land Use,W/m2"
        trails = "ssp245,World,Effective Radiative Forcing|Anthropogenic|Contrails,W/m2"
        for (i = 5; i <= columns; i++) { albedo = albedo OFS "-0.1"; trails = trails OFS "0.05" }
        print albedo; print trails
    }' "$ssp245" >rows.csv
run 0 rows.csv --calibration 1.6.1 --variables erf-land-use --output rows.out.csv
printf 'Scenario,Region,Variable,Unit,1750,2101\nx,World,Land use,W/m2,-0.1,-0.1\nx,World,Contrails,W/m2,0.05,0.05\n' >constant.csv
run 0 "$ssp245" --calibration 1.6.1 --variables erf-land-use --forcing constant.csv
cmp out rows.out.csv || fail "rows of the scenario"

# Tables as the tools of the field write them.
printf 'Scenario,Region,Variable,Unit,year,value\n' >long.csv
for year in 1750 2101; do
    printf 'x,World,Land use,W/m2,%s,-0.1\nx,World,Contrails,W/m2,%s,0.05\n' $year $year >>long.csv
done
printf 'Model;Scenario;Region;Variable;Unit;1750;1900;2101;\nm;x;World;Land use;W/m2;-0.1;N/A;-0.1;\nm;x;World;Contrails;W/m2;0.05;N/A;0.05;\n' >semicolons.mif
for table in long.csv semicolons.mif; do
    run 0 "$ssp245" --calibration 1.6.1 --variables erf-land-use --forcing $table
    cmp out rows.out.csv || fail "$table"
done

# A forcing in a scenario file is nothing to a calibration that computes it.
run 0 rows.csv --members 20
tells "left out"

# The whole calibrations, where they are there.
if [ ! -d "$reference" ]; then
    echo "skipped: the whole calibrations, no $reference"
    echo "all as expected"
    exit 0
fi
mkdir whole140 whole141 whole161
cp "$reference"/*1.4.0.csv whole140/
cp "$reference"/*calibration1.4.1.csv "$reference"/volcanic_solar_1.4.1_as_published.csv whole141/
cp "$reference"/*1.6.1*.csv whole161/
for scenario in ssp126 ssp245 ssp370; do
    run 0 "$data/${scenario}_emissions.csv" --variables all
    mv out embedded.csv
    run 0 "$data/${scenario}_emissions.csv" --variables all --calibration whole141
    cmp out embedded.csv || fail "1.4.1 as published, $scenario"
done

# Median warming of 1995-2014 above 1850-1900: observed 0.85 K, and what the calibrations leave to it (5-95 %: 0.66-0.97 K of 1.4.1).
for version in 140 161; do
    run 0 "$ssp245" --calibration whole$version --missing-forcing zero --variables temperature
    awk -F, -v version=$version 'NR == 1 { for (i = 6; i <= NF; i++) year[i] = $i }
        /Surface Temperature \(GSAT\)\|50.0th/ {
            for (i = 6; i <= NF; i++) if (year[i] >= 1995 && year[i] <= 2014) { sum += $i; count++ }
            mean = sum / count
            printf "%s: %.2f K\n", version, mean
            exit !(count == 20 && mean > 0.66 && mean < 0.97)
        }' out || fail "warming of $version"
done
echo "all as expected"
