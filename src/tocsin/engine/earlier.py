"""What a run that was has for another one: the data of its steps, as its events tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.engine.errors import RunNotOverError
from tocsin.engine.events import FINISHED, Event, EventType, NodeState
from tocsin.engine.partial import EarlierRun, Settled
from tocsin.engine.plan import compile_plan
from tocsin.engine.replay import replay
from tocsin.engine.resumption import StoredRun
from tocsin.engine.state import Frame, Mark
from tocsin.engine.values import untag

_STATES: Final = {
    Mark.SUCCEEDED: NodeState.SUCCEEDED,
    Mark.FAILED: NodeState.FAILED,
    Mark.SKIPPED: NodeState.SKIPPED,
}


def earlier_run(stored: StoredRun, load: Callable[[str], Json]) -> EarlierRun:
    """Return the data of a run that has ended.

    Args:
        stored: The run.
        load: Gives a large value by its hash.

    Raises:
        RunNotOverError: It has not ended.
    """
    if stored.status not in FINISHED:
        raise RunNotOverError(stored.run)
    callees = {name: compile_plan(callee.graph, name) for name, callee in stored.closure.callees.items()}
    root = replay(stored.events, compile_plan(stored.playbook.graph, stored.playbook.id), callees).root
    seqs = _settling_events(stored.events)
    created = stored.created
    return EarlierRun(
        run=stored.run,
        environment=created["environment"]["name"],
        mode=created["mode"],
        playbook=stored.playbook,
        trigger=created["trigger"]["node"],
        event=untag(root.inputs, load) if root.inputs is not None else stored.input,
        settled={
            root.plan.ids[node]: _settled(root, node, seqs, load)
            for node, ports in root.ports.items()
            if ports and Mark(root.mark[node]) in _STATES
        },
    )


def _settling_events(events: Iterable[Event]) -> dict[str, int]:
    """Return by path the last event that says what a step gave."""
    return {
        event.path: event.seq
        for event in events
        if event.type in {EventType.NODE_SETTLED, EventType.NODE_EDITED}
        or (event.type is EventType.ATTEMPT_FINISHED and "settle" in event.data)
    }


def _settled(root: Frame, node: int, seqs: dict[str, int], load: Callable[[str], Json]) -> Settled:
    facts: dict[str, Any] = {}
    if node in root.tries:
        facts |= {"attempts": root.tries[node], "changed": root.changed[node]}
    if node in root.answered_by:
        facts["answered_by"] = root.answered_by[node]
    return Settled(
        seq=seqs[root.path_of(node)],
        state=str(_STATES[Mark(root.mark[node])]),
        ports=root.ports[node],
        output=untag(root.outputs[node], load) if node in root.outputs else None,
        error=root.errors.get(node),
        facts=facts,
    )
