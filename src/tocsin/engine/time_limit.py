"""How long a run may take, the `timeout` of its playbook: wall time without pauses (engine.md 1.15).

The limit is a timer of the run itself. When it passes, the run drains as after a failure that nothing took.
"""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.engine.desk import Desk
from tocsin.engine.events import EventType
from tocsin.engine.news import Arm, TimerDue
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.values import seconds_of

RUN_TIMER: Final = "@run"
"""The path of no node."""


def set_limit(desk: Desk) -> None:
    """The run begins: from now on its time passes. In a rehearsal nobody waits, so none does."""
    timeout = desk.program.playbook.timeout
    if timeout is not None and not desk.is_rehearsal:
        due = desk.now + round(seconds_of(timeout) * 1_000_000)
        desk.emit(EventType.TIMER_SET, RUN_TIMER, {"timer": RUN_TIMER, "kind": "run", "due": due})
        arm_limit(desk)


def arm_limit(desk: Desk) -> None:
    """Ring when the limit passes, as far off as it is now: a pause puts it off."""
    if desk.state.due:
        desk.ask_for(Arm(RUN_TIMER, desk.state.due))


def on_limit(desk: Desk, news: TimerDue) -> None:
    """End a run that took too long; what rings while it is paused, or before a pause put it off, is nobody's."""
    state = desk.state
    if state.paused or not state.due or desk.now < state.due:
        return
    words = _("The run took longer than {timeout}.").format(timeout=desk.program.playbook.timeout)
    error = Failure(FailureCode.TIMEOUT, words).to_json()
    desk.emit(EventType.TIMER_FIRED, RUN_TIMER, {"timer": RUN_TIMER, "late_ms": news.late_ms, "error": error})


def close_limit(desk: Desk) -> None:
    """The run is over before its limit."""
    if desk.state.due:
        desk.emit(EventType.TIMER_CLOSED, RUN_TIMER, {"timer": RUN_TIMER, "reason": "settled"})
