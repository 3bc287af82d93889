"""What a rehearsal found, as the steps of a plan: in order, in words, and what each rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.engine.events import Event, EventType, static_id
from tocsin.engine.values import V

_SAY_GROUNDS: Final = frozenset(
    {EventType.NODE_STARTED, EventType.NODE_SETTLED, EventType.ATTEMPT_FINISHED, EventType.LOOP_STARTED}
)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One thing that a run would do, or that the rehearsal took for granted.

    Attributes:
        number: From 1, in the order of the rehearsal.
        path: The node's path.
        node: The node's id.
        text: In words: “Would block an address: 203.0.113.66 on OPNsense”.
        effect: read, change or destructive; "" for a question or a wait.
        action: As the playbook names it; "" for a question or a wait.
        connection: Which connection would do it; "" for a question or a wait.
        undoable: Something takes it back.
        assumed: Its own input is a guess, or it stands for an answer that nobody gave.
        rests_on: Numbers of earlier steps that it hangs on.
        inputs: What it would send, V; None for a question or a wait.
    """

    number: int
    path: str
    node: str
    text: str
    effect: str = ""
    action: str = ""
    connection: str = ""
    undoable: bool = False
    assumed: bool = False
    rests_on: tuple[int, ...] = ()
    inputs: V | None = None

    @property
    def is_change(self) -> bool:
        """It would change the world."""
        return self.effect not in {"", "read"}

    def to_json(self) -> dict[str, Json]:
        """Return the step as the record says it, without its inputs."""
        kept = asdict(self)
        del kept["inputs"]
        return kept


def plan_of(events: Iterable[Event]) -> tuple[PlannedStep, ...]:
    """Return the plan of a rehearsed run: what it would change, whom it would ask, what it did not look up."""
    found = _Found()
    for event in events:
        found.take(event)
    return tuple(found.steps)


class _Found:
    """The steps so far, and what is known of nodes that are none."""

    def __init__(self) -> None:
        self.steps: list[PlannedStep] = []
        self._grounds: dict[str, tuple[str, ...]] = {}

    def take(self, event: Event) -> None:
        data, node = event.data, static_id(event.path)
        if event.type in _SAY_GROUNDS:
            self._grounds[node] = tuple(data.get("rests_on", ()))
        would: dict[str, Any] | None = data.get("would")
        if would is None:
            return
        step = PlannedStep(
            number=len(self.steps) + 1,
            path=event.path,
            node=node,
            text=would["text"],
            effect=would.get("effect", ""),
            action=would.get("action", ""),
            connection=would.get("connection", ""),
            undoable=would.get("undoable", False),
            assumed="assumed" in data.get("flags", ()) or "options" in would,
            rests_on=self._numbers_of(data.get("rests_on", ()), event.path),
            inputs=would.get("inputs"),
        )
        self.steps.append(step)

    def _numbers_of(self, names: Iterable[str], path: str) -> tuple[int, ...]:
        """Return the numbers of the steps that these nodes are, that lie in these, or that they rest on."""
        found: dict[int, None] = {}
        waiting, seen = list(names), set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            scope = path.rpartition("/")[0]
            named = [step.number for step in self.steps if _is_of(step.path, name, seen_from=scope)]
            found.update(dict.fromkeys(named))
            if not named:
                waiting += self._grounds.get(name, ())
        return tuple(sorted(found))


def _is_of(path: str, name: str, *, seen_from: str) -> bool:
    """Tell whether a path is that node's, as a step in the scope `seen_from` sees it, or inside that loop or call."""
    scope = path.rpartition("/")[0]
    if static_id(path) == name:
        return seen_from == scope or seen_from.startswith(f"{scope}/") or not scope
    return name in _around(scope) and name not in _around(seen_from)


def _around(scope: str) -> list[str]:
    """Return the static ids of the loops and calls that a scope lies in."""
    segments = scope.split("/")
    return [static_id("/".join(segments[: place + 1])) for place in range(len(segments))]
