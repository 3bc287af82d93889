"""A value as a chain: where it comes from, and the functions that are applied to it one after the other.

`reported.text.extract_indicators().map(x, x.value).unique()` is the source `reported.text` and three links. Every
expression is a chain, if only of its source: what cannot be taken apart stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.expressions.errors import ExpressionError
from tocsin.expressions.parser import parse
from tocsin.expressions.references import find_path, spell_path
from tocsin.expressions.rules import Plain, find_constant, has_comment, spell_constant
from tocsin.expressions.syntax import (
    Binary,
    Call,
    Has,
    Index,
    ListOf,
    Literal,
    Macro,
    MapOf,
    Name,
    Node,
    Select,
)
from tocsin.expressions.values import Path


class LinkKind(StrEnum):
    """What a link does. The value is CEL's function where it is one."""

    FIELD = "field"
    FIRST = "first"
    EACH = "each"
    FILTER = "filter"
    MAKE = "map"
    SORT = "sort"
    SORT_BY = "sort_by"
    UNIQUE = "unique"
    COUNT = "size"
    JOIN = "join_text"
    GET = "get"
    KEYS = "keys"
    ENTRIES = "entries"
    INDICATORS = "extract_indicators"
    DEFANG = "defang"
    REFANG = "refang"
    URL = "url"
    HASH = "hash"
    ENCODE = "base64_encode"
    DECODE = "base64_decode"
    READ_JSON = "from_json"
    WRITE_JSON = "to_json"
    READ_TIME = "parse_time"
    WRITE_TIME = "format_time"
    LATER = "later"
    EARLIER = "earlier"
    TEXT = "string"
    WHOLE = "int"
    DECIMAL = "double"


