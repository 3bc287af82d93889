"""Checks of what may do harm: acts without a person, time-outs that approve (definitions.md D11, field.md K12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tocsin.base.texts import _
from tocsin.checks.fixes import leave_out
from tocsin.checks.inspection import Inspection
from tocsin.checks.references import uses_of
from tocsin.checks.rewiring import add_rejection, approval_before, lead_elsewhere
from tocsin.checks.survey import Entry, Scope
from tocsin.checks.views import roots_at, view_of
from tocsin.checks.wiring import Wire, Wiring
from tocsin.model.catalogue import Effect
from tocsin.model.playbook import ActionNode, AskKind, AskNode, JoinNode, OnError
from tocsin.model.ports import ERROR, EXPIRED
from tocsin.model.problems import CheckCode, Fix, Problem, Severity
from tocsin.model.values import as_json


def effect_of(case: Inspection, entry: Entry) -> Effect | None:
    """Return what an action does to the world, as described; None for other kinds and unknown actions."""
    node = entry.node
    if not isinstance(node, ActionNode) or entry.off:
        return None
    facts = case.find_facts(node.use)
    if facts is None:
        return Effect(node.effect) if node.effect else None
    return facts.effect


def consent_in(case: Inspection) -> Callable[[Entry], bool]:
    """Return what tells whether a person has approved on every way to a step."""
    approved = {id(scope): _approved(scope.wiring) for scope in case.survey.scopes}
    return lambda entry: _is_approved(entry, approved)


def find_unapproved_acts(case: Inspection) -> Iterator[Problem]:
    """What stops a person's or a service's work waits for a person, or says why not."""
    is_approved = consent_in(case)
    for entry in case.survey.running():
        node = entry.node
        if effect_of(case, entry) is not Effect.DESTRUCTIVE or not isinstance(node, ActionNode) or node.unattended:
            continue
        if not is_approved(entry):
            yield Problem(
                CheckCode.DESTRUCTIVE_UNAPPROVED,
                Severity.WARNING,
                _("This step is destructive, and nobody has to approve it on every way that leads to it."),
                _("Add an approval before it, or say under “unattended” why none is needed."),
                node=entry.name,
                field="unattended",
                fix=_ask_before(case, entry),
            )


def find_approving_timeouts(case: Inspection) -> Iterator[Problem]:
    """Silence is no consent: a question that nobody answers never approves (field.md K12)."""
    for entry in case.survey.running():
        node = entry.node
        if isinstance(node, AskNode):
            found = _find_consent_alone(case, entry, node)
            if found:
                reason, fix = found
                yield Problem(
                    CheckCode.TIMEOUT_APPROVES,
                    Severity.ERROR,
                    _("This approves without a person: {reason}.").format(reason=reason),
                    _("Lead it to an end, a ticket or a note instead."),
                    node=entry.name,
                    fix=fix,
                )


def find_no_way_out(case: Inspection) -> Iterator[Problem]:
    """A question needs answers to choose from; an approval, a way to say no."""
    for entry in case.survey.running():
        node = entry.node
        fix = None
        if isinstance(node, AskNode) and not node.answers:
            severity, what, hint = Severity.ERROR, _("no answer to choose"), _("Add its options.")
        elif isinstance(node, AskNode) and node.ask is AskKind.APPROVAL and len(node.answers) == 1:
            severity, what, hint = Severity.WARNING, _("no way to say no"), _("Add an option that declines.")
            fix = add_rejection(case.playbook, entry, [option.id for option in node.answers])
        else:
            continue
        message = _("This offers {what}.").format(what=what)
        yield Problem(CheckCode.NO_WAY_OUT, severity, message, hint, node=entry.name, field="options", fix=fix)


def _ask_before(case: Inspection, entry: Entry) -> Fix | None:
    """Return the fix that asks before a step; None where the step reads the error that led to it."""
    reads = {use.root for use in uses_of(case) if use.reading.entry is entry}
    known = roots_at(case.survey, view_of(case.survey, entry))
    return None if ERROR in reads else approval_before(case.playbook, entry, covers=reads <= set(known))


def _approved(wiring: Wiring) -> tuple[bool, ...]:
    """Tell for each node whether a person has approved on every way to it."""
    approved = [False] * len(wiring.nodes)
    for number in wiring.order:
        ways = [approved[wire.source] or _is_consent(wiring, wire) for wire in wiring.ways_in[number]]
        node = wiring.nodes[number]
        together = any if isinstance(node, JoinNode) and node.need == "every" else all
        approved[number] = bool(ways) and together(ways)
    return tuple(approved)


def _is_consent(wiring: Wiring, wire: Wire) -> bool:
    node = wiring.nodes[wire.source]
    return isinstance(node, AskNode) and not node.disabled and wire.port in node.consents


def _is_approved(entry: Entry, approved: Mapping[int, tuple[bool, ...]]) -> bool:
    number = entry.number
    for scope in entry.scope.chain():
        if approved[id(scope)][number]:
            return True
        number = scope.loop.number if scope.loop else -1
    return False


def _find_consent_alone(case: Inspection, entry: Entry, node: AskNode) -> tuple[str, Fix] | None:
    """Return how the question approves by itself, as the end of a sentence, and what ends that; or None."""
    options = node.consents
    if node.on_error is OnError.CONTINUE and node.answers and node.answers[0].id in options:
        stop = leave_out(entry, "on_error", title=_("Stop when it fails"))
        return _("when it fails it goes on by “{id}”").format(id=node.answers[0].id), stop
    default = as_json(node.default)
    answer = default.get("option") if isinstance(default, Mapping) else default
    if isinstance(answer, str) and answer in options:
        return _("its default answer is “{answer}”").format(answer=answer), leave_out(entry, "default")
    late = _after_time(case, entry, node)
    return (late, lead_elsewhere(case.playbook, entry, EXPIRED)) if late else None


def _after_time(case: Inspection, entry: Entry, node: AskNode) -> str:
    """Return how the question approves when nobody answers in time, as the end of a sentence; "" when it does not."""
    options, wiring = node.consents, entry.scope.wiring
    targets = {port: _targets(wiring, entry.number, port) for port in (EXPIRED, *options)}
    for option in node.answers:
        shared = [number for number in targets[EXPIRED] if number in targets.get(option.id, ())]
        if option.id in options and any(_leads_to_change(case, entry.scope, number) for number in shared):
            return _("when time runs out it goes where “{id}” goes").format(id=option.id)
    consented = wiring.after([number for option in options for number in targets[option]])
    for number in _without_consent(wiring, targets[EXPIRED]):
        if consented >> number & 1 and _is_destructive(case, entry.scope, number):
            return _("when time runs out it comes to {called} all the same").format(
                called=case.survey.called(wiring.names[number])
            )
    return ""


def _targets(wiring: Wiring, number: int, port: str) -> list[int]:
    return [wire.target for wire in wiring.ways_out[number] if wire.port == port]


def _without_consent(wiring: Wiring, starts: list[int]) -> list[int]:
    """Return the numbers that can be reached without passing another consent, in the order of the file."""
    seen: set[int] = set()
    work = list(starts)
    while work:
        number = work.pop()
        if number not in seen:
            seen.add(number)
            work.extend(wire.target for wire in wiring.ways_out[number] if not _is_consent(wiring, wire))
    return sorted(seen)


def _leads_to_change(case: Inspection, scope: Scope, start: int) -> bool:
    reached = scope.wiring.after([start])
    acts = (number for number in range(len(scope.wiring.nodes)) if reached >> number & 1)
    return any(_worst(case, scope, number) in {Effect.CHANGE, Effect.DESTRUCTIVE} for number in acts)


def _is_destructive(case: Inspection, scope: Scope, number: int) -> bool:
    return _worst(case, scope, number) is Effect.DESTRUCTIVE


def _worst(case: Inspection, scope: Scope, number: int) -> Effect | None:
    """Return the worst effect of a node, or of what a loop holds."""
    name = scope.wiring.names[number]
    entry = next(entry for entry in case.survey.entries if entry.scope is scope and entry.name == name)
    effects = [effect for inner in case.survey.inside(entry) if (effect := effect_of(case, inner))]
    return max(effects, key=list(Effect).index, default=None)
