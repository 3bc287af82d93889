"""Time spans as people write them, as the document does (`30s`) and as ISO 8601 does (`PT30S`)."""

from __future__ import annotations

import re
from typing import Final

from tocsin.base.texts import _
from tocsin.model.values import DURATION

MILLISECONDS: Final = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
UNIT_WORDS: Final = {
    "ms": ("ms", "ms"),
    "s": (_("second"), _("seconds")),
    "m": (_("minute"), _("minutes")),
    "h": (_("hour"), _("hours")),
    "d": (_("day"), _("days")),
}
"""What one of a unit is called, and more than one."""
USUAL: Final = ("30s", "1m", "5m", "15m", "1h", "4h", "24h", "7d")
"""What is offered where a time span is asked for."""

_Piece = tuple[int, str]
_SHORT: Final = {"m": _("min")}
_LONGEST: Final = 40  # characters
_PIECE: Final = re.compile(r"\s*([0-9]+)\s*([a-z]+)\.?\s*,?", re.ASCII | re.IGNORECASE)
_ISO: Final = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)
_ISO_UNITS: Final = ((7, "d"), (1, "d"), (1, "h"), (1, "m"), (1, "s"))
_WRITTEN: Final = {
    **dict.fromkeys(("ms", "msec", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
}


def read_duration(text: str) -> str | None:
    """Return a time span as the document writes it, or None: `5m`, `5 minutes`, `1h 30m`, `PT5M` are understood."""
    text = text.strip()
    if DURATION.fullmatch(text):
        return text
    read = _read_iso if text.upper().startswith("P") else _read_words
    pieces = read(text) if len(text) <= _LONGEST else []
    if len(pieces) == 1:
        return f"{pieces[0][0]}{pieces[0][1]}"
    return _shortest(sum(number * MILLISECONDS[unit] for number, unit in pieces)) if pieces else None


def iso_duration(duration: str) -> str:
    """Return a time span of the document as ISO 8601 writes it. Less than a second is cut."""
    seconds = _total(duration) // 1000
    if seconds and seconds % 86_400 == 0:
        return f"P{seconds // 86_400}D"
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    pieces = "".join(f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if number)
    return f"PT{pieces or '0S'}"


def duration_words(duration: str) -> str:
    """Return a time span as it is read: “24 hours”. A text that is none is returned as it is."""
    found = DURATION.fullmatch(duration)
    if found is None:
        return duration
    number, unit = int(found.group(1)), found.group(2)
    return f"{number} {UNIT_WORDS[unit][number != 1]}"


def short_words(duration: str) -> str:
    """Return a time span as it is read where there is little room: “30 s”, “4 min”."""
    found = DURATION.fullmatch(duration)
    return f"{found.group(1)} {_SHORT.get(found.group(2), found.group(2))}" if found else duration


def _read_words(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    place = 0
    while place < len(text):
        piece = _PIECE.match(text, place)
        unit = _WRITTEN.get(piece.group(2).lower()) if piece else None
        if piece is None or unit is None:
            return []
        pieces.append((int(piece.group(1)), unit))
        place = piece.end()
    return pieces


def _read_iso(text: str) -> list[_Piece]:
    found = _ISO.fullmatch(text.upper())
    numbers = found.groups() if found else ()
    return [(int(number) * times, unit) for number, (times, unit) in zip(numbers, _ISO_UNITS, strict=False) if number]


def _total(duration: str) -> int:
    found = DURATION.fullmatch(duration)
    return int(found.group(1)) * MILLISECONDS[found.group(2)] if found else 0


def _shortest(total: int) -> str:
    unit = next((unit for unit in ("d", "h", "m", "s") if total and total % MILLISECONDS[unit] == 0), "ms")
    return f"{total // MILLISECONDS[unit]}{unit}"
