"""Checks of what a question covers: it can be shown, act by act, when the question is asked (engine.md 1.16)."""

from __future__ import annotations

from collections.abc import Iterator

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
        message = Sentence("This covers ", case.survey.called(name), ", which is no action of this playbook.")
        yield _problem(ask, name, message, "Name actions.")
        return
    loops = _loops_between(ask, covered)
    if loops is None:
        message = Sentence("This covers ", covered.called, ", which is not beside it, nor in a loop that is.")
        yield _problem(ask, name, message, "Ask in the same graph, or outside of the loop.")
        return
    late = [loop for loop in loops if not isinstance(loop.node, ForEachNode)]
    if late:
        message = Sentence(
            "This covers ", covered.called, ", and how often ", late[0].called, " repeats it is not known then."
        )
        yield _problem(ask, name, message, "Ask inside the loop, or loop over a list.")
        return
    known = {*roots_at(case.survey, view_of(case.survey, ask)), *_given_by(loops)} - {ERROR}
    for root in dict.fromkeys(use.root for use in uses_of(case) if _is_rendered(use, covered, loops)):
        if root not in known:
            read = case.survey.called(root)
            message = Sentence(covered.called, " reads ", read, ", which is not known when this asks about it.")
            hint = Sentence("Ask after ", read, ", or leave ", covered.called, " out of what it covers.")
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
    fix = replace_field(ask, ("covers",), others or MISSING, title=f"Leave “{covered}” out of what it covers")
    code = CheckCode.NOT_KNOWN_WHEN_ASKED
    return Problem(code, Severity.ERROR, message, hint, node=ask.name, field="covers", fix=fix)
