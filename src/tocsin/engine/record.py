"""The record of a run (definitions.md D6): one JSON object that says what it did, made of its events alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from tocsin.base.clock import rfc3339
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.engine.events import REHEARSE, Event, EventType, NodeState, RunStatus
from tocsin.engine.fold import RUN_STOPPED
from tocsin.engine.partial import PARTS
from tocsin.engine.progress import Change, NodeStatus, RunProgress
from tocsin.engine.rehearsal_plan import plan_of
from tocsin.engine.values import untag
from tocsin.model.catalogue import Effect
from tocsin.model.document import from_document, playbook_hash
from tocsin.model.playbook import RUNNABLE, ActionNode, CallNode, ForEachNode, Graph, Node, Playbook, WhileNode
from tocsin.model.problems import Problem

VERSION: Final = 1


@dataclass(slots=True)
class _Item:
    index: int
    key: Json = None
    state: str = str(NodeState.PENDING)
    value: Json = None


@dataclass(slots=True)
class _Facts:
    created: Mapping[str, Any] = field(default_factory=dict[str, Any])
    finished: Mapping[str, Any] | None = None
    last_at: int = 0
    errors: dict[str, Json] = field(default_factory=dict[str, Json])
    said: list[Event] = field(default_factory=list[Event])
    edits: list[Event] = field(default_factory=list[Event])
    items: dict[str, dict[int, _Item]] = field(default_factory=dict[str, dict[int, _Item]])


class RunRecord:
    """Builds the record of one run.

    Args:
        playbook: The snapshot it ran.
        load: Gives a large value by its hash.
        effect_of: Gives what an action does to the world, by the name that playbooks call it; None where nobody knows.
    """

    def __init__(
        self,
        playbook: Playbook,
        load: Callable[[str], Json],
        effect_of: Callable[[str], Effect | None] = lambda _: None,
    ) -> None:
        self._playbook = playbook
        self._load = load
        self._effect_of = effect_of
        self._callees: dict[str, Playbook] = {}
        self._facts = _Facts()
        self._progress: RunProgress | None = None

    def add(self, events: Iterable[Event]) -> None:
        """Take events in, in order."""
        for event in events:
            if self._progress is None:
                self._progress = RunProgress(event.run)
            self._progress.apply(event)
            if event.type is EventType.NODE_EDITED:
                self._facts.edits.append(event)
            else:
                self._note(event)

    def to_json(self) -> dict[str, Json]:
        """Return the record as far as the run has come."""
        progress, facts = self._progress or RunProgress(""), self._facts
        created = facts.created
        playbook: Mapping[str, Any] = created.get("playbook", {})
        finished = facts.finished or {}
        ended = progress.ended_at or facts.last_at
        outputs = finished.get("outputs")
        return {
            "version": VERSION,
            "run": progress.run or None,
            "playbook": {key: playbook.get(key) or "" for key in ("id", "name", "hash")},
            "environment": created.get("environment", {}).get("name", ""),
            "mode": created.get("mode", "live"),
            "status": str(progress.status),
            "started_at": rfc3339(progress.started_at),
            "seconds": _seconds(progress.started_at, ended),
            "input": untag(created["input"], self._load) if "input" in created else None,
            "input_from": created.get("input_from", "given"),
            "nodes": self._nodes(self._playbook.graph, "", progress),
            "changes": [_change(change) for change in progress.changes],
            "waiting": [
                {
                    "path": question.path,
                    "text": question.text,
                    "options": [option.id for option in question.options],
                    "expires": rfc3339(question.expires) if question.expires else None,
                }
                for question in progress.questions.values()
            ],
            "outputs": untag(outputs, self._load) if outputs is not None else None,
            "error": _error(finished.get("error")),
            "problems": [],
        } | self._more(created, progress)

    def _more(self, created: Mapping[str, Any], progress: RunProgress) -> dict[str, Json]:
        """Return what only some runs have: a plan, an earlier run's data, pins, edits, a pause."""
        more: dict[str, Json] = {"plan": self.plan()} if created.get("mode") == REHEARSE else {}
        if created.get("kind") in PARTS:
            more["parent"] = dict(created["parent"])
        if "pins" in created:
            more["pinned"] = untag(created["pins"], self._load)
        if self._facts.edits:
            more["edits"] = [self._edit(event) for event in self._facts.edits]
        if progress.status is RunStatus.CANCELLED:
            more["stopped"] = self._stopped(progress)
        return more | ({"paused": True} if progress.is_paused else {})

    def _stopped(self, progress: RunProgress) -> list[Json]:
        """Return what came of each change of a run that was stopped: done, unknown or not sent (engine.md 1.17).

        What nobody knows the effect of counts as a change.
        """
        told = {change.path: "done" if change.changed == "true" else "unknown" for change in progress.changes}
        found: list[Json] = []
        for path, node in self._actions(self._playbook.graph, "", progress):
            effect = self._effect_of(node.use)
            came = told.get(path) or ("not_sent" if _was_cut(progress.status_at(path)) else "")
            if came and effect is not Effect.READ:
                known = str(effect) if effect is not None else None
                found.append({"path": path, "action": node.use, "effect": known, "came": came})
        return found

    def _actions(self, graph: Graph, prefix: str, progress: RunProgress) -> Iterator[tuple[str, ActionNode]]:
        """Yield every action that the run had before it, by path: a step in a loop once for each item.

        Of a loop that had not begun nobody knows the items: `hosts[*]/isolate`.
        """
        for name, node in graph.nodes.items():
            path = f"{prefix}/{name}" if prefix else name
            if isinstance(node, ActionNode):
                yield path, node
            elif isinstance(node, CallNode) and progress.status_at(path).started_at:
                yield from self._actions(self._callee(node).graph, path, progress)
            elif isinstance(node, ForEachNode | WhileNode):
                for index in self._indexes(node, path, progress):
                    yield from self._actions(node.body, f"{path}[{index}]", progress)

    def _indexes(self, node: ForEachNode | WhileNode, path: str, progress: RunProgress) -> Iterable[int | str]:
        status = progress.status_at(path)
        if status.items is None:
            return ("*",) if _was_cut(status) else ()
        return range(status.items.total) if isinstance(node, ForEachNode) else self._facts.items.get(path, ())

    def _edit(self, event: Event) -> dict[str, Json]:
        before, after = (untag(event.data[side], self._load) for side in ("before", "after"))
        told: dict[str, Json] = {"path": event.path, "by": event.by, "at": rfc3339(event.at)}
        return told | {"before": before, "after": after, "reason": event.data["reason"]}

    def plan(self) -> list[Json]:
        """Return the steps that a rehearsal says would be done."""
        return [step.to_json() for step in plan_of(self._facts.said)]

    def _note(self, event: Event) -> None:
        facts, data = self._facts, event.data
        facts.last_at = event.at
        if facts.created.get("mode") == REHEARSE:
            facts.said.append(event)
        match event.type:
            case EventType.RUN_CREATED:
                facts.created = data
            case EventType.RUN_FINISHED:
                facts.finished = data
            case EventType.ITEM_STARTED:
                item = _Item(data["index"], data.get("key"), str(NodeState.RUNNING))
                facts.items.setdefault(event.path, {})[item.index] = item
            case EventType.ITEM_FINISHED:
                self._note_item_end(event)
            case EventType.NODE_SETTLED | EventType.ATTEMPT_FINISHED if data.get("error"):
                facts.errors[event.path] = data["error"]
            case EventType.NODE_SETTLED | EventType.ATTEMPT_FINISHED:
                facts.errors.pop(event.path, None)
            case _:
                pass

    def _note_item_end(self, event: Event) -> None:
        data = event.data
        item = self._facts.items.setdefault(event.path, {}).setdefault(data["index"], _Item(data["index"]))
        item.key, item.state = data.get("key"), data["state"]
        value = data.get("value") or data.get("state_next")
        item.value = untag(value, self._load) if value is not None else None

    def _nodes(self, graph: Graph, prefix: str, progress: RunProgress) -> dict[str, Json]:
        return {
            name: self._node(name, node, prefix, progress)
            for name, node in graph.nodes.items()
            if node.kind in RUNNABLE
        }

    def _node(self, name: str, node: Node, prefix: str, progress: RunProgress) -> dict[str, Json]:
        path = f"{prefix}/{name}" if prefix else name
        status = progress.status_at(path)
        record: dict[str, Json] = {
            "kind": str(node.kind),
            "state": str(status.state),
            "port": status.ports[0] if status.ports else None,
            "reason": status.reason or None,
            "attempts": status.attempts,
            "seconds": _duration(status),
            "output": self._output(progress.output_of(path)),
            "error": self._facts.errors.get(path),
        }
        if isinstance(node, CallNode):
            record["nodes"] = self._nodes(self._callee(node).graph, path, progress) if status.started_at else {}
        if isinstance(node, ForEachNode | WhileNode):
            items = sorted(self._facts.items.get(path, {}).values(), key=lambda item: item.index)
            record["items"] = [self._item(item, node.body, path, progress) for item in items]
        return record

    def _item(self, item: _Item, body: Graph, path: str, progress: RunProgress) -> dict[str, Json]:
        nodes = self._nodes(body, f"{path}[{item.index}]", progress)
        return {"index": item.index, "key": item.key, "state": item.state, "value": item.value, "nodes": nodes}

    def _callee(self, node: CallNode) -> Playbook:
        """Return the snapshot of a called playbook; every run keeps those that it may call."""
        if node.playbook not in self._callees:
            pinned: Sequence[Mapping[str, str]] = self._facts.created["closure"]
            hashes = {entry["id"]: entry["hash"] for entry in pinned}
            document = cast("Mapping[str, Json]", self._load(hashes[node.playbook]))
            self._callees[node.playbook] = from_document(document)
        return self._callees[node.playbook]

    def _output(self, kept: Json) -> Json:
        """Large outputs are kept by their hash; the record has them whole."""
        if isinstance(kept, Mapping) and set(kept) == {"r", "n", "t"}:
            return untag(kept, self._load)
        return kept


