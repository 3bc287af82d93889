"""Checks of loops: what they hold, how far they may go, what they ask on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tocsin.base.texts import _
from tocsin.checks.fixes import replace_field
from tocsin.checks.inspection import Inspection
from tocsin.checks.safety import effect_of
from tocsin.checks.survey import Entry
from tocsin.model.catalogue import Effect
from tocsin.model.playbook import AskNode, ForEachNode, WhileNode
from tocsin.model.problems import CheckCode, Problem, Sentence, Severity

_DEFAULT_MAX: Final = ForEachNode.model_fields["max"].default
_FEW: Final = 3
"""So many a playbook may touch before a person looks, where that cannot be taken back (field.md W3)."""
_MANY: Final = 100


def find_empty_loops(case: Inspection) -> Iterator[Problem]:
    """A loop with nothing in it goes through its items and does nothing."""
    for entry in case.survey.running():
        body = case.survey.bodies.get(entry.place)
        if body is not None and not body.wiring.nodes:
            yield Problem(
                CheckCode.EMPTY_LOOP,
                Severity.WARNING,
                _("The loop holds no nodes, so it does nothing."),
                _("Put into its frame what is to be done for each item."),
                node=entry.name,
                field="body",
            )


def find_unbounded_loops(case: Inspection) -> Iterator[Problem]:
    """Every loop ends; a list from outside deserves a bound of its own (field.md W3)."""
    for entry in case.survey.running():
        node = entry.node
        if isinstance(node, WhileNode) and (node.when is None) == (node.until is None):
            yield Problem(
                CheckCode.NO_BOUND,
                Severity.ERROR,
                _("The loop must say either when it goes on or until when."),
                _("Fill in “when” or “until”, one of them."),
                node=entry.name,
            )
        elif isinstance(node, ForEachNode) and node.max == _DEFAULT_MAX and not node.items.lstrip().startswith("["):
            yield _no_bound(case, entry, node)


def find_questions_in_loops(case: Inspection) -> Iterator[Problem]:
    """Items that run side by side ask side by side (engine.md 1.11)."""
    for entry in case.survey.running():
        loop = entry.scope.loop
        if (
            isinstance(entry.node, AskNode)
            and loop
            and isinstance(loop.node, ForEachNode)
            and loop.node.concurrency > 1
        ):
            yield Problem(
                CheckCode.QUESTIONS_IN_LOOP,
                Severity.INFO,
                Sentence.of(
                    _("This may be open {times} times at once, for items of {loop}."),
                    times=str(loop.node.concurrency),
                    loop=loop.called,
                ),
                _("Set “concurrency” of the loop to 1 to be asked one after the other."),
                node=entry.name,
                fix=replace_field(loop, ("concurrency",), 1, title=_("Ask one after the other")),
            )


def _no_bound(case: Inspection, entry: Entry, node: ForEachNode) -> Problem:
    destructive = any(effect_of(case, inner) is Effect.DESTRUCTIVE for inner in case.survey.inside(entry))
    most = _FEW if destructive else _MANY
    return Problem(
        CheckCode.NO_BOUND,
        Severity.WARNING if destructive else Severity.INFO,
        _("The loop takes up to {max} items, however many come.").format(max=node.max),
        _("Set “max” to the most that can be right; with more the loop fails before its first item."),
        node=entry.name,
        field="max",
        fix=replace_field(entry, ("max",), most, title=_("Take at most {most}").format(most=most)),
    )
