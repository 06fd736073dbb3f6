#!/usr/bin/env python3
"""Compares Pillbox's window with an empty Tauri window: how soon it shows its first screen, and what it costs idle.

    scripts/bench-window.py PILLBOX EMPTY_WINDOW

Is called by bench-window.sh, in the session of desktop-session.sh. The two programs are started in turn, never at once.
The first start of each, in a session whose folders are empty, is shown but not judged; of the others the medians count.

First screen: from just before the process is started until the picture on the screen is complete, which is its last
change before it stays the same for STILL seconds. Nothing else is on that screen, which is read every POLL seconds from
the memory that the display keeps it in. A picture of few colours has no text in it yet and is waited out.

Idle: the sum of the proportional set sizes (PSS) of the program and all its descendants, WebKit's two among them, once
its samples of SETTLE seconds lie within SETTLED of each other.

Prints tables in Markdown. The exit code is 1 when Pillbox misses a bound.
"""

import contextlib
import mmap
import os
import re
import signal
import statistics
import struct
import subprocess
import sys
import time
from pathlib import Path

FIRST_SCREEN_BOUND = 1.0
IDLE_BOUND = 1.15

WARM_STARTS = 7
PATIENCE = 60.0

POLL = 0.02
STILL = 1.0
# Text is drawn in many shades; a blank window, its frame and the pointer are not.
COLOURS_OF_TEXT = 16

SAMPLE_INTERVAL = 1.0
SETTLE = 6
SETTLED = 0.01

# As /proc names processes: by their first 15 characters.
WEBKIT_PROCESSES = {"WebKitWebProces": "web process", "WebKitNetworkPr": "network process"}
PARTS = ("in total", "program", *WEBKIT_PROCESSES.values())


class Screen:
    """The display's picture, in the file that Xvfb keeps it in: the format of xwd, 32 bits a pixel."""

    def __init__(self, file: Path):
        with file.open("rb") as opened:
            self._memory = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        # XWDFile.h: the size of the header is its first number, that of the colour map (12 bytes each) its 20th.
        header = struct.unpack_from(">20I", self._memory)
        self._begin = header[0] + 12 * header[19]

    def picture(self) -> bytes:
        return self._memory[self._begin :]

    def save(self, file: Path) -> None:
        file.write_bytes(self._memory[:])


