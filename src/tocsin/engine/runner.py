"""Performs runs: the one asyncio module of the engine.

One turn of the loop takes all news, lets the conductors decide, commits what they wrote in one batch, and only then
performs the effects. So nothing leaves before its intent is kept, and a step costs one commit. All methods are called
on the engine's loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tocsin.base.clock import Clock
from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.engine.alarms import Alarms
from tocsin.engine.conductor import Conductor
from tocsin.engine.doors import answer_of_bug, answer_of_timeout, permit_for
from tocsin.engine.events import FINISHED, LIVE, Event, RunStatus
from tocsin.engine.handlers import find_handler
from tocsin.engine.news import (
    Abort,
    Acquire,
    Arm,
    Begin,
    Denied,
    Disarm,
    Effect,
    Finished,
    Granted,
    Look,
    Looked,
    News,
    Perform,
    Queued,
    Recovered,
    TimerDue,
)
from tocsin.engine.outcomes import Answer, Intent, Pass, Verdict, Verified
from tocsin.engine.ports import Batch, Journal, Judge, Performer, Permit
from tocsin.engine.preparation import created_facts, pinned_values
from tocsin.engine.program import Program
from tocsin.engine.watch import Watch
from tocsin.model.catalogue import Effect as ActionEffect
from tocsin.model.failures import Failure, FailureCode

Listener = Callable[[Sequence[Event]], None]
_READ: Final = ActionEffect.READ  # looked up once: see `state.PENDING`
_TURNS_AT_ONCE: Final = 64
_SECONDS_AT_ONCE: Final = 0.002
"""Turns are taken while there is news, so many and so long; then whatever else waits on the loop has its turn."""

_log = logging.getLogger("tocsin.engine")


@dataclass(slots=True, eq=False)
class Lease:
    """A permit that is held, and given back once, whichever way its attempt ends."""

    permit: Permit
    is_held: bool = True

    def leave(self) -> None:
        """Give the permit back; harmless when called again."""
        if self.is_held:
            self.is_held = False
            self.permit.leave()


@dataclass(slots=True, eq=False)
class Errand:
    """Something that is being done outside: an attempt, a look, or waiting for a permit.

    `work` is what a performer gave to be awaited: it is closed where its task is cancelled before it begins.
    """

    flight: Flight
    path: str
    work: Coroutine[Any, Any, Answer] | None = None
    lease: Lease | None = None
    is_change: bool = False


@dataclass(slots=True, eq=False)
class Flight:
    """A run in the air.

    Attributes:
        run: Its id.
        conductor: Its mind.
        done: Its status, once it is over.
        parked: Set while nothing can go on before a person answers.
        tasks: What is being done outside, by the node's path.
        leases: Permits that were got and are not used yet, by the node's path.
        handler: The run that was started because of how this one ended.
    """

    run: str
    conductor: Conductor
    done: asyncio.Future[RunStatus]
    parked: asyncio.Event
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    leases: dict[str, Lease] = field(default_factory=dict)
    handler: Flight | None = None


@dataclass(slots=True, eq=False)
class _Turn:
    """What one turn of the loop gathers: events to commit, then effects to perform. `now` is UTC microseconds."""

    now: int
    values: dict[str, bytes] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    effects: list[tuple[Flight, Effect]] = field(default_factory=list)
    flights: dict[Flight, None] = field(default_factory=dict)


class Runner:
    """Drives any number of runs on one loop.

    Args:
        journal: Keeps what happens.
        performer: Does actions.
        judge: Judges changes.
        clock: Gives time and ids.
    """

    def __init__(self, journal: Journal, performer: Performer, judge: Judge, clock: Clock) -> None:
        self._journal = journal
        self._performer = performer
        self._judge = judge
        self._clock = clock
        self._listeners: list[Listener] = []
        self._flights: dict[str, Flight] = {}
        self._errands: dict[asyncio.Task[None], Errand] = {}
        self._inbox: deque[tuple[Flight, News]] = deque()
        self._untold: list[Event] = []
        self._woken = False
        self._is_closed = False
        self._alarms = Alarms(clock, self._ring)
        self._watch = Watch()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener every committed batch of events, on this loop; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def start(self, program: Program, *, run: str, by: str, first: Sequence[News] = (), ahead: int = 0) -> Flight:
        """Create a run and let it begin, in one commit; or when `Begin` is posted.

        Other runs are left for the loop's next turn, and so is the first attempt of this one: however many runs begin
        at once, one commit that is safe from power loss then carries the intents of them all.

        Args:
            program: What runs.
            run: The run's id.
            by: Who starts it.
            first: What it is told before it begins.
            ahead: How many runs of its key it must wait for: then it is only queued.

        Raises:
            TocsinError: The journal could not keep it; nothing was started.
        """
        turn = _Turn(self._clock.utc_micros(), values=pinned_values(program))
        conductor = Conductor(program, run, self._journal.load_value)
        turn.events += conductor.create(created_facts(program), now=turn.now, by=by, ahead=ahead)
        flight = self._let_fly(conductor)
        turn.flights[flight] = None
        for news in (*first, *(() if ahead else (Begin(),))):
            self._decide(turn, flight, news)
        self._carry_out(turn)
        self._tell()
        self._ensure_kept(flight)
        return flight

    def resume(self, program: Program, events: Sequence[Event], recovered: Recovered) -> Flight:
        """Let a run that the journal has go on at the loop's next turn, from where its events left it.

        Args:
            program: What it ran, with the same pins.
            events: All of its events.
            recovered: Why it goes on, and by whom.
        """
        conductor = Conductor(program, events[0].run, self._journal.load_value)
        conductor.take_back(events)
        flight = self._let_fly(conductor)
        self.post(flight.run, recovered)
        return flight

    @staticmethod
    def _ensure_kept(flight: Flight) -> None:
        """Raise the journal's error where what a run began with could not be kept."""
        error = flight.done.exception() if flight.done.done() else None
        if isinstance(error, TocsinError):
            raise error

    def _let_fly(self, conductor: Conductor) -> Flight:
        flight = Flight(conductor.state.run, conductor, asyncio.get_running_loop().create_future(), asyncio.Event())
        self._flights[flight.run] = flight
        return flight

    def post(self, run: str, news: News) -> bool:
        """Tell a run something. False when it is over or unknown."""
        flight = self._flights.get(run)
        if flight is None:
            return False
        flight.parked.clear()  # whoever waits from now on waits for what comes of this
        self._put(flight, news)
        return True

    def find_flight(self, run: str) -> Flight | None:
        """Return a run in the air, or None."""
        return self._flights.get(run)

    async def close(self) -> None:
        """Cancel what is in the air and wait for its clean-up. Runs stay in the journal as they are."""
        self._is_closed = True
        self._alarms.close()
        self._watch.close()
        tasks = list(self._errands)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for flight in list(self._flights.values()):
            self._let_go(flight)
            flight.done.cancel()
        self._inbox.clear()

    # the turn

    def _put(self, flight: Flight, news: News) -> None:
        self._inbox.append((flight, news))
        self._wake()

    def _wake(self) -> None:
        if not self._woken:
            self._woken = True
            asyncio.get_running_loop().call_soon(self._take_turns)

    def _take_turns(self) -> None:
        """Take turns while there is news, for what a product answers at once is news again; then tell of them all."""
        try:
            until = self._clock.monotonic() + _SECONDS_AT_ONCE
            for _unused in range(_TURNS_AT_ONCE):
                if self._is_closed or not self._inbox:
                    return
                self._take(_Turn(self._clock.utc_micros()))
                if self._clock.monotonic() >= until:
                    return
        finally:
            self._woken = False
            if self._inbox and not self._is_closed:
                self._wake()
            self._tell()

    def _take(self, turn: _Turn) -> None:
        """Take in all news, then do what was decided."""
        while self._inbox:
            self._decide(turn, *self._inbox.popleft())
        self._carry_out(turn)

    def _carry_out(self, turn: _Turn) -> None:
        """Commit, then perform: nothing leaves before its intent is kept."""
        if not self._commit(turn):
            return
        self._untold += turn.events
        for flight, effect in turn.effects:
            if self._is_in_air(flight):
                self._perform(flight, effect)
        for flight in turn.flights:
            self._look_at(flight)

    def _decide(self, turn: _Turn, flight: Flight, news: News) -> None:
        """Let one run decide. Its bug ends that run alone: the others of the turn go on."""
        if not self._is_in_air(flight):
            return
        try:
            written, wanted = flight.conductor.decide(news, now=turn.now)
        except Exception as error:  # noqa: BLE001  a bug in one run must not stop the turn that serves them all
            _log.critical("run=%s could not decide", flight.run, exc_info=error)
            self._drop(flight, error)
            return
        turn.events += written
        turn.flights[flight] = None
        if type(news) is Granted:
            self._free_if_unused(flight, news, wanted)
        for effect in wanted:
            if type(effect) is not Acquire or not self._enter_now(flight, effect.intent):
                turn.effects.append((flight, effect))
        if written and flight.conductor.state.status in FINISHED:
            self._start_handler(turn, flight, written[-1])

    def _start_handler(self, turn: _Turn, flight: Flight, ended: Event) -> None:
        """Create the run of a handler in the very commit that ends its run, so that no crash comes between them."""
        program = find_handler(flight.conductor.program, ended)
        if program is None:
            return
        conductor = Conductor(program, self._clock.new_run_id(), self._journal.load_value)
        turn.events += conductor.create(created_facts(program), now=turn.now, by="engine")
        flight.handler = self._let_fly(conductor)
        turn.flights[flight.handler] = None
        self.post(flight.handler.run, Begin())

    def _is_in_air(self, flight: Flight) -> bool:
        return self._flights.get(flight.run) is flight

    def _commit(self, turn: _Turn) -> bool:
        if not turn.events:
            return True
        for flight in turn.flights:
            turn.values |= flight.conductor.take_blobs()
        try:
            self._journal.commit(Batch(turn.events, turn.values, durable=_hold_change(turn.effects)))
        except TocsinError as error:
            for flight in turn.flights:
                _log.error("run=%s cannot be recorded: %s", flight.run, error)
                self._drop(flight, error)
            return False
        return True

    def _tell(self) -> None:
        events, self._untold = self._untold, []
        if events:
            for listener in tuple(self._listeners):
                listener(events)

    def _look_at(self, flight: Flight) -> None:
        """Note whether a run is over, or waits for a person alone."""
        state = flight.conductor.state
        if state.status in FINISHED:
            if self._is_in_air(flight):
                self._let_go(flight)
                flight.done.set_result(state.status)
        elif flight.conductor.is_parked:
            flight.parked.set()
        else:
            flight.parked.clear()

    def _drop(self, flight: Flight, error: Exception) -> None:
        """A run cannot go on: it ends here until it is resumed. Changes that are out end by themselves, unrecorded."""
        if not self._is_in_air(flight):
            return
        for task in flight.tasks.values():
            if not self._errands[task].is_change:
                task.cancel()
        self._let_go(flight)
        flight.done.set_exception(error)
        flight.done.exception()  # it is logged: asyncio need not say again that nobody waited for it

    def _let_go(self, flight: Flight) -> None:
        """A run leaves the air: whoever waits for it wakes, and no permit stays with it."""
        self._flights.pop(flight.run, None)
        for lease in flight.leases.values():
            lease.leave()
        flight.leases.clear()
        self._alarms.forget(flight.run)
        flight.parked.set()

    # effects

    def _perform(self, flight: Flight, effect: Effect) -> None:
        match effect:
            case Perform():
                self._send(flight, effect)
            case Acquire():
                self._put(flight, Queued(effect.intent))
                self._spawn(Errand(flight, effect.intent.path), self._acquire(flight, effect.intent))
            case Look():
                self._spawn(Errand(flight, effect.intent.path), self._look(flight, effect.intent))
            case Arm():
                self._alarms.arm(flight.run, effect.timer, effect.due)
            case Disarm():
                self._alarms.disarm(flight.run, effect.timer)
            case Abort():
                task = flight.tasks.pop(effect.path, None)
                if task is not None:
                    task.cancel()

    def _send(self, flight: Flight, effect: Perform) -> None:
        """Let an attempt go out. What is answered at once needs no task."""
        intent = effect.intent
        lease = flight.leases.pop(intent.path)
        try:
            brought = self._performer.perform(intent, grant=effect.grant)
        except Exception:  # noqa: BLE001  part of the door of the attempt
            brought = answer_of_bug(intent)
        if isinstance(brought, Answer):
            lease.leave()
            self._put(flight, Finished(intent, brought))
            return
        errand = Errand(flight, intent.path, brought, lease, is_change=intent.effect is not _READ)
        self._spawn(errand, self._attempt(flight, intent, brought, lease))

    def _spawn(self, errand: Errand, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._errands[task] = errand
        errand.flight.tasks[errand.path] = task
        task.add_done_callback(self._on_task_done)

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        errand = self._errands.pop(task)
        flight, path = errand.flight, errand.path
        if errand.work is not None:
            errand.work.close()  # it may have been cancelled before it had begun
        if errand.lease is not None:
            errand.lease.leave()
        if flight.tasks.get(path) is task:
            del flight.tasks[path]
        if not task.cancelled() and task.exception() is not None:
            _log.critical("run=%s path=%s failed with a bug", flight.run, path, exc_info=task.exception())

    def _enter_now(self, flight: Flight, intent: Intent) -> bool:
        """Enter without waiting where there is room, so that the intent joins this turn's commit."""
        permit = permit_for(self._performer, intent)
        if isinstance(permit, Failure):
            self._put(flight, Denied(intent, permit))
            return True
        if not permit.try_enter():
            return False
        self._judge_now(flight, intent, Lease(permit))
        return True

    async def _acquire(self, flight: Flight, intent: Intent) -> None:
        permit = permit_for(self._performer, intent)
        if isinstance(permit, Failure):
            self._put(flight, Denied(intent, permit))
            return
        await permit.enter()
        self._judge_now(flight, intent, Lease(permit))

    def _judge_now(self, flight: Flight, intent: Intent, lease: Lease) -> None:
        """The permit is there: get the judge's leave for a change, on its final inputs."""
        if not self._is_in_air(flight):
            lease.leave()
            return
        verdict = None if intent.effect is _READ else self._ask_judge(flight, intent)
        if isinstance(verdict, Failure):
            lease.leave()
            self._put(flight, Denied(intent, verdict))
            return
        flight.leases[intent.path] = lease
        self._put(flight, Granted(intent, verdict))

    def _ask_judge(self, flight: Flight, intent: Intent) -> Pass | Failure:
        if flight.conductor.program.mode != LIVE:  # never asked for: the last of several belts
            return Failure(FailureCode.GUARDED, _("A rehearsal changes nothing."))
        try:
            return self._judge.judge(intent)
        except Exception:  # noqa: BLE001  part of the door of the attempt: what cannot be judged is not done
            _log.exception("run=%s path=%s the judge failed with a bug", intent.run, intent.path)
            return Failure(FailureCode.GUARDED, _("This change could not be judged. The log has the details."))

    def _free_if_unused(self, flight: Flight, news: Granted, wanted: list[Effect]) -> None:
        """A permit for an attempt that is no longer wanted goes back."""
        for effect in wanted:
            if type(effect) is Perform:
                return
        lease = flight.leases.pop(news.intent.path, None)
        if lease is not None:
            lease.leave()

    async def _attempt(self, flight: Flight, intent: Intent, work: Coroutine[Any, Any, Answer], lease: Lease) -> None:
        try:
            answer = await self._watch.within(intent.timeout, work)
        except TimeoutError:
            answer = answer_of_timeout(intent)
        except Exception:  # noqa: BLE001  the door of the attempt: a connector's bug fails the step, not the engine
            answer = answer_of_bug(intent)
        finally:
            lease.leave()  # before the news, so that the next step finds room in the very turn it is decided in
        self._put(flight, Finished(intent, answer))

    async def _look(self, flight: Flight, intent: Intent) -> None:
        try:
            verdict = await self._watch.within(intent.timeout, self._performer.verify(intent))
        except TimeoutError:
            verdict = Verdict(Verified.UNKNOWN)
        except Exception:  # noqa: BLE001  the same door
            _log.exception("run=%s path=%s verify failed with a bug", intent.run, intent.path)
            verdict = Verdict(Verified.UNKNOWN)
        self._put(flight, Looked(intent, verdict))

    def _ring(self, run: str, timer: str, late_ms: int) -> None:
        flight = self._flights.get(run)
        if flight is not None:
            self._put(flight, TimerDue(timer, late_ms))


def _hold_change(effects: Sequence[tuple[Flight, Effect]]) -> bool:
    """Tell whether one of these lets a change leave: it does so only when its intent is safe from power loss."""
    return any(type(effect) is Perform and effect.intent.effect is not _READ for _flight, effect in effects)
