"""What the events of a run say beyond its states: how it began, every attempt, every look, every item of a loop.

A second fold beside `progress`, for those who show one run closely; it evaluates nothing. Data of the run stays tagged
(`{"v": …}` or its reference), so that nothing large is loaded before somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.engine.events import Event, EventType, NodeState
from tocsin.engine.light import light
from tocsin.engine.values import V


@dataclass(frozen=True, slots=True)
class Origin:
    """How a run began.

    Attributes:
        playbook: The playbook's name, its id where it has none.
        playbook_hash: Of the snapshot it runs.
        environment: Where it runs.
        mode: live; rehearse is reserved.
        trigger: The node that fired.
        input: What it fired with, as a V; None in runs that keep none.
        input_from: given, sample or merged.
        by: Who started it, as events name people.
        at: UTC microseconds.
        connections: Node id → the connection that plays its role.
    """

    playbook: str = ""
    playbook_hash: str = ""
    environment: str = ""
    mode: str = "live"
    trigger: str = ""
    input: V | None = None
    input_from: str = "given"
    by: str = ""
    at: int = 0
    connections: Mapping[str, str] | None = None


@light
class Attempt:
    """One try of one node.

    Attributes:
        n: Which, from 1.
        action: As the playbook names it.
        connection: What played the role.
        effect: What it does to the world.
        started_at: UTC microseconds.
        ended_at: UTC microseconds, 0 while it is under way.
        outcome: succeeded, refused, not_sent, failed or uncertain; "" while it is under way.
        sent: Whether a request left: yes, no, maybe.
        changed: Whether the world changed: true, false, unknown.
        summary: What happened, in one line.
        error: The failure as events keep it, or None.
        requests: The requests it made: method, host, path, status, ms, bytes.
    """

    n: int
    action: str
    connection: str
    effect: str
    started_at: int
    ended_at: int = 0
    outcome: str = ""
    sent: str = ""
    changed: str = ""
    summary: str = ""
    error: Mapping[str, Any] | None = None
    requests: tuple[Mapping[str, Any], ...] = ()


@light
class Look:
    """What somebody found who looked at a change that may have happened.

    Attributes:
        at: UTC microseconds.
        result: done, not_done or unknown.
        by: `verify` for the product itself, else the person.
    """

    at: int
    result: str
    by: str


@light
class ItemFacts:
    """One item of a loop.

    Attributes:
        index: Its place, from 0.
        key: What it is known by, or None.
        state: Where it stands; its nodes may be worse.
        started_at: UTC microseconds, 0 for one that was skipped.
        ended_at: UTC microseconds, 0 while it is under way.
        error: Why it failed, or None.
    """

    index: int
    key: Json = None
    state: NodeState = NodeState.RUNNING
    started_at: int = 0
    ended_at: int = 0
    error: Mapping[str, Any] | None = None


_NOTHING: Final[Mapping[int, ItemFacts]] = {}


class RunDetails:
    """Folds the events of one run into what is looked at closely.

    Attributes:
        origin: How it began.
        items_changed: Grows whenever an item is new, so that lists need not compare.
    """

    def __init__(self) -> None:
        self.origin = Origin()
        self.items_changed = 0
        self._attempts: MutableMapping[str, tuple[Attempt, ...]] = {}
        self._looks: dict[str, tuple[Look, ...]] = {}
        self._items: dict[str, dict[int, ItemFacts]] = {}
        self._lists: dict[str, V | None] = {}
        self._inputs: MutableMapping[str, V] = {}
        self._settled: MutableMapping[str, Mapping[str, Any]] = {}
        self._handlers: Mapping[EventType, Callable[[Event], None]] = {
            EventType.RUN_CREATED: self._on_created,
            EventType.NODE_SETTLED: self._on_settled,
            EventType.ATTEMPT_STARTED: self._on_attempt_started,
            EventType.ATTEMPT_FINISHED: self._on_attempt_finished,
            EventType.ATTEMPT_VERIFIED: self._on_verified,
            EventType.LOOP_STARTED: self._on_loop,
            EventType.ITEM_STARTED: self._on_item_started,
            EventType.ITEM_FINISHED: self._on_item_finished,
        }

    def apply(self, event: Event) -> None:
        """Take one event."""
        handler = self._handlers.get(event.type)
        if handler is not None:
            handler(event)

    def lay_out(self) -> dict[str, Any]:
        """Return all that it knows by name, for `kept_moments`; nothing of it is a copy."""
        return {name: value for name, value in vars(self).items() if name != "_handlers"}

    def take_over(self, known: Mapping[str, Any]) -> None:
        """Know what another one knew (`lay_out`)."""
        vars(self).update(known)

    def copy(self) -> RunDetails:
        """Return the same once more: what is applied to one leaves the other as it is."""
        other = RunDetails()
        other.origin, other.items_changed = self.origin, self.items_changed
        other._attempts, other._looks = copy(self._attempts), dict(self._looks)
        other._items = {path: dict(items) for path, items in self._items.items()}
        other._lists, other._inputs, other._settled = dict(self._lists), copy(self._inputs), copy(self._settled)
        return other

    def attempts_of(self, path: str) -> tuple[Attempt, ...]:
        """Return every attempt at a path, the first first."""
        return self._attempts.get(path, ())

    def looks_of(self, path: str) -> tuple[Look, ...]:
        """Return every look at what a path may have done."""
        return self._looks.get(path, ())

    def items_of(self, path: str) -> Mapping[int, ItemFacts]:
        """Return the items of the loop at a path that were heard of, by their index."""
        return self._items.get(path, _NOTHING)

    def knows_loop(self, path: str) -> bool:
        """Tell whether the loop at a path has begun."""
        return path in self._lists

    def list_of(self, path: str) -> V | None:
        """Return what the loop at a path goes through; None before it begins, and for one without a list."""
        return self._lists.get(path)

    def input_of(self, path: str) -> V | None:
        """Return what the first attempt at a path was given, or None."""
        return self._inputs.get(path)

    def explained(self, path: str) -> Mapping[str, Any] | None:
        """Return why a condition or a switch at a path left as it did: operands and their values; or None."""
        return self._settled.get(path, {}).get("explain")

    def _on_created(self, event: Event) -> None:
        data = event.data
        playbook: Mapping[str, Any] = data.get("playbook", {})
        bindings: Mapping[str, Mapping[str, str]] = data.get("bindings", {})
        self.origin = Origin(
            playbook=playbook.get("name") or playbook.get("id") or "",
            playbook_hash=playbook.get("hash", ""),
            environment=data.get("environment", {}).get("name", ""),
            mode=data.get("mode", "live"),
            trigger=data.get("trigger", {}).get("node", ""),
            input=data.get("input"),
            input_from=data.get("input_from", "given"),
            by=event.by,
            at=event.at,
            connections={node: pin["connection"] for node, pin in bindings.items()},
        )

    def _on_settled(self, event: Event) -> None:
        if "explain" in event.data:
            self._settled[event.path] = event.data

    def _on_attempt_started(self, event: Event) -> None:
        data = event.data
        attempt = Attempt(data["n"], data["action"], data["connection"], data["effect"], event.at)
        self._attempts[event.path] = (*self.attempts_of(event.path), attempt)
        if "inputs" in data:
            self._inputs[event.path] = data["inputs"]

    def _on_attempt_finished(self, event: Event) -> None:
        attempts, data = self.attempts_of(event.path), event.data
        if not attempts:
            return
        last = replace(
            attempts[-1],
            ended_at=event.at,
            outcome=data["outcome"],
            sent=data.get("sent", ""),
            changed=data.get("changed", ""),
            summary=data.get("summary") or "",
            error=data.get("error"),
            requests=tuple(data.get("requests", ())),
        )
        self._attempts[event.path] = (*attempts[:-1], last)

    def _on_verified(self, event: Event) -> None:
        look = Look(event.at, event.data["result"], event.data.get("by", "verify"))
        self._looks[event.path] = (*self.looks_of(event.path), look)

    def _on_loop(self, event: Event) -> None:
        self._lists[event.path] = event.data.get("items")

    def _on_item_started(self, event: Event) -> None:
        item = ItemFacts(event.data["index"], event.data.get("key"), started_at=event.at)
        self._items.setdefault(event.path, {})[item.index] = item
        self.items_changed += 1

    def _on_item_finished(self, event: Event) -> None:
        data, items = event.data, self._items.setdefault(event.path, {})
        before = items.get(data["index"])
        if before is None:
            self.items_changed += 1
        item = before or ItemFacts(data["index"])
        items[item.index] = replace(
            item, key=data.get("key"), state=NodeState(data["state"]), ended_at=event.at, error=data.get("error")
        )
