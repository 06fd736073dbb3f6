#!/usr/bin/env bash
# Measures detection beside its peers, in less than ten minutes: scripts/bench-detect.sh. The peers (ripgrep, Hyperscan and
# Presidio) are installed into .tools first. What is measured and how is in docs/benchmarks.md and at the top of
# bench-detect.py. The exit code is 1 when a bound is missed.
#
# RUNS, MEGABYTES, FILES and STREAM_MEGABYTES make it smaller, for a quick look.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
cd "$root"

ripgrep=15.2.0
hyperscan=0.9.1
presidio=2.2.366
peers="$tools/peers"

if ! grep -qs "\"ripgrep $ripgrep " "$tools/.crates2.json"; then
    say "Building ripgrep $ripgrep into .tools"
    CARGO_TARGET_DIR="$tools/build" cargo install --quiet --locked --version "=$ripgrep" --root "$tools" ripgrep
    rm -rf "$tools/build"
fi
if ! compgen -G "$peers/lib/python*/site-packages/hyperscan-$hyperscan.dist-info" >/dev/null ||
    ! compgen -G "$peers/lib/python*/site-packages/presidio_analyzer-$presidio.dist-info" >/dev/null; then
    say "Installing hyperscan $hyperscan and presidio-analyzer $presidio (PyPI) into .tools/peers"
    rm -rf "$peers"
    python3 -m venv "$peers"
    "$peers/bin/python" -m pip install --quiet --disable-pip-version-check "hyperscan==$hyperscan" "presidio-analyzer==$presidio"
fi

say "Building Pillbox for release"
cargo build --release --locked --package pillbox-measure --package pillbox-cli
built="${CARGO_TARGET_DIR:-target}/release"

say "Measuring (less than ten minutes)"
date --utc +%F
echo "$(nproc) cores ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1))," \
    "$(awk '/^MemTotal/ { printf "%.0f GB", $2 * 1024 / 1e9 }' /proc/meminfo)," \
    "$(. /etc/os-release && echo "$PRETTY_NAME"), $(rustc --version | cut -d' ' -f1-2), ripgrep $ripgrep," \
    "hyperscan $hyperscan, presidio-analyzer $presidio, load before $(cut -d' ' -f1 /proc/loadavg)"
scripts/bench-detect.py "$built/speed" "$built/pillbox" "$tools/bin/rg" "$peers/bin/python"
