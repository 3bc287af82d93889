"""The functions that may be applied to a value, in words: what each is called, takes and is told; without Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from tocsin.expressions.chain_shapes import TIME, fields_of_shape, shape_of_item
from tocsin.expressions.chains import ITEM, LinkKind, is_field_path
from tocsin.expressions.inference import JsonSchema
from tocsin.expressions.references import spell_path
from tocsin.expressions.rules import Operator, Path, Plain
from tocsin.ui.forms.fields import Choice, FieldKind, FormField
from tocsin.ui.forms.reading import Reading
from tocsin.ui.forms.rule_rows import read_value, text_of_value

NAME: Final = "name"
"""The part that holds what an item is called; no person is asked for it."""
_ESCAPES: Final = {"\n": "\\n", "\t": "\\t"}
"""How what is no letter is typed in a line."""
_DAYS: Final = re.compile(r"([0-9]+)d")


class Takes(StrEnum):
    """What a function is applied to. The value is the heading that it is offered under."""

    LIST = "Lists"
    OBJECT = "Objects"
    TEXT = "Text"
    TIME = "Times"
    ANY = "Other kinds of value"


@dataclass(frozen=True, slots=True)
class LinkWords:
    """How a function is shown.

    Attributes:
        title: What it does, as a verb.
        takes: What it is applied to.
        help: One sentence.
        parts: What it is told, in the order of `Link.said`.
    """

    title: str
    takes: Takes
    help: str
    parts: tuple[FormField, ...] = ()


def _part(
    name: str,
    title: str,
    kind: FieldKind = FieldKind.TEXT,
    *,
    required: bool = True,
    choices: tuple[Choice, ...] = (),
) -> FormField:
    is_open = kind is FieldKind.CHOICE and not choices
    return FormField((name,), title, kind, required=required, choices=choices, is_open=is_open)


_FIELD: Final = replace(_part("path", "Field", FieldKind.CHOICE), placeholder="Such as name or host.ip")
_HASHES: Final = ("sha256", "sha1", "md5", "sha512")
_STYLES: Final = (Choice("date", "Date"), Choice("rfc3339", "Date and time"))
_SPAN: Final = _part("span", "Time span", FieldKind.DURATION)
LINKS: Final[Mapping[LinkKind, LinkWords]] = {
    LinkKind.EACH: LinkWords("Pick a field of each", Takes.LIST, "The same field of every item.", (_FIELD,)),
    LinkKind.FILTER: LinkWords(
        "Keep only",
        Takes.LIST,
        "The items for which something holds.",
        (_part(NAME, "Name"), _part("test", "Holds when")),
    ),
    LinkKind.SORT: LinkWords("Sort", Takes.LIST, "Numbers, texts or times in order, smallest first."),
    LinkKind.SORT_BY: LinkWords("Sort by a field", Takes.LIST, "Items without the field come last.", (_FIELD,)),
    LinkKind.UNIQUE: LinkWords("Drop duplicates", Takes.LIST, "Each item once, where it stood first."),
    LinkKind.COUNT: LinkWords("Count", Takes.LIST, "How many items, entries or characters there are."),
    LinkKind.FIRST: LinkWords("Take the first", Takes.LIST, "The first item; of an empty list it fails."),
    LinkKind.JOIN: LinkWords(
        "Join to text", Takes.LIST, "The items as one text.", (_part("between", "Between the items", required=False),)
    ),
    LinkKind.MAKE: LinkWords(
        "Make from each",
        Takes.LIST,
        "What an expression gives for every item.",
        (_part(NAME, "Name"), _part("result", "Expression")),
    ),
    LinkKind.FIELD: LinkWords("Pick a field", Takes.OBJECT, "One field of an object.", (_FIELD,)),
    LinkKind.GET: LinkWords(
        "Pick a field, or else",
        Takes.OBJECT,
        "A field that may not be there, and what counts then.",
        (_FIELD, _part("default", "Or else", required=False)),
    ),
    LinkKind.KEYS: LinkWords("List the names", Takes.OBJECT, "The names of an object's fields, sorted."),
    LinkKind.ENTRIES: LinkWords("List names and values", Takes.OBJECT, "The fields as key and value, sorted by key."),
    LinkKind.INDICATORS: LinkWords(
        "Extract indicators", Takes.TEXT, "Addresses, domains, links, hashes and more, as type and value."
    ),
    LinkKind.DEFANG: LinkWords("Defang", Takes.TEXT, "Addresses and links made harmless to click."),
    LinkKind.REFANG: LinkWords("Refang", Takes.TEXT, "Addresses and links as they were."),
    LinkKind.URL: LinkWords("Take a link apart", Takes.TEXT, "Scheme, host, port, path and query."),
    LinkKind.READ_JSON: LinkWords("Parse JSON", Takes.TEXT, "The value that a JSON text says."),
    LinkKind.READ_TIME: LinkWords("Parse a date", Takes.TEXT, "A time with its zone, to be compared or moved."),
    LinkKind.HASH: LinkWords(
        "Hash",
        Takes.TEXT,
        "The digest in hexadecimal.",
        (_part("algorithm", "Digest", FieldKind.CHOICE, choices=tuple(Choice(one, one) for one in _HASHES)),),
    ),
    LinkKind.ENCODE: LinkWords("Encode as Base64", Takes.TEXT, "The text in Base64."),
    LinkKind.DECODE: LinkWords("Decode Base64", Takes.TEXT, "The text that Base64 holds."),
    LinkKind.WRITE_TIME: LinkWords(
        "Write a date", Takes.TIME, "In UTC.", (_part("style", "As", FieldKind.CHOICE, choices=_STYLES),)
    ),
    LinkKind.LATER: LinkWords("Move later", Takes.TIME, "A time after it.", (_SPAN,)),
    LinkKind.EARLIER: LinkWords("Move earlier", Takes.TIME, "A time before it.", (_SPAN,)),
    LinkKind.TEXT: LinkWords("Turn into text", Takes.ANY, "A number, a time, true or false as text."),
    LinkKind.WHOLE: LinkWords("Turn into a whole number", Takes.ANY, "A decimal number is cut."),
    LinkKind.DECIMAL: LinkWords("Turn into a decimal number", Takes.ANY, "A whole number, or a text that is one."),
    LinkKind.WRITE_JSON: LinkWords("Write as JSON", Takes.ANY, "Any value as a text in JSON."),
}
_PATHS: Final = frozenset({LinkKind.EACH, LinkKind.FIELD})
_TAKEN: Final = {"array": Takes.LIST, "object": Takes.OBJECT, "string": Takes.TEXT}
_OF_ITEM: Final = frozenset({LinkKind.EACH, LinkKind.SORT_BY, LinkKind.FILTER})
"""What asks for a field of an item, not of the value itself."""
_USUAL: Final[Mapping[LinkKind, tuple[Plain, ...]]] = {
    LinkKind.FILTER: (ITEM, ""),
    LinkKind.MAKE: (ITEM, ITEM),
    LinkKind.JOIN: (", ",),
    LinkKind.HASH: ("sha256",),
    LinkKind.WRITE_TIME: ("date",),
    LinkKind.LATER: ("24h",),
    LinkKind.EARLIER: ("24h",),
}


def usual_said(kind: LinkKind, name: str) -> tuple[Plain, ...]:
    """Return what a new function is told at first, () where a person has to say it.

    Args:
        kind: Which function.
        name: What an item may be called.
    """
    return tuple(name if one == ITEM else one for one in _USUAL.get(kind, ()))


def takes_of(shape: JsonSchema) -> Takes | None:
    """Return which functions fit a value of a shape; None where that is unknown."""
    if shape.get("format") == TIME["format"]:
        return Takes.TIME
    said = shape.get("type")
    kinds = [one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str) and one != "null"]
    return _TAKEN.get(kinds[0], Takes.ANY) if kinds else None


def offered(shape: JsonSchema) -> tuple[tuple[Takes, tuple[LinkKind, ...]], ...]:
    """Return the functions by what they take: those that fit a shape first."""
    first = takes_of(shape)
    order = sorted(Takes, key=lambda takes: takes is not first)
    return tuple((takes, tuple(kind for kind, one in LINKS.items() if one.takes is takes)) for takes in order)


def parts_of(kind: LinkKind, said: Sequence[Plain], shape: JsonSchema) -> tuple[FormField, ...]:
    """Return the fields of what a function is told, with their values as they are typed.

    Args:
        kind: Which function.
        said: What it is told now; shorter for one that is begun.
        shape: The shape of what it is applied to, for the fields that are offered.
    """
    names = names_of(shape_of_item(shape) if kind in _OF_ITEM else shape)
    found: list[FormField] = []
    for place, part in enumerate(LINKS[kind].parts):
        value = said[place] if place < len(said) else None
        found.append(_filled(part, value, names))
    return tuple(found)


def names_of(shape: JsonSchema) -> tuple[str, ...]:
    """Return the fields of an object as a path writes them."""
    return tuple(spell_path("", (name,)).removeprefix(".") for name in fields_of_shape(shape))


def read_parts(kind: LinkKind, typed: Mapping[str, str]) -> tuple[Plain, ...] | Reading:
    """Return what a function is told from what stands in its fields, or a Reading that says what is missing."""
    said: list[Plain] = []
    for part in LINKS[kind].parts:
        value = typed.get(part.name, "")
        if part.required and not value.strip():
            return Reading(fault=f"“{part.title}” is missing.")
        if part.name == "path" and kind in _PATHS and not is_field_path(value):
            return Reading(fault=f"“{value}” is no field. Write it as in “host.ip”.")
        said.append(_said(part, value))
    return tuple(said)


def _filled(part: FormField, value: Plain | None, names: Sequence[str]) -> FormField:
    choices = tuple(Choice(name, name) for name in names) if part.name == "path" else part.choices
    return replace(part, value=None if value is None else _typed(part, value), choices=choices)


def _typed(part: FormField, value: Plain) -> str | None:
    if part.name == "default":
        return text_of_value(value, {})
    return "".join(_ESCAPES.get(sign, sign) for sign in str(value)) if part.name == "between" else str(value)


def _said(part: FormField, value: str) -> Plain:
    if part.kind is FieldKind.DURATION:
        days = _DAYS.fullmatch(value)
        return f"{int(days.group(1)) * 24}h" if days else value  # CEL's durations know no days
    if part.name == "between":
        for sign, escape in _ESCAPES.items():
            value = value.replace(escape, sign)
        return value
    read = read_value(value, {}, Operator.IS) if part.name == "default" else value
    return value if isinstance(read, Reading | Path | tuple) else read
