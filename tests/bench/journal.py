"""How fast the journal answers with 10,000 runs kept: a page of the list, one run opened, old ones let go; the memory.

The runs are those of a usual playbook: twenty steps in a row, ten of them changes, 44 events. Beside them stands one of
100,000 events: opened for the first time, again, and by folding all of it; and a jump to its middle.
"""

import resource
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from tests.bench.timing import median_ms
from tests.helpers.runs import Driver, answer_by_path, answered, playbook_of
from tocsin.engine.moments import moment_at
from tocsin.engine.ports import Batch
from tocsin.engine.preparation import pinned_values
from tocsin.journal import JournalWriter
from tocsin.services.history import RunHistory
from tocsin.services.keeping import Limits, RunKeeping
from tocsin.services.past import RunQuery
from tocsin.services.places import Places

RUNS = 10_000
STEPS = 20
MANY_EVENTS = 100_000
BATCH = 2
"""Events a commit: a step ends and the next begins."""


def _told(steps, use):
    nodes = {"t": {"kind": "trigger", "event": "manual", "sample": {"n": 1}}}
    for place in range(steps):
        nodes[f"n{place}"] = {"kind": "action", "use": use(place), "with": {"x": "{{ t.n }}"}}
    answer = answer_by_path(n3=answered(output={"x": "y" * 3000}))
    edges = [f"{one} -> {other}" for one, other in pairwise(nodes)]
    return Driver(playbook_of(nodes, edges, name="Usual"), answers=answer).run()


def _told_items():
    """One step for each of so many items that there are 100,000 events."""
    body = {"nodes": {"look": {"kind": "action", "use": "toy.look", "with": {"x": "{{ item }}"}}}, "edges": []}
    loop = {"kind": "for_each", "in": "t.items", "max": MANY_EVENTS, "body": body}
    playbook = playbook_of(
        {"t": {"kind": "trigger", "event": "manual"}, "loop": loop}, ["t -> loop"], name="Many items"
    )
    return Driver(playbook, event={"items": list(range(MANY_EVENTS // 4))}).run()


def _keep(writer, driver, run, *, shift=0):
    values = driver.values | pinned_values(driver.program)
    events = [replace(event, run=run, at=event.at + shift) for event in driver.events]
    for first in range(0, len(events), BATCH):
        writer.commit(Batch(events[first : first + BATCH], {} if first else values, durable=False))


def _id(number):
    return f"{number:08x}-0000-7000-8000-000000000000"


def _fill(places):
    writer = JournalWriter(places.journal, places.blobs)
    usual = _told(STEPS, lambda place: "toy.change" if place % 2 else "toy.look")
    for number in range(RUNS):
        _keep(writer, usual, _id(number), shift=number * 1_000_000)
    _keep(writer, _told_items(), _id(RUNS), shift=RUNS * 1_000_000)
    writer.close()


def _megabytes():
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1_000_000 if sys.platform == "darwin" else 1_000), 1)


def _fold(events):
    """What opening such a run would take if nothing were kept of it: the floor."""
    moment_at(events, len(events))


def _jump_ms(history):
    """To the middle of a run that was just opened, on the thread beside the window."""
    taken = []
    for _ in range(5):
        past = history.load_past(_id(RUNS))
        taken.append(_seconds(lambda past=past: past.rewind.at(MANY_EVENTS // 2)))
    return round(statistics.median(taken) * 1_000)


def _seconds(action):
    start = time.perf_counter()
    action()
    return round(time.perf_counter() - start, 2)


def run():
    """Return medians in milliseconds, single times in seconds, and the most memory taken until then in megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        places = Places(*[Path(folder)] * 5)
        filled = _seconds(lambda: _fill(places))
        history, keeping = RunHistory(places), RunKeeping(places, lambda value: value)
        middle = RUNS // 2
        found = {
            "bench": "journal",
            "runs": RUNS,
            "filled_s": filled,
            "file_mb": round(places.journal.stat().st_size / 1_000_000, 1),
            "list_page_ms": median_ms(lambda: history.search(RunQuery(most=200, before=RUNS))),
            "list_far_page_ms": median_ms(lambda: history.search(RunQuery(most=200, before=300))),
            "list_by_text_ms": median_ms(lambda: history.search(RunQuery(most=200, text="usual"))),
            "list_by_text_found_nowhere_ms": median_ms(lambda: history.search(RunQuery(most=200, text="nowhere"))),
            "open_usual_ms": median_ms(lambda: history.load_past(_id(middle))),
            "open_100k_events_first_s": _seconds(lambda: history.load_past(_id(RUNS))),
            "open_100k_events_ms": median_ms(lambda: history.load_past(_id(RUNS))),
            "fold_100k_events_s": _seconds(lambda: _fold(history.load_events(_id(RUNS)))),
            "jump_back_100k_events_ms": _jump_ms(history),
            "plan_prune_s": _seconds(lambda: keeping.plan(Limits(keep=middle))),
        }
        plan = keeping.plan(Limits(keep=middle))
        found["prune_half_s"] = _seconds(lambda: keeping.let_go(plan))
        found["file_after_mb"] = round(places.journal.stat().st_size / 1_000_000, 1)
        found["verify_half_s"] = _seconds(keeping.check_all)
        return {**found, "most_memory_mb": _megabytes()}
