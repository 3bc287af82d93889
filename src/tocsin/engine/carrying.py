"""How a run of a part begins: what an earlier run gave is carried over, and its first step stands ready."""

from __future__ import annotations

from typing import Any, Final

from tocsin.engine.calls import NOT_SELECTED
from tocsin.engine.desk import Desk
from tocsin.engine.events import EventType
from tocsin.engine.partial import Part, Settled, carried_nodes, reachable
from tocsin.engine.state import Mark, RunState

CARRIED: Final = "carried"


def carry_over(desk: Desk, part: Part) -> None:
    """Write what the steps around a part gave in an earlier run; leave out what gave nothing there.

    Done in the commit that creates the run, so that it needs the earlier one never again.
    """
    root, plan = desk.state.root, desk.program.plan
    fired = plan.index[desk.program.trigger]
    start = plan.index[part.node]
    stays = {fired, start} if part.is_alone else {fired, *reachable(plan, start)}
    if part.earlier is not None:
        for node in carried_nodes(plan, part):
            if node != fired:
                stays.add(node)
                settled = part.earlier.settled[plan.ids[node]]
                desk.emit(EventType.NODE_SETTLED, root.path_of(node), _facts(desk, part.earlier.run, settled))
    left = [node for node in range(len(plan.ids)) if node not in stays]
    if left:
        facts = {"paths": [root.path_of(node) for node in left], "reason": NOT_SELECTED}
        desk.emit(EventType.NODE_SKIPPED, "", facts)


def queue_start(state: RunState) -> None:
    """Let the step that a part begins with be ready, whatever the edges say that lead to it."""
    if not state.start:
        return
    root, node = state.root, state.root.plan.index[state.start]
    if root.mark[node] != Mark.PENDING or root.drain:
        return
    entry = (root, node)
    state.dead = [other for other in state.dead if other != entry]
    if entry not in state.ready:
        state.ready.append(entry)
    root.queued[node] = 1
    root.cause[node] = root.cause[node] or state.seq


def _facts(desk: Desk, run: str, settled: Settled) -> dict[str, Any]:
    facts: dict[str, Any] = {"state": settled.state, "ports": settled.ports, "via": CARRIED}
    facts |= {"from": {"run": run, "seq": settled.seq}, **settled.facts}
    if settled.output is not None:
        facts["output"] = desk.tag(settled.output)
    if settled.error is not None:
        facts["error"] = dict(settled.error)
    return facts
