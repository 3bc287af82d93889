"""The words of the document's own keys: label, help, and under which heading a field stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.base.json_types import Json
from tocsin.model.catalogue import CATEGORIES
from tocsin.ui.canvas.faces import category_title, words


class Group(StrEnum):
    """The headings of a form, in their order."""

    SETTINGS = ""
    ROLES = "Products it needs"
    INPUTS = "Inputs"
    OUTPUTS = "Results"
    RETRY = "Retry and time limit"
    FAILURE = "If it fails"
    NAME = "Name and tags"


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
    "cases": "case",
    "codes": "code",
    "for_each/max": "items",
    "inputs": "input",
    "options": "answer",
    "outputs": "result",
    "retry.codes": "code",
    "retry.factor": "times",
    "retry.max": "tries",
    "minutes": "min",
    "roles": "product",
    "tags": "tag",
    "values": "value",
    "while/max": "times",
}
"""What a number counts, said after it; what one row of a list is called."""

_WORDS: Final = {
    "ask/expires": Words("Nobody answers within", "Then the way out is “expired”."),
    "ask/need": Words("Answers needed", "How many people must agree."),
    "playbook/timeout": Words("Time limit of a run", "A run that takes longer is stopped."),
    "wait/expires": Words("Waits at most", "Then the way out is “expired”."),
    "as": Words("Name of one item", "Expressions in the loop read the item under this name."),
    "ask": Words("What is asked for"),
    "carry": Words("Carried over", "What each turn hands on to the next, as expressions."),
    "cases": Words("Cases", "The first one that holds is taken, from the top; else none."),
    "cases.port": Words("Case"),
    "cases.when": Words("Holds when", "An expression that is true or false."),
    "category": Words("Kind of product"),
    "codes": Words("Only after", "Error codes that are tried again; none means those that may pass.", Group.RETRY),
    "collect": Words("Collect", "What comes out of each item, as an expression."),
    "concurrency": Words("At a time", "How many items run at once."),
    "deadline": Words("Time limit in all", "Over all tries.", Group.RETRY),
    "default": Words("Value to go on with", "Used when the step goes on after a failure.", Group.FAILURE),
    "delay": Words("First pause", "", Group.RETRY),
    "description": Words("Description"),
    "disabled": Words("Off: passes its input on", "The step does nothing and passes on.", Group.NAME),
    "event": Words("Starts on", "Started by hand, or by a product: a kind of product and “.alert”."),
    "every": Words("Pause between turns"),
    "factor": Words("Pause grows by", "", Group.RETRY),
    "filter": Words("Only when", "An expression over the event."),
    "for": Words("For"),
    "in": Words("List", "An expression that gives the items."),
    "init": Words("First values", "What the first turn reads."),
    "inputs": Words("Inputs", "What is asked for when it is started by hand or by another playbook.", Group.INPUTS),
    "key": Words("Name of an item by", "An expression that names an item in the record."),
    "map": Words("Read as", "Names and the expressions that fill them from the event."),
    "max": Words("At most", "The loop never does more."),
    "max_delay": Words("Longest pause", "", Group.RETRY),
    "message": Words("Message"),
    "name": Words("Name"),
    "minutes": Words("Minutes it saves", "How long a person would take for it by hand.", Group.NAME),
    "need": Words("Goes on when", "All settled, every one taken, any one taken, or a number of them."),
    "note": Words("Note", "For people; it changes nothing."),
    "on_error": Words("If it fails", "", Group.FAILURE),
    "on_item_error": Words("If an item fails", "", Group.FAILURE),
    "on_uncertain": Words("If it is not sure", "When a change may have happened.", Group.FAILURE),
    "options": Words("Answers", "Each is a way out."),
    "options.id": Words("Way out"),
    "options.style": Words("Look"),
    "options.title": Words("Words of the answer"),
    "output": Words("Shape of the event", "A JSON Schema."),
    "outputs": Words("Results", "Names and the expressions that fill them."),
    "rest": Words("Paths no longer needed"),
    "retry.max": Words("Tries in all", "", Group.RETRY),
    "roles": Words("Products it needs", "The environment says which connection plays each.", Group.ROLES),
    "sample": Words("Sample", "An event to try the playbook with."),
    "schema": Words("Form", "A JSON Schema of what is asked."),
    "signal": Words("Or a signal called"),
    "status": Words("Ends as"),
    "stop": Words("Stop all other paths"),
    "tags": Words("Tags", "", Group.NAME),
    "text": Words("Text"),
    "timeout": Words("Time limit of a try", "", Group.RETRY),
    "to": Words("Asks"),
    "tolerate": Words("Failed items allowed", "A number, or a part such as 10%.", Group.FAILURE),
    "unattended": Words("Runs without approval because", "Say why nobody has to approve this."),
    "until": Words("Until", "An expression."),
    "values": Words("Values", "Names and what they hold."),
    "when": Words("When", "An expression that is true or false."),
}

CHOICE_TITLES: Final = {
    ("ask", "approval"): "An approval",
    ("ask", "choice"): "A choice",
    ("ask", "form"): "A form",
    ("event", "manual"): "Started by hand",
    ("event", "siem.alert"): "SIEM alert",
    ("inputs.type", "array"): "List",
    ("inputs.type", "boolean"): "Yes or no",
    ("inputs.type", "integer"): "Whole number",
    ("inputs.type", "number"): "Number",
    ("inputs.type", "object"): "Object",
    ("inputs.type", "string"): "Text",
    ("need", "all"): "All paths are settled",
    ("need", "any"): "Any path arrives",
    ("need", "every"): "Every path arrives",
    ("on_error", ""): "Take the error path, else stop the run",
    ("on_error", "continue"): "Go on with a default value",
    ("on_error", "stop"): "Stop the run",
    ("on_item_error", "continue"): "Go on with the others",
    ("on_item_error", "stop"): "Stop the loop",
    ("on_uncertain", "ask"): "check, then ask a person",
    ("on_uncertain", "error"): "check, then take it as a failure",
    ("options.style", ""): "As usual",
    ("options.style", "danger"): "Dangerous",
    ("options.style", "plain"): "Plain",
    ("rest", "cancel"): "Are cancelled",
    ("rest", "ignore"): "Run to their end",
    ("status", "failed"): "Failed",
    ("status", "succeeded"): "Succeeded",
}
"""Words for the values of closed sets, by key and value; "" is what holds when nothing is said."""

OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    "event": ("manual", "siem.alert"),
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
