"""What the last run of a playbook gave, read from its events: the first value that each node had."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tocsin.base.clock import rfc3339
from tocsin.base.json_types import Json
from tocsin.engine.events import Event, EventType, static_id
from tocsin.engine.values import V, untag

LARGEST: Final = 256 * 1024
"""Values with more bytes than this are no samples: nobody could look at them in a line."""


@dataclass(frozen=True, slots=True)
class SeenRun:
    """The values of one run.

    Attributes:
        run: Its id.
        number: Its number in the journal.
        outputs: Node id → output; of a node in a loop that of its first item that has one.
        facts: Node id → what `nodes.ID` gives besides the output.
        items: Loop's id → the first item of its list, or its first state.
        actions: Node id → the action it was, as the playbook named it.
        about: What `run` gives.
        event: What the run began with.
        is_over: Nothing more will come of it.
    """

    run: str
    number: int
    outputs: Mapping[str, Json]
    facts: Mapping[str, Mapping[str, Json]]
    items: Mapping[str, Json]
    actions: Mapping[str, str]
    about: Mapping[str, Json]
    event: Json = None
    is_over: bool = True

    @property
    def label(self) -> str:
        """What a person calls it: `R-217`."""
        return f"R-{self.number}"


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    load: Callable[[str], Json]
    outputs: dict[str, Json] = field(default_factory=dict[str, Json])
    facts: dict[str, dict[str, Json]] = field(default_factory=dict[str, dict[str, Json]])
    items: dict[str, Json] = field(default_factory=dict[str, Json])
    actions: dict[str, str] = field(default_factory=dict[str, str])
    about: dict[str, Json] = field(default_factory=dict[str, Json])
    event: Json = None
    is_over: bool = False

    def take(self, event: Event) -> None:
        name, data = static_id(event.path), event.data
        match event.type:
            case EventType.RUN_CREATED:
                self._take_start(event)
            case EventType.RUN_FINISHED:
                self.is_over = True
            case EventType.ATTEMPT_STARTED:
                self.actions.setdefault(name, str(data.get("action", "")))
            case EventType.NODE_SETTLED:
                self._take_end(name, data)
            case EventType.ATTEMPT_FINISHED if data.get("settle"):
                self._take_end(name, {**data["settle"], "output": data.get("output"), "error": data.get("error")})
            case EventType.LOOP_STARTED:
                self._take_loop(name, data)
            case _:
                pass

    def _take_start(self, event: Event) -> None:
        data = event.data
        self.about = {
            "id": event.run,
            "mode": data.get("mode", "live"),
            "environment": data.get("environment", {}).get("name", ""),
            "started_at": rfc3339(event.at),
        }
        if (value := data.get("input")) is not None and _is_small(value):
            self.event = untag(value, self.load)

    def _take_end(self, name: str, data: Mapping[str, Any]) -> None:
        output, error = data.get("output"), data.get("error")
        if name in self.outputs or (name in self.facts and output is None):
            return
        facts: dict[str, Json] = {"state": str(data.get("state", "")), "attempts": 1}
        if data.get("ports"):
            facts["port"] = data["ports"][0]
        if error is not None:
            facts["error"] = error
            self.about.setdefault("first_error", error)
        self.facts[name] = facts
        if output is not None and _is_small(output):
            self.outputs[name] = untag(output, self.load)

    def _take_loop(self, name: str, data: Mapping[str, Any]) -> None:
        if name in self.items:
            return
        if (items := data.get("items")) is not None and _is_small(items):
            listed = untag(items, self.load)
            if isinstance(listed, list | tuple) and listed:
                self.items[name] = listed[0]
        elif (state := data.get("state")) is not None and _is_small(state):
            self.items[name] = untag(state, self.load)


def read_run(run: str, number: int, events: Iterable[Event], load: Callable[[str], Json]) -> SeenRun:
    """Return the values of a run.

    Args:
        run: Its id.
        number: Its number in the journal.
        events: All of its events, in order.
        load: Gives a large value by its hash.
    """
    reading = _Reading(load)
    for event in events:
        reading.take(event)
    return SeenRun(
        run,
        number,
        reading.outputs,
        reading.facts,
        reading.items,
        reading.actions,
        reading.about,
        reading.event,
        reading.is_over,
    )


def _is_small(value: V) -> bool:
    return value.get("n", 0) <= LARGEST
