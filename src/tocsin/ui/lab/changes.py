"""What a run changed in the Lab, in words: each thing with its state before and after. Without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Final

from tocsin.base.texts import _, in_context, neutral
from tocsin.engine.undoing import UndoItem
from tocsin.services.lab_desk import LabLook
from tocsin.ui.lab import words as w
from tocsin.ui.lab.cards import Row
from tocsin.ui.lab.change_words import RunChange, read_change

_ISOLATE: Final = "Isolate "
_DEEDS: Final = {
    "Block": _("blocked"),
    "Unblock": _("unblocked"),
    "Isolate": _("isolated"),
    "Reconnect": _("reconnected"),
    "End": _("ended"),
    "Disable": _("disabled"),
    "Enable": _("enabled"),
    "Create": _("written"),
    "Comment": _("commented"),
    "Note": _("noted"),
    "Set": in_context("deed", "set"),
    "Move": _("moved"),
    "Delete": _("deleted"),
    "Patch": _("patched"),
    "Job": _("started"),
    "Scan": _("scanned"),
    "Post": _("posted"),
    "Mail": _("sent"),
    "Watch": _("watched"),
    "Report": _("written"),
    "Remove": _("removed"),
}
"""What was done, by the first word of its title in English."""


class UndoState(StrEnum):
    """Whether a change can be taken back."""

    OPEN = "open"
    FIXED = "fixed"
    DONE = "done"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LabUndo:
    """What shall be taken back: these steps of a run."""

    run: str
    paths: tuple[str, ...]


def undo_state(change: RunChange | LabUndo, items: Sequence[UndoItem] | None) -> UndoState:
    """Return whether a change can be taken back.

    Args:
        change: The change, or what would take it back.
        items: What the run changed and nobody has taken back yet; None while that is not known or the run is on.
    """
    if items is None or not change.paths:
        return UndoState.UNKNOWN
    own = [item for item in items if item.path in change.paths]
    if not own:
        return UndoState.DONE
    return UndoState.OPEN if any(item.is_undoable for item in own) else UndoState.FIXED


def undo_words(changes: Iterable[RunChange], items: Sequence[UndoItem]) -> str:
    """Return what taking all of it back would do, in a sentence; "" when nothing can be."""
    count = sum(item.is_undoable for item in items)
    if not count:
        return ""
    isolated = [
        neutral(change.title).removeprefix(_ISOLATE)
        for change in changes
        if neutral(change.title).startswith(_ISOLATE) and undo_state(change, items) is UndoState.OPEN
    ]
    said = _("Undo all takes back {count_of}.").format(count_of=w.count_of(count, "change"))
    return _("{said} It reconnects {and_}.").format(said=said, and_=_and(isolated)) if isolated else said


def deeds_of(changes: Iterable[RunChange]) -> tuple[tuple[str, str], ...]:
    """Return the run in few words: the minute, and what was done in it, “3 isolated”; what is alike is counted."""
    told = ((change.at[:5], _DEEDS.get(neutral(change.title).split(" ")[0], _("changed"))) for change in changes)
    counted = ((key, len(list(same))) for key, same in groupby(told))
    return tuple((minute, f"{count} {deed}") for (minute, deed), count in counted)


def changes_of(look: LabLook, run: str) -> tuple[RunChange, ...]:
    """Return what a run changed, in the order in which it began to. What came back to what it was is left out."""
    found: dict[tuple[str, str, str], RunChange] = {}
    for change in look.changes:
        if change.run is None or change.run.run != run:
            continue
        for one in read_change(change):
            first = found.get(one.key, replace(one, paths=()))
            paths = dict.fromkeys((*first.paths, change.path)) if change.path else first.paths
            found[one.key] = replace(one, before=first.before, paths=tuple(paths))
    return tuple(one for one in found.values() if one.before != one.after)


def undo_of(look: LabLook, row: Row) -> LabUndo | None:
    """Return what would take back what the run that changed a row last did to it; None where no run did."""
    if row.run is None:
        return None
    own = (change for change in changes_of(look, row.run.run) if row.key in _row_keys(change))
    paths = dict.fromkeys(path for change in own for path in change.paths)
    return LabUndo(row.run.run, tuple(paths)) if paths else None


def _row_keys(change: RunChange) -> tuple[tuple[str, str], ...]:
    """Return the rows that tell of a change: an address in a list has one of its own."""
    table, key, what = change.key
    return (table, key), (table, f"{key}/{what}")


def _and(names: Sequence[str]) -> str:
    return (
        ", ".join(names)
        if len(names) < 2
        else _("{names} and {names2}").format(names=", ".join(names[:-1]), names2=names[-1])
    )
