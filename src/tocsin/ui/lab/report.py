"""The report of what a run did in the Lab, as a page to keep. Without Qt; addresses in it are harmless to click on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.base.texts import _, in_context
from tocsin.engine.undoing import UndoItem
from tocsin.expressions.indicators import defang
from tocsin.formats.docs.blocks import Block, Paragraph, Section, Table, Words
from tocsin.formats.docs.page import Page
from tocsin.services.lab_desk import GoalState, LabLook, LabRun
from tocsin.ui.lab.changes import UndoState, changes_of, undo_state
from tocsin.ui.lab.words import document_text
from tocsin.ui.run_dock.words import STATUS_WORDS, date_words, duration_words, person_words

GOALS: Final = {GoalState.REACHED: _("reached"), GoalState.OPEN: _("not yet"), GoalState.UNKNOWN: _("a person judges")}
UNDOS: Final = {
    UndoState.OPEN: _("can be taken back"),
    UndoState.FIXED: _("cannot be undone"),
    UndoState.DONE: _("taken back"),
    UndoState.UNKNOWN: _("not known"),
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
        Section(_("What this run changed"), tuple(_changes(told))),
        Section(_("Goals of the scenario"), tuple(_goals(told))),
        Section(_("What the tickets say"), tuple(_tickets(told))),
    )
    filled = tuple(section for section in sections if section.blocks)
    page = Page(_("{label} in the Lab").format(label=told.run.label), tuple(_facts(told)), filled)
    return LabReport(_("{label} in the Lab").format(label=told.run.label), page)


def _facts(told: Told) -> Iterator[Block]:
    rows: list[tuple[str, str]] = [
        (_("Playbook"), told.run.name or _("unknown")),
        (_("Run"), f"{told.run.label}, {told.run.run}"),
        (_("Scenario"), told.scenario),
    ]
    standing = told.look.standings.get(told.run.run)
    if standing is not None:
        rows.append((_("Began"), date_words(standing.started_at)))
        rows.append((_("Started by"), person_words(standing.by, told.you)))
        ended = standing.ended_at
        took = (
            _(" in {duration_words}").format(duration_words=duration_words(ended - standing.started_at))
            if ended is not None
            else ""
        )
        rows.append((_("It"), f"{STATUS_WORDS[standing.status]}{took}"))
    yield Table((_("About it"), ""), tuple(((name,), (defang(text),)) for name, text in rows))
    yield Paragraph((_("Everything here happened in the Lab: nothing real was touched."),))


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
        yield Table(
            (_("What"), _("Before"), _("After"), _("Product"), in_context("moment", "When"), _("Undo")), tuple(rows)
        )
    else:
        yield Paragraph((_("This run changed nothing."),))


def _goals(told: Told) -> Iterator[Block]:
    rows = tuple(((goal.words,), (GOALS[goal.state],)) for goal in told.look.goals)
    if rows:
        yield Table((_("Goal"), ""), rows)


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
