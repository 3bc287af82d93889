"""What a person typed → a value, or why not; and back. The same reading for every widget and test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tocsin.base.json_types import Json
from tocsin.model.values import DURATION
from tocsin.ui.forms.fields import FieldKind, FormField, Numeric

MAX_JSON_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text: a value, or a fault in words. None as a value removes the key."""

    value: Json = None
    fault: str = ""


def read_text(field: FormField, text: str) -> Reading:
    """Read what was typed into a field."""
    if not text.strip():
        return Reading(fault="This field is required.") if field.required else Reading()
    if field.takes_template and "{{" in text and field.kind is not FieldKind.JSON:
        return Reading(text)
    read = _READERS.get(field.kind, _read_plain)
    return read(field, text.strip() if field.kind in _TRIMMED else text)


def text_of(field: FormField) -> str:
    """Return a field's value as it is typed. The reverse of `read_text`."""
    value = field.value
    if value is None:
        return ""
    if field.kind is FieldKind.JSON and not (field.takes_template and _is_template(value)):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read_number(field: FormField, text: str) -> Reading:
    if field.numeric is Numeric.INTEGER:
        try:
            return Reading(int(text))
        except ValueError:
            return Reading(fault="Enter a whole number, such as 200.")
    try:
        number = float(text)
    except ValueError:
        return Reading(fault="Enter a number, such as 80 or 0.5.")
    is_finite = number - number == 0
    return Reading(number) if is_finite else Reading(fault="Enter a number that has an end.")


def _read_plain(field: FormField, text: str) -> Reading:
    return Reading(int(text)) if field.numeric is not None and text.strip().isdecimal() else Reading(text)


def _read_duration(_field: FormField, text: str) -> Reading:
    if DURATION.fullmatch(text):
        return Reading(text)
    return Reading(fault="Enter a time such as 30s, 5m, 4h or 1d.")


def _read_json(field: FormField, text: str) -> Reading:
    if field.takes_template and _is_template(text):
        return Reading(text)
    if len(text) > MAX_JSON_CHARACTERS:
        return Reading(fault="This is too large for a field. Put it into a file.")
    try:
        return Reading(json.loads(text, parse_constant=_refuse_constant))
    except json.JSONDecodeError as error:
        return Reading(fault=f"This is no JSON: {error.msg} in line {error.lineno}, column {error.colno}.")
    except RecursionError:
        return Reading(fault="This JSON is nested too deep.")
    except ValueError as error:
        return Reading(fault=f"This is no JSON: {error}.")


def _is_template(value: Json) -> bool:
    """Tell whether a value is a text that begins as a template; no JSON begins so."""
    return isinstance(value, str) and value.lstrip().startswith("{{")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _read_choice(field: FormField, text: str) -> Reading:
    for choice in field.choices:
        if text in (choice.title, choice.value):
            return Reading(choice.value)
    if field.is_open:
        return Reading(int(text)) if field.numeric is not None and text.isdecimal() else Reading(text)
    return Reading(fault=f"“{text}” is not offered here.")


_READERS: Final[Mapping[FieldKind, Callable[[FormField, str], Reading]]] = {
    FieldKind.NUMBER: _read_number,
    FieldKind.DURATION: _read_duration,
    FieldKind.JSON: _read_json,
    FieldKind.CHOICE: _read_choice,
}
_TRIMMED: Final = frozenset({FieldKind.NUMBER, FieldKind.DURATION, FieldKind.CHOICE})
