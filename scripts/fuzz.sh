#!/usr/bin/env bash
# Runs the fuzz targets: scripts/fuzz.sh MINUTES [TARGET...] each for so long; scripts/fuzz.sh short each for a fixed number of
# runs from a fixed seed, which is what `make test` does. The exit code is 0 only when nothing failed; what failed lies in
# fuzz/artifacts.
#
# The texts that a target starts from are made anew each time, by the generator (measure/) with a fixed seed.
#
# cargo-fuzz instruments code in a way that the compiler keeps for its nightly versions unless RUSTC_BOOTSTRAP is set. The
# address sanitizer is left out: the code has no `unsafe` of its own, and each target checks what it promises. Debug
# assertions and the overflow of numbers are checked.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
cd "$root"

cargo_fuzz=0.13.2
if ! grep -qs "\"cargo-fuzz $cargo_fuzz " "$tools/.crates2.json"; then
    say "Building cargo-fuzz $cargo_fuzz into .tools"
    CARGO_TARGET_DIR="$tools/build" cargo install --quiet --locked --version "=$cargo_fuzz" --root "$tools" cargo-fuzz
    rm -rf "$tools/build"
fi

how="${1:-10}"
shift || true
case "$how" in
short) limits=(-runs=2000 -seed=1 -max_total_time=120) ;;
*) limits=(-max_total_time=$((how * 60))) ;;
esac
# More memory than that, or more time for one input, is a failure too.
limits+=(-rss_limit_mb=1024 -timeout=20 -max_len=16384 -print_final_stats=1)

if [ $# -gt 0 ]; then targets=("$@"); else mapfile -t targets < <(cd fuzz/fuzz_targets && basename -s .rs -- *.rs); fi

seeds="$(mktemp -d "${TMPDIR:-/tmp}/pillbox-seeds.XXXXXX")"
trap 'rm -rf "$seeds" "$seeds".*' EXIT
say "Making the texts to start from"
cargo run --quiet --locked --bin evaluate -- --write "$seeds" --documents 60
rm -f "$seeds"/*.labels
scripts/fuzz-seeds.py "$seeds" "$seeds.formats"

target_folder="${CARGO_TARGET_DIR:-$root/target}/fuzz"
failed=()
for target in "${targets[@]}"; do
    say "Fuzzing $target"
    from="$seeds"
    [ "$target" != document ] || from="$seeds.formats"
    # What a long run learns is kept for the next; a short one starts the same each time.
    if [ "$how" = short ]; then learned="$seeds.$target"; else learned="fuzz/corpus/$target"; fi
    mkdir -p "$learned"
    CARGO_TARGET_DIR="$target_folder" RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none --debug-assertions "$target" \
        "$learned" "$from" -- "${limits[@]}" 2>&1 | grep -vE '^#[0-9]+' || failed+=("$target")
done
if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]}; see fuzz/artifacts" >&2
    exit 1
fi
echo "no target failed: ${targets[*]}"
