#!/bin/sh
# `scenario assess` in parts: the bytes of one process for any number of them, whatever ends one of them, and nothing
# else is taken for a part.
# usage: parts.sh STOCKTAKE SOURCE-DIRECTORY same|killed|marked|refused|launched [LIBRARY]     LIBRARY: of NetCDF, if the build has it
set -eu
stocktake=$1
data=$2/tests/scenario/data
test=$3
netcdf=${4:+--netcdf}
. "$(dirname "$0")/../support/work.sh"

unset STOCKTAKE_EDITION STOCKTAKE_PARTS OMPI_COMM_WORLD_RANK PMI_RANK SLURM_PROCID SLURM_ARRAY_TASK_ID \
    JOB_COMPLETION_INDEX || true
export OMP_WAIT_POLICY=passive
same() {
    for file in $(ls "$1"); do
        cmp "$1/$file" "$2/$file" || fail "$file: $3"
    done
    [ "$(ls "$1" | wc -l)" -eq "$(ls "$2" | wc -l)" ] || fail "other files: $3: $(ls "$2")"
}
# scenarios of the file are left out, which whoever joins the blocks says; a part does not
exits() {
    expected=$1
    shift
    code=0
    "$stocktake" scenario "$@" || code=$?
    [ $code -eq "$expected" ]
}
assess() {
    says=1
    case "$* " in *"--part 1/1 "*) ;; *"--part "*) says=0 ;; esac
    exits $says assess "$@" 2>err || fail "assess $* exits with $code: $(cat err)"
}
merge() {
    exits 1 merge "$1" >out 2>said || fail "merge $1 exits with $code: $(cat said)"
}
refused() {
    expected=$1
    says=$2
    shift 2
    code=0
    "$@" >out 2>err || code=$?
    [ $code -eq "$expected" ] || fail "$* exits with $code, not $expected: $(cat err)"
    grep -q "$says" err || fail "$* does not say '$says': $(cat err)"
    [ ! -s out ] || fail "$* prints a result"
}

