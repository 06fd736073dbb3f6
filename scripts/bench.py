#!/usr/bin/env python3
"""Measures how fast files are moved, beside peers: called by bench.sh, which installs them.

    bench.py BUILT PEERS RCLONE

All send to the same server, Pillbox's sandbox, a fresh one each time, on this computer. Files and bucket lie in memory where
the system has a folder for that, so that no disk is measured. Each figure is the time on the clock, the best of the runs, which
are taken in turn; the processor's time of client and server stands beside it, since they share the cores.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = int(os.environ.get("RUNS", "2"))
SMALL = int(os.environ.get("SMALL", "10000"))
MEDIUM = int(os.environ.get("MEDIUM", "200"))
LARGE = int(os.environ.get("LARGE_MEGABYTES", "1000"))
LATENCIES = [int(number) for number in os.environ.get("LATENCIES", "0,20").split(",")]
MANY = int(os.environ.get("MANY", "1000000"))
BUCKET = "the-pain-killer-practice"
IN_FLIGHT = "64"
TICK = os.sysconf("SC_CLK_TCK")
HERE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

BUILT, PEERS, RCLONE = (Path(argument).resolve() for argument in sys.argv[1:4])
PILLBOX, TRANSFER = str(BUILT / "pillbox"), str(BUILT / "transfer")
missed = []


def processor_time(pid):
    """Seconds that a process has had of the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


class Run:
    """What a command took: seconds of the clock, of its processor time, and the server's; its peak memory."""

    def __init__(self, clock, client, server, memory):
        self.clock, self.client, self.server, self.memory = clock, client, server, memory


class Store:
    """A sandbox with an empty bucket that is shut, and the way to it."""

    def __init__(self, folder, latency):
        self.folder = Path(folder)
        command = [PILLBOX, "sandbox", "--data", str(self.folder / "store"), "--sample", "--format", "jsonl"]
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=no_network({}))
        told = json.loads(self.server.stdout.readline())
        direct = told["endpoint"]
        self.relay, self.endpoint = None, direct
        if latency:
            command = [TRANSFER, "relay", direct.removeprefix("http://"), "--milliseconds", str(latency)]
            self.relay = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            self.endpoint = "http://" + self.relay.stdout.readline().strip()
        self.environment = no_network({
            "AWS_ACCESS_KEY_ID": told["accessKeyId"],
            "AWS_SECRET_ACCESS_KEY": told["secretAccessKey"],
            "AWS_REGION": told["region"],
            "AWS_ENDPOINT_URL": self.endpoint,
            # s5cmd knows only this one.
            "S3_ENDPOINT_URL": self.endpoint,
            "PILLBOX_DATA_DIR": str(self.folder / "data"),
        })
        self.run([PILLBOX, "fix", f"s3://{BUCKET}", "--all", "--yes"])

    def run(self, command, good=(0,)):
        before = processor_time(self.server.pid)
        start = time.monotonic()
        with tempfile.TemporaryFile() as said:
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, env=self.environment)
            _, status, used = os.wait4(child.pid, 0)
            clock = time.monotonic() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode not in good:
                said.seek(0)
                sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode}: {said.read(2000).decode()}")
        server = processor_time(self.server.pid) - before
        return Run(clock, used.ru_utime + used.ru_stime, server, used.ru_maxrss * 1024)

    def end(self):
        for process in filter(None, (self.relay, self.server)):
            process.terminate()
            process.wait()


