r"""LDAP search filters: from their text form (RFC 4515) to what is sent (RFC 4511 §4.5.1.7).

A value's special characters are escaped in the text (`quote_ldap_filter`), so that what stands for data can be no
part of the filter: `*`, `(`, `)` and `\` inside of a value are `\2a`, `\28`, `\29` and `\5c`.
"""

from __future__ import annotations

import re
from typing import Final

from tocsin.base.texts import _
from tocsin.connectors.errors import SlotError
from tocsin.connectors.protocols.ber import encode, octets

_AND, _OR, _NOT = 0xA0, 0xA1, 0xA2
_SUBSTRINGS, _PRESENT, _EXTENSIBLE = 0xA4, 0x87, 0xA9
_COMPARED: Final = {"=": 0xA3, ">=": 0xA5, "<=": 0xA6, "~=": 0xA8}
_ITEM: Final = re.compile(r"([A-Za-z][A-Za-z0-9.;-]*)(?::([A-Za-z0-9.-]+):)?(=|>=|<=|~=)([^()]*)", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\(?:([0-9a-fA-F]{2})|)")
_DEEPEST: Final = 20


def filter_of(text: str) -> bytes:
    """Return a filter as it is sent.

    Raises:
        SlotError: The text is no filter.
    """
    encoded, end = _filter(text, 0, 0)
    if end != len(text):
        raise _fault()
    return encoded


def _filter(text: str, at: int, depth: int) -> tuple[bytes, int]:
    if depth > _DEEPEST or text[at : at + 1] != "(":
        raise _fault()
    sign = text[at + 1 : at + 2]
    if sign in {"&", "|", "!"}:
        return _combined(sign, text, at + 2, depth)
    match = _ITEM.match(text, at + 1)
    if match is None or text[match.end() : match.end() + 1] != ")":
        raise _fault()
    return _item(*match.groups()), match.end() + 1


def _combined(sign: str, text: str, at: int, depth: int) -> tuple[bytes, int]:
    parts: list[bytes] = []
    while text[at : at + 1] == "(":
        part, at = _filter(text, at, depth + 1)
        parts.append(part)
    if text[at : at + 1] != ")" or not parts or (sign == "!" and len(parts) != 1):
        raise _fault()
    return encode({"&": _AND, "|": _OR, "!": _NOT}[sign], *parts), at + 1


def _item(attribute: str, rule: str | None, compared: str, value: str) -> bytes:
    if rule is not None:
        matched = octets(rule, 0x81), octets(attribute, 0x82), octets(_value(value), 0x83)
        return encode(_EXTENSIBLE, *matched)
    if compared == "=" and value == "*":
        return octets(attribute, _PRESENT)
    if compared == "=" and "*" in value:
        first, *middle, last = value.split("*")
        pieces = [(0x80, first), *((0x81, part) for part in middle), (0x82, last)]
        return encode(_SUBSTRINGS, octets(attribute), encode(0x30, *(octets(_value(p), t) for t, p in pieces if p)))
    return encode(_COMPARED[compared], octets(attribute), octets(_value(value)))


def _value(text: str) -> bytes:
    def unescaped(match: re.Match[bytes]) -> bytes:
        if match[1] is None:
            raise _fault()
        return bytes.fromhex(match[1].decode())

    return _ESCAPE.sub(unescaped, text.encode())


def _fault() -> SlotError:
    return SlotError(_("an LDAP search"), _("makes it no filter that can be read"))
