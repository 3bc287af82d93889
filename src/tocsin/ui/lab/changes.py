"""What a run changed in the Lab, in words: each thing with its state before and after. Without Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tocsin.services.lab_desk import LabChange, LabLook
from tocsin.ui.lab import words as w
from tocsin.ui.lab.cards import Level, WorldState

Row = Mapping[str, Any]
_NEW: Final = WorldState("new", Level.CUT_OFF, "plus")
_OPEN: Final = WorldState("open", Level.NORMAL, "check")
_ENDED: Final = WorldState("ended", Level.ODD, "minus")
_GONE: Final = WorldState("gone", Level.CUT_OFF, "minus")
_OTHER: Final = WorldState("changed", Level.ODD, "check")


@dataclass(frozen=True, slots=True)
class RunChange:
    """One thing that is otherwise than before.

    Attributes:
        key: What became another: table, row, and what of it; of one key the last change counts.
        title: What was done: “Block 203.0.113.66”.
        where: The product, as people call it.
        at: When it was last changed: “10:42:09 UTC”.
    """

    key: tuple[str, str, str]
    title: str
    icon: str
    before: WorldState
    after: WorldState
    where: str
    at: str


def changes_of(look: LabLook, run: str) -> tuple[RunChange, ...]:
    """Return what a run changed, in the order in which it began to. What came back to what it was is left out."""
    found: dict[tuple[str, str, str], RunChange] = {}
    for change in look.changes:
        if change.run is None or change.run.run != run:
            continue
        for one in _READERS.get(change.table, _other)(change):
            first = found.get(one.key)
            found[one.key] = replace(one, before=first.before) if first else one
    return tuple(one for one in found.values() if one.before != one.after)


def _said(change: LabChange, what: str, title: str, states: tuple[WorldState, WorldState]) -> RunChange:
    product = change.product
    return RunChange(
        key=(change.table, change.key, what),
        title=title,
        icon=w.ICONS.get(product, "boxes"),
        before=states[0],
        after=states[1],
        where=w.TITLES.get(product, product),
        at=w.clock_time(change.at, zone=True),
    )


def _aliases(change: LabChange) -> Iterable[RunChange]:
    before, after = change.before or {}, change.after or {}
    alias = after or before
    put = w.BLOCKED if alias["blocks"] and alias["enabled"] else w.LISTED
    free = WorldState("not listed", Level.NORMAL, "check")
    for address in after.get("entries", ()):
        if address not in before.get("entries", ()):
            yield _said(change, address, f"Block {address}", (free, put))
    for address in before.get("entries", ()):
        if address not in after.get("entries", ()):
            yield _said(change, address, f"Unblock {address}", (put, free))


def _hosts(change: LabChange) -> Iterable[RunChange]:
    before, after = change.before, change.after
    if before is None or after is None or before["containment"] == after["containment"]:
        return _other(change)
    does = "Reconnect" if after["containment"] in {"normal", "lift_containment_pending"} else "Isolate"
    states = w.host_state(before), w.host_state(after)
    return [_said(change, "containment", f"{does} {after['name']}", states)]


def _users(change: LabChange) -> Iterable[RunChange]:
    before, after = change.before, change.after
    if before is None or after is None:
        return _other(change)
    found: list[RunChange] = []
    if before["sessions"] != after["sessions"]:
        states = w.sessions_state(before), w.sessions_state(after)
        found.append(_said(change, "sessions", f"End sessions of {after['name']}", states))
    if before["enabled"] != after["enabled"]:
        does = "Enable" if after["enabled"] else "Disable"
        states = w.account_state(before), w.account_state(after)
        found.append(_said(change, "enabled", f"{does} {after['name']}", states))
    return found or _other(change)


def _tickets(change: LabChange) -> Iterable[RunChange]:
    before, after = change.before, change.after
    if after is None:
        return _other(change)
    if before is None:
        return [_said(change, "status", f"Create {change.key}", (w.NONE, w.ticket_state(after)))]
    if before["status"] != after["status"]:
        states = w.ticket_state(before), w.ticket_state(after)
        return [_said(change, "status", f"Move {change.key}", states)]
    comments = (
        WorldState(w.count_of(len(row["comments"]), "comment"), Level.NORMAL, "minus") for row in (before, after)
    )
    return [_said(change, "comments", f"Comment on {change.key}", (next(comments), next(comments)))]


def _notes(change: LabChange) -> Iterable[RunChange]:
    alert = (change.after or change.before or {}).get("alert_id", change.key)
    return [_said(change, "", f"Note on {alert}", (w.NONE, _NEW) if change.after else (_NEW, _GONE))]


def _alerts(change: LabChange) -> Iterable[RunChange]:
    if change.before is None or change.after is None:
        return _other(change)
    return [_said(change, "status", f"Set {change.key}", (w.alert_state(change.before), w.alert_state(change.after)))]


def _connections(change: LabChange) -> Iterable[RunChange]:
    row = change.before or change.after or {}
    title = f"End {row.get('src_ip')} to {row.get('dst_ip')}"
    return [_said(change, "", title, (_OPEN, _ENDED))]


def _other(change: LabChange) -> Iterable[RunChange]:
    """What has no words of its own: the Lab's own sentence."""
    before = w.NONE if change.before is None else _OPEN
    after = _GONE if change.after is None else _NEW if change.before is None else _OTHER
    return [_said(change, "", change.what[:1].upper() + change.what[1:], (before, after))]


_READERS: Final[Mapping[str, Callable[[LabChange], Iterable[RunChange]]]] = {
    "aliases": _aliases,
    "hosts": _hosts,
    "users": _users,
    "tickets": _tickets,
    "notes": _notes,
    "alerts": _alerts,
    "connections": _connections,
}
