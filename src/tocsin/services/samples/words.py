"""Values, types and fields in words, one short line each. Data is never read as anything but data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, plural
from tocsin.base.times import in_zone, zone_mark
from tocsin.expressions.values import text_of

LONGEST: Final = 200
_SHORT: Final = {
    "id": "ID",
    "ip": "IP",
    "url": "URL",
    "src": _("Source"),
    "dst": _("Destination"),
    "os": "OS",
    "cve": "CVE",
}
_TYPES: Final[Mapping[str, str]] = {
    "string": _("text"), "number": _("number"), "integer": _("number"), "boolean": _("true or false"),
    "array": _("list"), "object": _("map"), "null": "null",
}  # fmt: skip
_TIMES: Final = frozenset({"date-time", "date"})
_FEW: Final = 3


def field_title(name: str, schema: Mapping[str, Any]) -> str:
    """Return what a field is called: its title, else its name in words."""
    title = schema.get("title")
    if isinstance(title, str) and title:
        return _line(title)
    return _words_of(name)


@lru_cache(maxsize=4096)
def _words_of(name: str) -> str:
    words = [_SHORT.get(word, word) for word in name.replace("-", "_").split("_") if word]
    text = _line(" ".join(words))
    return text[:1].upper() + text[1:]


def type_words(schema: Mapping[str, Any], value: Json = None) -> str:
    """Return what kind of value it is, in a word: of its schema, else of the sample; "" when neither says."""
    kind = schema.get("type")
    if kind == "string" and schema.get("format") in _TIMES:
        return _("time")
    if isinstance(kind, str):
        return _TYPES.get(kind, "")
    return "" if value is None else _TYPES[_json_type(value)]


def sample_words(value: Json, title: str = "") -> str:
    """Return a value as a list shows it: short, and in one line. Long lists say how many of what there are."""
    if isinstance(value, str):
        return _time_words(value) or _line(value)
    if isinstance(value, Mapping):
        return plural("{n} field", "{n} fields", len(value)).format(n=len(value))
    if isinstance(value, Sequence):
        return _list_words(value, title)
    return result_words(value)


def result_words(value: Json) -> str:
    """Return a value as a result shows it: text and numbers as templates write them, all else as JSON; in one line."""
    if isinstance(value, Mapping | list | tuple) or value is None:
        return one_line(json.dumps(_cut(value), ensure_ascii=False), most=LONGEST)
    return _line(text_of(value))


def _line(text: str) -> str:
    """Return a text in one line; most are one already, and a list of values has many."""
    return text if len(text) <= LONGEST and text.isprintable() else one_line(text, most=LONGEST)


def _cut(value: Json, depth: int = 0) -> Json:
    """Leave out what would not be shown anyway, so that a large value costs no more than a small one."""
    if isinstance(value, str):
        return value[: 2 * LONGEST]
    if isinstance(value, Mapping):
        if depth > _FEW:
            return "…"
        return {key: _cut(value[key], depth + 1) for key in list(value)[:LONGEST]}
    if isinstance(value, Sequence):
        return "…" if depth > _FEW else [_cut(part, depth + 1) for part in value[:LONGEST]]
    return value


def _list_words(items: Sequence[Json], title: str) -> str:
    plain = [result_words(item) for item in items[:_FEW] if not isinstance(item, Mapping | list | tuple)]
    if len(items) <= _FEW and len(plain) == len(items) and items:
        return one_line(", ".join(plain), most=LONGEST)
    noun = title.lower()
    if not noun:
        return plural("{n} item", "{n} items", len(items)).format(n=len(items))
    return f"{len(items)} {noun.removesuffix('s') if len(items) == 1 else noun}"


def _time_words(text: str) -> str:
    """Return a time with its zone, as the design writes times; "" for other text."""
    if len(text) < len("2026-11-24T03:00Z") or text[4:5] != "-" or text[10:11] not in {"T", " "}:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    if moment.tzinfo is None:
        return ""
    shown = in_zone(moment)
    return f"{shown:%Y-%m-%d %H:%M} {zone_mark(shown)}"


def _json_type(value: Json) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return _("number")
    if isinstance(value, str):
        return "string"
    return "object" if isinstance(value, Mapping) else "array"
