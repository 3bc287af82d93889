"""Where a run stands: frames of arrays, and what is in the air. Changed by `fold.apply` alone."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.engine.events import FINISHED, NodeState, RunStatus
from tocsin.engine.plan import Plan
from tocsin.engine.values import V


class Mark(IntEnum):
    """A node's state in a frame's byte array."""

    PENDING = 0
    STARTED = 1
    SUCCEEDED = 2
    FAILED = 3
    SKIPPED = 4
    CANCELLED = 5


PENDING: Final = Mark.PENDING
STARTED: Final = Mark.STARTED
"""Asked at every edge and every step: on Python 3.11 a member looked up in its enum costs as much as a call."""
MARKS: Final[Mapping[str, Mark]] = {
    NodeState.SUCCEEDED: Mark.SUCCEEDED,
    NodeState.FAILED: Mark.FAILED,
    NodeState.SKIPPED: Mark.SKIPPED,
    NodeState.CANCELLED: Mark.CANCELLED,
}


NO_CALLEES: Final[Mapping[str, Plan]] = {}


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's yes to a list of acts: the event that says so, the list as V, and its hash."""

    seq: int
    intents: V
    hash: str


@dataclass(slots=True)
class Work:
    """A node that has started and not settled.

    Attributes:
        attempt: The number of the last attempt that started; 0 before the first.
        in_flight: Whether that attempt is out.
        effect: Of an action, what it does to the world.
        inputs: Rendered inputs of an action, V.
        inputs_hash: Their hash.
        question: The id of its open question, or "".
        intents: The acts that its last question is about, V; None when it is about none.
        intents_hash: Their hash.
        timers: Its timers that are set: kind → due, UTC microseconds.
        signal: What a wait waits for, or "".
        answers: Who answered what.
        asked: How many questions it has asked: the generation of the last one.
        overdue: Its deadline passed while a change was in flight.
        unwanted: A join that fired early has no use for it: no further attempt, no question.
        changed: Whether its attempts so far changed the world: `outcomes.Changed`.
        is_still: It goes on only when a person, a signal or its own items say so.
        last: The last attempt's end, as its event keeps it.
        looking: A look at what an uncertain change did is out.
        interrupted: The process ended while its last attempt, a change, was out: nobody decides but product or person.
    """

    attempt: int = 0
    in_flight: bool = False
    effect: str = "read"
    inputs: V | None = None
    inputs_hash: str = ""
    question: str = ""
    intents: V | None = None
    intents_hash: str = ""
    timers: dict[str, int] = field(default_factory=dict)
    signal: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    overdue: bool = False
    unwanted: bool = False
    changed: str = "false"
    is_still: bool = False
    last: dict[str, Any] | None = None
    looking: bool = False
    interrupted: bool = False


