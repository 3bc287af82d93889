"""How a run looks from outside: a light fold of its events that window, terminal and tests share.

It needs no playbook and evaluates nothing. Statuses are kept by static id (`events.static_id`); a node in a loop shows
the worst of its items (visual-design.md §2.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.engine.events import LIVE, Event, EventType, NodeState, RunStatus, static_id
from tocsin.engine.light import light
from tocsin.engine.outcomes import merge_changed
from tocsin.engine.values import V

EDITED: Final = "edited"
"""The flag of a node whose output a person changed."""
_WORST_FIRST: Final[tuple[NodeState | None, ...]] = (
    None,  # what may have happened, whatever its state
    NodeState.FAILED,
    NodeState.WAITING,
    NodeState.HELD,
    NodeState.RETRYING,
    NodeState.RUNNING,
    NodeState.PENDING,
    NodeState.SUCCEEDED,
    NodeState.CANCELLED,
    NodeState.SKIPPED,
)


@light
class ItemCounts:
    """How far a loop is. `total` is 0 while it is not known."""

    done: int = 0
    total: int = 0
    failed: int = 0


@light
class NodeStatus:
    """Where one node stands.

    Attributes:
        state: Its state, of several items the worst.
        ports: The ports it left by.
        attempts: The highest attempt so far.
        summary: What happened, in one line; "" when there is nothing to say.
        reason: Why it was skipped or held; "" else.
        items: Of a loop, how far it is.
        started_at: UTC microseconds, 0 when it has not started.
        ended_at: UTC microseconds, 0 when it has not ended.
        uncertain: What it did may have happened, and nothing has told yet.
        until: UTC microseconds when what it waits for ends: a pause, another try, the time to answer; 0 else.
        code: Why it failed, a FailureCode; "" else.
        already: The world was so before, so it changed nothing.
        via: What gave its output where it did not run itself: verify, carried, pinned, predicted, default; "" else.
        flags: What else is to be known of how it settled: partial, continued, assumed, uncertain, disabled.
    """

    state: NodeState = NodeState.PENDING
    ports: tuple[str, ...] = ()
    attempts: int = 0
    summary: str = ""
    reason: str = ""
    items: ItemCounts | None = None
    started_at: int = 0
    ended_at: int = 0
    uncertain: bool = False
    until: int = 0
    code: str = ""
    already: bool = False
    via: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionOption:
    """One answer that is offered. `style` is danger or plain."""

    id: str
    title: str
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that waits for a person.

    Attributes:
        ask: Its id, `path?1`.
        path: The node's path.
        node: The node's id.
        kind: approval, choice, form, or uncertain.
        text: What is asked, with data of the run in it: show it as plain text.
        options: The answers.
        form: JSON Schema of a form, or None.
        expires: UTC microseconds, or None.
        asked_at: UTC microseconds.
        need: How many people must give the same answer.
        given: Who answered so far, and what.
        intents: The acts that it is about, V; None when it is about none.
        intents_hash: Their hash, to be given with the answer.
    """

    ask: str
    path: str
    node: str
    kind: str
    text: str
    options: tuple[QuestionOption, ...]
    form: Mapping[str, Any] | None = None
    expires: int | None = None
    asked_at: int = 0
    need: int = 1
    given: tuple[tuple[str, str], ...] = ()
    intents: V | None = None
    intents_hash: str = ""


@light
class Change:
    """Something the run did or may have done to the world."""

    path: str
    node: str
    connection: str
    action: str
    effect: str
    outcome: str
    changed: str
    summary: str
    undo: str | None = None


