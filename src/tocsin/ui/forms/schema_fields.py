"""Fields from a JSON Schema: the inputs of an action, as its description says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from tocsin.base.json_types import Json
from tocsin.ui.forms.fields import Choice, FieldKind, FormField, Numeric

_KINDS: Final = {
    "string": FieldKind.TEMPLATE,
    "number": FieldKind.NUMBER,
    "integer": FieldKind.NUMBER,
    "boolean": FieldKind.CHOICE,
}


def schema_fields(schema: Mapping[str, Any], values: Mapping[str, Json], place: tuple[str, ...]) -> Iterator[FormField]:
    """Yield a field for each property, required ones first, then one for each value that the schema does not know."""
    properties: Mapping[str, Mapping[str, Any]] = schema.get("properties", {})
    required: list[str] = schema.get("required", [])
    ordered = [name for name in properties if name in required] + [name for name in properties if name not in required]
    for name in ordered:
        yield _field(name, properties[name], values.get(name), (*place, name), required=name in required)
    for name in values:
        if name not in properties:
            yield FormField((*place, name), name, FieldKind.JSON, value=values[name], takes_template=True)


def _field(name: str, schema: Mapping[str, Any], value: Json, place: tuple[str, ...], *, required: bool) -> FormField:
    kind = _kind(schema)
    if not _fits(kind, value):
        kind = FieldKind.JSON
    type_name = schema.get("type")
    return FormField(
        place=place,
        title=str(schema.get("title") or name.replace("_", " ").capitalize()),
        kind=kind,
        required=required,
        help=str(schema.get("description") or schema.get("help") or ""),
        value=value,
        choices=_choices(schema, required=required) if kind is FieldKind.CHOICE else (),
        is_open=kind is FieldKind.CHOICE,
        numeric=Numeric(type_name) if type_name in {"integer", "number"} else None,
        takes_template=True,
        placeholder=_placeholder(schema),
    )


def _kind(schema: Mapping[str, Any]) -> FieldKind:
    if "enum" in schema:
        return FieldKind.CHOICE
    type_name = schema.get("type")
    return _KINDS.get(type_name, FieldKind.JSON) if isinstance(type_name, str) else FieldKind.JSON


def _fits(kind: FieldKind, value: Json) -> bool:
    """Tell whether a field of this kind can show a value so that reading it gives the same."""
    if kind is FieldKind.NUMBER:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return value is None or is_number or (isinstance(value, str) and "{{" in value)
    if kind is FieldKind.CHOICE:
        return value is None or isinstance(value, str | bool)
    return value is None or isinstance(value, str)


def _choices(schema: Mapping[str, Any], *, required: bool) -> tuple[Choice, ...]:
    values = cast("list[Json]", schema.get("enum", [True, False]))
    words = {True: "yes", False: "no"} if schema.get("type") == "boolean" else {}
    choices = tuple(Choice(value, words.get(cast("bool", value), str(value))) for value in values)
    return choices if required else (Choice(None, "as usual"), *choices)


def _placeholder(schema: Mapping[str, Any]) -> str:
    examples = cast("list[Json]", schema.get("examples", []))
    shown = cast("Json", schema.get("default", examples[0] if examples else None))
    return str(shown) if isinstance(shown, str | int | float) else ""
