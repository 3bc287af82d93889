"""Any moment of a run, from its events alone: the same fold that the running engine uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tocsin.engine.events import Event
from tocsin.engine.fold import apply
from tocsin.engine.plan import Plan
from tocsin.engine.state import NO_CALLEES, RunState


def replay(events: Iterable[Event], plan: Plan, callees: Mapping[str, Plan] = NO_CALLEES) -> RunState:
    """Return the state of a run after these events, in order from the first.

    Args:
        events: What happened.
        plan: What ran.
        callees: The playbooks that it may call, by id.

    Raises:
        UnknownEventError: An event is of a type this version does not know.
    """
    state: RunState | None = None
    for event in events:
        if state is None:
            state = RunState(event.run, plan, callees)
        apply(state, event)
    return state if state is not None else RunState("", plan)
