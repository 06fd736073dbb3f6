"""MB/s of Hyperscan in block mode on texts: hyperscan_speed.py RUNS PATTERNS TEXT... Small texts between form feeds are
scanned one by one, as Pillbox does. Prints JSON, one object per line."""

import json
import sys
import time
from pathlib import Path

import hyperscan

def database(patterns, flags):
    made = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    made.compile(expressions=patterns, ids=list(range(len(patterns))), flags=[flags] * len(patterns))
    return made


def main():
    runs, patterns = int(sys.argv[1]), [line.encode() for line in Path(sys.argv[2]).read_text().splitlines()]
    engines = {"end offsets": 0, "start offsets": hyperscan.HS_FLAG_SOM_LEFTMOST}
    for name, flags in engines.items():
        made = database(patterns, flags)
        for file in map(Path, sys.argv[3:]):
            parts = file.read_bytes().split(b"\f")
            best = float("inf")
            for _ in range(runs):
                start = time.process_time()
                for part in parts:
                    # No one is called back, since a call into Python would cost more than the match.
                    made.scan(part, match_event_handler=None)
                best = min(best, time.process_time() - start)
            size = sum(map(len, parts))
            figure = {"engine": f"Hyperscan, {name}", "text": file.stem, "mbPerSecond": size / 1e6 / best}
            print(json.dumps(figure), flush=True)


main()
