#!/bin/sh
# How the command writes files: whole or not at all, one run at a time, nothing left behind, nobody else's file.
#   outputs.sh STOCKTAKE
set -u
stocktake=$1
tests=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
unset STOCKTAKE_EDITION
failed=0

fail() {
    echo "outputs: $1" >&2
    failed=1
}

# refused STATUS TEXT COMMAND...
refused() {
    wanted=$1
    text=$2
    shift 2
    "$@" >said 2>message
    status=$?
    [ "$status" -eq "$wanted" ] || fail "exit $status instead of $wanted: $*"
    grep -qF -e "$text" message || fail "'$text' is not said by: $*: $(cat message)"
    rm -f said message
}

# The names in a folder are these, hidden ones too.
holds() {
    folder=$1
    shift
    [ "$(ls -A "$folder" | LC_ALL=C sort | tr '\n' ' ')" = "$*${1:+ }" ] ||
        fail "$folder has $(ls -A "$folder" | tr '\n' ' ')instead of $*"
}

scenario=$tests/scenario/data/ex2_input.csv

# ---- one run at a time, and what ends a run leaves nothing ----
# A pipe as input holds the run where its output is open.
mkfifo pipe
mkdir one
for signal in TERM HUP; do
    "$stocktake" scenario check pipe --output one/out.csv --report one/report.json &
    run=$!
    exec 3>pipe # when the run reads
    refused 1 'one/out.csv: another run writes here' "$stocktake" scenario check "$scenario" --output one/out.csv
    kill -$signal $run
    wait $run
    [ $? -gt 128 ] || fail "$signal did not end the run"
    exec 3>&-
    holds one
done
mkdir two
"$stocktake" scenario assess pipe --output two &
run=$!
exec 3>pipe # when the run reads
refused 1 'two: another run writes here' "$stocktake" scenario assess "$scenario" --output two
refused 1 'two: another run writes here' "$stocktake" scenario assess "$scenario" --output two --part 1/2
refused 1 'two: another run writes here' "$stocktake" scenario merge two
kill -TERM $run
wait $run
exec 3>&-
holds two
# SIGKILL leaves what the next run removes
"$stocktake" scenario check pipe --output one/out.csv &
run=$!
exec 3>pipe # when the run reads
kill -KILL $run
wait $run
exec 3>&-
echo kept >one/.other.csv.0123456789abcdef.part
echo kept >one/.out.csv.txt
"$stocktake" gap --format csv --output one/out.csv || fail 'a run after one that was killed'
holds one .other.csv.0123456789abcdef.part .out.csv.txt out.csv
# a signal that is ignored stays so
(trap '' TERM; exec "$stocktake" scenario check pipe --output one/x.csv 2>message) &
run=$!
exec 3>pipe # when the run reads
kill -TERM $run
cat "$scenario" >&3
exec 3>&-
wait $run || { [ -s message ] || fail 'nohup does not hold'; }
[ ! -e one/.x.csv.lock ] || fail 'a lock is left'

# ---- nobody else's file, and rights that stay ----
mkdir three
echo victim >victim
ln -s ../victim three/out.csv.part
"$stocktake" gap --format csv --output three/out.csv || fail 'a link of that name'
[ "$(cat victim)" = victim ] || fail 'a link was followed'
[ -f three/out.csv ] && [ ! -L three/out.csv ] || fail 'the output is a link'
chmod 640 three/out.csv
"$stocktake" gap --format csv --output three/out.csv
[ "$(stat -c %a three/out.csv)" = 640 ] || fail 'the rights of a file are not kept'
(umask 077 && "$stocktake" gap --format csv --output three/own.csv)
[ "$(stat -c %a three/own.csv)" = 600 ] || fail 'the umask does not count'
rm three/out.csv.part
holds three out.csv own.csv
"$stocktake" gap --format csv --output /dev/stdout >three/shown.csv
cmp -s three/shown.csv three/out.csv || fail '/dev/stdout is not where the output goes'
[ -L /dev/stdout ] || fail '/dev/stdout was replaced'
long=$(printf '%0250d' 0)
"$stocktake" gap --output "three/$long" || fail 'a name of 250 bytes'

