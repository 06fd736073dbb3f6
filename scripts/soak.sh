#!/usr/bin/env bash
# Kills uploads and bucket scans of 5,000 files 200 times each, and runs 200 random schedules of everything that goes wrong:
# scripts/soak.sh [ROUNDS]. A round is 20 kills of an upload, 20 kills of a scan, and 20 schedules; there are 10 of them.
#
# Each step has a seed of its own, which is printed before it begins. What has passed is kept in .tools/soak: a run that was
# stopped goes on behind it, and one that has come to its end begins anew. A step that failed is tried again by
#     PILLBOX_SEED=SEED scripts/soak.sh STEP
# where STEP is uploads, scans or schedules.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
cd "$root"

scripts/setup.sh test
passed="$tools/soak"

step() {
    cargo test --quiet --workspace --locked --test soak -- --exact "$1" --nocapture
}

say "Build"
cargo build --workspace --bin pillbox --test soak --locked

case "${1:-10}" in
uploads | scans | schedules)
    step "$1"
    exit
    ;;
esac
rounds="${1:-10}"

for round in $(seq "$rounds"); do
    for what in uploads scans schedules; do
        ! grep -qsx "$round $what" "$passed" || continue
        export PILLBOX_SEED="$((RANDOM * 32768 * 32768 + RANDOM * 32768 + RANDOM))"
        say "Round $round of $rounds: $what, PILLBOX_SEED=$PILLBOX_SEED"
        SECONDS=0
        step "$what"
        echo "$round $what: passed in $SECONDS s"
        echo "$round $what" >>"$passed"
    done
done
rm -f "$passed"
printf '\n%s rounds passed\n' "$rounds"
