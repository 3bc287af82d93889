"""What a node shows while nothing runs: title, subtitle, icon, colour family, effect marks. Words only, no drawing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.base.texts import _, in_context
from tocsin.model.catalogue import ActionFacts, Catalogue, Discloses, Effect
from tocsin.model.playbook import (
    ActionNode,
    AskKind,
    AskNode,
    CallNode,
    ConditionNode,
    EndNode,
    ForEachNode,
    JoinNode,
    Kind,
    Node,
    NoteNode,
    Playbook,
    SetNode,
    SwitchNode,
    TriggerNode,
    WaitNode,
    WhileNode,
)
from tocsin.model.values import DURATION
from tocsin.ui.canvas.geometry import Silhouette, silhouette_of


class Family(StrEnum):
    """Which colours the icon tile has; named as the tokens are."""

    TRIGGER = "trigger"
    LOGIC = "logic"
    ACTION = "action"
    HUMAN = "human"
    CALL = "call"
    END = "end"


@dataclass(frozen=True, slots=True)
class Face:
    """What a node shows.

    Attributes:
        title: Its name.
        subtitle: What it is set to do; "" where there is no room.
        icon: File of the icon.
        family: Colours of the tile.
        silhouette: Its outline.
        effect: What it does to the world; READ for all that do nothing.
        discloses: Others learn what is asked.
        rows: Of a switch, (port, condition) of each row.
        aside: Of a frame, what stands at the right of its head.
        disabled: It is switched off.
        short: Its name where there is little room; "" where there is no shorter one.
    """

    title: str
    subtitle: str
    icon: str
    family: Family
    silhouette: Silhouette
    effect: Effect = Effect.READ
    discloses: bool = False
    rows: tuple[tuple[str, str], ...] = ()
    aside: str = ""
    disabled: bool = False
    short: str = ""


_KINDS: Final = {
    Kind.TRIGGER: (Family.TRIGGER, "zap"),
    Kind.ACTION: (Family.ACTION, "zap"),
    Kind.CONDITION: (Family.LOGIC, "diamond-alert"),
    Kind.SWITCH: (Family.LOGIC, "split"),
    Kind.FOR_EACH: (Family.LOGIC, "refresh-cw"),
    Kind.WHILE: (Family.LOGIC, "rotate-cw"),
    Kind.JOIN: (Family.LOGIC, "merge"),
    Kind.SET: (Family.LOGIC, "braces"),
    Kind.WAIT: (Family.LOGIC, "hourglass"),
    Kind.ASK: (Family.HUMAN, "user-check"),
    Kind.CALL: (Family.CALL, "square-play"),
    Kind.END: (Family.END, "circle-dot"),
    Kind.NOTE: (Family.LOGIC, "sticky-note"),
    Kind.GROUP: (Family.LOGIC, "boxes"),
}
CATEGORY_ICONS: Final = {
    "siem": "text-search",
    "edr": "monitor",
    "firewall": "brick-wall",
    "ids": "radar",
    "threat_intel": "globe",
    "vulnerability": "bug",
    "identity": "user",
    "ticketing": "ticket",
    "messaging": "message-square",
    "patching": "package",
    "mailbox": "mail",
    "sandbox": "flask-conical",
    "assets": "server",
    "web": "network",
    "general": "zap",
}
CATEGORY_TITLES: Final = {
    "siem": "SIEM",
    "edr": "EDR",
    "ids": "IDS",
    "firewall": _("Firewall"),
    "threat_intel": _("Threat intel"),
    "vulnerability": _("Vulnerability"),
    "identity": _("Identity"),
    "ticketing": _("Tickets"),
    "messaging": _("Messaging"),
    "patching": _("Patching"),
    "mailbox": _("Mailbox"),
    "general": _("General"),
}
_PORT_WORDS: Final = {
    "true": in_context("port", "true"),
    "false": in_context("port", "false"),
    "else": in_context("port", "else"),
    "error": in_context("port", "error"),
    "expired": in_context("port", "expired"),
    "unmet": in_context("port", "unmet"),
    "approved": in_context("port", "approved"),
    "rejected": in_context("port", "rejected"),
}
"""Those that every playbook has, and the usual answers; others are a person's own words."""
_ACTION_ICONS: Final = {
    "isolate_endpoint": "power",
    "find_endpoints": "monitor-check",
    "end_sessions": "key-round",
    "add_note": "sticky-note",
}
_TRIGGERS: Final = {
    "manual": (_("Started by hand"), "pointer"),
    "schedule": (_("On a schedule"), "clock"),
    "webhook": (_("Webhook"), "webhook"),
    "file": (_("File"), "file-text"),
    "mail": (_("Mail"), "mail"),
}
_SIGNS: Final = {">=": "≥", "<=": "≤", "!=": "≠", "==": "=", "&&": _(" and "), "||": _(" or "), "!": _("not ")}
_SPELLED: Final = re.compile(
    r"""'(?:\\.|[^'])*'|"(?:\\.|[^"])*"|\s*&&\s*|\s*\|\|\s*|[<>!=]=|!|(?<![\w.])(?P<number>\d+)\.0(?!\d)"""
    r"|(?<![\w.])is_(?P<kind>\w+)\([\w.]*\)|(?<![\w.])[A-Za-z_]\w*\.(?P<field>[A-Za-z_]\w*)(?![\w.(])"
)
"""Texts in quotes, which stay; signs; numbers that end in `.0`; `is_kind(value)`; a field of a node."""
_ASKS: Final = {AskKind.APPROVAL: _("Approval"), AskKind.CHOICE: _("Choice"), AskKind.FORM: _("Form")}


