"""The words of the document's own keys: label, help, and under which heading a field stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Group(StrEnum):
    """The headings of a form, in their order."""

    SETTINGS = ""
    RETRY = "Retry and time limit"
    FAILURE = "If it fails"
    NOTES = "Notes"


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
        "kind",
        "minutes",
        "nodes",
        "project",
        "rehearse",
        "role",
        "title",
        "use",
        "with",
        "x",
    }
)
"""Keys that the general walk leaves out: reserved ones, and those that the factory draws in its own way."""

MULTILINE: Final = frozenset({"text", "message", "note", "description", "unattended"})
"""Texts of more than one line."""

_WORDS: Final = {
    "as": Words("Name of one item", "Expressions in the loop read the item under this name."),
    "ask": Words("What is asked for"),
    "carry": Words("Carried over", "What each turn hands on to the next, as expressions."),
    "cases": Words("Cases", "A list of {port, when}; the first that holds is taken."),
    "codes": Words("Only after", "Error codes that are tried again; empty means those that may pass.", Group.RETRY),
    "collect": Words("Collect", "What comes out of each item, as an expression."),
    "concurrency": Words("At a time", "How many items run at once."),
    "deadline": Words("Time limit in all", "Over all tries.", Group.RETRY),
    "default": Words("Value to go on with", "Used when the step goes on after a failure.", Group.FAILURE),
    "delay": Words("First pause", "", Group.RETRY),
    "description": Words("Description"),
    "disabled": Words("Off", "The step does nothing and passes on.", Group.NOTES),
    "event": Words("Starts on", "manual, or CATEGORY.alert such as siem.alert."),
    "every": Words("Pause between turns"),
    "expires": Words("Nobody answers within"),
    "factor": Words("Pause grows by", "", Group.RETRY),
    "filter": Words("Only when", "An expression over the event."),
    "for": Words("For"),
    "in": Words("List", "An expression that gives the items."),
    "init": Words("First values", "What the first turn reads."),
    "key": Words("Name of an item by", "An expression that names an item in the record."),
    "map": Words("Read as", "Names and the expressions that fill them from the event."),
    "max": Words("At most", "The loop never does more."),
    "max_delay": Words("Longest pause", "", Group.RETRY),
    "message": Words("Message"),
    "name": Words("Name"),
    "need": Words("Goes on when", "all settled, every one taken, any one taken, or a number of them."),
    "note": Words("Note", "For people; it changes nothing.", Group.NOTES),
    "on_error": Words("If nothing takes the error path", "", Group.FAILURE),
    "on_item_error": Words("If an item fails", "", Group.FAILURE),
    "on_uncertain": Words("If it is not sure", "When a change may have happened.", Group.FAILURE),
    "options": Words("Answers", "A list of {id, title}; each is a way out."),
    "output": Words("Shape of the event", "A JSON Schema."),
    "outputs": Words("Results", "Names and the expressions that fill them."),
    "rest": Words("Paths no longer needed"),
    "retry.max": Words("Tries in all", "", Group.RETRY),
    "sample": Words("Sample", "An event to try the playbook with."),
    "schema": Words("Form", "A JSON Schema of what is asked."),
    "signal": Words("Or a signal called"),
    "status": Words("Ends as"),
    "stop": Words("Stop all other paths"),
    "tags": Words("Tags", "A list of words.", Group.NOTES),
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
    ("need", "all"): "all paths are settled",
    ("need", "any"): "any path arrives",
    ("need", "every"): "every path arrives",
    ("on_error", "continue"): "Go on",
    ("on_error", "stop"): "Stop the run",
    ("on_item_error", "continue"): "Go on with the others",
    ("on_item_error", "stop"): "Stop the loop",
    ("on_uncertain", "ask"): "Ask a person",
    ("on_uncertain", "error"): "Take it as a failure",
    ("rest", "cancel"): "are cancelled",
    ("rest", "ignore"): "run to their end",
    ("status", "failed"): "Failed",
    ("status", "succeeded"): "Succeeded",
}
"""Words for the values of closed sets, by key and value."""


def words_of(place: tuple[str, ...]) -> Words:
    """Return the words of a key; one that has none is spelt out."""
    last = place[-1]
    return _WORDS.get(".".join(place)) or _WORDS.get(last) or Words(last.replace("_", " ").capitalize())
