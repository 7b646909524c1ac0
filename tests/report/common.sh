# What page.sh and charts.sh share; they have set stocktake and data.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$1" >&2; exit 1; }
# most of what is tested does not depend on how many members the ensemble has, and takes a fraction of the time with few
cp -r "$data" "$work/few"
head -n 17 "$data/climate/calibration_1.4.1_members.csv" >"$work/few/climate/calibration_1.4.1_members.csv"
few() { STOCKTAKE_EDITION=$work/few && export STOCKTAKE_EDITION; }
unset STOCKTAKE_EDITION
april="--as-of 2021-04-22 --since 2021-04-20 --include-announced"

# text as readers see it: without what only keeps lines together
plain() { sed 's/\xc2\xa0/ /g; s/\xe2\x81\xa0//g' "$1"; }

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
