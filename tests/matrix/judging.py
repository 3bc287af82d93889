"""What must not be when a playbook has ended, whatever failed meanwhile."""

from functools import cache

from tests.faults.books import judge
from tests.matrix.playing import undisturbed

BUG = "a bug"


def faults_of(played):
    """Return sentences about what is wrong with what came of a case: none is how it should be."""
    events = played.run.events
    usual = judged(played.case.playbook)
    found = [fault for fault in judge(played.books, events, waits=False) if fault not in usual]
    if not played.run.of("run.finished"):
        return [*found, f"it did not end: {played.run.state.status}"]
    end = played.run.end
    messages = [str(error.get("message", "")) for error in _errors(events)]
    found += [f"a connector met {message}" for message in messages if BUG in message]
    found += [f"a failure says nothing: {error}" for error in _errors(events) if not error.get("message")]
    if end["status"] == "failed" and not _reason(end, events):
        found.append("it failed and says nothing of why")
    if end["status"] == "succeeded":
        found += [f"{path} failed, took no way, and the run calls itself a success" for path in _dead_ends(played.run)]
    return found


@cache
def judged(playbook):
    """Return what the books say of a playbook with which nothing is wrong: it means to do a thing twice."""
    played = undisturbed(playbook)
    return frozenset(judge(played.books, played.run.events, waits=False))


def _errors(events):
    return [event.data["error"] for event in events if event.data.get("error")]


def _reason(end, events):
    return any(end.get(name) for name in ("error", "message", "reason")) or bool(_errors(events))


def _dead_ends(run):
    """Return what failed without a line for errors to leave by; an item's failure is its loop's to tell."""
    settled = run.settled()
    return [path for path, (state, ports) in settled.items() if state == "failed" and not ports and "[" not in path]
