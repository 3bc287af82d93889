"""Folds what a journal keeps and holds it against what the runner left there: the same state, from the events alone."""

import json

from tocsin.engine.events import FINISHED
from tocsin.engine.plan import compile_plan
from tocsin.engine.replay import replay
from tocsin.journal import ImportedRunError, JournalUnusableError
from tocsin.services.history import RunHistory
from tocsin.services.places import Places


def places_of(home):
    """The folders of a program whose home this is."""
    return Places(*(home / name for name in ("config", "data", "state", "cache", "runtime")))


def differences(places):
    """Return a sentence for each run whose events give another state than its summary tells.

    What a test damaged, or took out of a file, is left out.
    """
    history = RunHistory(places)
    found = []
    for summary in _readable(history):
        try:
            stored = history.recall(summary.run)
        except (JournalUnusableError, ImportedRunError):
            continue
        state = fold(stored)
        told = (summary.status, summary.changes if summary.status in FINISHED else state.changes)
        if (str(state.status), state.changes) != told:
            found.append(f"run {summary.run} folds to {state.status}, {state.changes} changes; kept: {told}")
        if (state.root.unsettled == 0) is not (summary.status in FINISHED):
            found.append(f"run {summary.run} is {summary.status} with {state.root.unsettled} nodes unsettled")
    return found


def fold(stored):
    """Return the state that the events of a stored run give."""
    callees = {name: compile_plan(callee.graph) for name, callee in stored.closure.callees.items()}
    return replay(stored.events, compile_plan(stored.playbook.graph), callees)


def picture_of(state):
    """Return all that is known of a run, by the ids of its nodes: the journal keeps no order of them."""
    picture = json.loads(json.dumps(state.picture()))
    for prefix, frame in picture["frames"].items():
        ids = state.frames[prefix].plan.ids
        for name in ("mark", "pending", "taken"):
            frame[name] = dict(zip(ids, frame[name], strict=True))
    return picture


def _readable(history):
    try:
        return history.list_runs(most=10_000)
    except JournalUnusableError:
        return []
