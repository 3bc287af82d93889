"""Checks of how runs and nodes end, and of what the format reserves for later."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tocsin.base.texts import _
from tocsin.checks.certainty import worlds_of
from tocsin.checks.fixes import leave_out, replace_field
from tocsin.checks.inspection import Inspection
from tocsin.checks.outcomes import ran
from tocsin.checks.survey import Entry
from tocsin.model.playbook import EndNode, EvaluatingNode, OnError, TriggerNode
from tocsin.model.ports import ERROR
from tocsin.model.problems import CheckCode, Problem, Sentence, Severity


def find_conflicting_ends(case: Inspection) -> Iterator[Problem]:
    """Only one end may give the run its outputs (engine.md 1.5)."""
    scope = case.survey.root
    if scope.wiring.cycle:
        return
    ends = [entry for entry in case.survey.running() if _gives_outputs(entry) and entry.scope is scope]
    for first, second in combinations(ends, 2):
        if worlds_of(scope).possible({first.number: ran(first.node), second.number: ran(second.node)}):
            yield Problem(
                CheckCode.CONFLICTING_ENDS,
                Severity.WARNING,
                Sentence.of(
                    _("This end and {end} may both be reached in one run, and both give outputs."), end=first.called
                ),
                _("Let only one of them give outputs, or see to it that only one is reached."),
                node=second.name,
                field="outputs",
                fix=leave_out(second, "outputs", title=_("Let only {called} give outputs").format(called=first.called)),
            )


def find_errors_taken_twice(case: Inspection) -> Iterator[Problem]:
    """A failure either takes the error edge or is passed over (engine.md 1.12a)."""
    for entry in case.survey.running():
        node, ways = entry.node, entry.scope.wiring.ways_out[entry.number]
        if not isinstance(node, EvaluatingNode) or node.on_error is not OnError.CONTINUE:
            continue
        if any(wire.port == ERROR for wire in ways):
            yield Problem(
                CheckCode.ERROR_TWICE,
                Severity.ERROR,
                _("An error edge leaves here, and the step goes on as if nothing had happened: it can do only one."),
                _("Remove the edge from “error”, or set “on_error” to stop."),
                node=entry.name,
                field="on_error",
                fix=replace_field(entry, ("on_error",), "stop", title=_("Take the error edge")),
            )


def find_reserved_features(case: Inspection) -> Iterator[Problem]:
    """What the format reserves is refused until it works: a run that ignored it would do something else."""
    for entry in case.survey.running():
        node = entry.node
        if isinstance(node, TriggerNode) and node.dedupe is not None:
            yield _not_yet("dedupe", entry)


def _gives_outputs(entry: Entry) -> bool:
    return isinstance(entry.node, EndNode) and bool(entry.node.outputs)


def _not_yet(field: str, entry: Entry) -> Problem:
    return Problem(
        CheckCode.NOT_YET,
        Severity.ERROR,
        _("No run can do this yet."),
        _("It is reserved for a later version; leave it out."),
        node=entry.name,
        field=field,
        fix=leave_out(entry, field),
    )
