"""What must not be, whenever the program died and whatever the products answered: the books beside the journal.

The books are the Lab's own: what changed in its world and which requests came in, each with the key of the step that
asked for it. The journal is what the program says it did.
"""

from collections import Counter
from dataclasses import dataclass

from tocsin.engine.events import FINISHED

FOLLOWS = ("attempt.started", "attempt.finished", "attempt.verified", "ask.opened", "node.settled")
NEVER_AGAIN = ("jira",)
"""Products that do a thing twice when they are asked twice; elsewhere an attempt may be repeated (`safe_to_repeat`)."""

NOTHING_LEFT = "ended 0 sessions"
"""A sign-out that may be repeated, and found nobody signed in any more; attempts bound how often it is sent."""


@dataclass(frozen=True)
class Books:
    """What the Lab says.

    Attributes:
        changes: Every change of its world that a product made.
        requests: Every request for a change, refused ones too.
    """

    changes: list
    requests: list

    @property
    def keys(self):
        """The key of every step that changed something."""
        return {change["cause"] for change in self.changes}

    @property
    def touched(self):
        """What was changed, whatever became of it later, without the names of runs."""
        return sorted({(change["product"], change["table"], change["key"]) for change in self.changes})

    def faults(self, attempts):
        """Sentences about what happened more often than it was to happen.

        Args:
            attempts: How many attempts the journal has, by key.
        """
        real = [change for change in self.changes if not change["what"].startswith(NOTHING_LEFT)]
        made = Counter((change["product"], change["what"]) for change in real)
        taken = Counter(
            (request["product"], request["headers"].get("idempotency-key") or request["headers"]["x-tocsin-attempt"])
            for request in self.requests
            if request["changes"] and (request["status"] or 200) < 300
        )
        found = [f"{what} happened {count} times at {product}" for (product, what), count in made.items() if count > 1]
        return found + [
            f"{product} was sent {key} {count} times"
            for (product, key), count in taken.items()
            if count > (1 if product in NEVER_AGAIN else attempts[key])
        ]


def judge(books, events, *, waits):
    """Return sentences about what must not be.

    Args:
        books: What the Lab says.
        events: Those of the one run, or none where it was never created.
        waits: It waits for a person, who was asked; else it must be over.
    """
    steps = {}
    for event in events:
        if event.type in FOLLOWS:
            steps.setdefault(event.path.partition("?")[0], []).append(event)
    attempts = Counter(event.data["idempotency_key"] for event in events if event.type == "attempt.started")
    found = books.faults(attempts)
    found += [f"{key} changed something without an intent" for key in sorted(books.keys - set(attempts))]
    for path, own in steps.items():
        key = next((event.data["idempotency_key"] for event in own if event.type == "attempt.started"), None)
        found += [f"{path} {fault}" for fault in _faults_of(own, has_happened=key in books.keys)]
    ends = [event.data["status"] for event in events if event.type == "run.finished"]
    if events and not waits and not (len(ends) == 1 and ends[0] in FINISHED and events[-1].type == "run.finished"):
        found.append(f"the run ended {len(ends)} times")
    return found


def _faults_of(own, *, has_happened):
    """What is wrong with one step: it ran after it had settled, or says something else than the books."""
    settled = [e for e in own if e.type == "node.settled" or "settle" in e.data]
    if not settled:
        return
    if any(event.type == "attempt.started" and event.seq > settled[0].seq for event in own):
        yield "had settled and ran again"
    ends = [e for e in own if e.type == "attempt.finished"]
    effects = {e.data["effect"] for e in own if e.type == "attempt.started"}
    if not ends or effects <= {"read"}:
        return
    state = settled[0].data.get("settle", settled[0].data)["state"]
    results = [e.data["result"] for e in own if e.type == "attempt.verified"]
    last = ends[-1].data
    if last["outcome"] == "uncertain" and state == "succeeded" and "done" not in results:
        yield "is unsure and was passed over in silence"
    is_told = any(e.data["changed"] != "false" for e in ends)
    if has_happened and not is_told:
        yield "happened, and the journal says that it did not"
    if state == "succeeded" and not has_happened:
        yield "succeeded, and nothing happened"
