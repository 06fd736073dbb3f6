"""MB/s of Presidio's pattern recognisers on the first 100 KB of texts: presidio_speed.py TEXT... Prints JSON, one object
per line. No language model takes part, which would make it slower still."""

import inspect
import json
import sys
import time
from pathlib import Path

import tldextract

# The list of endings that comes with it, not the one on the network.
tldextract.extract = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())

from presidio_analyzer import PatternRecognizer, predefined_recognizers

SAMPLE = 100_000


def recognisers():
    made = []
    for _, kind in inspect.getmembers(predefined_recognizers, inspect.isclass):
        if issubclass(kind, PatternRecognizer) and kind is not PatternRecognizer:
            try:
                recogniser = kind()
                recogniser.analyze("see https://example.org/a or mail to a@example.org", recogniser.supported_entities, None)
                made.append(recogniser)
            except Exception:
                continue
    return made


def main():
    made = recognisers()
    for file in map(Path, sys.argv[1:]):
        with file.open(encoding="utf-8") as text:
            parts = text.read(SAMPLE).split("\f")
        start = time.process_time()
        for part in parts:
            for recogniser in made:
                recogniser.analyze(part, recogniser.supported_entities, None)
        size = sum(len(part.encode()) for part in parts)
        figure = {"text": file.stem, "mbPerSecond": size / 1e6 / (time.process_time() - start), "recognisers": len(made)}
        print(json.dumps(figure), flush=True)


main()
