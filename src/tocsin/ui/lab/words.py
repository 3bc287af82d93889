"""The words for what the Lab's rows hold: states with their greys, times with their zone, counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _, in_context, plural
from tocsin.base.times import column_mark, in_column, in_zone, zone_mark
from tocsin.ui.lab.cards import Level, WorldState

TITLES: Final[Mapping[str, str]] = {
    "elasticsearch": "SIEM",
    "opnsense": _("Firewall"),
    "falcon": "EDR",
    "keycloak": _("Directory"),
    "jira": _("Tickets"),
    "abuseipdb": _("Threat intel"),
    "nessus": _("Scanner"),
    "awx": _("Patching"),
    "misp": _("Intel feed"),
    "graph_mail": _("Mailboxes"),
    "mattermost": _("Chat"),
    "smtp": _("Mail server"),
    "suricata": "IDS",
    "openscap": _("Hardening checks"),
    "report_folder": _("Reports"),
    "control": _("By hand"),
}
"""What people call the products, by the Lab's ids."""

ICONS: Final[Mapping[str, str]] = {
    "elasticsearch": "text-search",
    "opnsense": "brick-wall",
    "falcon": "monitor-check",
    "keycloak": "user",
    "jira": "ticket",
    "abuseipdb": "globe",
    "nessus": "radar",
    "awx": "package",
    "misp": "network",
    "graph_mail": "mail",
    "mattermost": "message-square",
    "smtp": "mail",
    "suricata": "eye",
    "openscap": "clipboard-list",
    "report_folder": "file-text",
    "control": "pointer",
}

NONE: Final = WorldState(in_context("state", "none"), Level.NORMAL, "minus")
BLOCKED: Final = WorldState(_("Blocked"), Level.CUT_OFF, "ban")
LISTED: Final = WorldState(_("Listed"), Level.ODD, "minus")
SENT: Final = WorldState(_("Sent"), Level.NORMAL, "check")
WRITTEN: Final = WorldState(_("Written"), Level.NORMAL, "check")
WATCHED: Final = WorldState(_("Watched"), Level.ODD, "eye")
CONNECTED: Final = WorldState(_("Connected"), Level.NORMAL, "check")

_CONTAINMENT: Final[Mapping[str, WorldState]] = {
    "containment_pending": WorldState(_("Isolating"), Level.ODD, "hourglass"),
    "contained": WorldState(_("Isolated"), Level.CUT_OFF, "power"),
    "lift_containment_pending": WorldState(_("Reconnecting"), Level.ODD, "hourglass"),
}
_SETTLED: Final[Mapping[str, str]] = {"containment_pending": _("contained"), "lift_containment_pending": _("normal")}
_TICKET: Final[Mapping[str, WorldState]] = {
    "To Do": WorldState(_("To do"), Level.NORMAL, "circle-dot"),
    "In Progress": WorldState(_("In progress"), Level.ODD, "hourglass"),
    "Done": WorldState(_("Done"), Level.CUT_OFF, "check"),
}
_JOB: Final[Mapping[str, WorldState]] = {
    "pending": WorldState(_("Under way"), Level.ODD, "hourglass"),
    "successful": WorldState(_("Done"), Level.NORMAL, "check"),
    "failed": WorldState(_("Failed"), Level.CUT_OFF, "x"),
    "canceled": WorldState(_("Cancelled"), Level.CUT_OFF, "ban"),
}
_SCAN: Final[Mapping[str, WorldState]] = {
    "empty": WorldState(_("Never run"), Level.NORMAL, "minus"),
    "running": WorldState(_("Under way"), Level.ODD, "hourglass"),
    "completed": WorldState(_("Done"), Level.NORMAL, "check"),
    "canceled": WorldState(_("Cancelled"), Level.CUT_OFF, "ban"),
}
_FOLDER: Final[Mapping[str, WorldState]] = {
    "inbox": WorldState(_("Inbox"), Level.NORMAL, "mail"),
    "junkemail": WorldState(_("Quarantine"), Level.CUT_OFF, "ban"),
    "deleteditems": WorldState(_("Deleted items"), Level.CUT_OFF, "minus"),
    "archive": WorldState(_("Archive"), Level.ODD, "folder"),
}
_CHECK: Final[Mapping[str, WorldState]] = {
    "pass": WorldState(_("Passes"), Level.NORMAL, "check"),
    "fail": WorldState(_("Fails"), Level.CUT_OFF, "x"),
    "notchecked": WorldState(_("Cannot be read"), Level.ODD, "minus"),
}
_SEVERITY: Final = ("info", "low", "medium", "high", "critical")
_BLOCKS: Final = frozenset({"doc", "bulletList", "orderedList", "listItem"})
_ALERT: Final[Mapping[str, WorldState]] = {
    "open": WorldState(in_context("state", "Open"), Level.NORMAL, "circle-dot"),
    "acknowledged": WorldState(_("Acknowledged"), Level.ODD, "check"),
    "closed": WorldState(_("Closed"), Level.CUT_OFF, "check"),
}


