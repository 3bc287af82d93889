"""What a node does to the world and how that is taken back, in sentences; without Qt."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.model.catalogue import ActionFacts, Catalogue, Discloses, Effect
from tocsin.model.playbook import ActionNode, AskNode, CallNode, Node

_DOES: Final = {
    Effect.READ: _("Only reads: nothing changes at the product."),
    Effect.CHANGE: _("Changes something at the product."),
    Effect.DESTRUCTIVE: _("Stops a person's or a service's work, or removes what cannot be brought back."),
}
_TELLS: Final = {
    Discloses.VENDOR: _("What it asks about is told to the product's vendor."),
    Discloses.PUBLIC: _("What it asks about may be seen by anybody."),
}


def effect_sentences(node: Node, catalogue: Catalogue) -> str:
    """Return what a node does and its undo, or "" for one that only steers the run."""
    match node:
        case ActionNode():
            facts = catalogue.find_facts(node.use)
            return _of_action(facts, catalogue) if facts is not None else ""
        case CallNode():
            return _("Does what the playbook “{playbook}” does.").format(playbook=node.playbook)
        case AskNode():
            return _("Asks a person, and waits for the answer.")
        case _:
            return ""


def _of_action(facts: ActionFacts, catalogue: Catalogue) -> str:
    said = [_DOES[facts.effect]]
    if facts.effect is not Effect.READ:
        said.append(_undo(facts, catalogue))
    told = _TELLS.get(facts.discloses)
    return " ".join([*said, told] if told else said)


def _undo(facts: ActionFacts, catalogue: Catalogue) -> str:
    if not facts.undoable:
        return _("It cannot be undone.")
    titles = _undo_titles(facts.use, catalogue)
    return _("“{pop}” undoes it.").format(pop=titles.pop()) if len(titles) == 1 else _("It can be undone.")


def _undo_titles(use: str, catalogue: Catalogue) -> set[str]:
    """Return what undoes an action, as the products that can do it call that."""
    found: set[str] = set()
    for connector in catalogue.connectors.values():
        for name, action in connector.actions.items():
            if action.undo is not None and use in {action.does, f"{connector.id}.{name}"}:
                undo = connector.actions.get(action.undo.action)
                found.add(undo.title if undo is not None else action.undo.action)
    return found
