"""`python -m tests.bench NAME [--json]`: runs one bench in a process of its own and prints what it measured."""

import argparse
import gc
import importlib
import json

from tocsin.bootstrap import YOUNG_OBJECTS

BENCHES = {
    "canvas": "tests.bench.canvas",
    "checks": "tests.bench.checks",
    "connectors": "tests.bench.connectors",
    "engine": "tests.bench.engine",
    "engine-events": "tests.bench.engine_events",
    "engine-growth": "tests.bench.engine_growth",
    "engine-items": "tests.bench.engine_items",
    "engine-many": "tests.bench.engine_many",
    "engine-memory": "tests.bench.engine_memory",
    "journal": "tests.bench.journal",
    "lab": "tests.bench.lab",
    "frames": "tests.bench.frames",
    "leaks": "tests.bench.leaks",
    "soak": "tests.bench.soak",
    "startup": "tests.bench.startup",
}
"""Name → module with `run() -> dict`."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    arguments, _ = parser.parse_known_args()  # a bench may have options of its own
    gc.set_threshold(YOUNG_OBJECTS)  # as every command does
    result = importlib.import_module(BENCHES[arguments.name]).run()
    print(json.dumps(result) if arguments.json else json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
