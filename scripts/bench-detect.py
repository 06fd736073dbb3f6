#!/usr/bin/env python3
"""Measures detection beside its peers: called by bench-detect.sh, which installs them.

    bench-detect.py SPEED PILLBOX RIPGREP PEERS_PYTHON

Every figure is of one core and of the processor's time (user and system), the best of the runs, since other programs
lengthen the time on the clock but not that; only the scan of many files is of all cores and of the clock. Each program
gets the texts in memory: ripgrep from files in the system's cache, which it maps.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = int(os.environ.get("RUNS", "2"))
MEGABYTES = int(os.environ.get("MEGABYTES", "200"))
FILES = int(os.environ.get("FILES", "100000"))
STREAM = int(os.environ.get("STREAM_MEGABYTES", "4096"))
TEXTS = ["clean", "prescriptions", "tables", "worst"]
PEERS = Path(__file__).resolve().parent.parent / "measure" / "peers"


def on_one_core(command):
    return ["taskset", "-c", "0", *command] if shutil.which("taskset") else command


def lines(command):
    """The JSON objects that a program prints."""
    done = subprocess.run(on_one_core(command), check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def spent(command):
    """Seconds of the processor that a command took, the best of the runs."""
    best = float("inf")
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        # 1 says that ripgrep found nothing.
        code = subprocess.run(on_one_core(command), stdout=subprocess.DEVNULL).returncode
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if code not in (0, 1):
            sys.exit(f"{command[0]} ended with {code}")
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def clock(command, good):
    best = float("inf")
    for _ in range(RUNS):
        start = time.monotonic()
        code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        best = min(best, time.monotonic() - start)
        if code not in good:
            sys.exit(f"{command[0]} ended with {code}")
    return best


def row(name, figures, digits=1):
    cells = [f"{figures[text]:.{digits}f}" if text in figures else "" for text in TEXTS]
    print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def throughput(speed, ripgrep, python, folder):
    made = lines([speed, "texts", str(folder), "--megabytes", str(MEGABYTES)])
    files = {text: folder / f"{text}.txt" for text in TEXTS}
    print(f"\nMB/s on one core; the worst text is made of: {made[0]['worst']}.\n")
    print("| | clean text | prescriptions | dense tables | worst text |\n|---|--:|--:|--:|--:|", flush=True)
    measured = lines([speed, "scan", "--runs", str(RUNS), *map(str, files.values())])
    engines = {}
    for figure in measured:
        engines.setdefault(figure["engine"], {})[figure["text"]] = figure["mbPerSecond"]
    for engine, figures in engines.items():
        row(f"Pillbox, {engine}", figures)
    size = {text: path.stat().st_size / 1e6 for text, path in files.items()}
    patterns, keywords = str(PEERS / "patterns.txt"), str(PEERS / "keywords.txt")

    def with_ripgrep(*options):
        command = [ripgrep, "--no-config", "-j1", "--text", "-c", *options]
        return {text: size[text] / spent([*command, str(path)]) for text, path in files.items()}

    peers = {
        "ripgrep, 62 literal keywords": with_ripgrep("-F", "-f", keywords),
        "ripgrep, 62 literal keywords in any case": with_ripgrep("-F", "-i", "-f", keywords),
        "ripgrep, 105 regexes": with_ripgrep("-f", patterns),
        "ripgrep, 105 regexes, ASCII only": with_ripgrep("--no-unicode", "-f", patterns),
    }
    for figure in lines([python, str(PEERS / "hyperscan_speed.py"), str(RUNS), patterns, *map(str, files.values())]):
        peers.setdefault(figure["engine"], {})[figure["text"]] = figure["mbPerSecond"]
    presidio = {}
    for figure in lines([python, str(PEERS / "presidio_speed.py"), *map(str, files.values())]):
        presidio[figure["text"]] = figure["mbPerSecond"]
    for name, figures in peers.items():
        row(name, figures)
    row("Presidio, pattern recognisers", presidio, 3)
    names = list(engines)
    every, without = engines[names[0]], engines[names[1]]
    literal, start = peers["ripgrep, 62 literal keywords"], peers["Hyperscan, start offsets"]
    print()
    bound("clean text, all identifiers, to ripgrep with literal keywords", every["clean"] / literal["clean"], 0.6)
    bound("prescriptions, without names, to Hyperscan with start offsets", without["prescriptions"] / start["prescriptions"], 10)
    bound("prescriptions, all identifiers, to Hyperscan with start offsets", every["prescriptions"] / start["prescriptions"], 4)


missed = []


def bound(name, ratio, wanted):
    print(f"- {name}: {ratio:.2f} times (wanted: {wanted})", flush=True)
    if ratio < wanted:
        missed.append(name)


def evenness(speed):
    print("\n| text of 64 MB | ns a byte | to prescriptions |\n|---|--:|--:|")
    for figure in lines([speed, "even"]):
        print(f"| {figure['text']} | {figure['nanosecondsPerByte']:.2f} | {figure['toPrescriptions']:.2f} |", flush=True)
        if figure["toPrescriptions"] > 5:
            missed.append(f"cost of {figure['text']}")


def start_and_memory(speed):
    start = lines([speed, "start"])[0]
    print(f"\n- making the engine: {start['bestMilliseconds']:.1f} ms ({start['firstMilliseconds']:.1f} ms the first time), "
          f"{start['identifiers']} identifiers (wanted: under 50 ms)", flush=True)
    if start["firstMilliseconds"] > 50:
        missed.append("making the engine")
    for name, size, options in (("lines", STREAM, []), ("one line", STREAM // 4, ["--one-line"])):
        memory = lines([speed, "memory", "--megabytes", str(size), *options])[0]
        print(f"- {memory['bytes'] / 1e9:.1f} GB of prescriptions as a stream, {name}: at most {memory['peakMegabytes']} MB of "
              f"memory, {memory['bytes'] / 1e6 / memory['seconds']:.0f} MB/s (wanted: under 64 MB)", flush=True)
        if memory["peakMegabytes"] > 64:
            missed.append(f"memory, {name}")


def many_files(speed, pillbox, ripgrep, folder):
    lines([speed, "files", str(folder), "--count", str(FILES)])
    looking = clock([ripgrep, "--no-config", "-c", "zqxwvnotthere", str(folder)], (1,))
    scanning = clock([pillbox, "scan", "--data-dir", str(folder.parent / "data"), "--format", "jsonl", str(folder)], (0, 1, 2))
    print(f"\n{FILES} files of 2 KB on {os.cpu_count()} cores: pillbox scan {scanning:.2f} s, "
          f"rg -c with a word that is not there {looking:.2f} s\n", flush=True)
    bound("speed of pillbox scan to that of ripgrep", looking / scanning, 0.8)


def main():
    speed, pillbox, ripgrep, python = sys.argv[1:5]
    # In memory where the system has a folder for that, so that no disk is measured.
    with tempfile.TemporaryDirectory(prefix="pillbox-bench-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as name:
        folder = Path(name)
        throughput(speed, ripgrep, python, folder / "texts")
        shutil.rmtree(folder / "texts")
        evenness(speed)
        start_and_memory(speed)
        many_files(speed, pillbox, ripgrep, folder / "files")
    if missed:
        print("\nNot reached: " + "; ".join(missed))
        sys.exit(1)
    print("\nAll that was wanted was reached.")


main()
