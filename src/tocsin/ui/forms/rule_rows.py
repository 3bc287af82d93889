"""What a row of a condition offers and how its value is typed, without Qt: operators in words, constants as text."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.expressions.rules import Constant, Operator, Path, Plain
from tocsin.ui.forms.fields import Choice, FieldKind, FormField
from tocsin.ui.forms.reading import REQUIRED, Reading

TITLES: Final[Mapping[Operator, str]] = {
    Operator.IS: _("is"),
    Operator.IS_NOT: _("is not"),
    Operator.MORE: _("is more than"),
    Operator.AT_LEAST: _("is at least"),
    Operator.LESS: _("is less than"),
    Operator.AT_MOST: _("is at most"),
    Operator.ONE_OF: _("is one of"),
    Operator.NONE_OF: _("is none of"),
    Operator.CONTAINS: _("contains"),
    Operator.CONTAINS_NOT: _("does not contain"),
    Operator.BEGINS: _("begins with"),
    Operator.BEGINS_NOT: _("does not begin with"),
    Operator.ENDS: _("ends with"),
    Operator.ENDS_NOT: _("does not end with"),
    Operator.MATCHES: _("matches the pattern"),
    Operator.MATCHES_NOT: _("does not match the pattern"),
    Operator.HOLDS: _("is true"),
    Operator.HOLDS_NOT: _("is not true"),
    Operator.THERE: _("is there"),
    Operator.MISSING: _("is not there"),
    Operator.INTERNAL: _("is one of our addresses"),
    Operator.EXTERNAL: _("is none of our addresses"),
    Operator.PRIVATE: _("is a private address"),
    Operator.PUBLIC: _("is no private address"),
}
SEVERAL: Final = frozenset({Operator.ONE_OF, Operator.NONE_OF})
"""What is compared with one of a list."""

_ORDERED: Final = (Operator.MORE, Operator.AT_LEAST, Operator.LESS, Operator.AT_MOST)
_EQUAL: Final = (Operator.IS, Operator.IS_NOT)
_LISTED: Final = (Operator.ONE_OF, Operator.NONE_OF)
_SAID: Final = (Operator.HOLDS, Operator.HOLDS_NOT)
_THERE: Final = (Operator.THERE, Operator.MISSING)
_ADDRESS: Final = (Operator.INTERNAL, Operator.EXTERNAL, Operator.PRIVATE, Operator.PUBLIC)
_TEXT: Final = (
    Operator.CONTAINS,
    Operator.CONTAINS_NOT,
    Operator.BEGINS,
    Operator.BEGINS_NOT,
    Operator.ENDS,
    Operator.ENDS_NOT,
    Operator.MATCHES,
    Operator.MATCHES_NOT,
)
_BY_TYPE: Final[Mapping[str, tuple[Operator, ...]]] = {
    "integer": (*_EQUAL, *_ORDERED, *_LISTED, *_THERE),
    "number": (*_ORDERED, *_EQUAL, *_THERE),
    "boolean": (*_SAID, *_THERE),
    "string": (*_EQUAL, *_LISTED, *_TEXT, *_ADDRESS, *_THERE),
}
_NUMBERS: Final = frozenset({"integer", "number"})
_WHOLE: Final = re.compile(r"-?[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"-?[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?")
_WORDS: Final[Mapping[str, bool]] = {"true": True, "false": False}


def operator_field(schema: Mapping[str, Any], shown: Operator | None) -> FormField:
    """Return the field of a row's operator: what fits the type of what is looked at, and what stands there already."""
    offered = _BY_TYPE.get(_type_of(schema), tuple(TITLES))
    if shown is not None and shown not in offered:
        offered = (*offered, shown)
    choices = tuple(Choice(str(operator), TITLES[operator]) for operator in offered)
    value = None if shown is None else str(shown)
    return FormField(("operator",), _("Operator"), FieldKind.CHOICE, required=True, value=value, choices=choices)


def is_offered(schema: Mapping[str, Any], operator: Operator) -> bool:
    """Tell whether an operator fits the type of what is looked at."""
    return operator in _BY_TYPE.get(_type_of(schema), tuple(TITLES))