# ---- one file for two outputs, or an input ----
cp "$scenario" in.csv
ln -s in.csv link.csv
ln in.csv hard.csv
mkdir sub
for same in in.csv ./in.csv sub/../in.csv link.csv hard.csv; do
    refused 2 'read as an input' "$stocktake" scenario check in.csv --output "$same"
    refused 2 'read as an input' "$stocktake" climate in.csv --output "$same"
    refused 2 'read as an input' "$stocktake" climate other.csv --history in.csv --output "$same"
done
# every file that an option or operand names, and all of a folder that is read
cp "$tests/equity/data/world_A_areas.csv" areas.csv
cp "$tests/equity/data/world_A_pathway.csv" pathway.csv
head -n 5 "$tests/equity/data/allocations_own_A.csv" >cases.csv
cp -r "$tests/data/mini" edition
cp -r edition edition.before
for read in areas pathway cases warming; do
    echo warming_k,world_mt >warming.csv
    refused 2 'read as an input' "$stocktake" fairness --world areas.csv --world-pathway pathway.csv --cases cases.csv \
        --world-warming warming.csv --output $read.csv
done
refused 2 'read as an input' "$stocktake" climate other.csv --forcing in.csv --output in.csv
refused 2 'read as an input' "$stocktake" scenario harmonise other.csv --preindustrial in.csv --output in.csv
refused 2 'read as an input' "$stocktake" data check edition/pledges/net_zero.csv --output edition/pledges/net_zero.csv
for inside in edition/sources.csv edition/pledges/net_zero.csv edition/pledges/../sources.csv; do
    refused 2 'read as an input' "$stocktake" targets --edition edition --output "$inside"
    refused 2 'read as an input' env STOCKTAKE_EDITION=./edition "$stocktake" targets --output "$inside"
    refused 2 'read as an input' "$stocktake" climate other.csv --calibration edition --output "$inside"
    refused 2 'read as an input' "$stocktake" data check edition --output "$inside"
    refused 2 'in the folder that is read' "$stocktake" data convert edition "$inside"
done
refused 2 'lies in a folder that is read' "$stocktake" targets --edition edition --output edition/new.csv
diff -r edition edition.before >/dev/null || fail 'a folder that is read was written to'
cmp -s areas.csv "$tests/equity/data/world_A_areas.csv" || fail 'an invented world was written to'
refused 2 '--output and --member-output are the same file' "$stocktake" climate in.csv --output s --member-output s
refused 2 '--output and --member-output are the same file' "$stocktake" climate in.csv --output s --member-output ./s
refused 2 '--output and --member-output are the same file' "$stocktake" climate in.csv --member-output -
refused 2 '--output and --report are the same file' "$stocktake" scenario check in.csv --report s --output ./s
refused 2 '--output and --meta are the same file' "$stocktake" scenario postprocess in.csv --meta s --output sub/../s
refused 2 '--output and --cases are the same file' "$stocktake" warming --factorial --cases c.csv --output ./c.csv
refused 2 'is a file of the results' "$stocktake" scenario assess in.csv --output d --report ./d/report.json
mkdir d
cp in.csv d/emissions.csv
refused 2 'read as an input' "$stocktake" scenario assess d/emissions.csv --output d
cmp -s in.csv d/emissions.csv || fail 'an input was written to'
[ ! -e - ] || fail 'a file is called -'

# ---- standard files that are closed ----
"$stocktake" gap --format csv --output closed.csv >&- 2>&- <&- || fail 'all standard files closed'
cmp -s closed.csv three/out.csv || fail 'closed standard files change the output'
"$stocktake" scenario check in.csv --output checked.csv 2>/dev/null # with 1: scenarios are left out
for closed in '2>&-' '>&-' '<&-' '>&- 2>&-' '<&- >&- 2>&-'; do
    eval "\"\$stocktake\" scenario check in.csv --output closed.csv $closed" 2>/dev/null
    cmp -s closed.csv checked.csv || fail "$closed changes the output"
done

refused 1 'standard output cannot be written' sh -c '"$1" gap >&-' sh "$stocktake"

# ---- a full disk is said, where there is one to try ----
if [ -e /dev/full ]; then
    refused 1 'standard output cannot be written' sh -c '"$1" gap >/dev/full' sh "$stocktake"
    refused 1 'cannot be written' "$stocktake" scenario check in.csv --output /dev/full
fi
[ "$failed" -eq 0 ] && echo 'outputs: all well'
exit "$failed"