def _was_cut(status: NodeStatus) -> bool:
    """Tell whether a step was not done only because its run was stopped."""
    return status.reason == RUN_STOPPED or status.state in {NodeState.PENDING, NodeState.CANCELLED}


def _duration(status: NodeStatus) -> float:
    return _seconds(status.started_at, status.ended_at) if status.started_at and status.ended_at else 0.0


def _seconds(start: int, end: int) -> float:
    return round((end - start) / 1_000_000, 3)


def _change(change: Change) -> dict[str, Json]:
    """Return a change as the record says it; `changed` is null when nobody can tell."""
    return {
        "path": change.path,
        "node": change.node,
        "connection": change.connection,
        "action": change.action,
        "effect": change.effect,
        "outcome": change.outcome,
        "changed": True if change.changed == "true" else None,
        "summary": change.summary,
        "undo": change.undo,
    }


def _error(error: Mapping[str, Any] | None) -> Json:
    if error is None:
        return None
    return {
        "code": error["code"],
        "message": error["message"],
        "path": error.get("cause") or error["node"],
        "retryable": error["retryable"],
    }


def refused_record(
    error: TocsinError, playbook: Playbook | None, problems: Iterable[Problem], *, environment: str
) -> dict[str, Json]:
    """Return the record of a run that was refused: all its keys, and nothing done."""
    known = {"id": playbook.id, "name": playbook.name, "hash": playbook_hash(playbook)} if playbook else {}
    failure: dict[str, Json] = {"code": str(error.code), "message": str(error), "path": "", "retryable": False}
    return {
        "version": VERSION,
        "run": None,
        "playbook": {"id": "", "name": "", "hash": "", **known},
        "environment": environment,
        "mode": "live",
        "status": "refused",
        "started_at": None,
        "seconds": 0.0,
        "input": None,
        "input_from": "given",
        "nodes": {},
        "changes": [],
        "waiting": [],
        "outputs": None,
        "error": failure,
        "problems": [problem.to_json() for problem in problems],
    }
