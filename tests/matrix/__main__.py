"""`python -m tests.matrix [--json] [--playbook NAME]… [--seed N] [--alone]`: each failure alone, then every pair."""

import argparse
import json
import sys
import time
from collections import Counter

from tests.matrix.drawing import pairs, singles
from tests.matrix.judging import faults_of
from tests.matrix.playing import play, playbooks


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__)
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--playbook", action="append", choices=playbooks(), help="Only these; all by default.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--alone", action="store_true", help="Without the pairs.")
    asked = parser.parse_args()
    begun, by_playbook, wrong = time.monotonic(), {}, []
    for name in asked.playbook or playbooks():
        ends = Counter()
        for case in [*singles(name), *([] if asked.alone else pairs(name, asked.seed))]:
            played = play(case)
            ends[str(played.run.state.status)] += 1
            faults = faults_of(played)
            if faults:
                wrong.append({"case": str(case), "wrong": faults})
                print(f"{case}: {'; '.join(faults)}", file=sys.stderr, flush=True)
        by_playbook[name] = dict(ends)
    cases = sum(sum(ends.values()) for ends in by_playbook.values())
    seconds = round(time.monotonic() - begun)
    if asked.as_json:
        print(json.dumps({"cases": cases, "seconds": seconds, "ends": by_playbook, "wrong": wrong}))
    else:
        print(f"{cases} cases, {len(wrong)} wrong, {seconds} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
