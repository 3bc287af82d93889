"""Checks of how nodes follow one another: triggers, ways in, ways out, cycles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.base.texts import _
from tocsin.checks.certainty import Certainty, certainty, worlds_of
from tocsin.checks.fixes import replace_field
from tocsin.checks.inspection import Inspection
from tocsin.checks.outcomes import port_bit, with_output
from tocsin.checks.references import uses_of
from tocsin.checks.rewiring import add_trigger, cut, lead_to, lead_to_end
from tocsin.checks.survey import Entry, Scope
from tocsin.checks.views import find_entry
from tocsin.model.playbook import AskNode, ConditionNode, JoinNode, SwitchNode, TriggerNode
from tocsin.model.ports import ERROR, EXPIRED, OUT, ports_of
from tocsin.model.problems import CheckCode, Fix, Problem, Sentence, Severity


def find_no_trigger(case: Inspection) -> Iterator[Problem]:
    """A playbook without a trigger never starts."""
    if _triggers(case.survey.root):
        return
    root = [entry for entry in case.survey.entries if entry.scope is case.survey.root]
    off = next((entry for entry in root if isinstance(entry.node, TriggerNode)), None)
    yield Problem(
        CheckCode.NO_TRIGGER,
        Severity.ERROR,
        _("Every trigger is disabled, so nothing starts this playbook.")
        if off
        else _("Nothing starts this playbook: it has no trigger."),
        _("Enable one.") if off else _("Add a trigger and lead it to the first node."),
        fix=replace_field(off, ("disabled",), value=False, title=_("Enable {called}").format(called=off.called))
        if off
        else add_trigger(case.playbook, root),
    )


def find_unreachable(case: Inspection) -> Iterator[Problem]:
    """What no trigger leads to is always skipped."""
    yield from _misplaced_triggers(case)
    starts = _triggers(case.survey.root)
    if not starts:
        return
    reached = case.survey.root.wiring.after(starts)
    for entry in case.survey.running():
        inner = entry.scope is not case.survey.root
        if not inner and not isinstance(entry.node, TriggerNode) and not reached >> entry.number & 1:
            yield Problem(
                CheckCode.UNREACHABLE,
                Severity.WARNING,
                _("No trigger leads here, so this never runs."),
                _("Connect it, or delete it."),
                node=entry.name,
            )


def find_unmeetable_joins(case: Inspection) -> Iterator[Problem]:
    """A join that needs what can never come together never goes on."""
    for entry in case.survey.running():
        node, wiring = entry.node, entry.scope.wiring
        if not isinstance(node, JoinNode) or wiring.cycle or not wiring.ways_in[entry.number]:
            continue
        ways = len(wiring.ways_in[entry.number])
        if isinstance(node.need, int) and node.need > ways:
            hint = _("It needs {need} of {ways} ways in.").format(need=node.need, ways=ways)
        elif not worlds_of(entry.scope).possible({entry.number: port_bit(node, OUT)}) and _can_be_reached(entry):
            hint = _("Its ways in exclude each other, or one is never taken. Need fewer, or wire it otherwise.")
        else:
            continue
        yield Problem(
            CheckCode.UNREACHABLE,
            Severity.WARNING,
            _("What this needs can never come together, so nothing after it runs."),
            hint,
            node=entry.name,
            field="need",
        )


def find_unwired_branches(case: Inspection) -> Iterator[Problem]:
    """A branch without an edge ends the path in silence."""
    lost = _find_lost(case)
    for entry in case.survey.running():
        wired = {wire.port for wire in entry.scope.wiring.ways_out[entry.number]}
        for port in _branches(entry):
            if port not in wired:
                yield Problem(
                    CheckCode.UNWIRED_BRANCH,
                    Severity.WARNING,
                    _("“{port}” leads nowhere.").format(port=port),
                    _("Connect the port, if only to an end."),
                    node=entry.name,
                    fix=_wire(case, entry, port, lost),
                )


def find_cycles(case: Inspection) -> Iterator[Problem]:
    """Edges never lead back; repeating is what loops are for."""
    for scope in case.survey.scopes:
        cycle = [scope.wiring.names[number] for number in scope.wiring.cycle]
        if not cycle:
            continue
        first = min(range(len(cycle)), key=lambda at: scope.wiring.number[cycle[at]])
        turned = [*cycle[first:], *cycle[:first]]
        way = [part for name in turned for part in (case.survey.called(name), " → ")]
        yield Problem(
            CheckCode.CYCLE,
            Severity.ERROR,
            Sentence(_("The edges go round in a circle: "), *way, way[0], "."),
            _("Remove one of these edges; put what repeats into a loop."),
            node=turned[0],
            fix=_open(scope, turned),
        )


def _open(scope: Scope, cycle: Sequence[str]) -> Fix:
    """Return the fix that takes away a line that closes a circle."""
    closing = (edge for edge in scope.graph.edges if (edge.source, edge.target) == (cycle[-1], cycle[0]))
    return cut(scope, next(closing))


def _triggers(scope: Scope) -> list[int]:
    nodes = enumerate(scope.wiring.nodes)
    return [number for number, node in nodes if isinstance(node, TriggerNode) and not node.disabled]


def _wire(case: Inspection, entry: Entry, port: str, lost: Entry | None) -> Fix:
    """Return the fix that leads a branch to the lost node, if that finds there what it reads; else to an end."""
    fix = lead_to(entry, lost, port) if lost is not None and _finds_all(case, lost, entry) else None
    return fix or lead_to_end(case.playbook, entry, port)


def _finds_all(case: Inspection, first: Entry, before: Entry) -> bool:
    """Tell whether a node, and what follows it, could read all that it reads if it came after another."""
    scope, wiring = first.scope, first.scope.wiring
    if before.scope is not scope:
        return False
    moved, known = wiring.after([first.number]), wiring.before[before.number] | 1 << before.number
    for use in uses_of(case):
        read = case.survey.first.get(use.root)
        reader = next((at for where, at in use.reading.view.levels() if where is scope), -1)
        runs_here = read is not None and read.scope is scope and read.number >= 0
        if read is None or not runs_here or reader < 0 or not moved >> reader & 1:
            continue
        if not (moved | known) >> read.number & 1:
            return False
        sure = certainty(scope, before.number, read.number, with_output(read.node)) if read is not before else None
        if not moved >> read.number & 1 and sure is Certainty.NEVER:
            return False
    return True


def _find_lost(case: Inspection) -> Entry | None:
    """Return the one node that nothing leads to, though it wants to be led to; None for none, or for several."""
    scope = case.survey.root
    if not _triggers(scope):
        return None
    wiring = scope.wiring
    alone = [
        number
        for number, node in enumerate(wiring.nodes)
        if not wiring.ways_in[number] and not isinstance(node, TriggerNode) and not node.disabled
    ]
    return find_entry(case.survey, scope, wiring.names[alone[0]]) if len(alone) == 1 else None


def _misplaced_triggers(case: Inspection) -> Iterator[Problem]:
    for entry in case.survey.running():
        if isinstance(entry.node, TriggerNode) and entry.scope is not case.survey.root:
            yield Problem(
                CheckCode.UNREACHABLE,
                Severity.ERROR,
                _("This trigger is inside a loop, where nothing fires it."),
                _("Move it out of the loop."),
                node=entry.name,
            )


def _can_be_reached(entry: Entry) -> bool:
    wiring = entry.scope.wiring
    starts = _triggers(entry.scope) or [number for number, ways in enumerate(wiring.ways_in) if not ways]
    return bool(wiring.after(starts) >> entry.number & 1)


def _branches(entry: Entry) -> Iterator[str]:
    """Yield the ports that a decision of this node may take, apart from failing."""
    node = entry.node
    if not isinstance(node, ConditionNode | SwitchNode | AskNode):
        return
    for port in ports_of(node):
        silent = port == EXPIRED and isinstance(node, AskNode) and node.expires is None
        if port != ERROR and not silent:
            yield port
