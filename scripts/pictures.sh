#!/usr/bin/env bash
# Takes the pictures in docs/pictures anew: scripts/pictures.sh. The tests of the window write them where
# PILLBOX_PICTURES points to.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
cd "$root"

scripts/setup.sh test
npm run --silent --prefix ui build
cargo build --workspace --all-targets --locked
cargo build --workspace --test desktop --locked
export PILLBOX_PICTURES="$root/docs/pictures"
mkdir -p "$PILLBOX_PICTURES"
scripts/desktop-session.sh cargo test --workspace --test desktop --locked -- --test-threads=1
