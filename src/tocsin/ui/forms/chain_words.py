"""The functions that may be applied to a value, in words: what each is called, takes and is told; without Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from tocsin.base.texts import _
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

    LIST = _("Lists")
    OBJECT = _("Objects")
    TEXT = _("Text")
    TIME = _("Times")
    ANY = _("Other kinds of value")


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


_FIELD: Final = replace(_part("path", _("Field"), FieldKind.CHOICE), placeholder=_("Such as name or host.ip"))
_HASHES: Final = ("sha256", "sha1", "md5", "sha512")
_STYLES: Final = (Choice("date", _("Date")), Choice("rfc3339", _("Date and time")))
_SPAN: Final = _part("span", _("Time span"), FieldKind.DURATION)
LINKS: Final[Mapping[LinkKind, LinkWords]] = {
    LinkKind.EACH: LinkWords(_("Pick a field of each"), Takes.LIST, _("The same field of every item."), (_FIELD,)),
    LinkKind.FILTER: LinkWords(
        _("Keep only"),
        Takes.LIST,
        _("The items for which something holds."),
        (_part(NAME, _("Name")), _part("test", _("Holds when"))),
    ),
    LinkKind.SORT: LinkWords(_("Sort"), Takes.LIST, _("Numbers, texts or times in order, smallest first.")),
    LinkKind.SORT_BY: LinkWords(_("Sort by a field"), Takes.LIST, _("Items without the field come last."), (_FIELD,)),
    LinkKind.UNIQUE: LinkWords(_("Drop duplicates"), Takes.LIST, _("Each item once, where it stood first.")),
    LinkKind.COUNT: LinkWords(_("Count"), Takes.LIST, _("How many items, entries or characters there are.")),
    LinkKind.FIRST: LinkWords(_("Take the first"), Takes.LIST, _("The first item; of an empty list it fails.")),
    LinkKind.JOIN: LinkWords(
        _("Join to text"),
        Takes.LIST,
        _("The items as one text."),
        (_part("between", _("Between the items"), required=False),),
    ),
    LinkKind.MAKE: LinkWords(
        _("Make from each"),
        Takes.LIST,
        _("What an expression gives for every item."),
        (_part(NAME, _("Name")), _part("result", _("Expression"))),
    ),
    LinkKind.FIELD: LinkWords(_("Pick a field"), Takes.OBJECT, _("One field of an object."), (_FIELD,)),
    LinkKind.GET: LinkWords(
        _("Pick a field, or else"),
        Takes.OBJECT,
        _("A field that may not be there, and what counts then."),
        (_FIELD, _part("default", _("Or else"), required=False)),
    ),
    LinkKind.KEYS: LinkWords(_("List the names"), Takes.OBJECT, _("The names of an object's fields, sorted.")),
    LinkKind.ENTRIES: LinkWords(
        _("List names and values"), Takes.OBJECT, _("The fields as key and value, sorted by key.")
    ),
    LinkKind.INDICATORS: LinkWords(
        _("Extract indicators"), Takes.TEXT, _("Addresses, domains, links, hashes and more, as type and value.")
    ),
    LinkKind.DEFANG: LinkWords(_("Defang"), Takes.TEXT, _("Addresses and links made harmless to click.")),
    LinkKind.REFANG: LinkWords(_("Refang"), Takes.TEXT, _("Addresses and links as they were.")),
    LinkKind.URL: LinkWords(_("Take a link apart"), Takes.TEXT, _("Scheme, host, port, path and query.")),
    LinkKind.READ_JSON: LinkWords(_("Parse JSON"), Takes.TEXT, _("The value that a JSON text says.")),
    LinkKind.READ_TIME: LinkWords(_("Parse a date"), Takes.TEXT, _("A time with its zone, to be compared or moved.")),
    LinkKind.HASH: LinkWords(
        _("Hash"),
        Takes.TEXT,
        _("The digest in hexadecimal."),
        (_part("algorithm", _("Digest"), FieldKind.CHOICE, choices=tuple(Choice(one, one) for one in _HASHES)),),
    ),
    LinkKind.ENCODE: LinkWords(_("Encode as Base64"), Takes.TEXT, _("The text in Base64.")),
    LinkKind.DECODE: LinkWords(_("Decode Base64"), Takes.TEXT, _("The text that Base64 holds.")),
    LinkKind.WRITE_TIME: LinkWords(
        _("Write a date"), Takes.TIME, _("In UTC."), (_part("style", _("As"), FieldKind.CHOICE, choices=_STYLES),)
    ),
    LinkKind.LATER: LinkWords(_("Move later"), Takes.TIME, _("A time after it."), (_SPAN,)),
    LinkKind.EARLIER: LinkWords(_("Move earlier"), Takes.TIME, _("A time before it."), (_SPAN,)),
    LinkKind.TEXT: LinkWords(_("Turn into text"), Takes.ANY, _("A number, a time, true or false as text.")),
    LinkKind.WHOLE: LinkWords(_("Turn into a whole number"), Takes.ANY, _("A decimal number is cut.")),
    LinkKind.DECIMAL: LinkWords(
        _("Turn into a decimal number"), Takes.ANY, _("A whole number, or a text that is one.")
    ),
    LinkKind.WRITE_JSON: LinkWords(_("Write as JSON"), Takes.ANY, _("Any value as a text in JSON.")),
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
            return Reading(fault=_("“{title}” is missing.").format(title=part.title))
        if part.name == "path" and kind in _PATHS and not is_field_path(value):
            return Reading(fault=_("“{value}” is no field. Write it as in “host.ip”.").format(value=value))
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
