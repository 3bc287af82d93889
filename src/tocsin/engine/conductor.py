"""Decides what a run does next. Pure: no clock, no I/O, no randomness; time and ids come with the news.

`decide` takes one piece of news and goes on until nothing can go on without the outside. It returns the events it wrote
(already folded) and the effects to perform once they are committed. Start reading at `Conductor.decide`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tocsin.base.json_types import Json
from tocsin.engine.amending import find_edit_fault, on_edited
from tocsin.engine.attempts import (
    on_denied,
    on_finished,
    on_granted,
    on_looked,
    on_queued,
)
from tocsin.engine.brakes import Brakes
from tocsin.engine.calls import NOT_SELECTED, finish_call, outputs_of
from tocsin.engine.carrying import carry_over, queue_start
from tocsin.engine.desk import Desk, StepError
from tocsin.engine.events import FINISHED, Event, EventType, NodeState, RunStatus
from tocsin.engine.fold import JOIN, apply
from tocsin.engine.joins import Verdict, judge_edges
from tocsin.engine.loops import advance_loop, finish_item
from tocsin.engine.news import (
    Answered,
    Begin,
    BreakpointsSet,
    CancelAsked,
    DataEdited,
    Denied,
    Effect,
    Finished,
    GoOnAsked,
    Granted,
    Looked,
    News,
    PauseAsked,
    Queued,
    Recovered,
    SignalCame,
    TimerDue,
)
from tocsin.engine.partial import SINGLE
from tocsin.engine.people import on_answer, on_cancel, on_pause, on_signal
from tocsin.engine.plan import MAIN
from tocsin.engine.program import Program
from tocsin.engine.recovery import recover
from tocsin.engine.starts import start_node
from tocsin.engine.state import PENDING, Frame, RunState
from tocsin.engine.time_limit import RUN_TIMER, arm_limit, close_limit, on_limit, set_limit
from tocsin.engine.timing import on_timer
from tocsin.engine.values import V
from tocsin.model.ports import UNMET

DEAD_PATH = "dead_path"


class Conductor:
    """One run's mind.

    Args:
        program: What runs.
        run: The run's id.
        load: Gives a large value by its hash.
    """

    def __init__(self, program: Program, run: str, load: Callable[[str], Json]) -> None:
        self.program = program
        self.state = RunState(run, program.plan, program.callee_plans)
        self._desk = Desk(program, self.state, load)
        self._brakes = Brakes()
        self._fired = program.plan.index[program.trigger]

    @property
    def is_parked(self) -> bool:
        """Nothing can go on before a person or a signal says so."""
        return self.state.is_parked and not self._desk.acquiring

    def create(self, created: Mapping[str, Any], *, now: int, by: str, ahead: int = 0) -> list[Event]:
        """Write the run's first events.

        Args:
            created: The data of run.created; it pins everything the run depends on.
            now: UTC microseconds.
            by: Who starts it.
            ahead: How many runs of its key it must wait for; then it starts when it is told to begin.
        """
        desk = self._desk
        desk.now, desk.by = now, by
        pinned = {name: pin.to_json() for name, pin in self.program.pinned.items()}
        pins = {"pins": desk.tag(pinned)} if pinned else {}
        desk.emit(EventType.RUN_CREATED, "", {**created, "input": desk.tag(self.program.event), **pins})
        desk.by = "engine"
        if ahead:
            desk.emit(EventType.RUN_QUEUED, "", {"key": created["key"], "ahead": ahead})
        else:
            desk.emit(EventType.RUN_STARTED, "", {"epoch": 1})
        if self.program.part is not None:
            carry_over(desk, self.program.part)
            queue_start(self.state)
        return desk.take()[0]

    def take_back(self, events: Iterable[Event]) -> None:
        """Stand again where these events left the run; `Recovered` then lets it go on.

        Raises:
            UnknownEventError: An event is of a type this version does not know.
        """
        for event in events:
            apply(self.state, event)
        self.state.tidy()
        queue_start(self.state)

    def decide(self, news: News, *, now: int) -> tuple[list[Event], list[Effect]]:
        """Take one piece of news and go on as far as possible.

        Args:
            news: What happened outside.
            now: UTC microseconds.

        Returns:
            The events that were written, and the effects to perform when they are committed.
        """
        desk = self._desk
        desk.now = max(now, self.state.at)
        desk.cause, desk.by = self.state.seq, "engine"
        if self.state.status not in FINISHED:
            self._take_in(news)
            self._advance()
        return desk.take()

    def find_edit_fault(self, news: DataEdited) -> str:
        """Return why data cannot be edited so now, a sentence; "" when they can."""
        return find_edit_fault(self._desk, news)

    def take_blobs(self) -> dict[str, bytes]:
        """Return the large values that the events written since the last call name."""
        return self._desk.tagger.take()

    def _take_in(self, news: News) -> None:
        if self._brakes.keeps(self._desk, news):
            return
        match news:
            case Granted():
                on_granted(self._desk, news)
            case Finished():
                on_finished(self._desk, news)
            case Queued():
                on_queued(self._desk, news)
            case Denied():
                on_denied(self._desk, news)
            case Looked():
                on_looked(self._desk, news)
            case _:
                self._take_in_rare(news)

    def _take_in_rare(self, news: News) -> None:
        match news:
            case Begin():
                self._begin()
            case TimerDue(timer=timer) if timer == RUN_TIMER:
                on_limit(self._desk, news)
            case TimerDue():
                on_timer(self._desk, news)
            case SignalCame():
                on_signal(self._desk, news)
            case Recovered():
                self._on_recovered(news)
            case _:
                self._listen(news)

    def _listen(self, news: News) -> None:
        match news:
            case Answered():
                on_answer(self._desk, news)
            case CancelAsked():
                on_cancel(self._desk, news)
            case PauseAsked():
                self._brakes.steps = 0
                on_pause(self._desk, news)
            case GoOnAsked():
                self._on_go_on(news)
            case DataEdited():
                on_edited(self._desk, news)
            case BreakpointsSet():
                self._brakes.set_breakpoints(news.conditions)
            case _:
                pass

    def _on_recovered(self, news: Recovered) -> None:
        recover(self._desk, news)
        if self.state.root.mark[self._fired] == PENDING and not self.state.queued:
            self._begin()

    def _on_go_on(self, news: GoOnAsked) -> None:
        """A step lets one node start and leaves the run paused; else everything that was kept is taken in now."""
        if not self.state.paused:
            return
        if news.one_step:
            self._step()
            return
        self._desk.by = news.by
        self._desk.emit(EventType.RUN_RESUMED, "", {"reason": "continue", "epoch": self.state.epoch, "uncertain": []})
        self._desk.by = "engine"
        arm_limit(self._desk)
        for kept in self._brakes.take_kept():
            self._take_up(kept)

    def _step(self) -> None:
        """Let the next node start: what was kept where none is ready, else the first that becomes so."""
        brakes = self._brakes
        if self.state.ready or self.state.loops_due or not brakes.kept:
            brakes.steps = 1
        else:
            self._take_up(brakes.take_one())

    def _take_up(self, kept: Granted | TimerDue) -> None:
        if isinstance(kept, Granted):
            self._desk.acquire(kept.intent)  # its permit went back while the run stood still
        else:
            on_timer(self._desk, kept)

    # starting and advancing

    def _begin(self) -> None:
        """The fired trigger succeeds; every other entry is not selected (engine.md 1.1)."""
        desk, root, plan, fired = self._desk, self.state.root, self.program.plan, self._fired
        if self.state.queued:
            desk.emit(EventType.RUN_STARTED, "", {"epoch": self.state.epoch})
        set_limit(desk)
        desk.settle(root, fired, MAIN, output=self.program.event)
        others = [node for node in plan.entries if root.mark[node] == PENDING and not root.queued[node]]
        if others:
            self._skip(root, others, NOT_SELECTED)

    def _advance(self) -> None:
        """Go on until nothing can: skips first, then what drains, loops, ended frames, then what may start."""
        state = self.state
        while state.status not in FINISHED:
            if state.dead:
                self._skip_dead()
            elif state.rests:
                self._clear_rest(*state.rests.popleft())
            elif state.drains:
                self._clear(state.drains.popleft())
            elif state.ended_frames:
                self._end_frame(state.ended_frames.popleft())
            elif state.loops_due and self._is_rolling:
                advance_loop(self._desk, *state.loops_due.popleft())
            elif state.ready and self._is_rolling:
                self._start_ready()
            else:
                return

    @property
    def _is_rolling(self) -> bool:
        """Something new may start: the run has begun, and is not paused."""
        has_begun = self.state.root.mark[self._fired] != PENDING
        return has_begun and (not self.state.paused or self._brakes.steps > 0)

    def _start_ready(self) -> None:
        """Start what is ready, in the order of (frame, rank)."""
        batch, self.state.ready = self.state.ready, []
        if len(batch) > 1:
            batch.sort(key=lambda entry: (entry[0].serial, entry[1]))
        for place, (frame, node) in enumerate(batch):
            if frame.mark[node] != PENDING or frame.drain:
                continue
            if not self._brakes.may_start(self._desk, frame, node):
                self.state.ready = [*batch[place:], *self.state.ready]
                return
            start_node(self._desk, frame, node)

    def _skip_dead(self) -> None:
        batch, self.state.dead = self.state.dead, []
        by_frame: dict[int, tuple[Frame, list[int]]] = {}
        for frame, node in batch:
            if frame.mark[node] == PENDING:
                by_frame.setdefault(id(frame), (frame, []))[1].append(node)
        for frame, nodes in by_frame.values():
            self._desk.follow(frame, nodes[0])
            self._skip(frame, _dead_region(frame, nodes), DEAD_PATH)

    def _skip(self, frame: Frame, nodes: list[int], reason: str) -> None:
        paths = [frame.path_of(node) for node in nodes]
        if self._desk.acquiring:
            for path in paths:
                self._desk.forget_permit(path)
        self._desk.emit(EventType.NODE_SKIPPED, "", {"paths": paths, "reason": reason})

    # ending early

    def _clear(self, frame: Frame) -> None:
        """A frame drains: what has not started is skipped, what may be given up is, changes end by themselves."""
        pending = frame.pending_nodes()
        if pending:
            self._skip(frame, pending, frame.drain)
        for node in sorted(frame.work):
            self._give_up(frame, node)

    def _clear_rest(self, frame: Frame, join: int) -> None:
        served = frame.plan.rest[join]
        pending = [node for node in served if frame.mark[node] == PENDING]
        if pending:
            self._skip(frame, pending, JOIN)
        for node in served:
            if node in frame.work:
                self._give_up(frame, node)

    def _give_up(self, frame: Frame, node: int) -> None:
        """End open work, unless it is a change that is out: that one ends and is recorded."""
        work = frame.work[node]
        if node in frame.loops:
            self.state.loops_due.append((frame, node))
        elif node not in frame.calls and not (work.effect != "read" and (work.in_flight or work.looking)):
            self._desk.cancel(frame, node)

    # frames that ended

    def _end_frame(self, frame: Frame) -> None:
        if frame.outer is not None:
            finish_item(self._desk, frame)
        elif frame.parent is not None:
            finish_call(self._desk, frame)
        else:
            self._end_run()

    def _end_run(self) -> None:
        state = self.state
        error, status = state.failure or self._failure_alone(), RunStatus.SUCCEEDED
        outputs: V | None = None
        if state.cancelled:
            status = RunStatus.CANCELLED
        elif error is not None or state.root.ended == NodeState.FAILED:
            status = RunStatus.FAILED
        if error is None and not state.cancelled and self.program.kind != SINGLE:
            try:
                outputs = outputs_of(self._desk, state.root)
            except StepError as failure:
                status, error = RunStatus.FAILED, failure.failure.to_json()
        facts: dict[str, Any] = {
            "status": str(status),
            "error": error,
            "handled_errors": state.handled_errors,
            "changes": state.changes,
        }
        if state.later:
            facts["later"] = list(state.later)
        if outputs is not None:
            facts["outputs"] = outputs
        close_limit(self._desk)
        self._desk.emit(EventType.RUN_FINISHED, "", facts)

    def _failure_alone(self) -> Mapping[str, Any] | None:
        """Return why the one step of a run of one step failed: what would have dealt with that does not run."""
        if self.program.kind != SINGLE:
            return None
        root = self.state.root
        return root.errors.get(root.plan.index[self.state.start])


def _dead_region(frame: Frame, dead: list[int]) -> list[int]:
    """Return all nodes that die when these do, each after those that lead to it; one loop, no recursion."""
    plan = frame.plan
    gone: dict[int, None] = dict.fromkeys(dead)
    lost: dict[int, int] = {}
    walk = deque(dead)
    while walk:
        for _, target, _ in plan.out[walk.popleft()]:
            if frame.mark[target] != PENDING or target in gone:
                continue
            lost[target] = lost.get(target, 0) + 1
            verdict = judge_edges(
                plan.need[target],
                taken=frame.taken[target],
                pending=frame.pending[target] - lost[target],
                unmet_wired=UNMET in plan.wired[target],
            )
            if verdict is Verdict.DEAD:
                gone[target] = None
                walk.append(target)
    return list(gone)
