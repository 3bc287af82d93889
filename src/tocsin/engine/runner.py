"""Performs runs: the one asyncio module of the engine.

One turn of the loop takes all news, lets the conductors decide, commits what they wrote in one batch, and only then
performs the effects. So nothing leaves before its intent is kept, and a step costs one commit. All methods are called
on the engine's loop.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tocsin.base.clock import Clock
from tocsin.base.errors import TocsinError
from tocsin.engine.conductor import Conductor
from tocsin.engine.events import FINISHED, Event, EventType, RunStatus
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
    TimerDue,
)
from tocsin.engine.outcomes import Answer, Changed, Intent, Outcome, Pass, Sent, Verdict, Verified
from tocsin.engine.ports import Batch, Journal, Judge, Performer, Permit
from tocsin.engine.preparation import created_facts, pinned_values
from tocsin.engine.program import Program
from tocsin.model.catalogue import Effect as ActionEffect
from tocsin.model.failures import Failure, FailureCode

Listener = Callable[[Sequence[Event]], None]

_log = logging.getLogger("tocsin.engine")


@dataclass(slots=True, eq=False)
class Flight:
    """A run in the air.

    Attributes:
        conductor: Its mind.
        done: Its status, once it is over.
        parked: Set while nothing can go on before a person answers.
        tasks: Attempts and looks by the node's path.
        timers: Due times by timer.
        permits: Held permits by the node's path.
    """

    conductor: Conductor
    done: asyncio.Future[RunStatus]
    parked: asyncio.Event
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict[str, "asyncio.Task[None]"])
    timers: dict[str, int] = field(default_factory=dict[str, int])
    permits: dict[str, Permit] = field(default_factory=dict[str, Permit])


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
        self._inbox: deque[tuple[Flight, News]] = deque()
        self._woken = False
        self._due: list[tuple[int, str, str]] = []
        self._alarm: asyncio.TimerHandle | None = None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener every committed batch of events, on this loop; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def start(self, program: Program, *, run: str, by: str) -> Flight:
        """Create a run and let it begin at the loop's next turn.

        Args:
            program: What runs.
            run: The run's id.
            by: Who starts it.

        Raises:
            TocsinError: The journal could not keep it; nothing was started.
        """
        conductor = Conductor(program, run, self._journal.load_value)
        events = conductor.create(created_facts(program), now=self._clock.utc_micros(), by=by)
        self._journal.commit(Batch(events, conductor.take_blobs() | pinned_values(program), durable=False))
        flight = Flight(conductor, asyncio.get_running_loop().create_future(), asyncio.Event())
        self._flights[run] = flight
        self._tell(events)
        self.post(run, Begin())
        return flight

    def post(self, run: str, news: News) -> bool:
        """Tell a run something. False when it is over or unknown."""
        flight = self._flights.get(run)
        if flight is None:
            return False
        self._put(flight, news)
        return True

    def find_flight(self, run: str) -> Flight | None:
        """Return a run in the air, or None."""
        return self._flights.get(run)

    async def close(self) -> None:
        """Cancel what is in the air and wait for its clean-up. Runs stay in the journal as they are."""
        tasks = [task for flight in self._flights.values() for task in flight.tasks.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._alarm is not None:
            self._alarm.cancel()
        for flight in self._flights.values():
            flight.done.cancel()
        self._flights.clear()

    # the turn

    def _put(self, flight: Flight, news: News) -> None:
        self._inbox.append((flight, news))
        if not self._woken:
            self._woken = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        self._woken = False
        events: list[Event] = []
        blobs: dict[str, bytes] = {}
        effects: list[tuple[Flight, Effect]] = []
        touched: dict[int, Flight] = {}
        while self._inbox:
            flight, news = self._inbox.popleft()
            written, wanted = flight.conductor.decide(news, now=self._clock.utc_micros())
            self._free_if_unused(flight, news, wanted)
            events += written
            touched[id(flight)] = flight
            effects += [(flight, effect) for effect in wanted if not self._is_done_now(flight, effect)]
        for flight in touched.values():
            blobs |= flight.conductor.take_blobs()
        if not self._commit(events, blobs, touched.values()):
            return
        for flight, effect in effects:
            self._perform(flight, effect)
        self._tell(events)
        for flight in touched.values():
            self._look_at(flight)

    def _commit(self, events: list[Event], blobs: dict[str, bytes], flights: Iterable[Flight]) -> bool:
        if not events:
            return True
        durable = any(e.type is EventType.ATTEMPT_STARTED and e.data["effect"] != "read" for e in events)
        try:
            self._journal.commit(Batch(events, blobs, durable=durable))
        except TocsinError as error:
            for flight in list(flights):
                self._drop(flight, error)
            return False
        return True

    def _tell(self, events: Sequence[Event]) -> None:
        if events:
            for listener in tuple(self._listeners):
                listener(events)

    def _look_at(self, flight: Flight) -> None:
        """Note whether a run is over, or waits for a person alone."""
        state = flight.conductor.state
        if state.status in FINISHED:
            self._flights.pop(state.run, None)
            if not flight.done.done():
                flight.done.set_result(state.status)
            flight.parked.set()
        elif state.is_parked:
            flight.parked.set()
        else:
            flight.parked.clear()

    def _drop(self, flight: Flight, error: TocsinError) -> None:
        """The journal refused: nothing of the turn counts, and the run ends here until it is resumed."""
        run = flight.conductor.state.run
        _log.error("run=%s cannot be recorded: %s", run, error)
        self._flights.pop(run, None)
        for task in flight.tasks.values():
            task.cancel()
        if not flight.done.done():
            flight.done.set_exception(error)
        flight.parked.set()

    # effects

    def _perform(self, flight: Flight, effect: Effect) -> None:
        match effect:
            case Perform():
                self._spawn(flight, effect.intent.path, self._attempt(flight, effect.intent, effect.grant))
            case Acquire():
                self._put(flight, Queued(effect.intent))
                self._spawn(flight, effect.intent.path, self._acquire(flight, effect.intent))
            case Look():
                self._spawn(flight, effect.intent.path, self._look(flight, effect.intent))
            case Arm():
                self._arm(flight, effect)
            case Disarm():
                flight.timers.pop(effect.timer, None)
            case Abort():
                task = flight.tasks.pop(effect.path, None)
                if task is not None:
                    task.cancel()

    def _spawn(self, flight: Flight, path: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        flight.tasks[path] = task
        task.add_done_callback(lambda done: self._on_task_done(flight, path, done))

    def _on_task_done(self, flight: Flight, path: str, task: asyncio.Task[None]) -> None:
        if flight.tasks.get(path) is task:
            del flight.tasks[path]
        if not task.cancelled() and task.exception() is not None:
            _log.critical(
                "run=%s path=%s failed with a bug", flight.conductor.state.run, path, exc_info=task.exception()
            )

    def _is_done_now(self, flight: Flight, effect: Effect) -> bool:
        """Enter without waiting where there is room, so that the intent joins this turn's commit."""
        if not isinstance(effect, Acquire):
            return False
        permit = self._performer.permit(effect.intent.binding)
        if not permit.try_enter():
            return False
        self._decide_leave(flight, effect.intent, permit)
        return True

    async def _acquire(self, flight: Flight, intent: Intent) -> None:
        permit = self._performer.permit(intent.binding)
        await permit.enter()
        self._decide_leave(flight, intent, permit)

    def _decide_leave(self, flight: Flight, intent: Intent, permit: Permit) -> None:
        grant: Pass | None = None
        if intent.effect is not ActionEffect.READ:
            verdict = self._judge.judge(intent)
            if isinstance(verdict, Failure):
                permit.leave()
                self._put(flight, Denied(intent, verdict))
                return
            grant = verdict
        flight.permits[intent.path] = permit
        self._put(flight, Granted(intent, grant))

    def _free_if_unused(self, flight: Flight, news: News, wanted: list[Effect]) -> None:
        """A permit for an attempt that is no longer wanted goes back."""
        if isinstance(news, Granted) and not any(isinstance(effect, Perform) for effect in wanted):
            permit = flight.permits.pop(news.intent.path, None)
            if permit is not None:
                permit.leave()

    async def _attempt(self, flight: Flight, intent: Intent, grant: Pass | None) -> None:
        permit = flight.permits.pop(intent.path)
        try:
            answer = await self._perform_within(intent, grant)
        except Exception:  # noqa: BLE001  the door of the attempt: a connector's bug fails the step, not the engine
            _log.exception("run=%s path=%s connector failed with a bug", intent.run, intent.path)
            answer = _answer_of_bug(intent)
        finally:
            permit.leave()
        self._put(flight, Finished(intent, answer))

    async def _perform_within(self, intent: Intent, grant: Pass | None) -> Answer:
        try:
            async with asyncio.timeout(intent.timeout):
                return await self._performer.perform(intent, grant=grant)
        except TimeoutError:
            return _answer_of_timeout(intent)

    async def _look(self, flight: Flight, intent: Intent) -> None:
        try:
            async with asyncio.timeout(intent.timeout):
                verdict = await self._performer.verify(intent)
        except TimeoutError:
            verdict = Verdict(Verified.UNKNOWN)
        except Exception:  # noqa: BLE001  the same door
            _log.exception("run=%s path=%s verify failed with a bug", intent.run, intent.path)
            verdict = Verdict(Verified.UNKNOWN)
        self._put(flight, Looked(intent, verdict))

    # timers

    def _arm(self, flight: Flight, effect: Arm) -> None:
        flight.timers[effect.timer] = effect.due
        heapq.heappush(self._due, (effect.due, effect.timer, flight.conductor.state.run))
        self._set_alarm()

    def _set_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._due:
            delay = max(0.0, (self._due[0][0] - self._clock.utc_micros()) / 1_000_000)
            self._alarm = asyncio.get_running_loop().call_later(delay, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        for due, timer, flight in self._take_due(self._clock.utc_micros()):
            late = (self._clock.utc_micros() - due) // 1000
            self._put(flight, TimerDue(timer, late_ms=max(0, late)))
        self._set_alarm()

    def _take_due(self, now: int) -> Iterator[tuple[int, str, Flight]]:
        while self._due and self._due[0][0] <= now:
            due, timer, run = heapq.heappop(self._due)
            flight = self._flights.get(run)
            if flight is not None and flight.timers.get(timer) == due:
                del flight.timers[timer]
                yield due, timer, flight


def _answer_of_timeout(intent: Intent) -> Answer:
    message = f"No answer within {intent.timeout:g} s."
    if intent.effect is ActionEffect.READ:
        return Answer(Outcome.FAILED, Sent.MAYBE, failure=Failure(FailureCode.TIMEOUT, message, retryable=True))
    failure = Failure(FailureCode.TIMEOUT, f"{message} It may have happened.", retryable=True)
    return Answer(Outcome.UNCERTAIN, Sent.MAYBE, Changed.UNKNOWN, failure=failure)


def _answer_of_bug(intent: Intent) -> Answer:
    failure = Failure(FailureCode.UNAVAILABLE, "The connector failed with a bug. The log has the details.")
    if intent.effect is ActionEffect.READ:
        return Answer(Outcome.FAILED, Sent.MAYBE, failure=failure)
    return Answer(Outcome.UNCERTAIN, Sent.MAYBE, Changed.UNKNOWN, failure=failure)