def host_state(host: Mapping[str, Any]) -> WorldState:
    """Return whether a computer can be reached. An order that the next look would find done is done."""
    told = host["containment"]
    if host["online"] and not host["reads_left"]:
        told = _SETTLED.get(told, told)
    if told in _CONTAINMENT:
        return _CONTAINMENT[told]
    return (
        WorldState(_("Online"), Level.NORMAL, "check")
        if host["online"]
        else WorldState(_("Offline"), Level.ODD, "minus")
    )


def machine_words(machine: str) -> str:
    """Return what a computer is for, in few letters."""
    return "DC" if machine == "Domain Controller" else machine.lower()


def sessions_state(user: Mapping[str, Any]) -> WorldState:
    """Return how many sessions an account has open."""
    count = len(user["sessions"])
    if count:
        return WorldState(_("{count} open").format(count=count), Level.NORMAL, "check")
    if user["not_before"]:
        return WorldState(_("0, ended"), Level.ODD, "minus")
    return WorldState(_("0 open"), Level.NORMAL, "minus")


def account_state(user: Mapping[str, Any]) -> WorldState:
    """Return whether an account can be used."""
    return (
        WorldState(_("Active"), Level.NORMAL, "check")
        if user["enabled"]
        else WorldState(_("Disabled"), Level.CUT_OFF, "ban")
    )


def ticket_state(ticket: Mapping[str, Any]) -> WorldState:
    """Return where a ticket stands."""
    return _TICKET.get(ticket["status"]) or WorldState(str(ticket["status"]), Level.ODD, "circle-dot")


def alert_state(alert: Mapping[str, Any]) -> WorldState:
    """Return where an alert stands."""
    return _ALERT.get(alert["status"]) or WorldState(str(alert["status"]), Level.ODD, "circle-dot")


def job_state(job: Mapping[str, Any]) -> WorldState:
    """Return where a job of the patching stands."""
    return _JOB.get(job["state"]) or WorldState(str(job["state"]), Level.ODD, "circle-dot")


def scan_state(scan: Mapping[str, Any]) -> WorldState:
    """Return where the newest run of a scan stands."""
    return _SCAN.get(scan["state"]) or WorldState(str(scan["state"]), Level.ODD, "circle-dot")


def weakness_state(weakness: Mapping[str, Any]) -> WorldState:
    """Return whether a weakness is patched."""
    return (
        WorldState(_("Patched"), Level.NORMAL, "check")
        if weakness["mended"]
        else WorldState(in_context("state", "Open"), Level.ODD, "bug")
    )


def check_state(check: Mapping[str, Any]) -> WorldState:
    """Return how a hardening check ends."""
    return _CHECK.get(check["result"]) or WorldState(str(check["result"]), Level.ODD, "circle-dot")


def indicator_state(indicator: Mapping[str, Any]) -> WorldState:
    """Return what an indicator is for."""
    if indicator["deleted"]:
        return WorldState(_("Deleted"), Level.CUT_OFF, "minus")
    detects = WorldState(_("Detects"), Level.NORMAL, "check")
    return detects if indicator["detect"] else WorldState(_("Known"), Level.ODD, "minus")


def folder_state(message: Mapping[str, Any]) -> WorldState:
    """Return in which folder a message is."""
    return _FOLDER.get(message["folder"]) or WorldState(str(message["folder"]), Level.ODD, "folder")


def post_state(post: Mapping[str, Any]) -> WorldState:
    """Return whether a message in the chat is still there."""
    return WorldState(_("Deleted"), Level.CUT_OFF, "minus") if post["deleted"] else SENT


def severity_words(severity: int) -> str:
    """Return the scanner's severity in a word."""
    return _SEVERITY[severity] if 0 <= severity < len(_SEVERITY) else str(severity)


def count_of(number: int, one: str, many: str = "") -> str:
    """Return a count in words: “1 alert”, “2 alerts”."""
    return f"{number} {plural(one, many or one + 's', number)}"


def document_text(value: Json) -> str:
    """Return the words of an Atlassian document, a line for each block; "" for what is none."""
    if not isinstance(value, Mapping):
        return ""
    if value.get("type") == "text":
        return str(value.get("text", ""))
    if value.get("type") == "hardBreak":
        return "\n"
    parts = cast("Sequence[Json]", value.get("content") or ())
    return ("\n" if value.get("type") in _BLOCKS else "").join(document_text(part) for part in parts)


def clock_time(moment: str, *, zone: bool = False) -> str:
    """Return the time of day of an RFC 3339 moment, with its zone unless a column's head says it (`time_column`).

    What is no moment stays as it is.
    """
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    if not zone:
        return f"{in_column(at):%H:%M:%S}"
    shown = in_zone(at)
    return f"{shown:%H:%M:%S} {zone_mark(shown)}"


def time_column() -> str:
    """Return the head of a column of times."""
    return _("Time, {zone}").format(zone=column_mark())
