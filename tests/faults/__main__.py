"""`python -m tests.faults [--json] [--faults NAME]…`: die at every point, with every fault of the Lab."""

import argparse
import json
import sys
import tempfile

from tests.faults.harness import FAULTS, Harness


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--faults", action="append", choices=list(FAULTS), help="Only these; all by default.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        harness = Harness(folder)
        try:
            found = _die_everywhere(harness, asked.faults or list(FAULTS), is_quiet=asked.as_json)
        finally:
            harness.close()
    wrong = [one for one in found if one.wrong]
    if asked.as_json:
        told = [{"point": one.point, "faults": one.faults, "wrong": one.wrong} for one in wrong]
        print(json.dumps({"points": len(found), "wrong": told}))
    else:
        print(f"{len(found)} deaths, {len(wrong)} of them wrong")
    return 1 if wrong else 0


def _die_everywhere(harness, names, *, is_quiet):
    found = []
    for name in names:
        points = harness.count_points(name)
        for point in range(1, points + 1):
            one = harness.die_at(point, name)
            found.append(one)
            if one.wrong and not is_quiet:
                print(f"{name}, point {point} of {points}: {'; '.join(one.wrong)}")
    return found


if __name__ == "__main__":
    sys.exit(main())
