#!/usr/bin/env bash
# Runs every test there is: scripts/test.sh. The last line counts them; the exit code is 0 only when all have passed.
#
# The page comes first, since the desktop program embeds it, and since it is the quickest to fail. All of Rust is built once:
# each step names the whole workspace, so that all of them agree on the features of every dependency.
#
# The tests of the window are the target `desktop` of the package `pillbox-tests` (in its Cargo.toml with `test = false`): a
# plain `cargo test` leaves it out, since it fails without the session that is started for it here.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
cd "$root"

scripts/setup.sh test

results="$(mktemp "${TMPDIR:-/tmp}/pillbox-results.XXXXXX")"
trap 'code=$?; count; rm -f "$results"; exit $code' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Adds the summaries of cargo and vitest up.
count() {
    sed 's/\x1b\[[0-9;]*m//g' "$results" | awk '
        function number_before(word,    i, sum) {
            for (i = 2; i <= NF; i++) if ($i ~ "^" word) sum += $(i - 1)
            return sum
        }
        /^test result: / || /^ +Tests +[0-9]/ { passed += number_before("passed"); failed += number_before("failed") }
        END { printf "\ntotal: %d passed, %d failed\n", passed, failed }'
}

counted() { "$@" 2>&1 | tee -a "$results"; }

say "Formatting"
cargo fmt --all --check
cargo fmt --manifest-path fuzz/Cargo.toml --check

say "The page: types, tests, build"
npm run --silent --prefix ui check
counted npm test --silent --prefix ui
npm run --silent --prefix ui build

say "Lints"
cargo clippy --workspace --all-targets --locked -- -D warnings
cargo clippy --workspace --test desktop --locked -- -D warnings

say "Build"
cargo build --workspace --all-targets --locked
cargo build --workspace --test desktop --locked

# In the session as well: no test can reach a person's data, keychain or account by mistake.
say "Rust"
counted scripts/desktop-session.sh cargo test --workspace --locked --no-fail-fast

say "The window"
counted scripts/desktop-session.sh cargo test --workspace --test desktop --locked --no-fail-fast -- --test-threads=1

say "Hostile bytes, for a moment"
scripts/fuzz.sh short