def usual_operator(schema: Mapping[str, Any]) -> Operator:
    """Return what a new row asks first of such a field."""
    return _BY_TYPE.get(_type_of(schema), _EQUAL)[0]


def value_field(schema: Mapping[str, Any], operator: Operator, value: Constant | Path | None) -> FormField:
    """Return the field of a row's value, with the value as it is typed."""
    named = [one for one in schema.get("enum", ()) if isinstance(one, str)]
    is_offered = bool(named) and operator not in SEVERAL
    return FormField(
        ("value",),
        _("Value"),
        FieldKind.CHOICE if is_offered else FieldKind.TEXT,
        required=True,
        help=_("Several are separated by commas.") if operator in SEVERAL else "",
        value=text_of_value(value, schema),
        choices=tuple(Choice(one, one) for one in named) if is_offered else (),
        is_open=is_offered,
        takes_template=True,
    )


def text_of_value(value: Constant | Path | None, schema: Mapping[str, Any]) -> str | None:
    """Return what a row compares with as it is typed; the reverse of `read_value`."""
    if value is None:
        return None
    if isinstance(value, Path):
        return f"{{{{ {value.text} }}}}"
    if not isinstance(value, tuple):
        return _typed(value, _type_of(schema))
    return ", ".join(_listed(_typed(one, _type_of(schema))) for one in value)


def read_value(typed: Json, schema: Mapping[str, Any], operator: Operator) -> Reading | Constant | Path:
    """Return what was typed beside an operator: what is compared with, or a Reading that says what is wrong."""
    text = typed if isinstance(typed, str) else "" if typed is None else json.dumps(typed)
    bare = text.strip()
    if not bare:
        return Reading(fault=REQUIRED)
    if bare.startswith("{{") and bare.endswith("}}"):
        inner = bare[2:-2].strip()
        return Path(inner) if inner and "{{" not in inner else Reading(fault=_("Use one value here."))
    if "{{" in bare:
        return Reading(fault=_("Use one value, or text without values."))
    if operator not in SEVERAL:
        return _read_one(text, _type_of(schema))
    return _read_several(text, _type_of(schema))


def _read_several(text: str, kind: str) -> Reading | tuple[Plain, ...]:
    found: list[Plain] = []
    for part in next(csv.reader([text], skipinitialspace=True)):
        read = _read_one(part.strip(), kind)
        if isinstance(read, Reading):
            return read
        found.append(read)
    return tuple(found)


def _read_one(text: str, kind: str) -> Reading | Plain:
    bare = text.strip()
    if kind in _NUMBERS:
        is_whole, is_decimal = bool(_WHOLE.fullmatch(bare)), bool(_DECIMAL.fullmatch(bare))
        if kind == "integer":
            return int(bare) if is_whole else Reading(fault=_("Enter a whole number."))
        return float(bare) if is_whole or is_decimal else Reading(fault=_("Enter a number, such as 80 or 0.5."))
    if kind == "boolean":
        return _WORDS.get(bare, Reading(fault=_("Enter true or false.")))
    return text if kind == "string" else _guessed(text)


def _guessed(text: str) -> Plain:
    """Read what nobody knows the type of as it looks; in quotes it is text, whatever it looks like."""
    bare = text.strip()
    if bare in _WORDS:
        return _WORDS[bare]
    if _WHOLE.fullmatch(bare):
        return int(bare)
    if _DECIMAL.fullmatch(bare):
        return float(bare)
    is_quoted = len(bare) > 1 and bare[0] == bare[-1] == '"'
    return bare[1:-1] if is_quoted else text


def _typed(value: Plain, kind: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and kind == "number" and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if not isinstance(value, str):
        return repr(value)
    return value if kind == "string" or _guessed(value) == value else f'"{value}"'


def _listed(text: str) -> str:
    """Return an item of a list as RFC 4180 has it: in quotes where it has a comma or a quote of its own."""
    if not any(char in text for char in ',"\n\r') and text == text.strip():
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _type_of(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type")
    return kind if isinstance(kind, str) else ""
