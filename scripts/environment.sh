# What every script here starts from: the top folder as `root`, and the tools on the PATH. To be sourced by bash.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
tools="$root/.tools"
# A shell that was open before Rust was installed, or a scheduler, does not have it on its PATH.
[ ! -e "$HOME/.cargo/env" ] || PATH="$HOME/.cargo/bin:$PATH"
export PATH="$tools/bin:$PATH"

say() { printf '\n== %s\n' "$*"; }

# Something that a person has to do; the code 3 is kept for that.
by_hand() {
    printf 'error: %s\nhelp: %s\n' "$1" "$2" >&2
    exit 3
}
