# Sourced by tests that run the command: a folder to work in, which goes when the test ends, and how one fails.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "FAILED: $1" >&2
    exit 1
}
