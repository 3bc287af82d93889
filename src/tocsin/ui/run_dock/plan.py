"""The plan of a rehearsal as rows in words, and how many there are of each kind. Without Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, plural
from tocsin.engine.events import Event, EventType, NodeState, static_id
from tocsin.engine.progress import RunProgress
from tocsin.engine.rehearsal_plan import PlannedStep, plan_of
from tocsin.model.catalogue import Effect
from tocsin.ui.canvas.faces import category_title
from tocsin.ui.canvas.looks import Look
from tocsin.ui.run_dock.known_names import names_in, say_names
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.words import clock_words, duration_words

NOTHING: Final = _("This run would change nothing.")
_LONGEST: Final = 300


class CountKind(StrEnum):
    """What is counted, in its order."""

    READ = _("read for real")
    CHANGE = _("would change")
    ASSUMED = _("assumed")
    SKIPPED = _("skipped")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row.

    Attributes:
        number: Of a step, as others rest on it; 0 for what was read for real.
        path: Where in the run.
        node: The step's id.
        text: What would happen, or what was read.
        aside: By which product, and whether it can be undone.
        effect: What it would do to the world.
        look: Succeeded for what was done, would for what was only said.
        is_assumed: Nobody answered, or nothing was looked up: what it gives is a guess.
        rests_on: Numbers of the steps whose guesses led to it.
    """

    number: int
    path: str
    node: str
    text: str
    aside: str
    effect: Effect = Effect.READ
    look: Look = Look.WOULD
    is_assumed: bool = False
    rests_on: tuple[int, ...] = ()

    @property
    def is_unsure(self) -> bool:
        """It would be otherwise if a guess were."""
        return self.is_assumed or bool(self.rests_on)

    @property
    def ground(self) -> str:
        """Say what it rests on: “rests on 3 and 7”; "" for what is certain."""
        if not self.rests_on:
            return ""
        *most, last = (str(number) for number in self.rests_on)
        return (
            _("rests on {most} and {last}").format(most=", ".join(most), last=last)
            if most
            else _("rests on {last}").format(last=last)
        )

    @property
    def spoken(self) -> str:
        """All of the row, for those who hear it."""
        parts = (str(self.number or ""), self.text, self.aside, _("assumed") if self.is_assumed else "", self.ground)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rehearsal found.

    Attributes:
        rows: In the order of the rehearsal.
        steps: The same without what was read, as the engine says it.
        skipped: How many nodes would be skipped.
    """

    rows: tuple[PlanRow, ...] = ()
    steps: tuple[PlannedStep, ...] = ()
    skipped: int = 0

    @property
    def changes(self) -> tuple[PlanRow, ...]:
        """What would change the world."""
        return tuple(row for row in self.rows if row.effect is not Effect.READ)

    @property
    def counts(self) -> tuple[tuple[CountKind, int], ...]:
        """How many there are of each kind; kinds that there are none of are left out."""
        numbers = {
            CountKind.READ: sum(row.look is Look.SUCCEEDED for row in self.rows),
            CountKind.CHANGE: len(self.changes),
            CountKind.ASSUMED: sum(row.is_assumed for row in self.rows),
            CountKind.SKIPPED: self.skipped,
        }
        return tuple((kind, number) for kind, number in numbers.items() if number)


def make_plan(subject: RunSubject, events: Sequence[Event], progress: RunProgress) -> Plan:
    """Return the plan of a rehearsal so far.

    Args:
        subject: What was rehearsed.
        events: What happened in it.
        progress: The same, folded.
    """
    steps = plan_of(events)
    waiting, names = iter(steps), names_in(events)
    rows: dict[str, PlanRow] = {}
    started: dict[str, Event] = {}
    for event in events:
        if event.type is EventType.ATTEMPT_STARTED:
            started[event.path] = event
        elif event.data.get("would") is not None:
            step = next(waiting)
            rows[f"{step.number}"] = _row_of_step(step, subject, names)
        elif event.type is EventType.ATTEMPT_FINISHED and event.data["outcome"] == "succeeded":
            name = static_id(event.path)  # of one that reads in a loop, one row says it all
            before = rows.get(f"read {name}")
            rows[f"read {name}"] = (
                _row_of_read(event, started[event.path], subject) if before is None else _again(before)
            )
    skipped = sum(
        status.state is NodeState.SKIPPED and status.reason != "not_selected" for status in progress.statuses.values()
    )
    return Plan(tuple(rows.values()), steps, skipped)


def _row_of_step(step: PlannedStep, subject: RunSubject, names: Mapping[str, str]) -> PlanRow:
    is_action = bool(step.action)
    return PlanRow(
        number=step.number,
        path=step.path,
        node=step.node,
        text=one_line(say_names(step.text, names), most=_LONGEST),
        aside=" · ".join(_said_of(step, subject)) if is_action else _("Nobody is asked in a rehearsal"),
        effect=Effect(step.effect or Effect.READ),
        is_assumed=not step.is_change,
        rests_on=step.rests_on,
    )


def _said_of(step: PlannedStep, subject: RunSubject) -> tuple[str, ...]:
    where = _product(step.action, step.connection, subject)
    if not step.is_change:
        return (where, _("not asked in a rehearsal: its answer is a guess"))
    return (where, _("undoable") if step.undoable else _("cannot be undone"))


def _row_of_read(event: Event, started: Event, subject: RunSubject) -> PlanRow:
    name = static_id(event.path)
    summary = event.data.get("summary") or subject.face(name).title
    where = _product(started.data["action"], started.data["connection"], subject)
    aside = f"{where}, {clock_words(event.at)}, {duration_words(event.at - started.at)}"
    return PlanRow(
        0,
        event.path,
        name,
        _("Read: {summary}").format(summary=one_line(summary, most=_LONGEST)),
        aside,
        look=Look.SUCCEEDED,
    )


def _again(row: PlanRow) -> PlanRow:
    """Return a row of what was read once more."""
    first, _unused, times = row.aside.partition(" · ")
    count = int(times.partition(" ")[0]) + 1 if times else 2
    often = plural("{count} time", "{count} times", count).format(count=count)
    return replace(row, aside=f"{first} · {often}")


def _product(action: str, connection: str, subject: RunSubject) -> str:
    """Return what would do it: “Firewall fw-edge”."""
    facts = subject.catalogue.find_facts(action) if subject.catalogue is not None else None
    return f"{category_title(facts.category if facts else action.partition('.')[0])} {connection}".strip()