def no_network(more):
    """An environment in which nothing but this computer can be reached, and nobody's own settings count."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "S3_", "RCLONE_", "PILLBOX_"))}
    nowhere = "http://127.0.0.1:9"
    return kept | {
        "HTTP_PROXY": nowhere, "HTTPS_PROXY": nowhere, "http_proxy": nowhere, "https_proxy": nowhere,
        "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1",
        "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_EC2_METADATA_DISABLED": "true",
        "RCLONE_CONFIG": "",
    } | more


@contextlib.contextmanager
def store(latency):
    with tempfile.TemporaryDirectory(prefix="pillbox-bench-", dir=HERE) as folder:
        opened = Store(folder, latency)
        try:
            yield opened
        finally:
            opened.end()


def uploads(files, endpoint):
    """The commands that upload a folder, by name."""
    to = f"s3://{BUCKET}/in/"
    pillbox = [PILLBOX, "upload", files, to, "--decide", "send", "--reason", "to be measured"]
    return {
        "Pillbox: gate, scan, put, read back, scan": pillbox,

        "plain client: the same PUTs and GETs": [TRANSFER, "put", files, BUCKET, "--in-flight", IN_FLIGHT],
        "plain client: PUTs alone": [TRANSFER, "put", files, BUCKET, "--in-flight", IN_FLIGHT, "--only-put"],
        "s5cmd": [str(PEERS / "s5cmd"), "--endpoint-url", endpoint, "cp", f"{files}/", to],
        "rclone, 64 transfers, no HEAD": [
            str(RCLONE), "copy", files, f":s3:{BUCKET}/in", "--s3-provider", "Other", "--s3-env-auth", "--s3-endpoint", endpoint,
            "--s3-region", "us-east-1", "--transfers", "64", "--checkers", "64", "--s3-no-head", "--s3-no-check-bucket",
            "--no-traverse", "--no-check-dest",
        ],
        "aws s3 cp": [str(PEERS / "aws"), "s3", "cp", "--recursive", "--only-show-errors", files, to],
    }


def best(runs):
    return min(runs, key=lambda run: run.clock)


def sending(name, files, count, size, latency):
    """The table of what it takes to send a folder."""
    figures = {}
    for _ in range(RUNS):
        for sender in uploads(files, ""):
            with store(latency) as opened:
                command = uploads(files, opened.endpoint)[sender]
                figures.setdefault(sender, []).append(opened.run(command))
    figures = {sender: best(runs) for sender, runs in figures.items()}
    peers = [run.clock for sender, run in figures.items() if not sender.startswith(("Pillbox", "plain"))]
    fastest = min(peers)
    unit = "files/s" if count > 1 else "MB/s"
    print(f"\n{name}, {latency} ms of added latency:\n")
    print(f"| | s | {unit} | to the fastest peer | client's processor s | server's |\n|---|--:|--:|--:|--:|--:|")
    for sender, run in figures.items():
        rate = count / run.clock if count > 1 else size / 1e6 / run.clock
        print(f"| {sender} | {run.clock:.2f} | {rate:,.0f} | {fastest / run.clock:.2f} | {run.client:.1f} | {run.server:.1f} |", flush=True)
    whole, plain, puts = (figures[sender].clock for sender in (
        "Pillbox: gate, scan, put, read back, scan", "plain client: the same PUTs and GETs", "plain client: PUTs alone"))
    print()
    case = f"{name}, {latency} ms"
    either(f"{case}: upload, scanned and read back, to the fastest peer (1.0), or to the plain client (0.9)",
           (fastest / whole, 1.0), (plain / whole, 0.9))
    either(f"{case}: PUTs alone to the fastest peer (1.5)", (fastest / puts, 1.5))


def scanning(name, files, count, latency):
    """The table of what it takes to read what is stored."""
    scans, copies = [], []
    for _ in range(RUNS):
        with store(latency) as opened:
            opened.run(uploads(files, opened.endpoint)["s5cmd"])
            scans.append(opened.run([PILLBOX, "scan", f"s3://{BUCKET}/in/"], good=(0, 1)))
            copy = [str(PEERS / "s5cmd"), "--endpoint-url", opened.endpoint, "cp", f"s3://{BUCKET}/in/*", str(opened.folder / "copy/")]
            copies.append(opened.run(copy))
    scan, copy = best(scans), best(copies)
    print(f"\n{name} in the bucket, {latency} ms of added latency:\n")
    print("| | s | objects/s | client's processor s | server's |\n|---|--:|--:|--:|--:|")
    for reader, run in (("pillbox scan", scan), ("s5cmd cp to a folder", copy)):
        print(f"| {reader} | {run.clock:.2f} | {count / run.clock:,.0f} | {run.client:.1f} | {run.server:.1f} |")
    print()
    either(f"{name}, {latency} ms: scan of the bucket to s5cmd cp (1.2)", (copy.clock / scan.clock, 1.2))


def either(name, *ratios):
    print(f"- {name}: " + ", ".join(f"{ratio:.2f}" for ratio, _ in ratios), flush=True)
    if all(ratio < wanted for ratio, wanted in ratios):
        missed.append(name)


def memory(folder):
    """What the command takes of memory with very many small files."""
    files(folder, MANY, 200)
    with store(0) as opened:
        upload = opened.run(uploads(str(folder), opened.endpoint)["Pillbox: gate, scan, put, read back, scan"])
        scan = opened.run([PILLBOX, "scan", f"s3://{BUCKET}/in/"], good=(0, 1))
    print(f"\n{MANY:,} files of 200 bytes, most memory at any moment (wanted: under 200 MB):\n")
    for name, run in (("upload", upload), ("scan of the bucket", scan)):
        print(f"- {name}: {run.memory / 1e6:.0f} MB, {run.clock:.0f} s", flush=True)
        if run.memory > 200e6:
            missed.append(f"memory of the {name}")


def files(folder, count, size):
    subprocess.run([TRANSFER, "files", str(folder), "--count", str(count), "--bytes", str(size)], check=True)


def main():
    with tempfile.TemporaryDirectory(prefix="pillbox-bench-", dir=HERE) as name:
        for title, count, size in (
            (f"{SMALL:,} files of 2 KB", SMALL, 2_000),
            (f"{MEDIUM} files of 8 MB", MEDIUM, 8_000_000),
            (f"one file of {LARGE} MB", 1, LARGE * 1_000_000),
        ):
            folder = Path(name) / "files"
            files(folder, count, size)
            for latency in LATENCIES:
                sending(title, str(folder), count, count * size, latency)
                if count > 1:
                    scanning(title, str(folder), count, latency)
            shutil.rmtree(folder)
        if MANY:
            memory(Path(name) / "many")
    if missed:
        print("\nNot reached: " + "; ".join(missed))
        sys.exit(1)
    print("\nAll that was wanted was reached.")


main()
