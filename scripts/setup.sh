#!/usr/bin/env bash
# Brings in what is missing, says so first, and does nothing when nothing is missing.
#
#   scripts/setup.sh run     what building and running the desktop program needs
#   scripts/setup.sh test    that, and what the tests need: a display without a screen, a WebDriver, the AWS CLI
#
# Exit code 3: something has to be installed by hand, and the message says what.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"

for_build=(build-essential pkg-config libssl-dev libwebkit2gtk-4.1-dev librsvg2-dev ca-certificates)
for_test=(xvfb xauth dbus dbus-x11 libglib2.0-bin gnome-keyring webkit2gtk-driver at-spi2-core fonts-dejavu-core
    adwaita-icon-theme)
rust_at_least=1.94
node_at_least=20.19
tauri_driver=2.1.0
awscli=1.46.3

main() {
    case "${1:-}" in
    run | test) ;;
    *)
        echo "usage: scripts/setup.sh run|test" >&2
        exit 2
        ;;
    esac
    case "$(uname -s)" in
    Linux) linux_packages "$1" ;;
    Darwin) apple_tools ;;
    *) windows_tools ;;
    esac
    rust "$1"
    node
    page_packages
    if [ "$1" = test ]; then
        webdriver
        aws_client
    fi
}

linux_packages() {
    local wanted=("${for_build[@]}") missing=() package
    if [ "$1" = test ]; then
        wanted+=("${for_test[@]}")
        # A Python of one's own brings venv along; Debian's comes without.
        python3 -c 'import ensurepip, venv' 2>/dev/null || wanted+=(python3-venv)
    fi
    if ! command -v dpkg-query apt-get >/dev/null; then
        pkg-config --exists webkit2gtk-4.1 2>/dev/null || by_hand "this Linux is neither Debian nor Ubuntu" \
            "install what corresponds to: ${wanted[*]}"
        return
    fi
    local installed
    installed=" $(dpkg-query -W -f='${Package}=${db:Status-Status} ' "${wanted[@]}" 2>/dev/null || true)"
    for package in "${wanted[@]}"; do
        [[ "$installed" == *" $package=installed "* ]] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || by_hand "system packages are missing, and there is no sudo" \
            "as root: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing system packages with ${as_root[*]:+${as_root[*]} }apt-get: ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq)
    "${apt[@]}" update
    "${apt[@]}" install --yes --no-install-recommends "${missing[@]}" >/dev/null
}

apple_tools() {
    xcode-select -p >/dev/null 2>&1 ||
        by_hand "Apple's command line tools are missing" "run: xcode-select --install"
}

windows_tools() {
    local vswhere='/c/Program Files (x86)/Microsoft Visual Studio/Installer/vswhere.exe'
    [ -x "$vswhere" ] && [ -n "$("$vswhere" -products '*' -requires Microsoft.VisualStudio.Component.VC.Tools.x86.x64 -property installationPath)" ] ||
        by_hand "the C++ build tools are missing" \
            "install Visual Studio Build Tools with 'Desktop development with C++', and the WebView2 runtime (part of Windows 11)"
}

# Whether version $1 is at least $2, by their first two numbers.
at_least() {
    local have=() want=()
    IFS=. read -r -a have <<<"${1%%[-+ ]*}"
    IFS=. read -r -a want <<<"$2"
    ((have[0] > want[0] || (have[0] == want[0] && ${have[1]:-0} >= want[1])))
}

rust() {
    local how="install Rust from https://rustup.rs, or run: rustup update stable" version
    version="$(rustc --version 2>/dev/null | cut -d' ' -f2)" || true
    [ -n "$version" ] && command -v cargo >/dev/null || by_hand "Rust is missing" "$how"
    at_least "$version" "$rust_at_least" || by_hand "Rust $version is too old, $rust_at_least is needed" "$how"
    [ "$1" = run ] || { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1 ||
        by_hand "rustfmt or clippy is missing" "run: rustup component add rustfmt clippy"
}

node() {
    local how="install Node.js from https://nodejs.org (Debian's own is too old)" version
    version="$(command node --version 2>/dev/null)" || true
    [ -n "$version" ] && command -v npm >/dev/null || by_hand "Node.js or npm is missing" "$how"
    at_least "${version#v}" "$node_at_least" || by_hand "Node.js $version is too old, $node_at_least is needed" "$how"
}

page_packages() {
    local installed="$root/ui/node_modules/.package-lock.json"
    [ ! -e "$installed" ] || [ "$root/ui/package-lock.json" -nt "$installed" ] || return 0
    say "Installing the page's packages from ui/package-lock.json with npm"
    npm ci --prefix "$root/ui" --no-audit --no-fund --loglevel=error
}

webdriver() {
    ! grep -qs "\"tauri-driver $tauri_driver " "$tools/.crates2.json" || return 0
    say "Building tauri-driver $tauri_driver into .tools, for the tests of the window (about a minute)"
    # In a folder of its own, or a target folder set from outside would be filled with the tool's dependencies.
    CARGO_TARGET_DIR="$tools/build" cargo install --quiet --locked --version "=$tauri_driver" --root "$tools" tauri-driver
    rm -rf "$tools/build"
}

aws_client() {
    local venv="$tools/venv"
    # Its first line names the folder: a checkout that was moved needs a new one.
    if [ -x "$venv/bin/python" ] && grep -qsF "$venv/bin/python" "$venv/bin/aws" &&
        compgen -G "$venv/lib/python*/site-packages/awscli-$awscli.dist-info" >/dev/null; then
        return
    fi
    say "Installing the AWS CLI $awscli (awscli on PyPI) into .tools/venv, as a second client for the tests"
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "awscli==$awscli"
}

main "$@"
