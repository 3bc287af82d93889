"""`python -m tests.faults [--json] [--faults NAME]… [--deaths N] [--twice N]`: die everywhere, and with every fault.

Where nothing goes wrong at the products, the program dies at every point, and N seeded times again while it goes on;
with each of their faults at N seeded ones, every third time again.
"""

import argparse
import json
import random
import sys
import tempfile
import time

from tests.faults.harness import Death, Harness
from tests.faults.stages import FAULTS

SEED = 20
LATER = 60
"""Within so many points one that went on dies again."""


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--faults", action="append", choices=list(FAULTS), help="Only these; all by default.")
    parser.add_argument("--deaths", type=int, default=15, metavar="N", help="With each fault; 0 for every point.")
    parser.add_argument("--twice", type=int, default=30, metavar="N", help="Deaths of those that went on.")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        harness = Harness(folder)
        try:
            found = [_die(harness, death) for death in _deaths(harness, asked)]
        finally:
            harness.close()
    told = _sum_up(found, time.monotonic() - began)
    if asked.as_json:
        print(json.dumps(told))
    else:
        print("{deaths} deaths, {questions} questions, {wrong} wrong, {seconds} s".format(**told))
    return 1 if told["wrong"] else 0


def _deaths(harness, asked):
    draw = random.Random(asked.seed)
    names = asked.faults or list(FAULTS)
    for name in names:
        points = range(1, harness.count_points(name) + 1)
        if name != "none" and 0 < asked.deaths < len(points):
            points = sorted(draw.sample(points, asked.deaths))
        for number, point in enumerate(points):
            again = (draw.randint(1, LATER),) if name != "none" and number % 3 == 2 else ()
            yield Death(name, (point, *again))
    if "none" in names:
        points = harness.count_points()
        yield from (Death("none", (draw.randint(1, points), draw.randint(1, points // 2))) for _ in range(asked.twice))


def _die(harness, death):
    found = harness.die(death)
    if found.wrong:
        print(f"{death.faults} {death.points}: {'; '.join(found.wrong)}", file=sys.stderr, flush=True)
    return found


def _sum_up(found, seconds):
    by_faults = {}
    for one in found:
        own = by_faults.setdefault(one.death.faults, {"deaths": 0, "questions": 0, "wrong": 0, "ends": {}})
        own["deaths"] += one.died
        own["questions"] += one.asked
        own["wrong"] += bool(one.wrong)
        own["ends"][one.status or "not begun"] = own["ends"].get(one.status or "not begun", 0) + 1
    totals = {key: sum(own[key] for own in by_faults.values()) for key in ("deaths", "questions", "wrong")}
    wrong = [{"faults": one.death.faults, "points": one.death.points, "wrong": one.wrong} for one in found if one.wrong]
    return {**totals, "seconds": round(seconds), "by_faults": by_faults, "what_is_wrong": wrong}


if __name__ == "__main__":
    sys.exit(main())
