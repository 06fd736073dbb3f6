#!/usr/bin/env bash
# Runs a command in a desktop session of its own, without a screen and away from everything that is a person's:
#
#   scripts/desktop-session.sh COMMAND [ARGUMENT ...]
#
# The command finds a display (its picture in the file $PILLBOX_SCREEN, in the format of xwd), a session bus, an unlocked
# keychain, empty folders for data, settings and cache, no AWS credentials, and a WebDriver for the desktop program at
# $PILLBOX_WEBDRIVER. A program that the WebDriver starts has this session's environment, not the command's: what it must
# see has to be set before this script is called, or be handed over as an argument. One program at a time: WebKit's driver
# holds one session.
#
# The exit code is the command's. Everything that was started here ends with it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"

[ $# -gt 0 ] || {
    echo "usage: scripts/desktop-session.sh COMMAND [ARGUMENT ...]" >&2
    exit 2
}
[ "$(uname -s)" = Linux ] || by_hand "a desktop session without a screen exists on Linux only" "test the window on Linux"
for tool in Xvfb dbus-daemon gdbus gnome-keyring-daemon WebKitWebDriver tauri-driver; do
    command -v "$tool" >/dev/null || by_hand "$tool is missing" "run: scripts/setup.sh test"
done

folder="$(mktemp -d "${TMPDIR:-/tmp}/pillbox-session.XXXXXX")"
started=()

# Each was started as the head of a process group of its own, so that what it started ends with it.
clean_up() {
    local i
    for ((i = ${#started[@]} - 1; i >= 0; i--)); do
        kill -- "-${started[i]}" 2>/dev/null || true
        wait "${started[i]}" 2>/dev/null || true
    done
    # The last of them may still be writing while the folder goes.
    rm -rf "$folder" 2>/dev/null || rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Starts a part of the session; its output is shown only when it fails. Without the explicit input it would read nothing.
start() {
    setsid "$@" <&0 >>"$folder/log" 2>&1 &
    started+=("$!")
}

fail() {
    printf 'error: %s\n' "$1" >&2
    cat "$folder/log" >&2
    exit 1
}

own_environment() {
    local name
    for name in DATA CONFIG CACHE STATE; do
        export "XDG_${name}_HOME=$folder/${name,,}"
        mkdir -m 700 "$folder/${name,,}"
    done
    export XDG_RUNTIME_DIR="$folder/runtime"
    mkdir -m 700 "$XDG_RUNTIME_DIR"
    # No account of a person can be reached by mistake, whatever a test does.
    for name in $(compgen -e | grep -E '^AWS_' | grep -vx AWS_CA_BUNDLE || true); do
        unset "$name"
    done
    export AWS_CONFIG_FILE="$folder/aws-config" AWS_SHARED_CREDENTIALS_FILE="$folder/aws-credentials"
    export AWS_EC2_METADATA_DISABLED=true
    export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost
    unset WAYLAND_DISPLAY GTK_THEME XAUTHORITY
    export GDK_BACKEND=x11 GSETTINGS_BACKEND=memory LC_ALL=C.UTF-8
    # Off, it saves 75 MB a program, but WebKit then never answers when it is asked for a picture of the page.
    export WEBKIT_DISABLE_DMABUF_RENDERER=0
}

display() {
    mkfifo "$folder/display"
    exec 3<>"$folder/display"
    start Xvfb -displayfd 3 -screen 0 1600x1200x24 -fbdir "$folder" -nolisten tcp
    local number
    read -r -t 30 number <&3 || fail "the display did not start"
    exec 3>&-
    export DISPLAY=":$number" PILLBOX_SCREEN="$folder/Xvfb_screen0"
}

session_bus() {
    mkfifo "$folder/bus"
    exec 3<>"$folder/bus"
    start dbus-daemon --session --nofork --nopidfile --address="unix:path=$XDG_RUNTIME_DIR/bus" --print-address=3
    local address
    read -r -t 30 address <&3 || fail "the session bus did not start"
    exec 3>&-
    export DBUS_SESSION_BUS_ADDRESS="$address"
}

keychain() {
    # The first unlock makes the keychain, with this as its password.
    printf test >"$folder/password"
    start gnome-keyring-daemon --unlock --components=secrets --foreground <"$folder/password"
    gdbus wait --session --timeout 30 org.freedesktop.secrets 2>>"$folder/log" || fail "the keychain did not start"
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the ports that systems hand out by themselves.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        listens "$port" || break
    done
    echo "$port"
}

webdriver() {
    local attempt port driver
    for attempt in 1 2 3 4 5; do
        port="$(free_port)"
        start tauri-driver --port "$port" --native-port "$(free_port)"
        driver="${started[-1]}"
        for ((tick = 0; tick < 200; tick++)); do
            kill -0 "$driver" 2>/dev/null || continue 2
            if listens "$port"; then
                export PILLBOX_WEBDRIVER="http://127.0.0.1:$port"
                return
            fi
            sleep 0.1
        done
    done
    fail "the WebDriver did not start"
}

own_environment
display
session_bus
keychain
webdriver

# In the background and waited for, so that a signal to this script is heard at once.
setsid "$@" <&0 &
started+=("$!")
code=0
wait "$!" || code=$?
exit "$code"
