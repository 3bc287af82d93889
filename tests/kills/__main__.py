"""`python -m tests.kills [--kills N] [--at-once N] [--seed N] [--json]`: kill -9 at random moments of editing.

After each, the saved file must be whole and all that was done more than a second before must be found again.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from tests.kills.killing import kill_at

LONGEST = 5.0


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, metavar="N")
    parser.add_argument("--at-once", type=int, default=4, metavar="N", help="So many windows side by side.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    began = time.monotonic()
    found = kill_often(asked.kills, asked.seed, asked.at_once)
    wrong = [asdict(one) for one in found if one.wrong]
    told = {"kills": len(found), "edits": sum(one.edits for one in found), "wrong": len(wrong)}
    told |= {"seconds": round(time.monotonic() - began), "what_is_wrong": wrong}
    print(
        json.dumps(told) if asked.as_json else "{kills} kills, {edits} edits, {wrong} wrong, {seconds} s".format(**told)
    )
    for one in wrong:
        print(one, file=sys.stderr)
    return 1 if wrong else 0


def kill_often(kills, seed, at_once):
    """Return what each kill left, of so many at seeded moments."""
    draw = random.Random(seed)
    moments = [draw.uniform(0.0, LONGEST) for _ in range(kills)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(at_once) as pool:
        places = [Path(folder) / str(number) for number in range(kills)]
        for place in places:
            place.mkdir()
        return list(pool.map(kill_at, places, moments))


if __name__ == "__main__":
    sys.exit(main())
