"""Checks of what a playbook calls, and of its handler: it is there, and does not come back to where it was called from.

What lies in other files is judged only where those can be looked for: without a shelf nothing is claimed about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.checks.inspection import Inspection
from tocsin.checks.references import copes, uses_of
from tocsin.checks.survey import Entry, survey_of
from tocsin.model.closure import closure_of
from tocsin.model.errors import CallCycleError, CallsTooDeepError
from tocsin.model.playbook import HANDLER_INPUTS, CallNode, Playbook, TriggerNode
from tocsin.model.problems import CheckCode, Problem, Severity


def calls_in(case: Inspection) -> Iterator[tuple[Entry, CallNode]]:
    """Yield the calls that may be made."""
    for entry in case.survey.running():
        if isinstance(entry.node, CallNode):
            yield entry, entry.node


def find_unknown_playbooks(case: Inspection) -> Iterator[Problem]:
    """A call, or `handler`, names a playbook that is there, once, and can be read."""
    for entry, node in calls_in(case):
        if node.playbook != case.playbook.id and (said := _missing(case, node.playbook)) is not None:
            message, hint = (
                _("“{playbook}” cannot be called: {said}").format(playbook=node.playbook, said=said[0]),
                said[1],
            )
            yield _problem(CheckCode.UNKNOWN_PLAYBOOK, entry, message, hint)
    handler = case.playbook.handler
    if handler is not None and (said := _missing(case, handler.playbook)) is not None:
        message = _("“{playbook}” cannot be told anything: {said}").format(playbook=handler.playbook, said=said[0])
        yield Problem(CheckCode.UNKNOWN_PLAYBOOK, Severity.ERROR, message, said[1], field="handler.playbook")


def find_untold_handlers(case: Inspection) -> Iterator[Problem]:
    """A handler needs nothing but what it is told."""
    handler = case.playbook.handler
    told = case.find_callee(handler.playbook) if handler is not None else None
    for name, field in told.inputs.items() if told is not None else ():
        if field.required and field.default is None and name not in HANDLER_INPUTS:
            yield Problem(
                CheckCode.MISSING_INPUT,
                Severity.ERROR,
                _("The handler needs “{name}”, which nobody tells it.").format(name=name),
                _("A handler is told {handler_inputs}.").format(handler_inputs=", ".join(HANDLER_INPUTS)),
                field="handler.playbook",
            )


def find_untold_calls(case: Inspection) -> Iterator[Problem]:
    """What is called fires no trigger: there is nothing to read of one (engine.md 1.1)."""
    for entry, node in calls_in(case):
        callee = case.find_callee(node.playbook) if node.playbook != case.playbook.id else None
        root = _event_read_in(case, callee) if callee is not None else None
        if root is not None:
            yield Problem(
                CheckCode.CALLED_UNTOLD,
                Severity.ERROR,
                _("“{playbook}” reads its trigger “{root}”; in a call there is none.").format(
                    playbook=node.playbook, root=root
                ),
                _("Let it read “inputs” there, or ask has(nodes.ID.output) before it reads the trigger."),
                node=entry.name,
                field="playbook",
            )


def find_call_cycles(case: Inspection) -> Iterator[Problem]:
    """A playbook does not call itself, neither straight nor through others, and calls do not pile up."""
    for entry, node in calls_in(case):
        if node.playbook == case.playbook.id:
            message = _("A playbook cannot call itself.")
            yield _problem(CheckCode.CALL_CYCLE, entry, message, _("Repeat steps with a loop."))
            continue
        callee = case.find_callee(node.playbook)
        error = _fault_of(case, callee) if callee is not None else None
        if error is not None:
            yield _problem(CheckCode.CALL_CYCLE, entry, str(error), error.hint)


def _event_read_in(case: Inspection, callee: Playbook) -> str | None:
    """Return the first root by which a playbook reads the event of a trigger, unguarded; None when it does not."""
    inner = Inspection(callee, case.catalogue, survey_of(callee))
    for use in uses_of(inner):
        read = inner.survey.first.get(use.root)
        is_trigger = use.root == "trigger" or (read is not None and isinstance(read.node, TriggerNode))
        if is_trigger and use.fact == "output" and not copes(use):
            return use.root
    return None


def _missing(case: Inspection, name: str) -> tuple[str, str] | None:
    """Return why a playbook is not there, and what to do; None when it is, or when nothing is known."""
    if case.shelf is None:
        return None
    try:
        found = case.shelf(name)
    except TocsinError as error:
        return str(error), error.hint
    hint = _("Put its file into the same folder, or into the workspace's “playbooks”.")
    return None if found is not None else (_("no playbook has that id."), hint)


def _fault_of(case: Inspection, callee: Playbook) -> TocsinError | None:
    """Return why the calls that begin with this one have no end, or None. What is not there is the callee's problem."""
    own = case.playbook

    def find(name: str) -> Playbook | None:
        return own if name == own.id else case.find_callee(name)

    try:
        closure_of(callee, find)
    except (CallCycleError, CallsTooDeepError) as error:
        return error
    except TocsinError:
        return None
    return None


def _problem(code: CheckCode, entry: Entry, message: str, hint: str) -> Problem:
    return Problem(code, Severity.ERROR, message, hint, node=entry.name, field="playbook")
