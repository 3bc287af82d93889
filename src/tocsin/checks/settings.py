"""Checks of settings: those that do nothing, and the one that is missing where a run would wait for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tocsin.base.texts import _
from tocsin.checks.fixes import leave_out
from tocsin.checks.inspection import Inspection
from tocsin.checks.rewiring import let_expire
from tocsin.checks.safety import effect_of
from tocsin.checks.survey import Entry
from tocsin.model.catalogue import Effect
from tocsin.model.playbook import (
    ActionNode,
    AskNode,
    EvaluatingNode,
    ForEachNode,
    JoinNode,
    OnError,
    OnItemError,
    OnUncertain,
    Rest,
    WaitNode,
)
from tocsin.model.problems import CheckCode, Problem, Severity

_EARLY: Final = _("a join that waits for every way leaves nothing over")


def find_endless_waits(case: Inspection) -> Iterator[Problem]:
    """What waits for somebody gives up some day, and the playbook says what happens then."""
    if case.playbook.timeout is not None:
        return
    for entry in case.survey.running():
        node = entry.node
        if isinstance(node, AskNode):
            waits = _("an answer")
        elif isinstance(node, WaitNode) and node.signal is not None:
            waits = _("the signal “{signal}”").format(signal=node.signal)
        else:
            continue
        if node.expires is None and node.deadline is None:
            yield Problem(
                CheckCode.WAITS_FOREVER,
                Severity.INFO,
                _("This waits for {waits} for ever.").format(waits=waits),
                _("Set “expires”, and lead “expired” to what shall happen when nobody comes."),
                node=entry.name,
                field="expires",
                fix=let_expire(case.playbook, entry),
            )


def find_idle_settings(case: Inspection) -> Iterator[Problem]:
    """A setting that does nothing lets a reader believe what is not so."""
    for entry in case.survey.running():
        for key, why in _idle(case, entry):
            yield Problem(
                CheckCode.IDLE_SETTING,
                Severity.INFO,
                _("This has no effect: {why}.").format(why=why),
                _("Leave it out, or set what it depends on."),
                node=entry.name,
                field=key,
                fix=leave_out(entry, key, is_safe=True),
            )


def _idle(case: Inspection, entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield (setting, why it does nothing)."""
    node = entry.node
    if isinstance(node, EvaluatingNode) and node.default is not None and node.on_error is not OnError.CONTINUE:
        yield "default", _("the node does not go on when it fails")
    match node:
        case ForEachNode() if node.tolerate is not None and node.on_item_error is not OnItemError.CONTINUE:
            yield "tolerate", _("the loop stops at the first item that fails")
        case JoinNode(need="all" | "every", rest=Rest.IGNORE):
            yield "rest", _EARLY
        case WaitNode() if node.expires is not None and node.signal is None:
            yield "expires", _("the node waits for no signal")
        case ActionNode():
            yield from _idle_of_action(case, entry, node)
        case _:
            return


def _idle_of_action(case: Inspection, entry: Entry, node: ActionNode) -> Iterator[tuple[str, str]]:
    effect = effect_of(case, entry)
    if node.retry is not None and node.retry.max == 1:
        yield "retry", _("its “max” allows one attempt")
    if effect is Effect.READ and node.on_uncertain is not OnUncertain.ERROR:
        yield "on_uncertain", _("the action changes nothing")
    if effect not in {None, Effect.DESTRUCTIVE} and node.unattended:
        yield "unattended", _("the action is not destructive and needs no approval")
