"""Pause, step and breakpoints: what keeps a run from starting the next thing (engine.md 1.17).

A paused run starts nothing new. What is out ends and is recorded; timers that fall due and permits that come are kept
until the run goes on. Breakpoints and the leave to make a step belong to whoever watches the run, so they are kept here
and not in its events: what they cause is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tocsin.engine.desk import Desk, StepError
from tocsin.engine.events import EventType, static_id
from tocsin.engine.news import Granted, News, TimerDue
from tocsin.engine.state import Frame
from tocsin.engine.time_limit import RUN_TIMER
from tocsin.expressions import Expression, compile_expression

BREAKPOINT = "breakpoint"


@dataclass(slots=True)
class Brakes:
    """What holds one run back.

    Attributes:
        breakpoints: Node's static id → its condition, or None when it always stops.
        steps: How many nodes may still start while the run is paused.
        kept: News that came while it was paused, in order.
        passing: The node that is let past its breakpoint.
        stepping: Paths of nodes that a step started: their permits are taken though the run is paused.
    """

    breakpoints: Mapping[str, Expression | None] = field(default_factory=dict[str, Expression | None])
    steps: int = 0
    kept: list[Granted | TimerDue] = field(default_factory=list[Granted | TimerDue])
    passing: tuple[Frame, int] | None = None
    stepping: set[str] = field(default_factory=set[str])

    def set_breakpoints(self, conditions: Mapping[str, str]) -> None:
        """Stop before these nodes from now on; an empty condition stops always.

        Raises:
            ExpressionError: A condition does not compile.
        """
        self.breakpoints = {name: compile_expression(text) if text else None for name, text in conditions.items()}

    def may_start(self, desk: Desk, frame: Frame, node: int) -> bool:
        """Tell whether a node may start now; a breakpoint before it pauses the run."""
        if desk.state.paused:
            if not self.steps:
                return False
            self.steps -= 1
            self.stepping.add(frame.path_of(node))
        elif self.passing != (frame, node) and self._stops(desk, frame, node):
            self.passing = (frame, node)
            path = frame.path_of(node)
            desk.emit(EventType.NODE_HELD, path, {"reason": BREAKPOINT, "until": None})
            desk.emit(EventType.RUN_PAUSED, "", {"reason": BREAKPOINT, "by": "engine"})
            return False
        if self.passing == (frame, node):
            self.passing = None
            desk.emit(EventType.NODE_RELEASED, frame.path_of(node), {"by": desk.by})
        return True

    def keeps(self, desk: Desk, news: News) -> bool:
        """Keep news that would start something in a paused run; tell whether it was kept."""
        if not desk.state.paused or not isinstance(news, Granted | TimerDue):
            return False
        if isinstance(news, TimerDue) and news.timer == RUN_TIMER:
            return False
        if isinstance(news, Granted) and news.intent.path in self.stepping:
            self.stepping.discard(news.intent.path)
            return False
        self.kept.append(news)
        return True

    def take_kept(self) -> list[Granted | TimerDue]:
        """Return what came meanwhile."""
        kept, self.kept = self.kept, []
        return kept

    def take_one(self) -> Granted | TimerDue:
        """Return what came first meanwhile, and let the node that it is about pass, though the run is paused."""
        first = self.kept.pop(0)
        self.stepping.add(first.intent.path if isinstance(first, Granted) else first.timer.partition("@")[0])
        return first

    def _stops(self, desk: Desk, frame: Frame, node: int) -> bool:
        name = static_id(frame.path_of(node)) if self.breakpoints else ""
        if name not in self.breakpoints:
            return False
        condition = self.breakpoints[name]
        if condition is None:
            return True
        try:
            return desk.evaluate(frame, condition, node=node) is not False
        except StepError:
            return True  # a condition that cannot be judged stops: the person wanted to look here
