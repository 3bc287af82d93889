"""What is to be known of a step, as lines to read: what it does, what it is given, what it gives. Without Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tocsin.base.texts import _
from tocsin.model.catalogue import ActionFacts, Catalogue
from tocsin.model.playbook import ActionNode, Kind, Playbook, walk_nodes
from tocsin.ui.canvas.faces import words
from tocsin.ui.forms.factory import node_form
from tocsin.ui.forms.fields import Form
from tocsin.ui.forms.words import Group
from tocsin.ui.node_list.entries import LOGIC

_KINDS: Final[Mapping[str, str]] = {
    **{entry.payload: entry.tip for entry in LOGIC},
    Kind.TRIGGER: _("Starts the playbook, and hands the event on to its steps."),
    Kind.CALL: _("Does another playbook as one step."),
    Kind.GROUP: _("Words around steps; it does nothing."),
}

_EVERYWHERE: Final = frozenset(map(str, (Group.RETRY, Group.FAILURE, Group.NAME)))


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One thing to know.

    Attributes:
        title: What it is about.
        text: The words; "" where the title says it all.
    """

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class StepHelp:
    """A step, explained.

    Attributes:
        title: Its name.
        subtitle: What it is, and what it does to the world.
        about: What it does, in a sentence.
        given: Its own settings that need a word, in the order of its form; what every step has is left out.
        gives: The fields of its output.
    """

    title: str
    subtitle: str
    about: str
    given: tuple[HelpLine, ...]
    gives: tuple[HelpLine, ...]


def help_of(name: str, playbook: Playbook, catalogue: Catalogue) -> StepHelp | None:
    """Return what is to be known of a step of a playbook; None for one that is not there."""
    node = dict(walk_nodes(playbook.graph)).get(name)
    if node is None:
        return None
    form = node_form(name, node, playbook, catalogue)
    facts = catalogue.find_facts(node.use) if isinstance(node, ActionNode) else None
    about = _KINDS.get(node.kind, "") if facts is None else f"{(facts.help or facts.title).rstrip('.')}."
    return StepHelp(form.title, form.subtitle, about, tuple(_given(form)), tuple(_gives(facts)))


def _given(form: Form) -> Iterator[HelpLine]:
    for section in form.sections:
        for field in section.fields if section.title not in _EVERYWHERE else ():
            if field.help or field.place[0] == "with":
                yield HelpLine(
                    _("{title} (required)").format(title=field.title) if field.required else field.title, field.help
                )


def _gives(facts: ActionFacts | None) -> Iterator[HelpLine]:
    properties: Mapping[str, Mapping[str, Any]] = facts.output.get("properties") or {} if facts is not None else {}
    for name, schema in properties.items():
        yield HelpLine(str(schema.get("title") or words(name)), str(schema.get("description", "")))
