"""Checks of what is given to actions and calls, and what nodes fall back on, against the schemas that say how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from tocsin.base.errors import did_you_mean
from tocsin.base.json_types import Json
from tocsin.base.texts import _, quoted
from tocsin.checks.calls import calls_in
from tocsin.checks.conversions import convert, find_fitting
from tocsin.checks.fixes import find_closest, leave_out, replace_field
from tocsin.checks.inspection import Inspection
from tocsin.checks.shapes import Shapes, closed, part_of, shapes_of, types_in
from tocsin.checks.survey import Entry
from tocsin.checks.views import View, view_of
from tocsin.expressions import Expression, ExpressionError, compile_template, infer_type
from tocsin.model.playbook import ActionNode, EvaluatingNode, OnError, Playbook
from tocsin.model.problems import CheckCode, Problem, Severity
from tocsin.model.schemas import check_value, shape_value
from tocsin.model.values import Place, as_json

_JSON_TYPES: Mapping[str, frozenset[str]] = {
    "int": frozenset({"integer", "number"}),
    "double": frozenset({"number", "integer"}),
    "string": frozenset({"string"}),
    "bool": frozenset({"boolean"}),
    "list": frozenset({"array"}),
    "map": frozenset({"object"}),
    "null": frozenset({"null"}),
    "timestamp": frozenset({"string"}),
    "duration": frozenset({"number"}),
}
"""What a CEL value becomes when it leaves an expression (engine.md 1.26)."""
_WORDS: Mapping[str, str] = {
    "integer": _("a whole number"),
    "number": _("a number"),
    "string": _("a text"),
    "boolean": _("true or false"),
    "array": _("a list"),
    "object": _("a map"),
    "null": _("nothing"),
}


@dataclass(frozen=True, slots=True)
class _User:
    """A node that gives inputs to something: to what is called `used`, which wants them to be as `schema` says."""

    entry: Entry
    given: Mapping[str, Any]
    used: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Misfit:
    """What does not fit, where and why, and what would; None where that is not known."""

    place: Place
    message: str
    fitting: Json = None


def find_missing_inputs(case: Inspection) -> Iterator[Problem]:
    """An action, or a playbook that is called, gets all that it needs."""
    for user in _users(case):
        for name in _missing(user.schema, user.given):
            yield Problem(
                CheckCode.MISSING_INPUT,
                Severity.ERROR,
                _("Nothing is given, and it is needed."),
                _("Fill it in."),
                node=user.entry.name,
                field=f"with.{name}",
            )


def find_unknown_inputs(case: Inspection) -> Iterator[Problem]:
    """An action, or a playbook that is called, gets nothing that it does not know."""
    for user in _users(case):
        properties: Mapping[str, Any] = user.schema.get("properties") or {}
        if not properties or user.schema.get("additionalProperties"):
            continue
        for name in user.given:
            if name not in properties:
                free = [known for known in properties if known not in user.given]
                close = find_closest(name, free)
                renamed = {(close or key) if key == name else key: value for key, value in user.given.items()}
                yield Problem(
                    CheckCode.UNKNOWN_INPUT,
                    Severity.ERROR,
                    _("{used} knows no such input.").format(used=user.used),
                    did_you_mean(name, free)
                    or _("It knows {value}.").format(value=", ".join(f"“{known}”" for known in properties)),
                    node=user.entry.name,
                    field=f"with.{name}",
                    fix=replace_field(user.entry, ("with",), renamed, title=_("Call it “{close}”").format(close=close))
                    if close
                    else leave_out(user.entry, "with", name),
                )


def find_mistyped_inputs(case: Inspection) -> Iterator[Problem]:
    """Constants fit the schema of what is used; so does the type of an expression, where it is known."""
    shapes = shapes_of(case)
    for user in _users(case):
        view = view_of(case.survey, user.entry)
        for name, value in user.given.items():
            for misfit in _misfits(shapes, view, value, part_of(user.schema, name)):
                place = ("with", name, *misfit.place)
                field = ".".join(map(str, place))
                fitting = misfit.fitting
                yield Problem(
                    CheckCode.MISTYPED_INPUT,
                    Severity.ERROR,
                    _("This does not fit {used}: {message}").format(used=user.used, message=misfit.message),
                    _("Give what is wanted, or turn it into that with string(…), int(…) or double(…)."),
                    node=user.entry.name,
                    field=field,
                    fix=None
                    if fitting is None
                    else replace_field(user.entry, place, fitting, title=_("Turn it into that")),
                )


def find_bad_defaults(case: Inspection) -> Iterator[Problem]:
    """A node that goes on after a failure has an output to go on with (engine.md 1.12b)."""
    shapes = shapes_of(case)
    for entry in case.survey.running():
        node = entry.node
        if not isinstance(node, EvaluatingNode) or node.on_error is not OnError.CONTINUE:
            continue
        if node.default is None:
            message, hint = _("There is no default to go on with when the step fails."), _("Give one.")
            fix = leave_out(entry, "on_error", title=_("Stop when it fails"))
        else:
            schema = shapes.output(entry)
            faults = check_value(shape_value(as_json(node.default), schema), schema)
            if not faults:
                continue
            place = f"{quoted(faults[0].place)}: " if faults[0].place else ""
            message = _("This does not look like the step's output: {place}{message}.").format(
                place=place, message=faults[0].message
            )
            hint = _("Readers get the default where they expect the output.")
            fitting = find_fitting(as_json(node.default), schema)
            fix = None if fitting is None else replace_field(entry, ("default",), fitting, title=_("Turn it into that"))
        yield Problem(CheckCode.BAD_DEFAULT, Severity.ERROR, message, hint, node=entry.name, field="default", fix=fix)


def _users(case: Inspection) -> Iterator[_User]:
    for entry in case.survey.running():
        if isinstance(entry.node, ActionNode) and (facts := case.find_facts(entry.node.use)) is not None:
            yield _User(entry, entry.node.inputs, quoted(facts.title), facts.inputs)
    for entry, node in calls_in(case):
        if (callee := case.find_callee(node.playbook)) is not None:
            yield _User(entry, node.inputs, quoted(callee.name or callee.id), _schema_of_inputs(callee))


def _schema_of_inputs(playbook: Playbook) -> Mapping[str, Any]:
    """Return what a call must give: what a playbook has a default for may be left out."""
    fields = playbook.inputs
    optional = [name for name, field in fields.items() if not field.required or field.default is not None]
    return closed({name: {"type": field.type} for name, field in fields.items()}, optional=optional)


def _missing(schema: Mapping[str, Any], given: Mapping[str, object]) -> Iterator[str]:
    """Yield the required names that are not given; of alternatives, those of the first when none is complete."""
    yield from (name for name in schema.get("required", ()) if name not in given)
    ways: Sequence[Sequence[str]] = [way.get("required", ()) for way in schema.get("anyOf", ())]
    if ways and not any(all(name in given for name in way) for way in ways):
        yield from (name for name in ways[0] if name not in given)


def _misfits(shapes: Shapes, view: View, value: object, schema: Mapping[str, Any]) -> Iterator[_Misfit]:
    """Yield what cannot fit. Parts without templates are judged by the schema, those with by what can be known."""
    if not schema:
        return
    if not _has_template(value):
        plain = as_json(value)
        for fault in check_value(shape_value(plain, schema), schema):
            place = tuple(fault.place.split(".")) if fault.place else ()
            yield _Misfit(place, f"{fault.message}.", None if place else find_fitting(plain, schema))
        return
    if isinstance(value, str):
        yield from _template_misfits(shapes, view, value, schema)
        return
    parts = (
        cast("Mapping[str, object]", value).items()
        if isinstance(value, Mapping)
        else enumerate(cast("Sequence[object]", value))
    )
    for key, part in parts:
        for misfit in _misfits(shapes, view, part, part_of(schema, key)):
            yield replace(misfit, place=(key, *misfit.place))


def _template_misfits(shapes: Shapes, view: View, text: str, schema: Mapping[str, Any]) -> Iterator[_Misfit]:
    wanted, given = types_in(schema), _given(shapes, view, text)
    if wanted and given and not wanted & given:
        want = " or ".join(_WORDS.get(kind, kind) for kind in sorted(wanted))
        gives = _WORDS[min(given)]
        whole = _whole(text)
        turned = convert(whole.text, given, wanted) if whole else None
        fitting = f"{{{{ {turned} }}}}" if turned else None
        yield _Misfit((), _("it wants {want}, the expression gives {gives}.").format(want=want, gives=gives), fitting)


def _given(shapes: Shapes, view: View, text: str) -> frozenset[str]:
    """Return the JSON types that a text with templates may give; empty when nothing is known."""
    try:
        whole = _whole(text)
    except ExpressionError:
        return frozenset()
    if whole is None:
        return frozenset({"string"})
    types = {root: shapes.root(view, root) for root in whole.roots}
    return _JSON_TYPES.get(infer_type(whole, types) or "", frozenset())


def _whole(text: str) -> Expression | None:
    """Return the expression that a text is nothing but; its type is kept then (engine.md 1.27).

    Raises:
        ExpressionError: The text cannot be compiled.
    """
    parts = compile_template(text).parts
    whole = parts[0].expression if len(parts) == 1 else None
    is_alone = whole is not None and text.startswith("{{") and text.endswith("}}") and text[2:-2].strip() == whole.text
    return whole if is_alone else None


def _has_template(value: object) -> bool:
    if isinstance(value, str):
        return "{{" in value
    if isinstance(value, Mapping):
        return any(map(_has_template, cast("Mapping[str, object]", value).values()))
    return isinstance(value, Sequence) and any(map(_has_template, cast("Sequence[object]", value)))
