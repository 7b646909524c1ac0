#!/bin/sh
# `stocktake explore`: what is put into the page, where the page is put, who opens it.
#   explore.sh PROGRAM-WITH-A-PAGE STOCKTAKE STOCKTAKE-PACK carries|lacks
set -u
with=$1
without=$2
pack=$3
tests=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
unset STOCKTAKE_EDITION DISPLAY WAYLAND_DISPLAY WSL_DISTRO_NAME
mkdir temporary
export TMPDIR="$scratch/temporary"
failed=0

fail() {
    echo "explore: $1" >&2
    failed=1
}

# refused STATUS TEXT ARGUMENTS: exit status and message, and no file anywhere
refused() {
    wanted=$1
    text=$2
    shift 2
    "$with" explore "$@" >said 2>message
    status=$?
    [ "$status" -eq "$wanted" ] || fail "exit $status instead of $wanted: $*"
    grep -qF -e "$text" message || fail "'$text' is not said by: $*: $(cat message)"
    [ "$(wc -l <message)" -le 2 ] || fail "more than a line is said by: $*"
    [ ! -s said ] || fail "something is written by: $*"
    [ -z "$(ls -A temporary)" ] || fail "something is left by: $*"
}

page() { "$with" explore --no-open --output - "$@"; }
# the edition in a page, and what stands around it
edition() { sed -n 's/.*id="edition">\([^<]*\)<.*/\1/p' "$1" | base64 -d | gunzip; }
around() { sed 's/id="edition">[^<]*</id="edition">@EDITION@</; s/<html[^>]*lang="en">/<html lang="en">/' "$1"; }
state() { sed -n 's/^<html data-state="\([^"]*\)" lang="en">$/\1/p' "$1"; }

# ---- what is in it ----
"$pack" "$tests/data/mini" mini.page --page || fail 'the edition is not packed'
page >plain.html || fail 'no page'
around plain.html | cmp - "$tests/explorer/page.html" || fail 'the page is another one'
edition plain.html | cmp - mini.page || fail 'another edition than is packed'
page --edition "$tests/data/mini" | cmp - plain.html || fail 'a folder gives another page than the pack of it'
sleep 1 # a time in it would be seen
TZ=Asia/Tokyo LC_ALL=C page | cmp - plain.html || fail 'another run gives another page'
"$with" explore --no-open --output out.html >said 2>message || fail 'no file'
cmp out.html plain.html || fail 'the file is another page'
[ "$(cat said)" = out.html ] && [ ! -s message ] || fail "it says $(cat said message)"

# ---- what it opens with ----
# opens STATE ARGUMENTS
opens() {
    wanted=$1
    shift
    page "$@" >opened.html 2>/dev/null || fail "no page with: $*"
    [ "$(state opened.html)" = "$wanted" ] || fail "the state of $* is $(state opened.html), not $wanted"
    around opened.html | cmp - "$tests/explorer/page.html" || fail "the page around the edition is another with: $*"
    edition opened.html | cmp - mini.page || fail "the edition is another with: $*"
}
opens '' --gwp AR6 --hot-air keep --benchmark C1
opens '#/world?as-of=2021-04-22&amp;set=USA.2030=3500' --as-of 2021-04-22 --what-if 'USA 2030=3500Mt'
opens '#/world?set=BRA.2035=1.5Gt,USA.net-zero=2060,CHN.2035=-10%25,BRA%2CUSA.2040=-60%25@2005,GBR.2035=%2B5%25/BAU' \
    --what-if 'brazil 2035=1.5 Gt; USA net zero=2060' --what-if 'CHN 2035=-10%' --what-if 'BRA,USA 2040=-60%@2005' \
    --what-if 'GBR 2035=+5%/BAU'
opens '#/world?year=2030&amp;since=2020-01-01&amp;as-of=2021-04-22&amp;gwp=AR4&amp;include-announced&amp;sinks=unscaled&amp;hot-air=cap&amp;extend=net_zero' \
    --extend net_zero --hot-air cap --sinks unscaled --include-announced --gwp AR4 --as-of 2021-04-22 --since 2020-01-01 \
    --year 2030 --long-term library

# ---- documents of one's own ----
cat >own.yaml <<'YAML'
iso3: BRA
party: Brazil
documents:
- submission_date: 2026-03-01
  status: submitted
  ndc_version: of my own
  gases: CO2+CH4+N2O+HFC+PFC+SF6
  lulucf_included: N
  gwp: AR6
  source_url: https://example.org/
  source_dataset: made up
  targets:
  - target_year: 2035
    kind: absolute
    metric: ghg
    abs_low_mt: 500
    abs_high_mt: 500
    conditional: U
    confidence: A
    notes: </script><script>alert(1)</script> @EDITION@
YAML
page --pledges own.yaml >own.html || fail 'no page with documents'
around own.html | cmp - "$tests/explorer/page.html" || fail 'documents are seen outside the edition'
edition own.html >own.page
grep -aq '^\.own ' own.page && ! grep -aq '^\.own ' mini.page || fail 'the documents are not carried apart'
grep -aq 'own.yaml$' own.page || fail 'their file is not named'
# all that Brazil has then, and no other Party
sed -n '/own.yaml$/,$p' own.page | grep -a '^BRA,\|^USA,\|^CHN,' | cut -d, -f1 | sort -u | tr '\n' ' ' | grep -qx 'BRA ' ||
    fail 'other Parties are laid over'
