"""Checks of what a question covers: it can be shown, act by act, when the question is asked (engine.md 1.16)."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.base.texts import _
from tocsin.checks.fixes import replace_field
from tocsin.checks.inspection import Inspection
from tocsin.checks.references import Use, uses_of
from tocsin.checks.survey import Entry
from tocsin.checks.views import roots_at, view_of
from tocsin.edits import MISSING
from tocsin.model.playbook import ActionNode, AskNode, ForEachNode
from tocsin.model.ports import ERROR
from tocsin.model.problems import CheckCode, Problem, Sentence, Severity

_EXPANDED = ("in", "key")


def find_unknown_acts(case: Inspection) -> Iterator[Problem]:
    """What the covered steps would do is known when the question is asked, or nobody could say yes to it."""
    for ask in case.survey.running():
        if isinstance(ask.node, AskNode):
            for name in ask.node.covers:
                yield from _judge(case, ask, name)


def _judge(case: Inspection, ask: Entry, name: str) -> Iterator[Problem]:
    covered = case.survey.first.get(name)
    if covered is None or not isinstance(covered.node, ActionNode):
        message = Sentence.of(
            _("This covers {step}, which is no action of this playbook."), step=case.survey.called(name)
        )
        yield _problem(ask, name, message, _("Name actions."))
        return
    loops = _loops_between(ask, covered)
    if loops is None:
        message = Sentence.of(
            _("This covers {step}, which is not beside it, nor in a loop that is."), step=covered.called
        )
        yield _problem(ask, name, message, _("Ask in the same graph, or outside of the loop."))
        return
    late = [loop for loop in loops if not isinstance(loop.node, ForEachNode)]
    if late:
        message = Sentence.of(
            _("This covers {step}, and how often {loop} repeats it is not known then."),
            step=covered.called,
            loop=late[0].called,
        )
        yield _problem(ask, name, message, _("Ask inside the loop, or loop over a list."))
        return
    known = {*roots_at(case.survey, view_of(case.survey, ask)), *_given_by(loops)} - {ERROR}
    for root in dict.fromkeys(use.root for use in uses_of(case) if _is_rendered(use, covered, loops)):
        if root not in known:
            read = case.survey.called(root)
            message = Sentence.of(
                _("{step} reads {read}, which is not known when this asks about it."), step=covered.called, read=read
            )
            hint = Sentence.of(
                _("Ask after {read}, or leave {step} out of what it covers."), read=read, step=covered.called
            )
            yield _problem(ask, name, message, hint)


def _loops_between(ask: Entry, covered: Entry) -> list[Entry] | None:
    """Return the loops around a covered step that are not around the question; None when it is out of reach."""
    loops: list[Entry] = []
    for scope in covered.scope.chain():
        if scope is ask.scope:
            return loops
        if scope.loop is not None:
            loops.append(scope.loop)
    return None


def _given_by(loops: list[Entry]) -> Iterator[str]:
    for loop in loops:
        yield "index"
        if isinstance(loop.node, ForEachNode):
            yield loop.node.item_name


def _is_rendered(use: Use, covered: Entry, loops: list[Entry]) -> bool:
    """Tell whether a path is read to show what a covered step would do."""
    entry, key = use.reading.entry, use.reading.text.slot.place[0]
    return (entry is covered and key == "with") or (entry in loops and key in _EXPANDED)


def _problem(ask: Entry, covered: str, message: str, hint: str) -> Problem:
    others = [name for name in getattr(ask.node, "covers", ()) if name != covered]
    fix = replace_field(
        ask, ("covers",), others or MISSING, title=_("Leave “{covered}” out of what it covers").format(covered=covered)
    )
    code = CheckCode.NOT_KNOWN_WHEN_ASKED
    return Problem(code, Severity.ERROR, message, hint, node=ask.name, field="covers", fix=fix)
