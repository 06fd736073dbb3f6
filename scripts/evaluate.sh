#!/usr/bin/env bash
# Measures how good detection is: scripts/evaluate.sh [ARGUMENTS OF evaluate]. Prints precision, recall and F1 of each
# identifier on made documents, then what is found in texts with nothing in them: the licences of the libraries that this
# repository builds on, the sources of some, books that Debian has as packages where those can be fetched, and lists of
# medicines, diagnoses and devices. The exit code is 1 when F1 in all is below 0.99.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
cd "$root"

texts="$tools/texts"
# What people wrote, free of patients: The Devil's Dictionary, the Jargon File, quotations.
packages=(dict-devil dict-jargon fortunes)

fetch() {
    [ ! -d "$texts" ] && command -v apt-get dpkg-deb >/dev/null || return 0
    say "Fetching texts to look for false alarms in: ${packages[*]} (Debian) into .tools/texts"
    mkdir -p "$texts"
    (cd "$texts" && apt-get -qq download "${packages[@]}" && for package in *.deb; do dpkg-deb -x "$package" .; done && rm -rf -- *.deb usr/share/doc &&
        gunzip --suffix .dz -- usr/share/dictd/*.dz && find . -name '*.index' -delete -o -name '*.dat' -delete) ||
        echo "they can't be fetched; the licences and sources have to do"
}

# The folders of the libraries' sources, by name.
libraries() {
    cargo metadata --format-version 1 --locked --filter-platform "$(rustc -vV | sed -n 's/^host: //p')" | python3 -c '
import json, pathlib, sys
for package in sorted(json.load(sys.stdin)["packages"], key=lambda package: package["name"]):
    if package["source"]:
        print(package["name"], pathlib.Path(package["manifest_path"]).parent)'
}

say "Building"
cargo build --release --quiet --locked --package pillbox-measure
evaluate="${CARGO_TARGET_DIR:-target}/release/evaluate"

say "Documents with values"
code=0
"$evaluate" "$@" || code=$?

fetch
mapfile -t folders < <(libraries | cut -d' ' -f2-)
say "Licences of the libraries"
mapfile -t licences < <(find "${folders[@]}" -maxdepth 1 -name 'LICEN[SC]E*' -type f | sort)
"$evaluate" --nothing-in "${licences[@]}" --show 3
say "Sources of some libraries"
mapfile -t sources < <(libraries | awk '$1 ~ /^(clap_builder|hyper|indexmap|regex-syntax|rustls|serde_core|time)$/ { print $2 "/src" }')
"$evaluate" --nothing-in "${sources[@]}" --show 3
if compgen -G "$texts/usr/share/*" >/dev/null; then
    say "Books and quotations"
    "$evaluate" --nothing-in "$texts/usr/share" --show 3
fi
say "Medicines, diagnoses, devices"
"$evaluate" --nothing-in measure/texts --show 3
exit "$code"