@dataclass(frozen=True, slots=True)
class Link:
    """One function that is applied.

    Attributes:
        kind: What it does.
        said: What it is told besides the value: a path for `FIELD` and `EACH` (`host.name`), the item's name and an
            expression for `FILTER` and `MAKE`, a span such as `24h` for times, constants for the others.
    """

    kind: LinkKind
    said: tuple[Plain, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """A value.

    Attributes:
        source: Where it comes from, as an expression writes it.
        links: What is applied to it, the first one first.
    """

    source: str
    links: tuple[Link, ...] = ()


COUNTS: Final[Mapping[LinkKind, int]] = {
    LinkKind.SORT: 0, LinkKind.SORT_BY: 1, LinkKind.UNIQUE: 0, LinkKind.COUNT: 0, LinkKind.JOIN: 1, LinkKind.GET: 2,
    LinkKind.KEYS: 0, LinkKind.ENTRIES: 0, LinkKind.INDICATORS: 0, LinkKind.DEFANG: 0, LinkKind.REFANG: 0,
    LinkKind.URL: 0, LinkKind.HASH: 1, LinkKind.ENCODE: 0, LinkKind.DECODE: 0, LinkKind.READ_JSON: 0,
    LinkKind.WRITE_JSON: 0, LinkKind.READ_TIME: 0, LinkKind.WRITE_TIME: 1, LinkKind.TEXT: 0, LinkKind.WHOLE: 0,
    LinkKind.DECIMAL: 0,
}  # fmt: skip
"""The kinds that are a function of CEL or of Tocsin, and how many constants each is told."""

ITEM: Final = "x"
"""What an item is called in what is written anew, unless something else is called so."""
_SPANS: Final[Mapping[str, LinkKind]] = {"+": LinkKind.LATER, "-": LinkKind.EARLIER}
_SIGNS: Final[Mapping[LinkKind, str]] = {kind: sign for sign, kind in _SPANS.items()}
_HELD: Final = (Name, Select, Index, Call, Macro, Has, ListOf, MapOf)
"""What a point can follow without brackets."""
_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def read_chain(text: str) -> Chain | None:
    """Return the chain that an expression is; None for what is none, or has a comment, which a chain would lose."""
    try:
        node = parse(text)
    except ExpressionError:
        return None
    if has_comment(text):
        return None
    links: list[Link] = []
    while (taken := _take(node, text)) is not None:
        link, node = taken
        links.append(link)
    return Chain(_bare(_between(node, text)), tuple(reversed(links)))


def write_chain(chain: Chain) -> str:
    """Return the expression of a chain. A field or first item right behind a path reads back as part of that path."""
    text, item = chain.source, free_name(chain)
    for link in chain.links:
        text = _linked(text, link, item)
    return text


def free_name(chain: Chain) -> str:
    """Return what an item may be called in a chain: nothing in it is called so."""
    said = " ".join((chain.source, *(str(one) for link in chain.links for one in link.said)))
    taken = frozenset(_WORD.findall(said))
    return next(name for name in _names() if name not in taken)


def is_field_path(text: str) -> bool:
    """Tell whether a text leads from a value to a part of it: `name`, `host.ip`, `hosts[0]`, `["rule.name"]`."""
    try:
        found = find_path(parse(_after(ITEM, text)))
    except ExpressionError:
        return False
    return found is not None and bool(found[1])


def _names() -> Iterator[str]:
    yield ITEM
    number = 2
    while True:
        yield f"{ITEM}{number}"
        number += 1


def _take(node: Node, text: str) -> tuple[Link, Node] | None:
    """Return the last function that is applied, and what it is applied to."""
    match node:
        case Select() | Index():
            return _take_part(node)
        case Macro():
            return _take_macro(node, text)
        case Binary(right=Call(function="duration", arguments=(Literal(value=str() as span),))):
            return (Link(_SPANS[node.operator], (span,)), node.left) if node.operator in _SPANS else None
        case Call(function=function, arguments=(first, *others)) if function in COUNTS:
            said = tuple(constant for one in others if (constant := find_constant(one)) is not None)
            is_whole = len(said) == len(others) == COUNTS[LinkKind(function)]
            return (Link(LinkKind(function), said), first) if is_whole else None
        case _:
            return None


def _take_part(node: Select | Index) -> tuple[Link, Node] | None:
    """Return the fields behind a function as one link; a path from a name is a source."""
    path, inner = _fields(node)
    if not path or isinstance(inner, Name):
        return None
    if path == (0,):
        return Link(LinkKind.FIRST), inner
    return Link(LinkKind.FIELD, (spell_path("", path).removeprefix("."),)), inner


def _fields(node: Node) -> tuple[Path, Node]:
    parts: list[str | int] = []
    while True:
        match node:
            case Select():
                parts.append(node.member)
                node = node.operand
            case Index(index=Literal(type="string" | "int", value=str() | int() as part)):
                parts.append(part)
                node = node.operand
            case _:
                return tuple(reversed(parts)), node


def _take_macro(node: Macro, text: str) -> tuple[Link, Node] | None:
    if node.macro not in {LinkKind.FILTER, LinkKind.MAKE} or len(node.steps) != 1:
        return None
    step = node.steps[0]
    found = find_path(step) if node.macro == LinkKind.MAKE else None
    if found is not None and found[0].name == node.variable and found[1]:
        return Link(LinkKind.EACH, (spell_path("", found[1]).removeprefix("."),)), node.range
    return Link(LinkKind(node.macro), (node.variable, _between(step, text))), node.range


def _between(node: Node, text: str) -> str:
    return text[node.start : node.end].strip()


def _linked(text: str, link: Link, item: str) -> str:
    match link.kind:
        case LinkKind.LATER | LinkKind.EARLIER:
            return f"{_held(text)} {_SIGNS[link.kind]} duration({spell_constant(link.said[0])})"
        case LinkKind.FIELD:
            return _after(_held(text), str(link.said[0]))
        case LinkKind.FIRST:
            return f"{_held(text)}[0]"
        case LinkKind.EACH:
            return f"{_held(text)}.map({item}, {_after(item, str(link.said[0]))})"
        case LinkKind.FILTER | LinkKind.MAKE:
            return f"{_held(text)}.{link.kind}({link.said[0]}, {link.said[1]})"
        case _:
            return f"{_held(text)}.{link.kind}({', '.join(map(spell_constant, link.said))})"


def _after(text: str, path: str) -> str:
    return text + path if path.startswith("[") else f"{text}.{path}"


def _held(text: str) -> str:
    """Return an expression so that a point can follow it."""
    try:
        node = parse(text)
    except ExpressionError:
        return f"({text})"
    is_held = isinstance(node, _HELD) or (isinstance(node, Literal) and node.type == "string")
    return text if is_held else f"({text})"


def _bare(text: str) -> str:
    """Return an expression without the brackets around it all; `(a) + (b)` has none such."""
    while text.startswith("(") and text.endswith(")"):
        try:
            parse(text[1:-1])
        except ExpressionError:
            break
        text = text[1:-1].strip()
    return text
