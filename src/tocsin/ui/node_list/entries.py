"""What the list offers, without Qt: triggers, logic, and the actions of the catalogue by category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.base.texts import _
from tocsin.model.catalogue import CATEGORIES, Catalogue, Effect
from tocsin.model.playbook import ActionNode, Kind, Playbook
from tocsin.ui.canvas.faces import category_icon, category_title, face_of
from tocsin.ui.forms.factory import effect_words

ACTION_PREFIX: Final = "action:"
TRIGGER_PREFIX: Final = "trigger:"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to put on the canvas.

    Attributes:
        payload: What a drag carries: a kind, `trigger:EVENT` or `action:USE`.
        title: Its name.
        icon: A name in `resources/icons`.
        tone: The token of its kind's colour: trigger, logic, action, human, end.
        effect: What it does to the world; READ for what is no action.
        discloses: Others learn what is asked.
        words: The effect in words; "" for what is no action.
        tip: The tooltip.
        findable: Everything it can be found by, in small letters: its name, its category, the products that do it.
        also: What people call it elsewhere.
    """

    payload: str
    title: str
    icon: str
    tone: str
    effect: Effect = Effect.READ
    discloses: bool = False
    words: str = ""
    tip: str = ""
    findable: str = ""
    also: str = ""

    def answers(self, query: str) -> bool:
        """Tell whether each word of a query begins a word that it can be found by: “block addr” finds the action."""
        words = (self.findable or f"{self.title} {self.tip} {self.also}".casefold()).split()
        return all(any(word.startswith(wanted) for word in words) for wanted in query.casefold().split())


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one heading; a category of actions has an icon."""

    title: str
    entries: tuple[Entry, ...]
    icon: str = ""


_NOWHERE: Final = Playbook(id="nowhere")
TRIGGERS: Final = (
    Entry(
        "trigger:siem.alert", _("SIEM alert"), "text-search", "trigger", tip=_("Starts when the SIEM raises an alert.")
    ),
    Entry("trigger:schedule", _("On a schedule"), "clock", "trigger", tip=_("Starts at set times.")),
    Entry("trigger:manual", _("Started by hand"), "pointer", "trigger", tip=_("Starts when you run it.")),
)
LOGIC: Final = (
    Entry(
        Kind.CONDITION,
        _("Condition"),
        "diamond-alert",
        "logic",
        tip=_("Goes on by true or false."),
        also=_("if branch filter"),
    ),
    Entry(
        Kind.SWITCH,
        _("Switch"),
        "split",
        "logic",
        tip=_("Goes on by the first case that holds."),
        also=_("router branch cases"),
    ),
    Entry(
        Kind.FOR_EACH,
        _("For each"),
        "refresh-cw",
        "logic",
        tip=_("Does its steps for each item of a list."),
        also=_("loop iterate items"),
    ),
    Entry(
        Kind.WHILE,
        _("While"),
        "rotate-cw",
        "logic",
        tip=_("Does its steps again until something holds."),
        also=_("loop repeat until poll"),
    ),
    Entry(Kind.JOIN, _("Join"), "git-merge", "logic", tip=_("Waits for several paths."), also=_("merge wait for all")),
    Entry(
        Kind.ASK,
        _("Question"),
        "user-check",
        "human",
        tip=_("Asks a person, and goes on by the answer."),
        also=_("approval approve confirm person human"),
    ),
    Entry(
        Kind.SET,
        _("Set values"),
        "braces",
        "logic",
        tip=_("Names values for later steps."),
        also=_("variable transform edit code"),
    ),
    Entry(
        Kind.WAIT,
        _("Wait"),
        "hourglass",
        "logic",
        tip=_("Waits for a time or a moment."),
        also=_("delay pause sleep timer"),
    ),
    Entry(Kind.END, _("End"), "circle-dot", "end", tip=_("Ends its path."), also=_("stop finish")),
    Entry(
        Kind.NOTE,
        _("Note"),
        "sticky-note",
        "logic",
        tip=_("Words on the canvas; it does nothing."),
        also=_("comment sticky"),
    ),
)


_ALSO: Final = {
    "threat_intel.lookup_ip": _("reputation score enrich check"),
    "threat_intel.lookup_hash": _("reputation score enrich check"),
    "firewall.block_address": _("ban deny contain"),
    "edr.isolate_endpoint": _("contain quarantine cut off"),
    "identity.end_sessions": _("revoke sign out log out"),
    "identity.disable_user": _("lock suspend"),
    "ticketing.create": _("open case issue incident"),
    "messaging.post": _("notify chat tell"),
    "mailbox.purge_message": _("delete remove"),
}
"""What people who know other products look for, by action."""


def sections_of(catalogue: Catalogue) -> tuple[Section, ...]:
    """Return the sections of the list. Categories without an action are left out."""
    by_category = {name: _entries_of(name, catalogue) for name in CATEGORIES}
    actions = tuple(
        Section(category_title(name), entries, category_icon(name)) for name, entries in by_category.items() if entries
    )
    return (Section(_("Triggers"), TRIGGERS), Section(_("Logic"), LOGIC), *actions)


def _entries_of(category: str, catalogue: Catalogue) -> tuple[Entry, ...]:
    """The common actions that some product can do, then those that a product has of its own."""
    products = [connector for connector in catalogue.connectors.values() if connector.category == category]
    done = {action.does for product in products for action in product.actions.values()}
    common = [use for use in catalogue.vocabulary if use.partition(".")[0] == category and use in done]
    titles = " ".join(product.title for product in products)
    found = [_action_entry(use, titles, catalogue) for use in common]
    for one in products:
        found += [_action_entry(f"{one.id}.{name}", one.title, catalogue, is_own=True) for name in one.own_actions()]
    return tuple(entry for entry in found if entry is not None)


def _action_entry(use: str, products: str, catalogue: Catalogue, *, is_own: bool = False) -> Entry | None:
    """Return what stands for an action. One that a product has of its own says whose: others name theirs alike."""
    facts = catalogue.find_facts(use)
    if facts is None:
        return None
    words = effect_words(facts)
    help_text = (facts.help or facts.title).rstrip(".")
    face, also = face_of(use, ActionNode(use=use), _NOWHERE, catalogue), _ALSO.get(use, "")
    return Entry(
        payload=f"{ACTION_PREFIX}{use}",
        title=f"{facts.title} ({products})" if is_own else facts.title,
        icon=face.icon,
        tone=face.family,
        effect=face.effect,
        discloses=face.discloses,
        words=words,
        tip=f"{help_text}. {use}: {words}.",
        findable=f"{facts.title} {category_title(facts.category)} {products} {use.replace('.', ' ')} {also}".casefold(),
        also=also,
    )