@dataclass(slots=True)
class Loop:
    """A loop that runs.

    Attributes:
        items: The frozen list, V; None for a while.
        count: How many items there are; of a while, its bound.
        following: The next item's index.
        running: Items in the air, by index.
        results: What came of each item that ended, by index.
        keys: Identities met so far.
        stopping: No item starts any more.
        carried: Of a while, what the next iteration sees as `state`, V.
        cause: The path of the first failure inside, or "".
        resting: A while waits for its next turn.
        rested: The iteration before which it has waited.
        done: A while's condition says it is over.
        failed: How many items failed.
        guessed: In a rehearsal, its items are a guess.
    """

    items: V | None
    count: int
    following: int = 0
    running: set[int] = field(default_factory=set)
    results: dict[int, dict[str, Any]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    stopping: bool = False
    carried: V | None = None
    cause: str = ""
    resting: bool = False
    rested: int = 0
    done: bool = False
    failed: int = 0
    guessed: bool = False


class Frame:
    """One scope: the whole graph, one item of a loop, or a called playbook.

    Attributes:
        plan: What runs in it.
        prefix: The path before its nodes: "" or "hosts[0]".
        parent: The frame around it, or None.
        outer: The frame whose names it sees beside its own, or None: a called playbook sees none of its caller's.
        opener: The number of the loop or call that opened it, in the parent's plan.
        item: Of a loop's item, its index.
        inputs: Of a called playbook, what the call gave, V.
        mark: A byte for each node: `Mark`.
        pending: Incoming edges that are not settled, for each node.
        taken: Incoming edges that were taken, for each node.
        queued: Nodes that wait in one of the state's lists.
        cause: For each node the event that its next one follows from: made it ready, began or ended its last attempt.
        unsettled: Nodes that have not settled.
        drain: Why nothing starts here any more, or "".
        is_cut: Something was skipped or cancelled because of that.
        failure: The first failure that nothing took, as events keep it.
        ended: The worst `end` that was reached, or "".
        calls: For each call that runs, the frame of what it called.
        approvals: For each question that was answered with a yes to what it covers, that yes.
        assumed: In a rehearsal, nodes whose output is a guess or reads one.
        grounds: In a rehearsal, the guesses that a node rests on, by id.
    """

    __slots__ = (
        "answered_by",
        "approvals",
        "assumed",
        "calls",
        "cause",
        "changed",
        "drain",
        "end_outputs",
        "ended",
        "errors",
        "failure",
        "grounds",
        "inputs",
        "is_cut",
        "item",
        "key",
        "loops",
        "mark",
        "opener",
        "outer",
        "outputs",
        "parent",
        "pending",
        "plan",
        "ports",
        "prefix",
        "queued",
        "serial",
        "taken",
        "taken_edges",
        "tries",
        "unsettled",
        "work",
    )

    def __init__(
        self, plan: Plan, *, prefix: str = "", parent: Frame | None = None, opener: int = 0, item: int = 0
    ) -> None:
        size = len(plan.ids)
        self.plan = plan
        self.prefix = prefix
        self.parent = parent
        self.outer = parent if parent is not None and parent.plan.unit == plan.unit else None
        self.opener = opener
        self.item = item
        self.key: Json = None
        self.inputs: V | None = None
        self.serial = 0
        self.mark = bytearray(size)
        self.pending = array("I", plan.indegree)
        self.taken = array("I", bytes(4 * size))
        self.queued = bytearray(size)
        self.cause = array("I", bytes(4 * size))
        self.unsettled = size
        self.ports: dict[int, tuple[str, ...]] = {}
        self.outputs: dict[int, V] = {}
        self.errors: dict[int, dict[str, Any]] = {}
        self.changed: dict[int, str] = {}
        self.answered_by: dict[int, str] = {}
        self.tries: dict[int, int] = {}
        self.taken_edges: dict[int, list[str]] = {}
        self.work: dict[int, Work] = {}
        self.loops: dict[int, Loop] = {}
        self.calls: dict[int, Frame] = {}
        self.approvals: dict[int, Approval] = {}
        self.drain = ""
        self.is_cut = False
        self.failure: dict[str, Any] | None = None
        self.ended = ""
        self.end_outputs: dict[int, V] = {}
        self.assumed: set[int] = set()
        self.grounds: dict[int, tuple[str, ...]] = {}

    def path_of(self, node: int) -> str:
        """Return the path of one of its nodes."""
        return f"{self.prefix}/{self.plan.ids[node]}" if self.prefix else self.plan.ids[node]

    def pending_nodes(self) -> list[int]:
        """Return the nodes that have not started, in their order."""
        return [number for number, mark in enumerate(self.mark) if mark == PENDING]

    def picture(self) -> dict[str, Json]:
        """Return all that is known as plain JSON, for comparing two frames."""
        named = {self.plan.ids[node]: str(work) for node, work in self.work.items()}
        loops = {self.plan.ids[node]: str(loop) for node, loop in self.loops.items()}
        return {
            "mark": list(self.mark),
            "pending": list(self.pending),
            "taken": list(self.taken),
            "unsettled": self.unsettled,
            "ports": {self.plan.ids[node]: list(ports) for node, ports in self.ports.items()},
            "outputs": {self.plan.ids[node]: dict(output) for node, output in self.outputs.items()},
            "errors": {self.plan.ids[node]: error for node, error in self.errors.items()},
            "drain": self.drain,
            "ended": self.ended,
            "failure": self.failure,
            "approvals": {self.plan.ids[node]: approval.hash for node, approval in self.approvals.items()},
            "work": named,
            "loops": loops,
        }


class RunState:
    """One run as its events tell it.

    Attributes:
        run: Its id.
        callees: The playbooks that it may call, by id.
        root: The frame of the whole graph.
        frames: Every living frame by prefix.
        seq: The last event's number.
        at: Its time.
        status: Where the run stands.
        ready: Nodes whose edges say start, as (frame, node).
        dead: Nodes whose edges say never.
        ended_frames: Frames with nothing left to settle.
        drains: Frames that have been told to drain and have not been cleared.
        rests: Joins that fired early and whose rest has not been cleared.
        loops_due: Loops that may go on, as (frame, node).
        failure: The first failure that nothing took.
        later: Those that came after it.
        moving: How many nodes are started and can go on by themselves.
        questions: How many questions are open.
        cancelled: Someone asked it to stop.
        handled_errors: Failures that an error edge or a default took.
        changes: How many attempts changed something.
        paused: Nothing new starts.
        paused_at: Since when, UTC microseconds.
        due: When it will have taken too long, UTC microseconds; 0 where it may take as long as it likes.
        start: The step that a run of a part begins with; "" of a whole one.
        queued: It waits for its turn behind runs of the same key, and has not started.
        epoch: How many processes have driven it: events of an earlier one are no longer taken.
    """

    def __init__(self, run: str, plan: Plan, callees: Mapping[str, Plan] = NO_CALLEES) -> None:
        self.run = run
        self.callees = callees
        self.root = Frame(plan)
        self.frames: dict[str, Frame] = {"": self.root}
        self.created_frames = 0
        self.seq = 0
        self.at = 0
        self.started_at = 0
        self.mode = "live"
        self.trigger = ""
        self.start = ""
        self.status = RunStatus.RUNNING
        self.ready: list[tuple[Frame, int]] = []
        self.dead: list[tuple[Frame, int]] = []
        self.ended_frames: deque[Frame] = deque()
        self.drains: deque[Frame] = deque()
        self.rests: deque[tuple[Frame, int]] = deque()
        self.loops_due: deque[tuple[Frame, int]] = deque()
        self.failure: dict[str, Any] | None = None
        self.later: list[dict[str, Any]] = []
        self.moving = 0
        self.questions = 0
        self.cancelled = False
        self.handled_errors = 0
        self.changes = 0
        self.epoch = 1
        self.paused = False
        self.paused_at = 0
        self.due = 0
        self.queued = False
        self.first_error: dict[str, Any] | None = None

    def locate(self, path: str) -> tuple[Frame, int]:
        """Return the frame and number of the node at a path."""
        prefix, _, name = path.rpartition("/")
        frame = self.frames[prefix]
        return frame, frame.plan.index[name]

    def find_node(self, path: str) -> tuple[Frame, int] | None:
        """Return the frame and number of the node at a path, or None when its frame is gone."""
        prefix, _, name = path.rpartition("/")
        frame = self.frames.get(prefix)
        return (frame, frame.plan.index[name]) if frame is not None and name in frame.plan.index else None

    def find_work(self, path: str) -> Work | None:
        """Return the open work at a path, or None when it has settled or its frame is gone."""
        found = self.find_node(path)
        return found[0].work.get(found[1]) if found is not None else None

    def children_of(self, frame: Frame, node: int) -> list[Frame]:
        """Return the living frames that a loop opened, in order of its items, or a call."""
        if node in frame.calls:
            return [frame.calls[node]]
        loop = frame.loops.get(node)
        path = frame.path_of(node)
        return [self.frames[f"{path}[{index}]"] for index in sorted(loop.running)] if loop else []

    def open_work(self) -> Iterator[tuple[Frame, int, Work]]:
        """Yield everything that has started and not settled, in a stable order."""
        for frame in self.frames.values():
            for node, work in frame.work.items():
                yield frame, node, work

    def tidy(self) -> None:
        """Leave in the lists only what still waits, after a fold without a conductor: it takes nothing out of them."""
        self.ready = [(frame, node) for frame, node in self.ready if self._still_waits(frame, node)]
        self.dead = [(frame, node) for frame, node in self.dead if self._still_waits(frame, node)]
        self.ended_frames.clear()
        self.drains.clear()
        self.rests.clear()
        self.loops_due.clear()

    def _still_waits(self, frame: Frame, node: int) -> bool:
        return self.frames.get(frame.prefix) is frame and frame.mark[node] == PENDING and not frame.drain

    @property
    def is_parked(self) -> bool:
        """Nothing can go on before a person or a signal says so."""
        is_still = self.paused or not (self.ready or self.dead)
        return self.status not in FINISHED and not self.moving and is_still and not self.queued

    def picture(self) -> dict[str, Json]:
        """Return all that is known as plain JSON, for comparing two states."""
        return {
            "run": self.run,
            "seq": self.seq,
            "at": self.at,
            "status": str(self.status),
            "cancelled": self.cancelled,
            "due": self.due,
            "failure": self.failure,
            "handled_errors": self.handled_errors,
            "changes": self.changes,
            "moving": self.moving,
            "questions": self.questions,
            "frames": {prefix: frame.picture() for prefix, frame in self.frames.items()},
        }
