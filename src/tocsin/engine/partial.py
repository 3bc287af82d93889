"""A part of a playbook, run with the data of an earlier run: from one step on, or one step alone (engine.md 1.22)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from tocsin.base.json_types import Json
from tocsin.engine.errors import ForeignDataError, NoSuchStepError, OtherVersionError
from tocsin.engine.events import LIVE
from tocsin.engine.plan import Plan
from tocsin.model.document import to_document
from tocsin.model.environment import Environment
from tocsin.model.playbook import RUNNABLE, EndNode, Playbook, TriggerNode

FROM_HERE: Final = "from_here"
SINGLE: Final = "single"
PARTS: Final = frozenset({FROM_HERE, SINGLE})
"""The kinds of runs that begin at a step: `parent.path` of run.created names it."""
_ONLY_SHOWN: Final = ("title", "note")


@dataclass(frozen=True, slots=True)
class Settled:
    """How a step of an earlier run settled, by some port.

    Attributes:
        seq: The event that says so.
        state: succeeded, failed, or skipped for a step that is off.
        ports: The ports it left by.
        output: What it gave.
        error: Why it failed, as events keep it, or None.
        facts: What expressions may ask about it beside that: attempts, changed, answered_by.
    """

    seq: int
    state: str
    ports: tuple[str, ...]
    output: Json = None
    error: Mapping[str, Any] | None = None
    facts: Mapping[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A run whose data another one takes over.

    Attributes:
        run: Its id.
        environment: Where it ran.
        mode: live, or rehearse.
        playbook: What it ran.
        trigger: The trigger that fired.
        event: What that fired with.
        settled: What its steps gave, by id; only those of the playbook itself that left by a port.
    """

    run: str
    environment: str
    mode: str
    playbook: Playbook
    trigger: str
    event: Json
    settled: Mapping[str, Settled]


@dataclass(frozen=True, slots=True)
class Part:
    """What of a playbook runs.

    Attributes:
        node: Where it begins.
        is_alone: Nothing runs after that step.
        earlier: Where the data of the steps before it come from; None when there are none.
        accepts_changes: A person has seen that steps are drawn otherwise than when they gave their data.
    """

    node: str
    is_alone: bool = False
    earlier: EarlierRun | None = None
    accepts_changes: bool = False

    @property
    def kind(self) -> str:
        """The kind of such a run, as run.created names it."""
        return SINGLE if self.is_alone else FROM_HERE

    @property
    def parent(self) -> dict[str, Json]:
        """What run.created says of where it begins and what its data come from."""
        earlier = self.earlier
        return {"run": earlier.run if earlier is not None else None, "path": self.node, "reason": self.kind}


def ensure_part(part: Part, playbook: Playbook, environment: Environment, mode: str) -> None:
    """See that a part can run.

    Raises:
        NoSuchStepError: No run can begin at that step.
        ForeignDataError: It is live, and the data are of another environment or of a rehearsal.
    """
    node = playbook.graph.nodes.get(part.node)
    if node is None or node.kind not in RUNNABLE or isinstance(node, TriggerNode | EndNode):
        possible = [
            name
            for name, each in playbook.graph.nodes.items()
            if each.kind in RUNNABLE and not isinstance(each, TriggerNode | EndNode)
        ]
        raise NoSuchStepError(part.node, possible, is_drawn=node is not None)
    earlier = part.earlier
    if earlier is not None and mode == LIVE and (earlier.environment != environment.id or earlier.mode != LIVE):
        raise ForeignDataError(earlier.run, earlier.environment, is_rehearsal=earlier.mode != LIVE)


def ensure_same_version(part: Part, playbook: Playbook, plan: Plan) -> None:
    """See that the steps whose data are taken over are drawn as they were.

    Raises:
        OtherVersionError: Some are not, and nobody has accepted it.
    """
    earlier = part.earlier
    if earlier is None or part.accepts_changes:
        return
    before, now = _definitions(earlier.playbook), _definitions(playbook)
    names = [plan.ids[node] for node in carried_nodes(plan, part)]
    differing = [name for name in names if before.get(name) != now[name]]
    if differing:
        raise OtherVersionError(earlier.run, differing)


def carried_nodes(plan: Plan, part: Part) -> Iterator[int]:
    """Yield the steps whose data are taken over, in their order: those that do not come after where the part begins.

    What an `end` said was about its own run.
    """
    if part.earlier is None:
        return
    after = reachable(plan, plan.index[part.node])
    for node, name in enumerate(plan.ids):
        if node not in after and name in part.earlier.settled and not isinstance(plan.nodes[node], EndNode):
            yield node


def reachable(plan: Plan, start: int) -> frozenset[int]:
    """Return a step and all that come after it."""
    found, waiting = {start}, [start]
    while waiting:
        for _, target, _ in plan.out[waiting.pop()]:
            if target not in found:
                found.add(target)
                waiting.append(target)
    return frozenset(found)


def _definitions(playbook: Playbook) -> dict[str, Any]:
    """Return what each step does, without what is only shown of it."""
    nodes = cast("Mapping[str, Mapping[str, Any]]", to_document(playbook)["nodes"])
    return {name: {key: value for key, value in node.items() if key not in _ONLY_SHOWN} for name, node in nodes.items()}
