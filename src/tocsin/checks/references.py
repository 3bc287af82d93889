"""Checks of what expressions read: whether it is there, always, and whether it may be read from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tocsin.base.errors import did_you_mean
from tocsin.base.texts import _
from tocsin.checks.certainty import Certainty, certainty, worlds_of
from tocsin.checks.fixes import ask_first, find_closest, give_default, is_condition, rewrite
from tocsin.checks.inspection import Inspection
from tocsin.checks.memo import IdentityMemo
from tocsin.checks.outcomes import Outcomes, port_bit, ran, with_output
from tocsin.checks.readings import Piece, Reading, readings_of
from tocsin.checks.rewiring import lead_to, wait_before
from tocsin.checks.shapes import Shapes, part_of, shapes_of
from tocsin.checks.survey import Entry
from tocsin.checks.views import START, find_readable, is_visible, loop_of, roots_at
from tocsin.expressions import ExpressionError, Reference, compile_expression
from tocsin.model.names import RESERVED_ROOTS
from tocsin.model.playbook import JoinNode, TriggerNode
from tocsin.model.ports import ERROR, EXPIRED, UNMET
from tocsin.model.problems import CheckCode, Fix, Problem, Sentence, Severity

_FACTS: Final = ("state", "port", "output", "error", "attempts", "changed", "answered_by")
_ASIDE: Final = frozenset({ERROR, EXPIRED, UNMET})
"""Ways that are taken when something went wrong: whoever they lead to does not wait for all of them."""
_ALWAYS_THERE: Final = ("state", "attempts")


@dataclass(frozen=True, slots=True)
class Use:
    """One path that is read.

    Attributes:
        reading: The text it stands in.
        piece: The expression.
        reference: The path as it is written.
        root: The node or other root that is meant, also for `nodes.ROOT.output`.
        path: The way on from the root's value; of a fact other than `output`, ().
        fact: Which fact of a node: `output`, or what follows `nodes.ROOT`.
    """

    reading: Reading
    piece: Piece
    reference: Reference
    root: str
    path: tuple[str | int, ...]
    fact: str = "output"

    @property
    def at(self) -> tuple[int, int]:
        """Where in the expression it stands, and the place after its end."""
        return (self.reference.start, self.reference.end)

    @property
    def spelled(self) -> str:
        """The path as it is written."""
        return self.piece.expression.text[self.reference.start : self.reference.end]

    def problem(self, code: CheckCode, severity: Severity, message: str, hint: str, fix: Fix | None = None) -> Problem:
        """Return a problem at the field that reads this path."""
        field = self.reading.text.slot.field
        return Problem(code, severity, message, hint, node=self.reading.node, field=field, fix=fix)

    def renamed(self, old: str, new: str) -> Fix | None:
        """Return the fix that puts another name where `old` stands in this path, or None."""
        slot = self.reading.text.slot
        start = self.piece.start + self.reference.start
        end = self.piece.start + self.reference.end
        at = slot.text.find(old, start, end)
        if at < 0:
            return None
        text = f"{slot.text[:at]}{new}{slot.text[at + len(old) :]}"
        return rewrite(self.reading, text, title=_("Read “{new}” instead").format(new=new.removeprefix(".")))


def find_unknown_references(case: Inspection) -> Iterator[Problem]:
    """A name that is not there, or a field that its output does not have."""
    shapes = shapes_of(case)
    for use in uses_of(case):
        if _is_node(case, use.root) and use.fact not in _FACTS:
            yield _unknown_fact(use)
        elif _is_known(case, use):
            yield from _unknown_field(case, shapes, use)
        elif not _is_node(case, use.root):
            yield _unknown_root(case, use)


def find_unreadable_nodes(case: Inspection) -> Iterator[Problem]:
    """A node reads only what lies before it: all else would be a race, or belongs to one item (engine.md 1.7)."""
    for use in uses_of(case):
        if not _is_node(case, use.root) or _is_known(case, use):
            continue
        entry = case.survey.first[use.root]
        loop = entry.scope.loop
        inside = loop is not None and all(scope is not entry.scope for scope in use.reading.view.scope.chain())
        if use.reading.entry is None and use.reading.view.at == START:
            message = Sentence.of(_("{step} is read here before anything has run."), step=entry.called)
            hint = _("Read the trigger, or “inputs”.")
        elif inside and loop is not None:
            message = Sentence.of(
                _("{step} cannot be read from here: it is inside the loop {loop}."), step=entry.called, loop=loop.called
            )
            hint = _("Outside, read what the loop gives: “{name}.results”, with “collect” saying what is kept.").format(
                name=loop.name
            )
        else:
            message = Sentence.of(_("{step} does not come before this."), step=entry.called)
            hint = Sentence.of(_("Lead {step} to this step, or read something else."), step=entry.called)
        reader = use.reading.entry
        fix = lead_to(entry, reader) if reader is not None and not entry.off else None
        yield use.problem(CheckCode.NOT_BEFORE, Severity.ERROR, message, hint, fix)


def find_maybe_skipped(case: Inspection) -> Iterator[Problem]:
    """A node that may not have run has no output; a reader must ask first (design.md §4.2)."""
    shapes = shapes_of(case)
    told: set[tuple[str, str, str]] = set()
    for use in uses_of(case):
        found = find_readable(case.survey, use.reading.view, use.root)
        key = (use.reading.node, use.reading.text.slot.field, use.root)
        if found is None or use.fact in _ALWAYS_THERE or key in told:
            continue
        entry, scope, reader = found
        sure = certainty(scope, reader, entry.number, _wanted(entry, use.fact))
        if sure is not Certainty.SURE and not copes(use):
            told.add(key)
            yield _missing(use, entry, sure, _wait(case, use, entry) or _cope(shapes, use))


def uses_of(case: Inspection) -> tuple[Use, ...]:
    """Return every path that the playbook's expressions read, but those of triggers."""
    return _uses.get(case, lambda case: tuple(_find_uses(case)))