class RunProgress:
    """Folds the events of one run into what faces show.

    Attributes:
        run: The run's id.
        mode: live, or rehearse.
        status: Where the run stands.
        is_paused: Nothing new starts in it until somebody says so.
        error: The failure that ended it, as events keep it, or None.
        started_at: UTC microseconds of its first event.
        ended_at: UTC microseconds of its last, 0 while it runs.
        questions: Open questions by id, oldest first.
    """

    def __init__(self, run: str) -> None:
        self.run = run
        self.mode = LIVE
        self.status = RunStatus.RUNNING
        self.is_paused = False
        self.error: Mapping[str, Any] | None = None
        self.started_at = 0
        self.ended_at = 0
        self.questions: dict[str, OpenQuestion] = {}
        self._by_path: dict[str, NodeStatus] = {}
        self._paths: dict[str, list[str]] = {}
        self._by_state: dict[str, dict[NodeState | None, dict[str, None]]] = {}
        self._shown: dict[str, NodeStatus] = {}
        self._outputs: MutableMapping[str, Json] = {}
        self._changes: dict[str, Change] = {}
        self._started: MutableMapping[str, Mapping[str, Any]] = {}
        self._handlers: Mapping[EventType, Callable[[Event], tuple[str, ...]]] = {
            EventType.RUN_CREATED: self._on_created,
            EventType.RUN_PAUSED: self._on_paused,
            EventType.RUN_RESUMED: self._on_resumed,
            EventType.RUN_CANCEL_REQUESTED: self._on_cancel,
            EventType.RUN_FINISHED: self._on_finished,
            EventType.NODE_STARTED: self._on_started,
            EventType.NODE_SETTLED: self._on_settled,
            EventType.NODE_SKIPPED: self._on_skipped,
            EventType.NODE_HELD: self._on_held,
            EventType.NODE_EDITED: self._on_edited,
            EventType.ATTEMPT_STARTED: self._on_attempt_started,
            EventType.ATTEMPT_FINISHED: self._on_attempt_finished,
            EventType.ATTEMPT_VERIFIED: self._on_verified,
            EventType.TIMER_SET: self._on_timer,
            EventType.ASK_OPENED: self._on_asked,
            EventType.ASK_ANSWERED: self._on_answered,
            EventType.ASK_CLOSED: self._on_ask_ended,
            EventType.LOOP_STARTED: self._on_loop,
            EventType.ITEM_FINISHED: self._on_item_finished,
        }

    def apply(self, event: Event) -> frozenset[str]:
        """Take one event; return the ids of the nodes whose status may be another now."""
        return self.apply_all((event,))

    def apply_all(self, events: Iterable[Event]) -> frozenset[str]:
        """Take events in order; return the ids of the nodes whose status may be another after the last of them.

        For many events this is quicker than one by one: how a node with many items stands is found once.
        """
        touched: set[str] = set()
        for event in events:
            handler = self._handlers.get(event.type)
            if handler is not None:
                touched.update(handler(event))
        changed: set[str] = set()
        for node in touched:
            now = self._worst(node)
            if now != self._shown.get(node):
                self._shown[node] = now
                changed.add(node)
        return frozenset(changed)

    def lay_out(self) -> dict[str, Any]:
        """Return all that it knows by name, for `kept_moments`; nothing of it is a copy."""
        return {name: value for name, value in vars(self).items() if name != "_handlers"}

    def take_over(self, known: Mapping[str, Any]) -> None:
        """Know what another one knew (`lay_out`)."""
        vars(self).update(known)

    def copy(self) -> RunProgress:
        """Return the same once more: what is applied to one leaves the other as it is."""
        other = RunProgress(self.run)
        other.mode, other.status, other.error = self.mode, self.status, self.error
        other.is_paused = self.is_paused
        other.started_at, other.ended_at = self.started_at, self.ended_at
        other.questions = dict(self.questions)
        other._by_path = dict(self._by_path)
        other._paths = {node: list(paths) for node, paths in self._paths.items()}
        other._by_state = {
            node: {state: dict(paths) for state, paths in by_state.items()} for node, by_state in self._by_state.items()
        }
        other._shown, other._outputs = dict(self._shown), copy(self._outputs)
        other._changes, other._started = dict(self._changes), copy(self._started)
        return other

    @property
    def statuses(self) -> Mapping[str, NodeStatus]:
        """Every node that has been heard of, by id."""
        return self._shown

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the run changed, or may have changed, in the order it finished."""
        return tuple(change for change in self._changes.values() if change.changed != "false")

    def status_of(self, node: str) -> NodeStatus:
        """Return where a node stands; one that was not heard of is pending."""
        return self._shown.get(node, NodeStatus())

    def status_at(self, path: str) -> NodeStatus:
        """Return where one path stands, one item apart from the others."""
        return self._by_path.get(path, NodeStatus())

    def output_of(self, path: str) -> Json:
        """Return the output at a path, or None. Large ones are their reference `{"r": hash, …}`."""
        return self._outputs.get(path)

    def paths_of(self, node: str) -> tuple[str, ...]:
        """Return the paths under which a node was heard of: one, or one for each item."""
        return tuple(self._paths.get(node, ()))

    def _worst(self, node: str) -> NodeStatus:
        by_state = self._by_state.get(node, {})
        for state in _WORST_FIRST:
            paths = by_state.get(state)
            if paths:
                return self._by_path[next(iter(paths))]
        return NodeStatus()

    def _put(self, path: str, status: NodeStatus) -> tuple[str, ...]:
        """Keep a path's status, and its node's paths by state: the worst of 1,000 items is then found at once."""
        node = static_id(path)
        before = self._by_path.get(path)
        by_state = self._by_state.setdefault(node, {})
        if before is None:
            self._paths.setdefault(node, []).append(path)
        elif _rank(before) is not _rank(status):
            del by_state[_rank(before)][path]
        by_state.setdefault(_rank(status), {})[path] = None
        self._by_path[path] = status
        return (node,)

    def _on_created(self, event: Event) -> tuple[str, ...]:
        self.started_at = event.at
        self.mode = event.data.get("mode", LIVE)
        return ()

    def _on_paused(self, _event: Event) -> tuple[str, ...]:
        self.is_paused = True
        return ()

    def _on_resumed(self, event: Event) -> tuple[str, ...]:
        """A pause ends when somebody lets the run go on; it outlives a process that ends."""
        self.is_paused = self.is_paused and event.data["reason"] != "continue"
        return ()

    def _on_cancel(self, _event: Event) -> tuple[str, ...]:
        self.is_paused = False
        return ()

    def _on_started(self, event: Event) -> tuple[str, ...]:
        status = replace(self.status_at(event.path), state=NodeState.RUNNING, started_at=event.at)
        return self._put(event.path, status)

    def _on_loop(self, event: Event) -> tuple[str, ...]:
        return self._put(
            event.path, replace(self.status_at(event.path), items=ItemCounts(total=event.data.get("count", 0)))
        )

    def _on_item_finished(self, event: Event) -> tuple[str, ...]:
        status = self.status_at(event.path)
        counts = status.items or ItemCounts()
        failed = counts.failed + (event.data["state"] == NodeState.FAILED)
        return self._put(event.path, replace(status, items=ItemCounts(counts.done + 1, counts.total, failed)))

    def _on_attempt_started(self, event: Event) -> tuple[str, ...]:
        self._started[event.path] = event.data
        before = self.status_at(event.path)
        status = replace(
            before, state=NodeState.RUNNING, attempts=event.data["n"], started_at=before.started_at or event.at, until=0
        )
        return self._put(event.path, status)

    def _on_attempt_finished(self, event: Event) -> tuple[str, ...]:
        data = event.data
        was_so = data["outcome"] == "succeeded" and data["changed"] == "false" and self._is_change(event.path)
        summary = data.get("summary") or _message(data.get("error"))
        status, settle = self.status_at(event.path), data.get("settle")
        if settle:
            status = self._settled(event, status, settle, summary=summary, already=was_so)
        elif data["outcome"] != "succeeded":
            is_uncertain = data["outcome"] == "uncertain" and self._is_change(event.path)
            state = NodeState.RUNNING if data.get("looking") else NodeState.RETRYING
            status = replace(status, summary=summary, already=was_so, state=state, uncertain=is_uncertain)
        else:
            status = replace(status, summary=summary, already=was_so)
        self._note_change(event)
        return self._put(event.path, status)

    def _is_change(self, path: str) -> bool:
        return self._started.get(path, {}).get("effect", "read") != "read"

    def _note_change(self, event: Event) -> None:
        started, data = self._started.get(event.path, {}), event.data
        if not self._is_change(event.path) or data["outcome"] in {"not_sent", "refused"}:
            return
        undo = data.get("undo")
        before = self._changes.pop(event.path, None)
        changed = merge_changed(before.changed if before else "false", outcome=data["outcome"], changed=data["changed"])
        self._changes[event.path] = Change(
            path=event.path,
            node=static_id(event.path),
            connection=started["connection"],
            action=started["action"],
            effect=started["effect"],
            outcome=data["outcome"],
            changed=changed,
            summary=data.get("summary") or "",
            undo=undo["action"] if undo else None,
        )

    def _on_verified(self, event: Event) -> tuple[str, ...]:
        change, result = self._changes.get(event.path), event.data["result"]
        if change is not None and result == "done":
            self._changes[event.path] = replace(change, outcome="succeeded", changed="true")
        elif change is not None and result == "not_done":
            del self._changes[event.path]
        if result == "unknown":
            return ()
        return self._put(event.path, replace(self.status_at(event.path), uncertain=False))

    def _on_settled(self, event: Event) -> tuple[str, ...]:
        status = self.status_at(event.path)
        told = self._settled(event, status, event.data, summary=status.summary, already=status.already)
        return self._put(event.path, told)

    def _settled(
        self, event: Event, status: NodeStatus, data: Mapping[str, Any], *, summary: str, already: bool
    ) -> NodeStatus:
        output = event.data.get("output")
        if output is not None:
            self._outputs[event.path] = output.get("v", output)
        error = event.data.get("error")
        return replace(
            status,
            state=NodeState(data["state"]),
            ports=tuple(data.get("ports", ())),
            summary=_message(error) if error else (event.data.get("summary") or summary),
            already=already,
            ended_at=event.at,
            started_at=status.started_at or event.at,
            reason="disabled" if "disabled" in event.data.get("flags", ()) else event.data.get("reason", ""),
            uncertain=bool(error) and error["code"] == "uncertain",
            until=0,
            code=str(error["code"]) if error else "",
            via=data.get("via", ""),
            flags=tuple(data.get("flags", ())),
        )

    def _on_skipped(self, event: Event) -> tuple[str, ...]:
        status = NodeStatus(state=NodeState.SKIPPED, reason=event.data["reason"], ended_at=event.at)
        return tuple(node for path in event.data["paths"] for node in self._put(path, status))

    def _on_edited(self, event: Event) -> tuple[str, ...]:
        """A person says that a step gave something else."""
        after, status = event.data["after"], self.status_at(event.path)
        self._outputs[event.path] = after.get("v", after)
        return self._put(event.path, replace(status, flags=tuple(dict.fromkeys((*status.flags, EDITED)))))

    def _on_held(self, event: Event) -> tuple[str, ...]:
        held, data = self.status_at(event.path), event.data
        until = data.get("until") or 0
        return self._put(event.path, replace(held, state=NodeState.HELD, reason=data["reason"], until=until))

    def _on_timer(self, event: Event) -> tuple[str, ...]:
        path, _, kind = event.path.partition("@")
        state = {"retry": NodeState.RETRYING, "wait": NodeState.WAITING}.get(kind)
        return self._put(path, replace(self.status_at(path), state=state, until=event.data["due"])) if state else ()

    def _on_asked(self, event: Event) -> tuple[str, ...]:
        data = event.data
        options = tuple(QuestionOption(o["id"], o["title"], o.get("style") or "plain") for o in data["options"])
        path = event.path.partition("?")[0]
        self.questions[event.path] = OpenQuestion(
            ask=event.path,
            path=path,
            node=static_id(path),
            kind=data["kind"],
            text=data["text"],
            options=options,
            form=data.get("schema"),
            expires=data.get("expires"),
            asked_at=event.at,
            need=data.get("need", 1),
            intents=data.get("intents"),
            intents_hash=data.get("intents_hash", ""),
        )
        self.status = RunStatus.WAITING
        until = data.get("expires") or 0
        return self._put(path, replace(self.status_at(path), state=NodeState.WAITING, until=until))

    def _on_answered(self, event: Event) -> tuple[str, ...]:
        question = self.questions.get(event.path)
        if question is None or event.data.get("final", True):
            return self._on_ask_ended(event)
        self.questions[event.path] = replace(question, given=(*question.given, (event.by, event.data["option"])))
        return ()

    def _on_ask_ended(self, event: Event) -> tuple[str, ...]:
        self.questions.pop(event.path, None)
        if not self.questions and self.status is RunStatus.WAITING:
            self.status = RunStatus.RUNNING
        return ()

    def _on_finished(self, event: Event) -> tuple[str, ...]:
        self.status = RunStatus(event.data["status"])
        self.error = event.data.get("error")
        self.ended_at = event.at
        return ()


def _rank(status: NodeStatus) -> NodeState | None:
    return None if status.uncertain else status.state


def _message(error: Mapping[str, Any] | None) -> str:
    return str(error["message"]) if error else ""
