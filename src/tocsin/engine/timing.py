"""What follows when a timer of a node falls due."""

from __future__ import annotations

from tocsin.base.clock import rfc3339
from tocsin.base.texts import _
from tocsin.engine.attempts import try_again
from tocsin.engine.desk import Desk
from tocsin.engine.events import EventType
from tocsin.engine.news import Abort, TimerDue
from tocsin.engine.outcomes import Changed
from tocsin.engine.plan import MAIN
from tocsin.engine.state import Frame
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.ports import EXPIRED


def on_timer(desk: Desk, news: TimerDue) -> None:
    """Do what a timer was set for; one that has been closed meanwhile is nobody's."""
    path, _unused, kind = news.timer.partition("@")
    work = desk.state.find_work(path)
    if work is None or kind not in work.timers:
        return
    frame, node = desk.state.locate(path)
    due = work.timers[kind]
    desk.follow(frame, node)
    desk.emit(EventType.TIMER_FIRED, news.timer, {"timer": news.timer, "late_ms": news.late_ms})
    if kind == "retry":
        try_again(desk, frame, node)
    elif kind == "wait":
        desk.settle(frame, node, MAIN, output={"until": rfc3339(due), "fired_at": rfc3339(desk.now)})
    elif kind == "expiry":
        desk.settle(frame, node, (EXPIRED,))
    elif kind == "deadline":
        _overrun(desk, frame, node)


def _overrun(desk: Desk, frame: Frame, node: int) -> None:
    """A deadline passed: a change that is out ends first and is not tried again; all else fails now."""
    work, path = frame.work[node], frame.path_of(node)
    if node in frame.loops or node in frame.calls or (work.effect != "read" and (work.in_flight or work.looking)):
        return
    failure = Failure(FailureCode.TIMEOUT, _("The step's deadline passed."))
    if work.effect != "read" and work.changed == Changed.UNKNOWN:
        failure = Failure(FailureCode.UNCERTAIN, _("The step's deadline passed. It may have happened."))
    desk.acquiring.discard(path)
    desk.ask_for(Abort(path))
    desk.fail(frame, node, failure)
