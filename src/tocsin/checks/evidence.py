"""Checks of what acts rest on: who says so, and whether the target is the one that is meant (field.md S2, S13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tocsin.base.texts import _
from tocsin.checks.certainty import Certainty, certainty
from tocsin.checks.fixes import rewrite_piece
from tocsin.checks.inspection import Inspection
from tocsin.checks.memo import IdentityMemo
from tocsin.checks.outcomes import with_output
from tocsin.checks.readings import Reading, Text, is_alone, readings_of
from tocsin.checks.references import Use, uses_of
from tocsin.checks.rewiring import condition_before
from tocsin.checks.safety import consent_in, effect_of
from tocsin.checks.survey import Entry
from tocsin.checks.views import find_entry, find_readable, is_visible, view_of
from tocsin.checks.wiring import bits_of
from tocsin.expressions import ExpressionError, compile_expression, spell_path
from tocsin.model.catalogue import Effect
from tocsin.model.playbook import ActionNode, ConditionNode, SwitchNode, TriggerNode
from tocsin.model.ports import ERROR
from tocsin.model.problems import CheckCode, Fix, Problem, Severity

_RANGES: Final = frozenset({"is_internal", "is_private", "is_special", "cidr_contains"})
_IN_A_RANGE: Final = re.compile(r"\b(?:is_internal|is_private|is_special|cidr_contains)\([^()]*$")
_PRIVATE: Final = re.compile(r"\bis_private(?=\s*\()")
_GIVEN_BY_HAND: Final = frozenset({"inputs", "env", "run"})
_TOLD: Final = frozenset({"ticketing", "messaging"})
_OPINION: Final = "threat_intel"


def find_single_sources(case: Inspection) -> Iterator[Problem]:
    """One opinion alone cuts nobody off: it may be wrong, or poisoned (field.md S13)."""
    approved = consent_in(case)
    for entry in case.survey.running():
        node = entry.node
        if not isinstance(node, ActionNode) or not node.unattended or effect_of(case, entry) is not Effect.DESTRUCTIVE:
            continue
        sources = _sources(case, entry)
        if len(sources) == 1 and next(iter(sources)).startswith(_OPINION) and not approved(entry):
            yield Problem(
                CheckCode.ONE_SOURCE,
                Severity.WARNING,
                _("This step is destructive, asks nobody, and rests on one opinion alone."),
                _("Ask a person, or let a second source decide as well: the alert, or another product."),
                node=entry.name,
                field="unattended",
            )


def find_unchecked_targets(case: Inspection) -> Iterator[Problem]:
    """Before an address from outside is blocked somebody looks whether it is one's own."""
    approved = consent_in(case)
    for entry in case.survey.running():
        for name in _blocked(case, entry):
            uses = [use for use in _uses_in(case, entry) if use.reading.text.slot.place == ("with", name)]
            outside = [use for use in uses if not _is_by_hand(case, use)]
            if outside and not approved(entry) and not _looks_at(case, entry, _RANGES):
                yield Problem(
                    CheckCode.UNCHECKED_TARGET,
                    Severity.WARNING,
                    _("This step blocks what it is given, even if that is one of your own addresses."),
                    _("Lead to it only what !is_internal(…) lets through, or ask a person."),
                    node=entry.name,
                    field=f"with.{name}",
                    fix=_check_first(case, entry, outside[0].reading.text),
                )


def find_private_only(case: Inspection) -> Iterator[Problem]:
    """Private is not the same as one's own: a firm has public addresses too (field.md W4)."""
    for reading in readings_of(case):
        for piece in reading.text.pieces:
            functions = piece.expression.functions
            if "is_private" in functions and "is_internal" not in functions:
                mended = _PRIVATE.sub("is_internal", piece.expression.text)
                yield Problem(
                    CheckCode.PRIVATE_ONLY,
                    Severity.INFO,
                    _("This asks whether an address is private, which says nothing of your public ones."),
                    _("is_internal(…) asks for all networks of the environment."),
                    node=reading.node,
                    field=reading.text.slot.field,
                    fix=rewrite_piece(reading, piece, mended, title=_("Ask is_internal(…) instead")),
                )


def find_first_of_many(case: Inspection) -> Iterator[Problem]:
    """Which of several comes first is chance: a change has one target that is meant (field.md S2)."""
    told: set[tuple[str, str]] = set()
    for use in uses_of(case):
        entry, listed = use.reading.entry, _listed(use)
        if entry is None or listed is None or not _is_target(case, entry, use):
            continue
        key = (entry.name, use.reading.text.slot.field)
        if key in told or _looks_at(case, entry, frozenset({"size"})):
            continue
        told.add(key)
        when = f"size({listed}) == 1"
        yield use.problem(
            CheckCode.FIRST_OF_MANY,
            Severity.WARNING,
            _("This takes one of however many “{listed}” holds, by its place alone.").format(listed=listed),
            _("Go on only when {when}, or loop over all of them.").format(when=when),
            _guard(case, entry, when, _("Go on only when there is exactly one")),
        )


def _sources(case: Inspection, entry: Entry) -> set[str]:
    """Return which products, or what else, the decisions before a step rest on."""
    found: set[str] = set()
    for decision in _before(case, entry):
        if isinstance(decision.node, ConditionNode | SwitchNode):
            for use in _uses_in(case, decision):
                text = use.piece.expression.text[: use.reference.start]
                if use.root not in _GIVEN_BY_HAND and not _IN_A_RANGE.search(text):
                    found.add(_source(case, use.reading, use.root))
    return found


