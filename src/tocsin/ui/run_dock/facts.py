"""The facts of a run, first of all that is shown of it: what came in, for whom, when, what it changed. Without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.engine.moments import Moment
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.unsure import UNKNOWN
from tocsin.ui.run_dock.words import changes_words, clock_words, person_words

MOST_INPUTS: Final = 3
_LONGEST: Final = 120
_ADDRESSES: Final = ("src_ip", "dst_ip", "ip", "address")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact.

    Attributes:
        label: Its name.
        value: What is so.
        is_code: It is an address, an id: set in the code font, with a button that copies it.
    """

    label: str
    value: str
    is_code: bool = False


def facts_of(subject: RunSubject, moment: Moment, event: Json) -> tuple[Fact, ...]:
    """Return the facts of a run, as a grid of two pairs a line is read.

    Args:
        subject: What ran.
        moment: How it stands.
        event: What it began with, or None while that is not known.
    """
    origin = moment.details.origin
    changes = moment.progress.changes
    unsure = sum(change.changed == UNKNOWN for change in changes)
    by = person_words(origin.by, subject.person)
    started = (
        _("{clock_words}, by {by}").format(clock_words=clock_words(origin.at), by=by) if origin.at else _("not yet")
    )
    first, *others = _event_facts(event) or [Fact(_("Began with"), _("nothing") if event is None else _("data"))]
    return (
        first,
        Fact(_("Started"), started),
        *others,
        Fact(_("Playbook"), origin.playbook or subject.playbook.name or subject.playbook.id),
        Fact(_("Changes"), changes_words(len(changes) - unsure, unsure)),
    )


def _event_facts(event: Json) -> list[Fact]:
    """Of an alert its own three (field.md H1); of anything else its first plain values."""
    if not isinstance(event, Mapping):
        return []
    if "id" in event and "rule" in event:
        alert = ", ".join(_text(event[key]) for key in ("id", "rule"))
        address = next((_text(event[key]) for key in _ADDRESSES if event.get(key)), "")
        facts = [
            Fact(_("Alert"), alert),
            Fact(_("Address"), address, is_code=True),
            Fact(_("User"), _text(event.get("user"))),
        ]
        return [fact for fact in facts if fact.value]
    plain = [(name, value) for name, value in event.items() if isinstance(value, str | int | float)]
    return [
        Fact(name.replace("_", " ").capitalize(), _text(value), is_code=name in _ADDRESSES)
        for name, value in plain[:MOST_INPUTS]
    ]


def _text(value: Json) -> str:
    return "" if value is None else one_line(str(value), most=_LONGEST)
