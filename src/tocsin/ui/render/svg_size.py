"""Makes an SVG of Qt's generator smaller without changing what it shows: outlines of words are most of it."""

from __future__ import annotations

import re
from typing import Final

_PATH: Final = re.compile(r' d="([^"]*)"')
_COMMAND: Final = re.compile(r"([MLCZ])([^MLCZ]*)")
_FONT: Final = re.compile(r'\nfont-family="[^"]*" font-size="[^"]*" font-weight="[^"]*" font-style="[^"]*" \n')
_NOTHING: Final = re.compile(r"<g [^>]*>\s*</g>\s*")
_ORDER: Final = 100
"""Places are rounded to so many parts of a pixel."""


def shorten_svg(svg: str) -> str:
    """Return it with relative paths in hundredths of a pixel, without fonts (no words are left) and empty groups."""
    lean = _NOTHING.sub("", _FONT.sub("", svg)).replace(' vector-effect="none"', "")
    return _PATH.sub(lambda found: f' d="{_relative(found.group(1))}"', lean)


def _relative(path: str) -> str:
    """Return a path of absolute M, L, C and Z with relative steps; each is rounded from where the last one ended."""
    x, y = 0, 0
    start = (0, 0)
    parts: list[str] = []
    for command, rest in _COMMAND.findall(path):
        if command == "Z":
            x, y = start
            parts.append("z")
            continue
        numbers = [round(float(number) * _ORDER) for number in rest.replace(",", " ").split()]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        parts.append(command.lower() + _joined([value for px, py in points for value in (px - x, py - y)]))
        x, y = points[-1]
        start = (x, y) if command == "M" else start
    return "".join(parts)


def _joined(hundredths: list[int]) -> str:
    """Return numbers one after the other, with a blank only where a sign does not part them."""
    words = [f"{value / _ORDER:.2f}".rstrip("0").rstrip(".") or "0" for value in hundredths]
    short = [word.replace("0.", ".", 1) if word.startswith(("0.", "-0.")) else word for word in words]
    return "".join(word if word.startswith("-") or not index else f" {word}" for index, word in enumerate(short))
