"""A product's description as a page to read: how it is set up, what it can do, and what each of that needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tocsin.formats.docs import Page
from tocsin.formats.docs.blocks import Block, Code, Paragraph, Section, Table, Words
from tocsin.model.catalogue import Action, Catalogue, Connector, Discloses, Effect

_EFFECTS: Final[Mapping[Effect, str]] = {
    Effect.READ: "only reads",
    Effect.CHANGE: "changes",
    Effect.DESTRUCTIVE: "changes for good, or stops somebody's work",
}
_DISCLOSES: Final[Mapping[Discloses, str]] = {
    Discloses.NONE: "nobody else",
    Discloses.VENDOR: "the vendor",
    Discloses.PUBLIC: "anybody",
}


def page_of_product(connector: Connector, catalogue: Catalogue) -> Page:
    """Return the page of a product: settings, sign-in, actions, and what its refusals mean."""
    intro = Paragraph(
        (f"Category: {connector.category}. Playbooks call it ", Code(connector.id), f". Its makers: {connector.docs}")
    )
    sections = (
        Section("Settings", tuple(_settings(connector))),
        Section("Sign-in", tuple(_sign_in(connector))),
        Section("Actions", tuple(_actions(connector, catalogue))),
        Section("What a refusal means", tuple(_refusals(connector))),
    )
    return Page(connector.title, (intro,), tuple(section for section in sections if section.blocks))


def _settings(connector: Connector) -> Iterator[Block]:
    rows: list[tuple[Words, ...]] = []
    for name, address in connector.addresses.items():
        begins = " or ".join(f"{scheme}://" for scheme in address.schemes)
        needed = "needed" if address.required else "may be left out"
        rows.append(((Code(f"addresses.{name}"),), (address.title,), (f"{begins}; {needed}",), (address.help or "",)))
    for name, schema in connector.options.items():
        default = schema.get("default")
        told = "needed" if default is None else f"without it: {default}"
        rows.append(
            (
                (Code(f"options.{name}"),),
                (str(schema.get("title", name)),),
                (told,),
                (str(schema.get("help", "")),),
            )
        )
    if rows:
        yield Table(("Key", "Title", "Value", "Help"), tuple(rows))


def _sign_in(connector: Connector) -> Iterator[Block]:
    fields = connector.sign_in.fields
    if not fields:
        yield Paragraph(("It needs none.",))
        return
    rows = tuple(
        ((Code(name),), (asked.title,), ("kept in the vault" if asked.secret else "shown",), (asked.help or "",))
        for name, asked in fields.items()
    )
    yield Table(("Field", "Title", "Value", "Help"), rows)


def _actions(connector: Connector, catalogue: Catalogue) -> Iterator[Block]:
    rows: list[tuple[Words, ...]] = []
    for name, action in connector.actions.items():
        use = action.does or f"{connector.id}.{name}"
        facts = catalogue.find_facts(f"{connector.id}.{name}")
        help_ = action.help or (facts.help if facts else None) or ""
        told = f"{_EFFECTS[action.effect]}; {_way_back(connector, action)}".removesuffix("; ")
        rows.append(
            (
                (Code(use),),
                (action.title,),
                (told,),
                (_DISCLOSES[action.discloses],),
                (action.permission or "",),
                (help_,),
            )
        )
    yield Table(("Use", "Title", "Effect", "Who learns of it", "Permission", "Help"), tuple(rows))


def _way_back(connector: Connector, action: Action) -> str:
    if action.effect is Effect.READ:
        return ""
    if action.undo is None:
        return "cannot be taken back"
    return f"taken back by “{connector.actions[action.undo.action].title}”"


def _refusals(connector: Connector) -> Iterator[Block]:
    rules = [*connector.errors, *(rule for action in connector.actions.values() for rule in action.errors)]
    rows = tuple(((Code(rule.code),), (rule.message,)) for rule in rules if rule.message)
    if rows:
        yield Table(("Code", "Message"), tuple(dict.fromkeys(rows)))
