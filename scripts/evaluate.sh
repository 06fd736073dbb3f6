#!/usr/bin/env bash
# Measures how good detection is: scripts/evaluate.sh [ARGUMENTS OF evaluate]. Prints precision, recall and F1 of each
# identifier on made documents, then what is found in about a megabyte of texts with nothing in them: this repository's
# sources, the licences of its libraries, and books that Debian has as packages, where those can be fetched. The exit code is 1 when F1 in all is below 0.99.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
cd "$root"

texts="$tools/texts"
# What people wrote, free of patients: The Devil's Dictionary, the Jargon File, Bouvier's law dictionary, quotations.
packages=(dict-devil dict-jargon dict-bouvier fortunes)

fetch() {
    [ ! -d "$texts" ] && command -v apt-get dpkg-deb >/dev/null || return 0
    say "Fetching texts to look for false alarms in: ${packages[*]} (Debian) into .tools/texts"
    mkdir -p "$texts"
    (cd "$texts" && apt-get -qq download "${packages[@]}" && for package in *.deb; do dpkg-deb -x "$package" .; done && rm -rf -- *.deb usr/share/doc &&
        gunzip --suffix .dz -- usr/share/dictd/*.dz && find . -name '*.index' -delete -o -name '*.dat' -delete) ||
        echo "they can't be fetched; the licences and sources have to do"
}

licences() {
    cargo metadata --format-version 1 --locked | python3 -c '
import json, pathlib, sys
seen = {}
for package in json.load(sys.stdin)["packages"]:
    for path in sorted(pathlib.Path(package["manifest_path"]).parent.glob("LICEN[SC]E*")):
        if path.is_file():
            seen.setdefault(path.read_bytes(), path)
print("\n".join(map(str, seen.values())))'
}

say "Building"
cargo build --release --quiet --locked --package pillbox-measure
evaluate="${CARGO_TARGET_DIR:-target}/release/evaluate"

say "Documents with values"
code=0
"$evaluate" "$@" || code=$?

fetch
mapfile -t files < <(licences)
say "The licences of the libraries"
"$evaluate" --nothing-in "${files[@]}" --show 3
say "The sources of this repository"
"$evaluate" --nothing-in crates/aws crates/store crates/posture crates/cli crates/app/src ui/src src-tauri/src scripts --show 3
if compgen -G "$texts/usr/share/*" >/dev/null; then
    say "Books and quotations"
    "$evaluate" --nothing-in "$texts/usr/share" --show 3
fi
say "Medicines, diagnoses, devices"
"$evaluate" --nothing-in measure/texts --show 3
exit "$code"