def _source(case: Inspection, reading: Reading, root: str) -> str:
    """Return what gives a root: `category/role` of an action; else its own name."""
    found = find_readable(case.survey, reading.view, root)
    node = found[0].node if found else None
    if isinstance(node, ActionNode):
        facts = case.find_facts(node.use)
        return f"{facts.category}/{node.role or node.use.partition('.')[0]}" if facts else root
    return root


def _blocked(case: Inspection, entry: Entry) -> Iterator[str]:
    """Yield the inputs that hold the addresses which an action blocks."""
    node = entry.node
    facts = case.find_facts(node.use) if isinstance(node, ActionNode) else None
    if facts is None or not isinstance(node, ActionNode) or effect_of(case, entry) is Effect.READ:
        return
    properties: Mapping[str, Any] = facts.inputs.get("properties") or {}
    if node.use.partition(".")[2].startswith("block"):
        yield from (name for name in node.inputs if properties.get(name, {}).get("format") in {"ip", "ipv4", "ipv6"})


def _is_by_hand(case: Inspection, use: Use) -> bool:
    """Tell whether a person, or the playbook that calls, has given this."""
    entry = case.survey.first.get(use.root)
    if use.root == "trigger":
        return case.survey.has_inputs
    return use.root in _GIVEN_BY_HAND or (
        entry is not None and isinstance(entry.node, TriggerNode) and entry.node.event == "manual"
    )


def _before(case: Inspection, entry: Entry) -> Iterator[Entry]:
    """Yield what lies before a step on some way to it, and the loops around it."""
    for scope, at in view_of(case.survey, entry).levels():
        if scope.loop is not None:
            yield scope.loop
        for number in bits_of(scope.wiring.before[at]) if at >= 0 else ():
            yield find_entry(case.survey, scope, scope.wiring.names[number])


def _looks_at(case: Inspection, entry: Entry, functions: frozenset[str]) -> bool:
    """Tell whether something before a step, or the step itself, calls one of these functions."""
    near = {other.place for other in _before(case, entry)} | {entry.place}
    return any(near & callers for name, callers in _callers.get(case, _find_callers).items() if name in functions)


def _find_callers(case: Inspection) -> dict[str, set[int]]:
    """Return, for each function, the places of the nodes that call it."""
    found: dict[str, set[int]] = {}
    for reading in readings_of(case):
        if reading.entry is None:
            continue
        for piece in reading.text.pieces:
            for name in piece.expression.functions:
                found.setdefault(name, set()).add(reading.entry.place)
    return found


def _uses_in(case: Inspection, entry: Entry) -> Sequence[Use]:
    return _uses.get(case, _find_uses_by_place).get(entry.place, ())


def _find_uses_by_place(case: Inspection) -> dict[int, list[Use]]:
    found: dict[int, list[Use]] = {}
    for use in uses_of(case):
        if use.reading.entry is not None:
            found.setdefault(use.reading.entry.place, []).append(use)
    return found


def _check_first(case: Inspection, entry: Entry, address: Text) -> Fix | None:
    when = f"!is_internal({address.pieces[0].expression.text})"
    return _guard(case, entry, when, _("Ask first whether it is one of yours")) if is_alone(address) else None


def _guard(case: Inspection, entry: Entry, when: str, title: str) -> Fix | None:
    """Return the fix that asks something before a step; None where it is not known there, or an error is read."""
    reads_error = any(use.root == ERROR for use in _uses_in(case, entry))
    try:
        is_known = all(_may_be_read(case, entry, root) for root in compile_expression(when).roots)
    except ExpressionError:  # the path was as long as an expression may be
        return None
    return condition_before(case.playbook, entry, when, title) if is_known and not reads_error else None


def _may_be_read(case: Inspection, entry: Entry, root: str) -> bool:
    """Tell whether a root means something at a step, and whether it has an output there on some way."""
    view = view_of(case.survey, entry)
    found = find_readable(case.survey, view, root)
    if found is None:
        return is_visible(case.survey, view, root)
    read, scope, at = found
    return certainty(scope, at, read.number, with_output(read.node)) is not Certainty.NEVER


def _is_target(case: Inspection, entry: Entry, use: Use) -> bool:
    """Tell whether a path says what a change is done to; what is amid a text is only told to somebody."""
    node, text = entry.node, use.reading.text
    facts = case.find_facts(node.use) if isinstance(node, ActionNode) else None
    acts = facts is not None and facts.effect is not Effect.READ and facts.category not in _TOLD
    return acts and text.slot.place[0] == "with" and is_alone(text)


def _listed(use: Use) -> str | None:
    """Return the list of which one item is read by its number, as it is written; None for other paths."""
    at = next((place for place, part in enumerate(use.reference.path) if isinstance(part, int)), None)
    return None if at is None else spell_path(use.reference.root, use.reference.path[:at])


_callers: Final[IdentityMemo[Inspection, dict[str, set[int]]]] = IdentityMemo(2)
_uses: Final[IdentityMemo[Inspection, dict[int, list[Use]]]] = IdentityMemo(2)