# A calibration of eight members: what is tested is who does what, not the climate.
cp -r "$2/data" edition
for file in "$2"/data/climate/*members.csv; do
    head -n 9 "$file" >edition/climate/"$(basename "$file")"
done
STOCKTAKE_EDITION=$work/edition
export STOCKTAKE_EDITION
# 60 scenarios, twelve of them left out: eight blocks
awk 'NR == 1 { print } NR > 1 { for (i = 0; i < 4; i++) { print i $0 } }' "$data/ex2_input.csv" >many.csv
assess many.csv --output one $netcdf >summary
mv err notes

test_same() {
    for parts in 1 2 3 5 7; do
        for part in $(seq $parts); do
            assess many.csv --output parts $netcdf --part "$part/$parts" >out
        done
        [ "$parts" -eq 1 ] || merge parts
        same one parts "depends on $parts parts"
        cmp summary out || fail "what $parts parts print is not what one prints"
        [ "$parts" -eq 1 ] || cmp notes said || fail "what $parts parts leave out is not what one leaves out"
        rm -r parts
    done
    # parts in any order, with any number of threads, and a part that was done by another number of them
    assess many.csv --output parts $netcdf --part 3/3 --threads 2
    assess many.csv --output parts $netcdf --part 1/2 --threads 1 --resume
    assess many.csv --output parts $netcdf --part 2/2 --resume
    merge parts
    same one parts "depends on who made a block"
    # without NetCDF, and a report of one's own
    assess "$data/ex2_input.csv" --output few --report few.json >/dev/null
    assess "$data/ex2_input.csv" --output few2 --part 1/2
    assess "$data/ex2_input.csv" --output few2 --part 2/2
    exits 1 merge few2 --report few2.json >/dev/null 2>&1 || fail "merge --report"
    same few few2 "depends on parts when there are few scenarios"
    cmp few.json few2.json || fail "the report depends on parts"
}

# A process is ended at some moment; then the run goes on. What is there meanwhile is complete or absent.
go_on() {
    for delay in 0.03 0.08 0.15 0.25 0.4; do
        rm -rf lost
        "$stocktake" scenario assess many.csv --output lost $netcdf --threads 1 "$@" >/dev/null 2>&1 &
        process=$!
        sleep $delay
        kill -KILL $process 2>/dev/null || true
        wait $process 2>/dev/null || true
        for file in $(ls lost 2>/dev/null | grep -v -e part -e block || true); do
            cmp "one/$file" "lost/$file" || fail "$file is there and not complete after $delay s"
        done
        assess many.csv --output lost $netcdf --resume "$@" >out
        if [ $# -gt 0 ]; then
            assess many.csv --output lost $netcdf --part 2/2
            merge lost
        fi
        same one lost "depends on an end after $delay s"
    done
}
test_killed() {
    go_on
    go_on --part 1/2
    # blocks that are there are taken, one that is damaged is made again
    rm -rf lost
    for part in 1/2 2/2; do assess many.csv --output lost --part $part; done
    block=$(ls lost | head -n 1)
    dd if=/dev/zero of="lost/$block" bs=1 count=8 seek=3000 conv=notrunc 2>/dev/null
    assess many.csv --output lost --part 1/2 --resume
    grep -q '^stocktake: 24 of 32 scenarios were done before' err || fail "not what was done is taken: $(cat err)"
    assess many.csv --output lost --resume >/dev/null
    grep -q '^stocktake: 60 of 60 scenarios were done before' err || fail "not all is taken: $(cat err)"
    assess many.csv --output plain >/dev/null
    same plain lost "depends on a damaged block"
    # without --resume nothing is taken
    assess many.csv --output lost --part 1/2
    assess many.csv --output lost >/dev/null
    same plain lost "depends on what was there"
}

# Who is ended while blocks are removed is told the same again; new blocks are not taken for the rest of old ones.
test_marked() {
    for part in 1/2 2/2; do assess many.csv --output parts --part $part; done
    cp -r parts left
    merge parts
    cp -r parts whole
    # what lies there in the middle: the result, the mark, some of the blocks
    cp whole/* left
    rm left/block-00000[1-5]*
    cp -r left marked
    { echo "60 48 0"; cat out; } >marked/blocks.joined
    cp out printed
    merge marked
    cmp printed out || fail "merge prints something else again: $(cat out)"
    [ "$(cat said)" = 'stocktake: marked: was joined before; the rest of its blocks is removed' ] || fail "said: $(cat said)"
    same whole marked "what was removed"
    cp -r left marked2
    { echo "60 48 0"; cat printed; } >marked2/blocks.joined
    exits 1 merge marked2 --report again.json >/dev/null 2>&1 || fail "merge --report exits with $code"
    cmp whole/report.json again.json || fail "the report of a folder that was joined before"
    # a run that begins again begins with its blocks
    { echo "60 48 0"; cat printed; } >left/blocks.joined
    assess many.csv --output left --part 1/2 --resume
    [ ! -e left/blocks.joined ] || fail "new blocks stand beside the mark of old ones"
    refused 1 "of 8 blocks, these are missing: 2, 4; run" "$stocktake" scenario merge left
    echo 60 >left/blocks.joined
    refused 1 "'blocks.joined' is damaged" "$stocktake" scenario merge left
}

test_refused() {
    refused 1 "there is no block of 'scenario assess' in it" "$stocktake" scenario merge one
    refused 1 "there is no block" "$stocktake" scenario merge nowhere
    assess many.csv --output parts --part 1/2
    refused 1 "of 8 blocks, these are missing: 2, 4, 6, 8; run" "$stocktake" scenario merge parts
    [ ! -e parts/meta.csv ] || fail "a merge that was refused leaves a result"
    assess many.csv --output parts --part 2/2 --method recent
    refused 1 "block-000002.part-2-of-2 is of another run than block-000001.part-1-of-2: 'options' differs" \
        "$stocktake" scenario merge parts
    [ "$(ls parts | wc -l)" -eq 8 ] || fail "a merge that was refused leaves files: $(ls parts)"
    refused 1 "of another run" "$stocktake" scenario assess many.csv --output parts --part 2/2 --resume
    [ -z "$netcdf" ] || refused 1 "of another run ('netcdf' differs)" "$stocktake" scenario assess many.csv \
        --output parts --part 1/2 $netcdf --resume
    # the same names with other numbers in them
    sed 's/,1[0-9]*\.[0-9]*,/,17.5,/' many.csv >other.csv
    cp many.csv first.csv
    assess first.csv --output input --part 1/2
    mv other.csv first.csv
    refused 1 "of another run ('inputs' differs)" "$stocktake" scenario assess first.csv --output input --part 1/2 --resume
    assess many.csv --output parts --part 2/2
    cp -r parts cut
    for size in 0 100 20000; do
        head -c $size parts/block-000003.part-1-of-2 >cut/block-000003.part-1-of-2
        refused 1 "cut/block-000003.part-1-of-2: the block is damaged" "$stocktake" scenario merge cut
    done
    { head -c 20000 parts/block-000001.part-1-of-2; printf x; tail -c +20002 parts/block-000001.part-1-of-2; } \
        >parts/block-000001.part-1-of-2.new
    mv parts/block-000001.part-1-of-2.new parts/block-000001.part-1-of-2
    refused 1 "block-000001.part-1-of-2: the block is damaged" "$stocktake" scenario merge parts
    # wrong usage
    for part in 0/2 3/2 2 x/2 1/x 1/ ''; do
        refused 2 "allowed: a part and how many there are" "$stocktake" scenario assess many.csv --output bad --part "$part"
    done
    refused 2 "'check' has no use for --part" "$stocktake" scenario check many.csv --part 1/2
    refused 2 "'merge' has no use for --method" "$stocktake" scenario merge parts --method recent
    refused 2 "'merge' needs a folder" "$stocktake" scenario merge
    refused 2 "'scenario merge' takes it" "$stocktake" scenario assess many.csv --output bad --part 1/2 --report r.json
    [ ! -e bad ] || fail "a folder is made for what is refused"
    mkfifo pipe
    cat many.csv >pipe &
    refused 2 "need a file that can be read again" "$stocktake" scenario assess pipe --output bad --part 1/2
    cat pipe >/dev/null || true
}

test_launched() {
    # the number that a launcher or an array of jobs gives
    part_of() {
        rm -rf parts
        env "$@" "$stocktake" scenario assess many.csv --output parts >out 2>err || [ $? -eq 1 ] || fail "$*: $(cat err)"
        sed -n 's/^stocktake: \(part .*\), as .* says$/\1/p' err
    }
    [ "$(part_of PMI_RANK=1 PMI_SIZE=4)" = 'part 2 of 4' ] || fail "PMI: $(cat err)"
    [ "$(part_of SLURM_PROCID=2 SLURM_STEP_NUM_TASKS=3)" = 'part 3 of 3' ] || fail "srun: $(cat err)"
    [ "$(part_of SLURM_PROCID=0 SLURM_NTASKS=3)" = '' ] || fail "a batch script is no step: $(cat err)"
    [ "$(part_of SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=4)" = \
        'part 3 of 4' ] || fail "an array: $(cat err)"
    [ "$(part_of JOB_COMPLETION_INDEX=1 STOCKTAKE_PARTS=2)" = 'part 2 of 2' ] || fail "an indexed job: $(cat err)"
    [ "$(part_of JOB_COMPLETION_INDEX=1)" = '' ] || fail "an index without a count: $(cat err)"
    [ "$(part_of PMI_RANK=0 PMI_SIZE=1)" = '' ] || fail "alone: $(cat err)"
    refused 2 'say part 9 of 3' env SLURM_ARRAY_TASK_ID=8 SLURM_ARRAY_TASK_COUNT=3 "$stocktake" scenario assess many.csv \
        --output bad
    refused 2 'only assess shares work' env PMI_RANK=1 PMI_SIZE=4 "$stocktake" scenario check many.csv --output bad
    assess many.csv --output plain >/dev/null
    env PMI_RANK=1 PMI_SIZE=4 "$stocktake" scenario assess many.csv --output alone --part 1/1 >/dev/null 2>&1 || true
    same plain alone "--part 1/1 is not alone"

    if command -v parallel >/dev/null; then
        seq 3 | parallel --will-cite -j 3 "$stocktake" scenario assess many.csv --output gnu --threads 1 --part {}/3 \
            >/dev/null 2>err || fail "parallel: $(cat err)"
        merge gnu
        same plain gnu "depends on parallel"
    fi
    if command -v mpirun >/dev/null; then
        mpirun --allow-run-as-root --oversubscribe -n 3 "$stocktake" scenario assess many.csv --output mpi --threads 1 \
            >/dev/null 2>err || fail "mpirun: $(cat err)"
        grep -a -q 'part 3 of 3, as OMPI_COMM_WORLD_RANK says' err || fail "mpirun gives no part: $(cat err)"
        merge mpi
        same plain mpi "depends on mpirun"
    fi
}

"test_$test"
