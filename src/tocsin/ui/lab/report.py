"""The report of what a run did in the Lab, as a page to keep. Without Qt; addresses in it are harmless to click on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.engine.undoing import UndoItem
from tocsin.expressions.indicators import defang
from tocsin.formats.docs.blocks import Block, Paragraph, Section, Table, Words
from tocsin.formats.docs.page import Page
from tocsin.services.lab_desk import GoalState, LabLook, LabRun
from tocsin.ui.lab.changes import UndoState, changes_of, undo_state
from tocsin.ui.lab.words import document_text
from tocsin.ui.run_dock.words import STATUS_WORDS, date_words, duration_words, person_words

GOALS: Final = {GoalState.REACHED: "reached", GoalState.OPEN: "not yet", GoalState.UNKNOWN: "a person judges"}
UNDOS: Final = {
    UndoState.OPEN: "can be taken back",
    UndoState.FIXED: "cannot be undone",
    UndoState.DONE: "taken back",
    UndoState.UNKNOWN: "not known",
}


@dataclass(frozen=True, slots=True)
class LabReport:
    """A report, and the name that its file would have, without a suffix."""

    name: str
    page: Page


@dataclass(frozen=True, slots=True)
class Told:
    """What a report is made of.

    Attributes:
        look: The Lab as it is.
        run: Whose changes are reported.
        scenario: The title of what is played.
        undos: What the run changed and nobody has taken back; None when that is not known.
        you: The id of whoever reads it, as events name people.
    """

    look: LabLook
    run: LabRun
    scenario: str
    undos: Sequence[UndoItem] | None
    you: str


def report_of(told: Told) -> LabReport:
    """Return the report of a run."""
    sections = (
        Section("What this run changed", tuple(_changes(told))),
        Section("Goals of the scenario", tuple(_goals(told))),
        Section("What the tickets say", tuple(_tickets(told))),
    )
    filled = tuple(section for section in sections if section.blocks)
    page = Page(f"{told.run.label} in the Lab", tuple(_facts(told)), filled)
    return LabReport(f"{told.run.label} in the Lab", page)


def _facts(told: Told) -> Iterator[Block]:
    rows: list[tuple[str, str]] = [
        ("Playbook", told.run.name or "unknown"),
        ("Run", f"{told.run.label}, {told.run.run}"),
        ("Scenario", told.scenario),
    ]
    standing = told.look.standings.get(told.run.run)
    if standing is not None:
        rows.append(("Began", date_words(standing.started_at)))
        rows.append(("Started by", person_words(standing.by, told.you)))
        ended = standing.ended_at
        took = f" in {duration_words(ended - standing.started_at)}" if ended is not None else ""
        rows.append(("It", f"{STATUS_WORDS[standing.status]}{took}"))
    yield Table(("About it", ""), tuple(((name,), (defang(text),)) for name, text in rows))
    yield Paragraph(("Everything here happened in the Lab: nothing real was touched.",))


def _changes(told: Told) -> Iterator[Block]:
    rows: list[tuple[Words, ...]] = [
        (
            (defang(change.title),),
            (defang(change.before.words),),
            (defang(change.after.words),),
            (change.where,),
            (change.at,),
            (UNDOS[undo_state(change, told.undos)],),
        )
        for change in changes_of(told.look, told.run.run)
    ]
    if rows:
        yield Table(("What", "Before", "After", "Product", "When", "Undo"), tuple(rows))
    else:
        yield Paragraph(("This run changed nothing.",))


def _goals(told: Told) -> Iterator[Block]:
    rows = tuple(((goal.words,), (GOALS[goal.state],)) for goal in told.look.goals)
    if rows:
        yield Table(("Goal", ""), rows)


def _tickets(told: Told) -> Iterator[Block]:
    tickets = told.look.tables.get("tickets", {})
    written = dict.fromkeys(
        change.key for change in told.look.changes if change.table == "tickets" and change.run == told.run
    )
    for key in written:
        if key in tickets:
            ticket = tickets[key]
            yield Paragraph((f"{key}: {defang(str(ticket['title']))}",))
            for line in document_text(ticket["body"]).splitlines():
                if line.strip():
                    yield Paragraph((defang(line),))