def words(name: str) -> str:
    """Return an id as words: `block_address` gives “Block address”."""
    text = name.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]


def category_title(category: str) -> str:
    """Return what a category is called."""
    return CATEGORY_TITLES.get(category, words(category))


def port_words(port: str) -> str:
    """Return what an output port is called."""
    return _PORT_WORDS.get(port, port.replace("_", " "))


def category_icon(category: str) -> str:
    """Return a category's icon; one that is not known gets the general one."""
    return CATEGORY_ICONS.get(category, "zap")


def face_of(name: str, node: Node, playbook: Playbook, catalogue: Catalogue | None = None) -> Face:
    """Return what a node shows.

    Args:
        name: The node's id.
        node: The node.
        playbook: Where its role's title stands.
        catalogue: What is known of actions; without it an action's effect is not shown.
    """
    family, icon = _KINDS[node.kind]
    if isinstance(node, ActionNode):
        return _action_face(name, node, playbook, catalogue)
    title, subtitle = _words_of(name, node)
    if isinstance(node, TriggerNode):
        icon = _trigger(node.event)[1]
    rows: tuple[tuple[str, str], ...] = ()
    if isinstance(node, SwitchNode):
        rows = (*((case.port, spell_condition(case.when)) for case in node.cases), ("else", ""))
    return Face(
        node.title or title,
        subtitle,
        icon,
        family,
        silhouette_of(node),
        rows=rows,
        aside=_aside(node),
        disabled=node.disabled,
        short="" if node.title else _short(node),
    )


def _action_face(name: str, node: ActionNode, playbook: Playbook, catalogue: Catalogue | None) -> Face:
    prefix, _unused, action = node.use.partition(".")
    facts = catalogue.find_facts(node.use) if catalogue else None
    category = facts.category if facts else prefix
    common = facts.title if facts else words(action)
    role = playbook.roles.get(node.role or "")
    where = (role.title if role else None) or category_title(category)
    return Face(
        title=node.title or _numbered(common, name, action),
        subtitle=" · ".join(part for part in (where, _effect_words(facts, common if node.title else "")) if part),
        icon=_ACTION_ICONS.get(action, category_icon(category)),
        family=Family.ACTION,
        silhouette=Silhouette.PLAIN,
        effect=facts.effect if facts else Effect(node.effect or Effect.READ),
        discloses=facts is not None and facts.discloses is not Discloses.NONE,
        disabled=node.disabled,
    )


def _numbered(title: str, name: str, action: str) -> str:
    """Tell nodes apart that nobody named: the second of an action is “Create a ticket 2”, as its id is `create_2`."""
    number = name.removeprefix(f"{action}_")
    return f"{title} {number}" if number != name and number.isdecimal() else title


def _effect_words(facts: ActionFacts | None, action: str) -> str:
    if facts is None:
        return action
    if facts.effect is not Effect.READ:
        return _("undoable") if facts.undoable else _("cannot be undone")
    if facts.discloses is not Discloses.NONE:
        return _("discloses")
    return action or _("reads")


def _words_of(name: str, node: Node) -> tuple[str, str]:
    """Return title and subtitle of what is no action."""
    if isinstance(node, TriggerNode):
        event = _trigger(node.event)[0]
        return event, event if node.title not in {"", event} else _("Trigger")
    return _title(name, node), _subtitle(node)


def _title(name: str, node: Node) -> str:
    match node:
        case JoinNode():
            return _("Join: {need}").format(need=node.need)
        case EndNode():
            return _("End: {value}").format(value=node.status.value)
        case ForEachNode():
            return _("For each {words}").format(words=words(node.item_name).lower())
        case NoteNode():
            return node.text
        case _:
            return words(name)


def _short(node: Node) -> str:
    match node:
        case JoinNode():
            return str(node.need)
        case EndNode():
            return node.status.value
        case _:
            return ""


def spell_condition(expression: str) -> str:
    """Return an expression as people write it: `a.score >= 80.0 && !is_own(ip)` gives “score ≥ 80 and not own”."""
    return _SPELLED.sub(_spell, expression)


def _spell(found: re.Match[str]) -> str:
    text = found.group()
    return found[found.lastgroup] if found.lastgroup else _SIGNS.get(text.strip(), text)


def _span(duration: str) -> str:
    """Return a time span as it is read: “15 min”."""
    found = DURATION.fullmatch(duration)
    return f"{found[1]} {_('min') if found[2] == 'm' else found[2]}" if found else duration


def _subtitle(node: Node) -> str:
    match node:
        case ConditionNode():
            return spell_condition(node.when)
        case AskNode():
            kind = _ASKS[node.ask]
            return _("{kind} · waits {span}").format(kind=kind, span=_span(node.expires)) if node.expires else kind
        case SetNode():
            return ", ".join(node.values) or _("Sets nothing")
        case WaitNode():
            return (
                _("for {span}").format(span=_span(node.duration))
                if node.duration
                else node.until or _("for the signal {signal}").format(signal=node.signal)
            )
        case CallNode():
            return _("Call {playbook}").format(playbook=node.playbook)
        case _:
            return ""


def _aside(node: Node) -> str:
    if isinstance(node, ForEachNode):
        return (
            _("{concurrency} at a time").format(concurrency=node.concurrency)
            if node.concurrency > 1
            else _("one by one")
        )
    return _("at most {max} times").format(max=node.max) if isinstance(node, WhileNode) else ""


def _trigger(event: str) -> tuple[str, str]:
    if event in _TRIGGERS:
        return _TRIGGERS[event]
    category, _unused, what = event.partition(".")
    return f"{category_title(category)} {words(what or 'event').lower()}", category_icon(category)
