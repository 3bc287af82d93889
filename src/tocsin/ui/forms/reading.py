"""What a person typed → a value, or why not; and back. The same reading for every widget and test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.ui.forms.cron import find_cron_fault
from tocsin.ui.forms.durations import duration_words, iso_duration, read_duration
from tocsin.ui.forms.fields import CHOSEN, NETWORK, FieldKind, FormField, Numeric
from tocsin.ui.forms.indicators import find_indicator_fault

MAX_JSON_CHARACTERS = 1_000_000
REQUIRED: Final = _("This field is required.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text: a value, or a fault in words. None as a value removes the key."""

    value: Json = None
    fault: str = ""


def read_text(field: FormField, text: str) -> Reading:
    """Read what was typed into a field."""
    if not text.strip():
        return Reading(fault=REQUIRED) if field.required else Reading()
    if field.takes_template and "{{" in text and field.kind is not FieldKind.JSON:
        return Reading(text)
    read = _READERS.get(field.kind, _read_plain)
    return read(field, text.strip() if field.kind in _TRIMMED else text)


def text_of(field: FormField) -> str:
    """Return a field's value as it is typed. The reverse of `read_text`."""
    value = field.value
    if value is None:
        return ""
    if field.kind is FieldKind.JSON and not (field.takes_template and is_template(value)):
        return json.dumps(value, ensure_ascii=False, indent=2)
    if field.kind is FieldKind.DURATION:
        return duration_words(str(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def fitted(field: FormField, value: Json) -> FormField:
    """Return the field with a value; as JSON when a field of its kind could not show that."""
    if value is None and field.value is None:
        return field
    shown = replace(field, value=value)
    if field.kind in {FieldKind.TEXT, FieldKind.CHAIN} and isinstance(value, str) and "\n" in value:
        shown = replace(shown, kind=FieldKind.MULTILINE)
    return shown if _fits(shown) else replace(shown, kind=FieldKind.JSON, parts=())


def holds_template(field: FormField, value: Json) -> bool:
    """Tell whether a value is text with values in it, where the field takes such."""
    return field.takes_template and isinstance(value, str) and "{{" in value


def is_template(value: Json) -> bool:
    """Tell whether a value is a text that begins as a template; no JSON begins so."""
    return isinstance(value, str) and value.lstrip().startswith("{{")


def is_same(one: Json, other: Json) -> bool:
    """Tell whether two values are the same, the order of an object's names included: a person has put it so."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return one == other


def _fits(field: FormField) -> bool:
    value = field.value
    if value is None or holds_template(field, value) or field.kind is FieldKind.JSON:
        return True
    if isinstance(value, dict | list):
        return field.kind is FieldKind.SCHEMA or _fits_whole(field, value)
    match field.kind:
        case FieldKind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case FieldKind.CHOICE | FieldKind.SENTENCE:
            return True
        case FieldKind.FLAG:
            return isinstance(value, bool)
        case _:
            is_whole = field.numeric is not None and isinstance(value, int) and not isinstance(value, bool)
            return field.kind not in _WHOLES and (isinstance(value, str) or is_whole)


def _fits_whole(field: FormField, value: Mapping[str, Json] | Sequence[Json]) -> bool:
    """Nothing in it may be blank: a cell that is empty says nothing, and would lose that."""
    parts = list(value.values()) if isinstance(value, Mapping) else list(value)
    if any(_is_blank(part) for part in parts):
        return False
    is_deep = field.kind is FieldKind.TABLE or (field.kind is FieldKind.MAP and bool(field.parts[0].place))
    if is_deep and not all(isinstance(row, dict) and not any(map(_is_blank, row.values())) for row in parts):
        return False
    return field.kind in ({FieldKind.MAP, FieldKind.OBJECT} if isinstance(value, Mapping) else _LISTS)


def _is_blank(value: Json) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _read_number(field: FormField, text: str) -> Reading:
    try:
        number = int(text) if field.numeric is Numeric.INTEGER else float(text)
    except ValueError:
        is_whole = field.numeric is Numeric.INTEGER
        return Reading(
            fault=_("Enter a whole number, such as {placeholder}.").format(placeholder=field.placeholder or 200)
            if is_whole
            else _ANY_NUMBER
        )
    if number - number != 0:
        return Reading(fault=_("Enter a number that has an end."))
    if field.least is not None and number < field.least:
        return Reading(fault=_("Enter {least:g} or more.").format(least=field.least))
    if field.most is not None and number > field.most:
        return Reading(fault=_("Enter {most:g} or less.").format(most=field.most))
    return Reading(number)


def _read_plain(field: FormField, text: str) -> Reading:
    return Reading(int(text)) if field.numeric is not None and text.strip().isdecimal() else Reading(text)


def _read_duration(field: FormField, text: str) -> Reading:
    read = read_duration(text)
    if read is None:
        return Reading(fault=_("Enter a time such as 30s, 5m, 4h or 1d."))
    if field.kind is FieldKind.ISO_DURATION:
        return Reading(text if text.startswith("P") else iso_duration(read))
    return Reading(read)


def _read_time(_field: FormField, text: str) -> Reading:
    """A time without a zone could be any of them, so it is refused."""
    written = text.removesuffix("UTC").rstrip() + "Z" if text.endswith("UTC") else text
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return Reading(fault=_("Enter a time with its zone, such as 2026-11-24 10:42 UTC."))
    is_iso = "T" in text and "UTC" not in text
    return Reading(text if is_iso else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _read_indicator(field: FormField, text: str) -> Reading:
    fault = find_indicator_fault(field.kind, text)
    return Reading(fault=fault) if fault else Reading(text)


def _read_json(field: FormField, text: str) -> Reading:
    if field.takes_template and is_template(text):
        return Reading(text)
    if len(text) > MAX_JSON_CHARACTERS:
        return Reading(fault=_("This is too large for a field. Put it into a file."))
    try:
        return Reading(json.loads(text, parse_constant=_refuse_constant))
    except json.JSONDecodeError as error:
        return Reading(
            fault=_("This is no JSON: {msg} in line {lineno}, column {colno}.").format(
                msg=error.msg, lineno=error.lineno, colno=error.colno
            )
        )
    except RecursionError:
        return Reading(fault=_("This JSON is nested too deep."))
    except ValueError as error:
        return Reading(fault=_("This is no JSON: {error}.").format(error=error))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _read_cron(field: FormField, text: str) -> Reading:
    written = next((choice.value for choice in field.choices if choice.title == text), text)
    fault = find_cron_fault(str(written))
    return Reading(fault=fault) if fault else Reading(written)


def _read_choice(field: FormField, text: str) -> Reading:
    for choice in field.choices:
        if text in (choice.title, choice.value):
            return Reading(choice.value)
    if field.is_open:
        return Reading(int(text)) if field.numeric is not None and text.isdecimal() else Reading(text)
    return Reading(fault=_("“{text}” is not offered here.").format(text=text))


_LISTS: Final = frozenset({FieldKind.LIST, FieldKind.TABLE})
_WHOLES: Final = _LISTS | {FieldKind.MAP, FieldKind.OBJECT}
_ANY_NUMBER: Final = _("Enter a number, such as 80 or 0.5.")
_READERS: Final[Mapping[FieldKind, Callable[[FormField, str], Reading]]] = {
    FieldKind.NUMBER: _read_number,
    FieldKind.DURATION: _read_duration,
    FieldKind.ISO_DURATION: _read_duration,
    FieldKind.TIME: _read_time,
    FieldKind.JSON: _read_json,
    FieldKind.CRON: _read_cron,
    **dict.fromkeys(CHOSEN, _read_choice),
    **dict.fromkeys(NETWORK, _read_indicator),
}
_TRIMMED: Final = frozenset(_READERS) - {FieldKind.JSON}
