"""Text from outside made safe to print: no control characters, no reordering, one line (field.md S14)."""

from __future__ import annotations

import unicodedata
from typing import Final

_HIDDEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co"})
_LAST_TWO: Final = 0xFFFE
"""Of each plane the last two code points are no characters (Unicode 16, §23.7); XML has no place for the first such."""


def one_line(text: str, *, most: int = 300) -> str:
    """Return the text in one line, with what cannot be seen escaped, cut at `most` characters."""
    shown = "".join(_shown(character) for character in text[: most * 2])
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def _shown(character: str) -> str:
    if character in "\n\r\t":
        return " "
    number = ord(character)
    if unicodedata.category(character) not in _HIDDEN and number & _LAST_TWO != _LAST_TWO:
        return character
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