sed -n '/own.yaml$/,$p' own.page | grep -aq 'of my own' || fail 'the document is not there'
for name in 'a"><b>.yaml' 'a & b.yaml' "it's.yaml" '-x.yaml' '@EDITION@.yaml' 'a
b.yaml'; do
    cp -- own.yaml "$name"
    page --pledges="$name" >named.html 2>message || fail "a file called $name: $(cat message)"
    around named.html | cmp - "$tests/explorer/page.html" || fail "the name $name is seen outside the edition"
done
echo 'iso3: [' >broken.yaml
printf 'iso3,party\nBRA' >broken.csv
head -c 100000 /dev/urandom >noise.yaml
(printf 'a: &a [x]\n'; printf 'b: *a\n') >alias.yaml
sed 's/BRA/ATL/' own.yaml >nobody.yaml
sed 's/abs_low_mt: 500/abs_low_mt: 5e99/' own.yaml >huge.yaml
for file in broken.yaml broken.csv noise.yaml alias.yaml nobody.yaml huge.yaml; do
    refused 1 "$file" --pledges "$file" --output x.html
    [ ! -e x.html ] || fail "a page is written with $file"
done
refused 1 'nowhere.yaml: No such file' --pledges nowhere.yaml
refused 2 'the result is html, not .yaml' --pledges own.yaml --output ./own.yaml
ln -s own.yaml link.html
refused 2 'is read as an input' --pledges own.yaml --output link.html

# ---- what is refused ----
refused 2 "the result is html, not .csv" --output x.csv
refused 2 "--benchmark: 'b.csv:X' is refused: a page holds no file of yours" --benchmark b.csv:X
refused 1 "is no benchmark" --benchmark C99
refused 2 "'--drivers' is no option of explore" --drivers d.csv
refused 2 "--since must be before --as-of" --since 2021-04-22 --as-of 2021-04-22
refused 2 "one argument too many" x.html
refused 2 "is refused" --what-if 'USA 2030=many'
refused 1 "is no area" --what-if '"><script> 2030=3Gt'
refused 2 "the year 1066 is refused" --year 1066
refused 1 'nowhere/x.html: cannot be written' --output nowhere/x.html
TMPDIR=$scratch/nowhere refused 1 'nowhere: no temporary folder can be made there; --output names a file'
(ulimit -f 1 && trap '' XFSZ && refused 1 'cannot be written' && exit "$failed") || fail 'a full disk'
if [ "$4" = lacks ]; then
    "$without" explore >said 2>message
    [ $? -eq 1 ] && [ ! -s said ] && grep -q "carries no explorer; 'make explorer'" message || fail "without a page: $(cat message)"
fi

# ---- where it is put, and who opens it ----
mkdir bin
cat >bin/xdg-open <<'SH'
#!/bin/sh
[ $# -eq 1 ] && printf '%s\n' "$1" >"$OPENED.part" && mv "$OPENED.part" "$OPENED"
echo noise
echo noise >&2
SH
chmod +x bin/xdg-open
export OPENED="$scratch/opened"
# opened WHAT ARGUMENTS: the program that opens it is told WHAT, and nothing is said but where it is
opened() {
    wanted=$1
    shift
    rm -f opened
    DISPLAY=:0 PATH="$scratch/bin:$PATH" "$with" explore "$@" >said 2>message || fail "exit $? of: $*"
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -e opened ] || sleep 0.5
    done
    [ "$(cat opened)" = "${wanted:-$(cat said)}" ] || fail "$* opens $(cat opened), not $wanted"
    [ ! -s message ] || fail "$* says $(cat message)"
}
opened ''
case $(cat said) in
"$TMPDIR"/stocktake-????????????????/stocktake-explorer.html) ;;
*) fail "the page is in $(cat said)" ;;
esac
cmp "$(cat said)" plain.html || fail 'another page is opened'
[ "$(stat -c %a "$(dirname "$(cat said)")")" = 700 ] || fail 'others can put something in its place'
opened ./-x.html --output=-x.html
opened ./https:x.html --output https:x.html
opened "$scratch/y.html" --output "$scratch/y.html"
rm -f opened
DISPLAY=:0 PATH="$scratch/bin:$PATH" "$with" explore --no-open --output z.html >/dev/null || fail 'no-open'
DISPLAY=:0 PATH="$scratch/bin:$PATH" page >/dev/null
"$with" explore >said 2>message || fail 'without a display'
[ -s "$(cat said)" ] && grep -q 'no display to open it on' message || fail "without a display: $(cat said message)"
DISPLAY=:0 PATH="$scratch/none" "$with" explore --output z.html >said 2>message || fail 'without xdg-open'
grep -q "'xdg-open' cannot be started" message || fail "without xdg-open: $(cat message)"
[ ! -e opened ] || fail 'something is opened all the same'
exit $failed
