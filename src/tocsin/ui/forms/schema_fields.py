"""Fields from a JSON Schema: the inputs of an action, as its description says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _, going_on
from tocsin.model.values import Place
from tocsin.ui.forms.cron import USUAL
from tocsin.ui.forms.fields import Choice, FieldKind, FormField, Numeric
from tocsin.ui.forms.reading import fitted

Schema = Mapping[str, Any]

LONG: Final = 300
"""A text that may be longer than this is written in several lines."""
DEEPEST: Final = 4
"""Objects in objects beyond this are written as JSON."""

_PLAIN: Final = {"number": FieldKind.NUMBER, "integer": FieldKind.NUMBER, "boolean": FieldKind.CHOICE}
_FORMATS: Final[Mapping[str, FieldKind]] = {
    **dict.fromkeys(("ip", "ipv4", "ipv6"), FieldKind.ADDRESS),
    **dict.fromkeys(("cidr", "network"), FieldKind.CIDR),
    **dict.fromkeys(("hostname", "idn-hostname", "domain"), FieldKind.DOMAIN),
    **dict.fromkeys(("uri", "iri", "url"), FieldKind.URL),
    **dict.fromkeys(("email", "idn-email"), FieldKind.MAIL),
    **dict.fromkeys(("hash", "md5", "sha1", "sha256"), FieldKind.HASH),
    **dict.fromkeys(("password", "secret"), FieldKind.SECRET),
    "date-time": FieldKind.TIME,
    "duration": FieldKind.ISO_DURATION,
    "file": FieldKind.FILE,
    "cron": FieldKind.CRON,
}


def schema_fields(
    schema: Schema, values: Mapping[str, Json], place: Place, *, takes_template: bool = True
) -> Iterator[FormField]:
    """Yield a field for each property, required ones first, then one for each value that the schema does not know.

    Args:
        schema: A JSON Schema of an object.
        values: What the document says of it.
        place: Where the object stands.
        takes_template: Texts may hold values of other steps.
    """
    properties: Mapping[str, Schema] = schema.get("properties", {})
    for name in _ordered(schema):
        is_required = name in schema.get("required", ())
        field = field_of(properties[name], (*place, name), required=is_required, takes_template=takes_template)
        yield fitted(field, values.get(name))
    for name in values:
        if name not in properties:
            unknown = FormField((*place, name), name, FieldKind.MULTILINE, takes_template=takes_template)
            yield fitted(unknown, values[name])


def field_of(schema: Schema, place: Place, *, required: bool, takes_template: bool = True, depth: int = 0) -> FormField:
    """Return the field of one schema, empty.

    Args:
        schema: What it says of the value.
        place: Where the value stands; its last key is the label where the schema has no title.
        required: It may not be left empty.
        takes_template: Texts may hold values of other steps.
        depth: How many objects and lists are around it.
    """
    kind = _kind(schema, depth)
    type_name = schema.get("type")
    name = str(place[-1]) if place else "item"
    field = FormField(
        place=place,
        title=str(schema.get("title") or name.replace("_", " ").capitalize()),
        kind=kind,
        required=required,
        help=str(schema.get("help") or schema.get("description") or ""),
        choices=_offered(kind, schema, required=required),
        numeric=Numeric(type_name) if type_name in ("integer", "number") else None,
        least=schema.get("minimum"),
        most=schema.get("maximum"),
        unit=_unit(schema),
        takes_template=takes_template,
        placeholder=_placeholder(schema),
    )
    return replace(field, parts=tuple(_parts(field, schema, depth + 1)))


def _ordered(schema: Schema) -> list[str]:
    properties, required = schema.get("properties", {}), schema.get("required", ())
    return sorted(properties, key=lambda name: name not in required)


def _kind(schema: Schema, depth: int) -> FieldKind:
    if "enum" in schema:
        return FieldKind.CHOICE
    type_name = schema.get("type")
    if type_name == "string":
        return _text_kind(schema)
    if type_name in ("array", "object") and depth < DEEPEST:
        return _whole_kind(schema)
    return _PLAIN.get(type_name, FieldKind.JSON) if isinstance(type_name, str) else FieldKind.JSON


def _whole_kind(schema: Schema) -> FieldKind:
    if schema["type"] == "array" and isinstance(schema.get("items"), Mapping):
        return FieldKind.TABLE if schema["items"].get("properties") else FieldKind.LIST
    if schema.get("properties"):
        return FieldKind.OBJECT
    return FieldKind.MAP if isinstance(schema.get("additionalProperties"), Mapping) else FieldKind.JSON


def _text_kind(schema: Schema) -> FieldKind:
    if schema.get("writeOnly"):
        return FieldKind.SECRET
    is_long = schema.get("maxLength", 0) > LONG
    return _FORMATS.get(schema.get("format", ""), FieldKind.MULTILINE if is_long else FieldKind.TEXT)


def _parts(field: FormField, schema: Schema, depth: int) -> Iterator[FormField]:
    inner = partial(field_of, takes_template=field.takes_template, depth=depth)
    match field.kind:
        case FieldKind.LIST:
            yield replace(inner(schema["items"], (), required=True), title=_("Item"))
        case FieldKind.MAP:
            value = inner(schema["additionalProperties"], (), required=True)
            yield from value.parts if value.kind is FieldKind.OBJECT else (replace(value, title=_("Value")),)
        case FieldKind.TABLE | FieldKind.OBJECT:
            whole = schema["items"] if field.kind is FieldKind.TABLE else schema
            for name in _ordered(whole):
                yield inner(whole["properties"][name], (name,), required=name in whole.get("required", ()))
        case _:
            pass


def _offered(kind: FieldKind, schema: Schema, *, required: bool) -> tuple[Choice, ...]:
    if kind is FieldKind.CRON:
        return USUAL
    return _choices(schema, required=required) if kind is FieldKind.CHOICE else ()


def _choices(schema: Schema, *, required: bool) -> tuple[Choice, ...]:
    values = cast("list[Json]", schema.get("enum", [True, False]))
    choices = tuple(Choice(value, _choice_title(value)) for value in values if value is not None)
    if required:
        return choices
    usual = schema.get("default")
    return (
        Choice(
            None,
            _("As usual") if usual is None else _("As usual: {choice_title}").format(choice_title=_choice_title(usual)),
        ),
        *choices,
    )


def _choice_title(value: Json) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value).replace("_", " ").capitalize() if isinstance(value, str) and value.islower() else str(value)


def _unit(schema: Schema) -> str:
    """What a number counts, or what one item of a list is called."""
    items = cast("Schema", schema.get("items") if isinstance(schema.get("items"), Mapping) else {})
    return going_on(schema.get("unit") or items.get("title") or "")


def _placeholder(schema: Schema) -> str:
    """What holds when nothing is said; where nothing does, an example."""
    usual, examples = schema.get("default"), schema.get("examples")
    shown = examples[0] if examples and usual in (None, "") else usual
    if isinstance(shown, float):
        return f"{shown:g}"
    return str(shown) if isinstance(shown, str | int) else ""
