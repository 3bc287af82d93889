"""A product's description as a page to read: how it is set up, what it can do, and what each of that needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tocsin.base.texts import _, in_context
from tocsin.formats.docs import Page
from tocsin.formats.docs.blocks import Block, Code, Paragraph, Section, Table, Words
from tocsin.model.catalogue import Action, Catalogue, Connector, Discloses, Effect

_EFFECTS: Final[Mapping[Effect, str]] = {
    Effect.READ: _("only reads"),
    Effect.CHANGE: _("changes"),
    Effect.DESTRUCTIVE: _("changes for good, or stops somebody's work"),
}
_DISCLOSES: Final[Mapping[Discloses, str]] = {
    Discloses.NONE: _("nobody else"),
    Discloses.VENDOR: _("the vendor"),
    Discloses.PUBLIC: _("anybody"),
}


def page_of_product(connector: Connector, catalogue: Catalogue) -> Page:
    """Return the page of a product: settings, sign-in, actions, and what its refusals mean."""
    intro = Paragraph(
        (
            _("Category: {category}. Playbooks call it ").format(category=connector.category),
            Code(connector.id),
            _(". Its makers: {docs}").format(docs=connector.docs),
        )
    )
    sections = (
        Section(_("Settings"), tuple(_settings(connector))),
        Section(_("Sign-in"), tuple(_sign_in(connector))),
        Section(_("Actions"), tuple(_actions(connector, catalogue))),
        Section(_("What a refusal means"), tuple(_refusals(connector))),
    )
    return Page(connector.title, (intro,), tuple(section for section in sections if section.blocks))


def _settings(connector: Connector) -> Iterator[Block]:
    rows: list[tuple[Words, ...]] = []
    for name, address in connector.addresses.items():
        begins = " or ".join(f"{scheme}://" for scheme in address.schemes)
        needed = _("needed") if address.required else _("may be left out")
        rows.append(((Code(f"addresses.{name}"),), (address.title,), (f"{begins}; {needed}",), (address.help or "",)))
    for name, schema in connector.options.items():
        default = schema.get("default")
        told = _("needed") if default is None else _("without it: {default}").format(default=default)
        rows.append(
            (
                (Code(f"options.{name}"),),
                (str(schema.get("title", name)),),
                (told,),
                (str(schema.get("help", "")),),
            )
        )
    if rows:
        yield Table((_("Key"), _("Title"), _("Value"), _("Help")), tuple(rows))


def _sign_in(connector: Connector) -> Iterator[Block]:
    fields = connector.sign_in.fields
    if not fields:
        yield Paragraph((_("It needs none."),))
        return
    rows = tuple(
        ((Code(name),), (asked.title,), (_("kept in the vault") if asked.secret else _("shown"),), (asked.help or "",))
        for name, asked in fields.items()
    )
    yield Table((_("Field"), _("Title"), _("Value"), _("Help")), rows)


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
    yield Table((_("Use"), _("Title"), _("Effect"), _("Who learns of it"), _("Permission"), _("Help")), tuple(rows))


def _way_back(connector: Connector, action: Action) -> str:
    if action.effect is Effect.READ:
        return ""
    if action.undo is None:
        return _("cannot be taken back")
    return _("taken back by “{title}”").format(title=connector.actions[action.undo.action].title)


def _refusals(connector: Connector) -> Iterator[Block]:
    rules = [*connector.errors, *(rule for action in connector.actions.values() for rule in action.errors)]
    rows = tuple(((Code(rule.code),), (rule.message,)) for rule in rules if rule.message)
    if rows:
        yield Table((_("Code"), in_context("failure", "Message")), tuple(dict.fromkeys(rows)))
