"""One change of a row of the Lab's world in words: what was done, and its state before and after. Without Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tocsin.base.texts import _, beginning
from tocsin.services.lab_desk import LabChange
from tocsin.ui.lab import words as w
from tocsin.ui.lab.cards import Level, WorldState

_NEW: Final = WorldState("new", Level.CUT_OFF, "plus")
_OPEN: Final = WorldState("open", Level.NORMAL, "check")
_ENDED: Final = WorldState("ended", Level.ODD, "minus")
_GONE: Final = WorldState("gone", Level.CUT_OFF, "minus")
_BREAK: Final = "\u200b"
"""Where a long name may be broken: before a digit no hyphen allows it (Unicode, UAX #14, rule LB25)."""
_OTHER: Final = WorldState("changed", Level.ODD, "check")


@dataclass(frozen=True, slots=True)
class RunChange:
    """One thing that is otherwise than before.

    Attributes:
        key: What became another: table, row, and what of it; of one key the last change counts.
        title: What was done: “Block 203.0.113.66”.
        where: The product, as people call it.
        at: When it was last changed: “10:42:09 UTC”.
        paths: The steps of the run that did it, as events name them.
    """

    key: tuple[str, str, str]
    title: str
    icon: str
    before: WorldState
    after: WorldState
    where: str
    at: str
    paths: tuple[str, ...] = ()


def read_change(change: LabChange) -> Iterable[RunChange]:
    """Return what one change of a row means, in words; a row may hold several things."""
    return _READERS.get(change.table, _other)(change)


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
    free = WorldState(_("not listed"), Level.NORMAL, "check")
    for address in after.get("entries", ()):
        if address not in before.get("entries", ()):
            yield _said(change, address, _("Block {address}").format(address=address), (free, put))
    for address in before.get("entries", ()):
        if address not in after.get("entries", ()):
            yield _said(change, address, _("Unblock {address}").format(address=address), (put, free))


def _hosts(change: LabChange) -> Iterable[RunChange]:
    before, after = change.before, change.after
    if before is None or after is None or before["containment"] == after["containment"]:
        return _other(change)
    is_back = after["containment"] in {"normal", "lift_containment_pending"}
    title = _("Reconnect {name}") if is_back else _("Isolate {name}")
    states = w.host_state(before), w.host_state(after)
    return [_said(change, "containment", title.format(name=after["name"]), states)]


def _users(change: LabChange) -> Iterable[RunChange]:
    before, after = change.before, change.after
    if before is None or after is None:
        return _other(change)
    found: list[RunChange] = []
    if before["sessions"] != after["sessions"]:
        states = w.sessions_state(before), w.sessions_state(after)
        found.append(_said(change, "sessions", _("End sessions of {name}").format(name=after["name"]), states))
    if before["enabled"] != after["enabled"]:
        title = _("Enable {name}") if after["enabled"] else _("Disable {name}")
        states = w.account_state(before), w.account_state(after)
        found.append(_said(change, "enabled", title.format(name=after["name"]), states))
    return found or _other(change)


def _tickets(change: LabChange) -> Iterable[RunChange]:
    before, after = change.before, change.after
    if after is None:
        return _other(change)
    if before is None:
        return [_said(change, "status", _("Create {key}").format(key=change.key), (w.NONE, w.ticket_state(after)))]
    if before["status"] != after["status"]:
        states = w.ticket_state(before), w.ticket_state(after)
        return [_said(change, "status", _("Move {key}").format(key=change.key), states)]
    comments = (
        WorldState(w.count_of(len(row["comments"]), "comment"), Level.NORMAL, "minus") for row in (before, after)
    )
    return [_said(change, "comments", _("Comment on {key}").format(key=change.key), (next(comments), next(comments)))]


def _notes(change: LabChange) -> Iterable[RunChange]:
    alert = (change.after or change.before or {}).get("alert_id", change.key)
    return [
        _said(change, "", _("Note on {alert}").format(alert=alert), (w.NONE, _NEW) if change.after else (_NEW, _GONE))
    ]


def _alerts(change: LabChange) -> Iterable[RunChange]:
    if change.before is None or change.after is None:
        return _other(change)
    return [
        _said(
            change,
            "status",
            _("Set {key}").format(key=change.key),
            (w.alert_state(change.before), w.alert_state(change.after)),
        )
    ]


def _connections(change: LabChange) -> Iterable[RunChange]:
    row = change.before or change.after or {}
    title = _("End {row} to {row2}").format(row=row.get("src_ip"), row2=row.get("dst_ip"))
    return [_said(change, "", title, (_OPEN, _ENDED))]


def _other(change: LabChange) -> Iterable[RunChange]:
    """What has no words of its own: the Lab's own sentence."""
    before = w.NONE if change.before is None else _OPEN
    after = _GONE if change.after is None else _NEW if change.before is None else _OTHER
    return [_said(change, "", beginning(change.what), (before, after))]


def _messages(change: LabChange) -> Iterable[RunChange]:
    before, after = change.before, change.after
    subject = (after or before or {}).get("subject", change.key)
    if before is None:
        return _other(change)
    if after is None:
        return [
            _said(change, "folder", _("Delete “{subject}”").format(subject=subject), (w.folder_state(before), _GONE))
        ]
    states = w.folder_state(before), w.folder_state(after)
    return [
        _said(
            change,
            "folder",
            _("Move “{subject}” of {mailbox}").format(subject=subject, mailbox=after["mailbox"]),
            states,
        )
    ]


def _jobs(change: LabChange) -> Iterable[RunChange]:
    if change.after is None:
        return _other(change)
    before = w.NONE if change.before is None else w.job_state(change.before)
    return [_said(change, "state", _("Job {key}").format(key=change.key), (before, w.job_state(change.after)))]


def _scans(change: LabChange) -> Iterable[RunChange]:
    if change.before is None or change.after is None:
        return _other(change)
    states = w.scan_state(change.before), w.scan_state(change.after)
    return [_said(change, "state", _("Scan “{name}”").format(name=change.after["name"]), states)]


def _weaknesses(change: LabChange) -> Iterable[RunChange]:
    if change.before is None or change.after is None:
        return _other(change)
    states = w.weakness_state(change.before), w.weakness_state(change.after)
    return [_said(change, "mended", _("Patch {cve}").format(cve=change.after["cve"]), states)]


def _indicators(change: LabChange) -> Iterable[RunChange]:
    row = change.after or change.before or {}
    states = tuple(w.indicator_state(one) if one else w.NONE for one in (change.before, change.after))
    return [_said(change, "", _("Indicator {key}").format(key=row.get("value", change.key)), (states[0], states[1]))]


def _posts(change: LabChange) -> Iterable[RunChange]:
    before, after = change.before, change.after
    if after is None:
        return _other(change)
    states = w.NONE if before is None else w.post_state(before), w.post_state(after)
    title = _("Delete a message in {channel}") if after["deleted"] else _("Post to {channel}")
    return [_said(change, "", title.format(channel=after["channel"]), states)]


def _mails(change: LabChange) -> Iterable[RunChange]:
    mail = change.after or change.before or {}
    return [_said(change, "", _("Mail “{key}”").format(key=mail.get("subject", change.key)), (w.NONE, w.SENT))]


def _datasets(change: LabChange) -> Iterable[RunChange]:
    before, after = change.before or {}, change.after or {}
    name = (after or before)["name"]
    put = w.WATCHED if (after or before)["tested"] else w.LISTED
    old, new = before.get("entries", ()), after.get("entries", ())
    for value in [one for one in new if one not in old]:
        yield _said(change, value, _("Watch for {value} ({name})").format(value=value, name=name), (w.NONE, put))
    for value in [one for one in old if one not in new]:
        yield _said(
            change, value, _("Watch no more for {value} ({name})").format(value=value, name=name), (put, w.NONE)
        )


def _reports(change: LabChange) -> Iterable[RunChange]:
    is_gone = change.after is None
    title = _("Remove the report {name}") if is_gone else _("Report {name}")
    states = (w.WRITTEN, w.NONE) if is_gone else (w.NONE, w.WRITTEN)
    name = change.key.replace("-", f"-{_BREAK}")
    return [_said(change, "", title.format(name=name), states)]


_READERS: Final[Mapping[str, Callable[[LabChange], Iterable[RunChange]]]] = {
    "aliases": _aliases,
    "hosts": _hosts,
    "users": _users,
    "tickets": _tickets,
    "notes": _notes,
    "alerts": _alerts,
    "connections": _connections,
    "messages": _messages,
    "jobs": _jobs,
    "scans": _scans,
    "weaknesses": _weaknesses,
    "indicators": _indicators,
    "posts": _posts,
    "mails": _mails,
    "datasets": _datasets,
    "reports": _reports,
}
