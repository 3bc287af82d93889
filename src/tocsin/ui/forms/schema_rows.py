"""The form that a question asks: a JSON Schema as rows, one for each thing that is asked; without Qt.

Rows say what most forms ask. What they cannot say is no fault: `find_rows` gives None, and it is written as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.ui.forms.fields import Choice, FieldKind, FormField

_KINDS: Final[Mapping[str, tuple[str, dict[str, Json]]]] = {
    "text": (_("Text"), {"type": "string"}),
    "lines": (_("Several lines"), {"type": "string", "maxLength": 4000}),
    "number": (_("Number"), {"type": "number"}),
    "whole": (_("Whole number"), {"type": "integer"}),
    "flag": (_("Yes or no"), {"type": "boolean"}),
    "address": (_("Address"), {"type": "string", "format": "ip"}),
    "domain": (_("Domain"), {"type": "string", "format": "hostname"}),
    "link": (_("Link"), {"type": "string", "format": "uri"}),
    "mail": (_("Mail address"), {"type": "string", "format": "email"}),
    "time": (_("Time"), {"type": "string", "format": "date-time"}),
}
_SAID: Final = ("type", "format", "maxLength")
"""What the kind of a row says in the schema."""
_CHOICES: Final = tuple(Choice(kind, words) for kind, (words, _unused) in _KINDS.items())
_REQUIRED: Final = "required"
_WORD: Final = FormField((), _("Item"), FieldKind.TEXT, required=True)
PARTS: Final = (
    FormField(
        ("name",), _("Name"), FieldKind.TEXT, required=True, is_late=True, help=_("Expressions read the answer here.")
    ),
    FormField(("kind",), _("Kind"), FieldKind.CHOICE, required=True, choices=_CHOICES),
    FormField(("title",), _("Label"), FieldKind.TEXT, placeholder=_("The name")),
    FormField(("help",), _("Help"), FieldKind.TEXT),
    FormField((_REQUIRED,), _("Must be answered"), FieldKind.FLAG),
    FormField(("enum",), _("One of"), FieldKind.LIST, unit="choice", parts=(_WORD,)),
)
"""What a row asks for. Other keys of a property stay as they are."""


def find_rows(schema: Json) -> list[dict[str, Json]] | None:
    """Return the rows that say what a schema says, or None where rows cannot."""
    if not isinstance(schema, Mapping) or schema.get("type", "object") != "object":
        return None
    properties, required = schema.get("properties", {}), schema.get(_REQUIRED, [])
    if not isinstance(properties, Mapping) or not isinstance(required, list):
        return None
    rows = [_row(name, one, is_required=name in required) for name, one in properties.items()]
    found = [row for row in rows if row is not None]
    is_whole = len(found) == len(rows) and all(name in properties for name in required if isinstance(name, str))
    return found if is_whole else None


def schema_of(rows: Sequence[Mapping[str, Json]], kept: Json) -> dict[str, Json]:
    """Return the schema that rows say.

    Args:
        rows: The rows.
        kept: The schema as it was, for what no row shows.
    """
    before = _object(kept)
    others = {key: value for key, value in before.items() if key not in _MADE}
    required: list[Json] = [row["name"] for row in rows if row.get(_REQUIRED)]
    made: dict[str, Json] = {"type": "object", **({_REQUIRED: required} if required else {})}
    known = _object(before.get("properties"))
    asked: dict[str, Json] = {}
    for row in rows:
        name = str(row["name"])
        asked[name] = _in_order(_property(row), known.get(name))
    return _in_order({**others, **made, "properties": asked}, kept)


_MADE: Final = frozenset({"type", _REQUIRED, "properties"})


def _row(name: str, schema: Json, *, is_required: bool) -> dict[str, Json] | None:
    if not isinstance(schema, Mapping):
        return None
    said = {key: schema[key] for key in _SAID if key in schema}
    kind = next((kind for kind, (_unused, one) in _KINDS.items() if one == said), None)
    is_shown = kind is not None and not {"name", "kind", _REQUIRED} & schema.keys() and _is_plain(schema)
    if not is_shown:
        return None
    rest = {key: value for key, value in schema.items() if key not in _SAID}
    return {"name": name, "kind": kind, **rest, **({_REQUIRED: True} if is_required else {})}


def _is_plain(schema: Mapping[str, Json]) -> bool:
    """Tell whether the cells can show what is said: blank words, or choices that are no texts, would be lost."""
    words = [schema[key] for key in ("title", "help") if key in schema]
    choices = schema.get("enum", ["…"])
    texts = [*words, *choices] if isinstance(choices, list) and choices else [None]
    return all(isinstance(text, str) and bool(text.strip()) for text in texts)


def _property(row: Mapping[str, Json]) -> dict[str, Json]:
    said = _KINDS[str(row["kind"])][1]
    return {**said, **{key: value for key, value in row.items() if key not in {"name", "kind", _REQUIRED}}}


def _in_order(value: dict[str, Json], before: Json) -> dict[str, Json]:
    """Return an object with its keys in the order that they had, the new ones last."""
    order = list(_object(before))
    return dict(sorted(value.items(), key=lambda entry: order.index(entry[0]) if entry[0] in order else len(order)))


def _object(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}
