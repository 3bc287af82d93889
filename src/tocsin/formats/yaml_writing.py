"""Writes YAML that a person can read, review and merge: block style, one value a line, no line folded, no aliases."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from tocsin.base.json_types import Json
from tocsin.formats.yaml_tree import read_plain


class Quoted(str):
    """A text that is always put in double quotes when it is one line: expressions and templates."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Data that is written on one line."""

    value: Json


Writable: TypeAlias = "Json | Flow | Sequence[Writable] | Mapping[str, Writable]"
_INDENT: Final = "  "
_LONG: Final = 100
_LONGEST_KEY: Final = 1000  # a key on one line with its value may have 1,024 characters (YAML 1.2 §7.4.2)
_PLAIN: Final = re.compile(r"[A-Za-z0-9_/(.](?:[\w./@+()%=;,*&!?'“”…> -]|:(?=\S))*")
_AMBIGUOUS: Final = re.compile(r"[-+.0-9].*|0[xo].*|=")
_OLD_WORDS: Final = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null", "~", ""})
_ODD: Final = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202f-\u2065\u2070-\ud7ff\ue000-\ufdff\ufe10-\ufefe\uff00-\ufff0]")


def write_yaml(data: Mapping[str, Writable]) -> str:
    """Return the text of a document. Read again it gives the same data.

    Keys keep their order. Texts with line breaks, and long ones, become literal blocks unless blanks or odd
    characters would be lost to the eye.
    """
    return "\n".join(_map_lines(data, "")) + "\n" if data else "{}\n"


def _map_lines(data: Mapping[str, Writable], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = _scalar(key)
        if len(name) > _LONGEST_KEY:
            yield f"{indent}? {name}"
            yield from _after(f"{indent}:", value, indent)
        else:
            yield from _after(f"{indent}{name}:", value, indent)


def _list_lines(items: Sequence[Writable], indent: str) -> Iterator[str]:
    for item in items:
        inner = indent + _INDENT
        if _is_filled(item):
            lines = list(_map_lines(item, inner) if isinstance(item, Mapping) else _list_lines(_items(item), inner))
            yield f"{indent}- {lines[0][len(inner) :]}"
            yield from lines[1:]
        else:
            yield from _after(f"{indent}-", item, indent)


def _after(start: str, value: Writable, indent: str) -> Iterator[str]:
    """The lines of a value whose key, or whose list's dash, is `start`."""
    if isinstance(value, Flow):
        yield f"{start} {_flow(value.value)}"
    elif isinstance(value, str):
        yield from _text_lines(start, value, indent + _INDENT)
    elif not isinstance(value, Mapping | Sequence):
        yield f"{start} {_scalar(value)}"
    elif not value:
        yield f"{start} {'{}' if isinstance(value, Mapping) else '[]'}"
    else:
        yield start
        yield from _map_lines(value, indent + _INDENT) if isinstance(value, Mapping) else _list_lines(value, indent)


def _is_filled(value: Writable) -> bool:
    return isinstance(value, Mapping | Sequence) and not isinstance(value, str) and bool(value)


def _items(value: Writable) -> Sequence[Writable]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _text_lines(start: str, text: str, indent: str) -> Iterator[str]:
    if not _suits_a_block(text):
        yield f"{start} {_scalar(text)}"
        return
    body = text.removesuffix("\n")
    chomping = "-" if body is text or body == text else ""
    yield f"{start} |{chomping}"
    for line in body.split("\n"):
        yield indent + line if line else ""


def _suits_a_block(text: str) -> bool:
    """Tell whether a literal block keeps the text and shows all of it."""
    body = text.removesuffix("\n")
    if "\n" not in body and (isinstance(text, Quoted) or len(text) <= _LONG):
        return False
    lines = body.split("\n")
    return (
        _ODD.search(text) is None
        and body[:1] not in {" ", "\n", ""}
        and lines[-1] != ""
        and all(line == line.rstrip() for line in lines)
    )


def _scalar(value: Json) -> str:
    if isinstance(value, Quoted):
        return _quoted(value)
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value)


def _number(value: float) -> str:
    """A number that stays a float when read again; 1e+22 needs no dot in our reading, but does in YAML 1.1."""
    text = repr(value)
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}{'' if '.' in mantissa else '.0'}{e}{exponent}"


def _is_plain(text: str) -> bool:
    """Tell whether YAML 1.1 and 1.2 readers alike take the bare text as this text."""
    return (
        _PLAIN.fullmatch(text) is not None
        and text.lower() not in _OLD_WORDS
        and (_AMBIGUOUS.fullmatch(text) is None or _is_date_or_address(text))
        and isinstance(read_plain(text), str)
        and not text.endswith(" ")
        and len(text) <= _LONG
    )


def _is_date_or_address(text: str) -> bool:
    return re.fullmatch(r"[0-9]+(ms|s|m|h|d)|[0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]+)?", text) is not None


def _quoted(text: str) -> str:
    """The text in double quotes; what cannot be seen is escaped. JSON's escapes are YAML's (YAML 1.2 §5.7)."""
    return _ODD.sub(lambda match: _escape(match.group()), json.dumps(text, ensure_ascii=False))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"


def _flow(value: Json) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow_key(key)}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    return _quoted(value) if isinstance(value, str) else _scalar(value)


def _flow_key(key: str) -> str:
    return key if _is_plain(key) and key.isidentifier() else _quoted(key)
