"""What is said of a playbook: its facts, inputs, steps, what it needs, changes and asks, what it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tocsin.base.texts import _
from tocsin.formats.docs.blocks import Block, Code, Paragraph, Section, Steps, Table, Words
from tocsin.formats.docs.steps import EFFECTS, category_words, event_words, steps_of, title_of, value_words
from tocsin.model.catalogue import ActionFacts, Catalogue, Effect
from tocsin.model.playbook import ActionNode, AskNode, NoteNode, Playbook, TriggerNode, walk_nodes

_UNKNOWN = _("not known")


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a playbook, without its picture.

    Attributes:
        title: The playbook's name.
        intro: What stands before the picture.
        sections: The rest, in order; those about nothing are left out.
    """

    title: str
    intro: tuple[Block, ...]
    sections: tuple[Section, ...]


def page_of(playbook: Playbook, catalogue: Catalogue) -> Page:
    """Return the page of a playbook.

    Args:
        playbook: What it is about.
        catalogue: What products can do, for titles, effects and undo.
    """
    told = _Told(playbook, catalogue)
    sections = (
        Section(_("Inputs"), tuple(told.inputs())),
        Section(_("Steps"), (Steps(steps_of(playbook.graph, catalogue)),) if playbook.graph.nodes else ()),
        Section(_("Connections needed"), tuple(told.connections())),
        Section(_("What it changes"), tuple(told.effects())),
        Section(_("What it asks people"), tuple(told.questions())),
        Section(_("Outputs"), tuple(told.outputs())),
        Section(_("Notes"), tuple(told.notes())),
    )
    intro = (*told.description(), *told.facts())
    return Page(playbook.name or playbook.id, intro, tuple(section for section in sections if section.blocks))


