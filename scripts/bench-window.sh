#!/usr/bin/env bash
# Measures the window against an empty one, both built for release: scripts/bench-window.sh. What is measured and how, and
# the bounds, are at the top of bench-window.py. The exit code is 1 when a bound is missed.
#
# The empty window is an example of the desktop package, so that one command builds both with the same Tauri, the same
# features and the same profile, and no second lock file has to be kept in step.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
cd "$root"

scripts/setup.sh test
say "Building both windows for release"
npm run --silent --prefix ui build
cargo build --release --locked --package pillbox-desktop --bins --example empty-window
built="${CARGO_TARGET_DIR:-target}/release"

machine() {
    local memory card="no graphics card"
    ! compgen -G '/dev/dri/renderD*' >/dev/null || card="with a graphics card"
    memory="$(awk '/^MemTotal/ { printf "%.0f GB", $2 * 1024 / 1e9 }' /proc/meminfo)"
    echo "$(nproc) cores ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)), $memory," \
        "$(. /etc/os-release && echo "$PRETTY_NAME"), $card, Xvfb, load before $(cut -d' ' -f1 /proc/loadavg)"
}

versions() {
    echo "$(rustc --version | cut -d' ' -f1-2)," \
        "$(cargo tree --locked --package pillbox-desktop --invert tauri --depth 0 --prefix none)," \
        "WebKitGTK $(pkg-config --modversion webkit2gtk-4.1)"
}

say "Measuring (about five minutes)"
date --utc +%F
machine
versions
scripts/desktop-session.sh scripts/bench-window.py "$built/pillbox-desktop" "$built/examples/empty-window"