def _find_uses(case: Inspection) -> Iterator[Use]:
    for reading in readings_of(case):
        if reading.entry and isinstance(reading.entry.node, TriggerNode):
            continue  # reads the raw event, whose shape is the sender's
        for piece in reading.text.pieces:
            for reference in piece.expression.references:
                yield _use(reading, piece, reference)


def _use(reading: Reading, piece: Piece, reference: Reference) -> Use:
    if reference.root != "nodes":
        return Use(reading, piece, reference, reference.root, reference.path)
    node, *rest = reference.path
    fact = str(rest[0]) if rest else "state"
    path = tuple(rest[1:]) if fact == "output" else ()
    return Use(reading, piece, reference, str(node), path, fact)


def _is_node(case: Inspection, name: str) -> bool:
    return name in case.survey.first


def _is_known(case: Inspection, use: Use) -> bool:
    if use.reference.root == "nodes" or (_is_node(case, use.root) and loop_of(use.reading.view, use.root) is None):
        return find_readable(case.survey, use.reading.view, use.root) is not None
    return is_visible(case.survey, use.reading.view, use.root)


def _unknown_root(case: Inspection, use: Use) -> Problem:
    root = use.root
    known = roots_at(case.survey, use.reading.view)
    if use.reference.root == "nodes":
        known = tuple(name for name in known if _is_node(case, name))
    if use.reference.root == root and root in RESERVED_ROOTS:
        message = _("“{root}” means nothing at this place.").format(root=root)
        return use.problem(CheckCode.UNKNOWN_REFERENCE, Severity.ERROR, message, _ABOUT.get(root, ""))
    close = find_closest(root, known)
    return use.problem(
        CheckCode.UNKNOWN_REFERENCE,
        Severity.ERROR,
        _("Nothing is called “{root}”.").format(root=root),
        did_you_mean(root, known) or _("Read a node that comes before, or an input."),
        use.renamed(root, close) if close else None,
    )


_ABOUT: Mapping[str, str] = {
    "error": _("“error” is there only in a node that an error edge leads to; elsewhere read “nodes.ID.error”."),
    "item": _("“item” is there only inside a loop, and only if the loop does not call it otherwise."),
    "index": _("“index” is there only inside a loop."),
    "state": _("“state” is there only inside a while."),
    "inputs": _("“inputs” is there only where a trigger has the event “manual”."),
}


def _unknown_fact(use: Use) -> Problem:
    close = find_closest(use.fact, _FACTS)
    return use.problem(
        CheckCode.UNKNOWN_REFERENCE,
        Severity.ERROR,
        _("Nothing is known of a step under “{fact}”.").format(fact=use.fact),
        did_you_mean(use.fact, _FACTS) or _("There are {facts}.").format(facts=", ".join(_FACTS)),
        use.renamed(f".{use.fact}", f".{close}") if close else None,
    )