@dataclass(frozen=True, slots=True)
class _Told:
    """What can be said of one playbook."""

    playbook: Playbook
    catalogue: Catalogue

    def description(self) -> Iterator[Block]:
        """Yield what its author says of it."""
        for part in self.playbook.description.split("\n\n"):
            if part.strip():
                yield Paragraph((" ".join(part.split()),))

    def facts(self) -> Iterator[Block]:
        """Yield what is so of all of it, in a table."""
        playbook = self.playbook
        events = [node.event for node in playbook.graph.nodes.values() if isinstance(node, TriggerNode)]
        minutes = sum(node.minutes or 0 for _unused, node in walk_nodes(playbook.graph))
        rows: list[tuple[str, Words]] = [(_("Playbook"), (Code(playbook.id),))]
        rows += [(_("Begins when"), (event_words(event),)) for event in events]
        if playbook.author:
            rows.append((_("Author"), (playbook.author,)))
        if playbook.tags:
            rows.append((_("Tags"), (", ".join(playbook.tags),)))
        if playbook.timeout:
            rows.append((_("Ends after"), (playbook.timeout,)))
        if playbook.concurrency:
            rows.append(
                (
                    _("At once"),
                    (_("{limit} for each ").format(limit=playbook.concurrency.limit), Code(playbook.concurrency.key)),
                )
            )
        if playbook.handler:
            when = " or ".join(playbook.handler.when)
            rows.append((_("Told of a run that"), (f"{when}: ", Code(playbook.handler.playbook))))
        if minutes:
            rows.append((_("Saves about"), (_("{minutes:g} minutes a run").format(minutes=minutes),)))
        yield Table((_("About it"), ""), tuple(((name,), words) for name, words in rows))

    def inputs(self) -> Iterator[Block]:
        """Yield what it is given."""
        rows = tuple(
            (
                (Code(name),),
                (field.title or name,),
                (field.type,),
                (_("yes") if field.required and field.default is None else _("no"),),
                (Code(value_words(field.default)),) if field.default is not None else (),
                (field.help or "",),
            )
            for name, field in self.playbook.inputs.items()
        )
        if rows:
            yield Table((_("Name"), _("Title"), _("Type"), _("Required"), _("Default"), _("What it is")), rows)

    def connections(self) -> Iterator[Block]:
        """Yield what plays its roles, and which actions that needs."""
        used: dict[tuple[str, str], list[str]] = {}
        for _unused, node in walk_nodes(self.playbook.graph):
            if isinstance(node, ActionNode):
                used.setdefault(self._role_of(node), []).append(node.use)
        for name, role in self.playbook.roles.items():
            used.setdefault((name, role.category), [])
        rows = tuple(
            (
                (name,),
                (category_words(category),),
                (", ".join(dict.fromkeys(map(self._title, uses))),),
                (self._players(category, uses),),
            )
            for (name, category), uses in used.items()
        )
        if rows:
            yield Table((_("Role"), _("Kind of product"), _("Used for"), _("Products that can play it")), rows)

    def effects(self) -> Iterator[Block]:
        """Yield the steps that change something."""
        rows = tuple(self._effect_rows())
        if rows:
            yield Table((_("Step"), _("Does"), _("Effect"), _("Can be taken back"), _("Who says yes")), rows)
        else:
            yield Paragraph((_("It changes nothing: every step only reads."),))

    def questions(self) -> Iterator[Block]:
        """Yield what people are asked."""
        nodes = dict(walk_nodes(self.playbook.graph))
        rows = tuple(
            (
                (title_of(name, node),),
                (Code(node.text),),
                (", ".join(option.title or option.id for option in node.answers),),
                (", ".join(title_of(act, nodes[act]) if act in nodes else act for act in node.covers),),
                (node.expires or _("never"),),
            )
            for name, node in nodes.items()
            if isinstance(node, AskNode)
        )
        if rows:
            yield Table((_("Step"), _("Question"), _("Answers"), _("Covers"), _("Gives up after")), rows)

    def outputs(self) -> Iterator[Block]:
        """Yield what it gives."""
        if self.playbook.outputs:
            rows = tuple(((Code(name),), (Code(text),)) for name, text in self.playbook.outputs.items())
            yield Table((_("Name"), _("Value")), rows)

    def notes(self) -> Iterator[Block]:
        """Yield the notes on its canvas."""
        for _unused, node in walk_nodes(self.playbook.graph):
            if isinstance(node, NoteNode):
                yield Paragraph((node.text,))

    def _role_of(self, node: ActionNode) -> tuple[str, str]:
        facts, prefix = self.catalogue.find_facts(node.use), node.use.partition(".")[0]
        category = facts.category if facts else prefix
        fitting = [name for name, role in self.playbook.roles.items() if role.category == category]
        return node.role or (fitting[0] if len(fitting) == 1 else prefix), category

    def _title(self, use: str) -> str:
        facts = self.catalogue.find_facts(use)
        return facts.title if facts else use

    def _players(self, category: str, uses: list[str]) -> str:
        """Return the titles of the products of a category that can do all of this."""
        fitting = [
            connector.title
            for name, connector in self.catalogue.connectors.items()
            if connector.category == category
            and all(connector.find_action(use.removeprefix(f"{name}.")) is not None for use in uses)
        ]
        return ", ".join(fitting) or _UNKNOWN

    def _effect_rows(self) -> Iterator[tuple[Words, ...]]:
        consents = self._consents()
        for name, node in walk_nodes(self.playbook.graph):
            facts = self.catalogue.find_facts(node.use) if isinstance(node, ActionNode) else None
            if not isinstance(node, ActionNode) or (facts is not None and facts.effect is Effect.READ):
                continue
            asked = consents.get(name, node.unattended or "")
            yield (title_of(name, node),), (self._title(node.use),), *_effect_words(facts), (asked,)

    def _consents(self) -> Mapping[str, str]:
        asks = ((name, node) for name, node in walk_nodes(self.playbook.graph) if isinstance(node, AskNode))
        return {act: title_of(name, node) for name, node in asks for act in node.covers}


def _effect_words(facts: ActionFacts | None) -> tuple[Words, Words]:
    if facts is None:
        return (_UNKNOWN,), (_UNKNOWN,)
    return (EFFECTS[facts.effect],), (_("yes") if facts.undoable else _("no"),)