def shows_text(picture: bytes) -> bool:
    pixels = memoryview(picture)
    return len(set(pixels[: len(pixels) // 4 * 4].cast("I"))) >= COLOURS_OF_TEXT


def first_screen(screen: Screen, started: float) -> float:
    """Seconds from `started` until the picture was complete."""
    latest, changed = screen.picture(), None
    while time.monotonic() - started < PATIENCE:
        time.sleep(POLL)
        picture = screen.picture()
        now = time.monotonic()
        if picture != latest:
            latest, changed = picture, now
        elif changed and now - changed >= STILL and shows_text(picture):
            return changed - started
    sys.exit(f"error: no still picture with text within {PATIENCE:.0f} s")


def family(root: int) -> dict[int, str]:
    """The process and all its descendants, with their names."""
    processes = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, name, parent = re.match(r"(\d+) \((.*)\) \S (\d+)", status.read_text(), re.DOTALL).groups()
        except (FileNotFoundError, ProcessLookupError):
            continue
        processes[int(pid)] = (name, int(parent))
    found = [root]
    for ancestor in found:
        found += [pid for pid, (_, parent) in processes.items() if parent == ancestor]
    return {pid: processes[pid][0] for pid in found}


def pss(pid: int) -> float:
    """The process's proportional set size in MB (of 1,000,000 bytes)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[1]) * 1024 / 1e6


def memory(root: int) -> dict[str, float]:
    """PSS in MB by part of the program, and in total."""
    parts = dict.fromkeys(PARTS[1:], 0.0)
    for pid, name in family(root).items():
        parts[WEBKIT_PROCESSES.get(name, "program")] += pss(pid)
    if not all(parts.values()):
        sys.exit(f"error: a process of WebKit is missing: {parts}")
    return {"in total": sum(parts.values()), **parts}


def settled_memory(root: int) -> dict[str, float]:
    samples = []
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        samples.append(memory(root))
        totals = [sample["in total"] for sample in samples[-SETTLE:]]
        if len(totals) == SETTLE and max(totals) - min(totals) < SETTLED * max(totals):
            return samples[-1]
        time.sleep(SAMPLE_INTERVAL)
    sys.exit(f"error: the memory did not settle within {PATIENCE:.0f} s")


def stop(program: subprocess.Popen) -> None:
    """Ends the program and waits for its descendants, which would take part in the next measurement."""
    members = family(program.pid)
    os.killpg(program.pid, signal.SIGTERM)
    program.wait()
    while any(Path(f"/proc/{pid}").exists() for pid in members):
        time.sleep(POLL)


def web_views() -> set[int]:
    """WebKit's processes on this machine, whoever started them."""
    found = set()
    for name in Path("/proc").glob("[0-9]*/comm"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if name.read_text().strip() in WEBKIT_PROCESSES:
                found.add(int(name.parent.name))
    return found


def measure(path: Path, screen: Screen, picture: Path) -> dict[str, float]:
    """One start of the program; its first screen is kept at `picture`."""
    started = time.monotonic()
    program = subprocess.Popen([path], start_new_session=True)
    try:
        seconds = first_screen(screen, started)
        screen.save(picture)
        memory_of_run = settled_memory(program.pid)
        others = web_views() - family(program.pid).keys()
        return {"first screen": seconds, "others": len(others)} | memory_of_run
    finally:
        stop(program)


def table(heading: str, unit: str, digits: int, rows: dict[str, tuple[float, float]]) -> None:
    print(f"\n| {heading} | Pillbox | empty window | ratio |\n|---|--:|--:|--:|")
    for name, (ours, empty) in rows.items():
        print(f"| {name} | {ours:.{digits}f} {unit} | {empty:.{digits}f} {unit} | {ours / empty:.2f} |")


def main() -> None:
    pillbox, empty = Path(sys.argv[1]), Path(sys.argv[2])
    screen = Screen(Path(os.environ["PILLBOX_SCREEN"]))
    results = {path: [measure(path, screen, path.with_suffix(".xwd"))] for path in (pillbox, empty)}
    for _ in range(WARM_STARTS):
        for path, runs in results.items():
            runs.append(measure(path, screen, path.with_suffix(".xwd")))
    ours, theirs = results[pillbox], results[empty]

    def warm(name: str, of=statistics.median) -> tuple[float, float]:
        return of(run[name] for run in ours[1:]), of(run[name] for run in theirs[1:])

    table("first screen after", "s", 2, {
        "first start in empty folders": (ours[0]["first screen"], theirs[0]["first screen"]),
        f"median of {WARM_STARTS} warm starts": warm("first screen"),
        "quickest": warm("first screen", min),
        "slowest": warm("first screen", max),
    })
    table("idle PSS, medians", "MB", 1, {name: warm(name) for name in PARTS})
    disturbed = sum(run["others"] > 0 for run in ours + theirs)
    if disturbed:
        print(f"\nBeside {disturbed} starts other web views ran: pages shared with them count in part only.")

    seconds, ratio = warm("first screen")[0], warm("in total")[0] / warm("in total")[1]
    held = seconds < FIRST_SCREEN_BOUND and ratio <= IDLE_BOUND
    print(f"\nBounds {'held' if held else 'MISSED'}: first screen {seconds:.2f} s (under {FIRST_SCREEN_BOUND:.0f} s),"
          f" idle {ratio:.3f} times the empty window (at most {IDLE_BOUND}).")
    sys.exit(not held)


if __name__ == "__main__":
    main()