def _unknown_field(case: Inspection, shapes: Shapes, use: Use) -> Iterator[Problem]:
    if use.fact != "output":
        return
    schema = shapes.root(use.reading.view, use.root)
    for part in use.path:
        fields: Mapping[str, Any] = schema.get("properties") or {}
        if isinstance(part, str) and fields and part not in fields and not schema.get("additionalProperties"):
            close = find_closest(part, fields)
            yield use.problem(
                CheckCode.UNKNOWN_REFERENCE,
                Severity.WARNING if _is_event(case, use) else Severity.ERROR,
                Sentence.of(_("{step} has no field “{field}”."), step=case.survey.called(use.root), field=part),
                did_you_mean(part, fields)
                or _("It has {value}.").format(value=", ".join(f"“{name}”" for name in fields)),
                use.renamed(f".{part}", f".{close}") if close else None,
            )
            return
        schema = part_of(schema, part)


def _is_event(case: Inspection, use: Use) -> bool:
    """An event may hold more than its trigger declares."""
    entry = case.survey.first.get(use.root)
    return use.root == "trigger" or (entry is not None and isinstance(entry.node, TriggerNode))


def copes(use: Use) -> bool:
    """Tell whether the expression asks for the node's output before it reads here: as if the output itself stood here.

    has(x.field) is no such question: it fails where x itself is missing.
    """
    text, start, end = use.piece.expression.text, use.reference.start, use.reference.end
    if use.reference.root == "nodes" and (use.reference.guarded or use.fact == "output"):
        return use.reference.guarded
    if use.reference.root != "nodes" and text[:start].rstrip().endswith("has("):
        return False
    try:
        instead = compile_expression(f"{text[:start]}nodes.{use.root}.output{text[end:]}")
    except ExpressionError:
        return use.reference.guarded
    return any(each.start == start and each.guarded for each in instead.references)


def _wanted(entry: Entry, fact: str) -> Outcomes:
    node = entry.node
    if fact == "error":
        return port_bit(node, ERROR) if hasattr(node, "on_error") else 0
    return ran(node) if fact == "port" else with_output(node)


def _wait(case: Inspection, use: Use, read: Entry) -> Fix | None:
    """Return the fix that lets a reader wait for every way to it; None where that is not what brings the output.

    It does where several ways that can all be taken meet at the reader, and one of them comes from what is read.
    """
    reader, scope = use.reading.entry, read.scope
    if reader is None or reader.scope is not scope or isinstance(reader.node, JoinNode):
        return None
    wiring, ways = scope.wiring, scope.wiring.ways_in[reader.number]
    taken = {wire.source: port_bit(wiring.nodes[wire.source], wire.port) for wire in ways}
    is_meeting = 1 < len(ways) == len(taken) and not any(wire.port in _ASIDE for wire in ways)
    if wiring.cycle or not is_meeting or not worlds_of(scope).possible(taken):
        return None
    wanted = with_output(read.node)
    brings = any(
        wire.source == read.number or certainty(scope, wire.source, read.number, wanted) is Certainty.SURE
        for wire in ways
        if wire.source == read.number or wiring.before[wire.source] >> read.number & 1
    )
    return wait_before(case.playbook, reader) if brings else None


def _cope(shapes: Shapes, use: Use) -> Fix | None:
    """Return the fix that lets a reader go on without the output: a condition is false then, else nothing is read."""
    if use.fact != "output":
        return None
    if is_condition(use.reading):
        return ask_first(use.reading, use.piece, use.at, f"nodes.{use.root}.output")
    schema = shapes.reference(use.reading.view, use.root, use.path)
    return give_default(use.reading, use.piece, use.reference, schema)


def _missing(use: Use, entry: Entry, sure: Certainty, fix: Fix | None) -> Problem:
    fact = f"nodes.{entry.name}.{use.fact}"
    what = (
        _("has no output")
        if use.fact in {"output", "changed", "answered_by"}
        else _("has no “{fact}”").format(fact=use.fact)
    )
    if sure is Certainty.NEVER:
        why = _("it is disabled") if entry.node.disabled else _("it cannot have succeeded on any way that leads here")
        message = Sentence.of(_("{step} {what} then: {why}."), step=entry.called, what=what, why=why)
        return use.problem(
            CheckCode.MAYBE_SKIPPED, Severity.ERROR, message, _("Read something else, or wire it otherwise.")
        )
    message = Sentence.of(_("{step} may have been skipped or have failed by then."), step=entry.called)
    hint = _("Ask has({fact}) first, or write get({name}, 'field', default).").format(fact=fact, name=entry.name)
    return use.problem(CheckCode.MAYBE_SKIPPED, Severity.WARNING, message, hint, fix)


_uses: Final[IdentityMemo[Inspection, tuple[Use, ...]]] = IdentityMemo(2)
