"""Any moment of a run, from its events alone: the same fold that the running engine uses."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.engine.events import Event
from tocsin.engine.fold import apply
from tocsin.engine.plan import Plan
from tocsin.engine.state import RunState


def replay(events: Iterable[Event], plan: Plan) -> RunState:
    """Return the state of a run after these events, in order from the first.

    Raises:
        UnknownEventError: An event is of a type this version does not know.
    """
    state: RunState | None = None
    for event in events:
        if state is None:
            state = RunState(event.run, plan)
        apply(state, event)
    return state if state is not None else RunState("", plan)
