#!/usr/bin/env bash
# Builds and opens the desktop program: scripts/run.sh [CARGO_PROFILE]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
cd "$root"

[ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] ||
    by_hand "there is no display to open a window on" "start it from a desktop session; 'make test' needs none"

scripts/setup.sh run
say "Building the page"
npm run --silent --prefix ui build
say "Building and opening Pillbox (the first build takes some minutes)"
exec cargo run --locked --profile "${1:-dev}" --package pillbox-desktop
