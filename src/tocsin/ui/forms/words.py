"""The words of the document's own keys: label, help, and under which heading a field stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _, in_context
from tocsin.model.catalogue import CATEGORIES
from tocsin.ui.canvas.faces import category_title, words


class Group(StrEnum):
    """The headings of a form, in their order."""

    SETTINGS = ""
    ROLES = _("Products it needs")
    INPUTS = _("Inputs")
    OUTPUTS = _("Results")
    RETRY = _("Retry and time limit")
    FAILURE = _("If it fails")
    NAME = _("Name and tags")


@dataclass(frozen=True, slots=True)
class Words:
    """How a key is called and explained."""

    title: str
    help: str = ""
    group: Group = Group.SETTINGS


HIDDEN: Final = frozenset(
    {
        "body",
        "config",
        "covers",
        "dedupe",
        "effect",
        "graph",
        "handler",
        "kind",
        "layout",
        "nodes",
        "project",
        "rehearse",
        "role",
        "title",
        "uid",
        "use",
        "with",
        "x",
    }
)
"""Keys that the general walk leaves out: reserved ones, and those that the factory draws in its own way."""

MULTILINE: Final = frozenset({"text", "message", "note", "description", "unattended"})
"""Texts of more than one line."""

LATE: Final = frozenset({"cases.port", "options.id"})
"""Names that edges hang on: half a name would be another way out."""

UNITS: Final = {
    "cases": _("case"),
    "codes": _("code"),
    "for_each/max": _("items"),
    "inputs": _("input"),
    "options": _("answer"),
    "outputs": _("result"),
    "retry.codes": _("code"),
    "retry.factor": _("times"),
    "retry.max": _("tries"),
    "minutes": _("min"),
    "roles": _("product"),
    "tags": _("tag"),
    "values": _("value"),
    "while/max": _("times"),
}
"""What a number counts, said after it; what one row of a list is called."""

_WORDS: Final = {
    "ask/expires": Words(_("Nobody answers within"), _("Then the way out is “expired”.")),
    "ask/need": Words(_("Answers needed"), _("How many people must agree.")),
    "playbook/timeout": Words(_("Time limit of a run"), _("A run that takes longer is stopped.")),
    "wait/expires": Words(_("Waits at most"), _("Then the way out is “expired”.")),
    "as": Words(_("Name of one item"), _("Expressions in the loop read the item under this name.")),
    "ask": Words(_("What is asked for")),
    "carry": Words(_("Carried over"), _("What each turn hands on to the next, as expressions.")),
    "cases": Words(_("Cases"), _("The first one that holds is taken, from the top; else none.")),
    "cases.port": Words(_("Case")),
    "cases.when": Words(_("Holds when"), _("An expression that is true or false.")),
    "category": Words(_("Kind of product")),
    "codes": Words(
        _("Only after"), _("Error codes that are tried again; none means those that may pass."), Group.RETRY
    ),
    "collect": Words(_("Collect"), _("What comes out of each item, as an expression.")),
    "concurrency": Words(_("At a time"), _("How many items run at once.")),
    "deadline": Words(_("Time limit in all"), _("Over all tries."), Group.RETRY),
    "default": Words(_("Value to go on with"), _("Used when the step goes on after a failure."), Group.FAILURE),
    "delay": Words(_("First pause"), "", Group.RETRY),
    "description": Words(_("Description")),
    "disabled": Words(_("Off: passes its input on"), _("The step does nothing and passes on."), Group.NAME),
    "event": Words(_("Starts on"), _("Started by hand, or by a product: a kind of product and “.alert”.")),
    "every": Words(_("Pause between turns")),
    "factor": Words(_("Pause grows by"), "", Group.RETRY),
    "filter": Words(_("Only when"), _("An expression over the event.")),
    "for": Words(_("For")),
    "in": Words(_("List"), _("An expression that gives the items.")),
    "init": Words(_("First values"), _("What the first turn reads.")),
    "inputs": Words(
        _("Inputs"), _("What is asked for when it is started by hand or by another playbook."), Group.INPUTS
    ),
    "key": Words(_("Name of an item by"), _("An expression that names an item in the record.")),
    "map": Words(_("Read as"), _("Names and the expressions that fill them from the event.")),
    "max": Words(_("At most"), _("The loop never does more.")),
    "max_delay": Words(_("Longest pause"), "", Group.RETRY),
    "message": Words(in_context("failure", "Message")),
    "name": Words(_("Name")),
    "minutes": Words(_("Minutes it saves"), _("How long a person would take for it by hand."), Group.NAME),
    "need": Words(_("Goes on when"), _("All settled, every one taken, any one taken, or a number of them.")),
    "note": Words(_("Note"), _("For people; it changes nothing.")),
    "on_error": Words(_("If it fails"), "", Group.FAILURE),
    "on_item_error": Words(_("If an item fails"), "", Group.FAILURE),
    "on_uncertain": Words(_("If it is not sure"), _("When a change may have happened."), Group.FAILURE),
    "options": Words(_("Answers"), _("Each is a way out.")),
    "options.id": Words(_("Way out")),
    "options.style": Words(_("Look")),
    "options.title": Words(_("Words of the answer")),
    "output": Words(_("Shape of the event"), _("A JSON Schema.")),
    "outputs": Words(_("Results"), _("Names and the expressions that fill them.")),
    "rest": Words(_("Paths no longer needed")),
    "retry.max": Words(_("Tries in all"), "", Group.RETRY),
    "roles": Words(_("Products it needs"), _("The environment says which connection plays each."), Group.ROLES),
    "sample": Words(_("Sample"), _("An event to try the playbook with.")),
    "schema": Words(_("Form"), _("A JSON Schema of what is asked.")),
    "signal": Words(_("Or a signal called")),
    "status": Words(_("Ends as")),
    "stop": Words(_("Stop all other paths")),
    "tags": Words(_("Tags"), "", Group.NAME),
    "text": Words(_("Text")),
    "timeout": Words(_("Time limit of a try"), "", Group.RETRY),
    "to": Words(_("Asks")),
    "tolerate": Words(_("Failed items allowed"), _("A number, or a part such as 10%."), Group.FAILURE),
    "unattended": Words(_("Runs without approval because"), _("Say why nobody has to approve this.")),
    "until": Words(_("Until"), _("An expression.")),
    "values": Words(_("Values"), _("Names and what they hold.")),
    "when": Words(_("When"), _("An expression that is true or false.")),
}

CHOICE_TITLES: Final = {
    ("ask", "approval"): _("An approval"),
    ("ask", "choice"): _("A choice"),
    ("ask", "form"): _("A form"),
    ("event", "manual"): _("Started by hand"),
    ("event", "schedule"): _("On a schedule"),
    ("event", "siem.alert"): _("SIEM alert"),
    ("inputs.type", "array"): _("List"),
    ("inputs.type", "boolean"): _("Yes or no"),
    ("inputs.type", "integer"): _("Whole number"),
    ("inputs.type", "number"): _("Number"),
    ("inputs.type", "object"): _("Object"),
    ("inputs.type", "string"): _("Text"),
    ("need", "all"): _("All paths are settled"),
    ("need", "any"): _("Any path arrives"),
    ("need", "every"): _("Every path arrives"),
    ("on_error", ""): _("Take the error path, else stop the run"),
    ("on_error", "continue"): _("Go on with a default value"),
    ("on_error", "stop"): _("Stop the run"),
    ("on_item_error", "continue"): _("Go on with the others"),
    ("on_item_error", "stop"): _("Stop the loop"),
    ("on_uncertain", "ask"): _("check, then ask a person"),
    ("on_uncertain", "error"): _("check, then take it as a failure"),
    ("options.style", ""): _("As usual"),
    ("options.style", "danger"): _("Dangerous"),
    ("options.style", "plain"): _("Plain"),
    ("rest", "cancel"): _("Are cancelled"),
    ("rest", "ignore"): _("Run to their end"),
    ("status", "failed"): _("Failed"),
    ("status", "succeeded"): _("Succeeded"),
}
"""Words for the values of closed sets, by key and value; "" is what holds when nothing is said."""

OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    "event": ("manual", "siem.alert", "schedule"),
    "roles.category": CATEGORIES,
}
"""Values that are offered where others may be typed."""


def words_of(path: tuple[str, ...], owner: str = "") -> Words:
    """Return the words of a key; one that has none is spelt out.

    Args:
        path: The keys that lead to it.
        owner: The node's kind, or “playbook”: some say other things with the same key.
    """
    last, whole = path[-1], ".".join(path)
    found = _WORDS.get(f"{owner}/{whole}") or _WORDS.get(whole) or _WORDS.get(last)
    return found or Words(words(last), group=_WORDS.get(path[0], Words("")).group)


def unit_of(key: str, owner: str) -> str:
    """Return what a key's number counts, or what one of its rows is called; "" for nothing."""
    return UNITS.get(f"{owner}/{key}") or UNITS.get(key, "")


def choice_title(key: str, value: Json) -> str:
    """Return what a value of a closed set is called."""
    if key == "roles.category":
        return category_title(str(value))
    return CHOICE_TITLES.get((key, str(value)), words(str(value)))
