"""Shows every time in the zone that was chosen once, UTC or this computer's own, and says which (field.md H6).

It is chosen by `choose` before the rooms are imported and holds until the process ends, as the language does. What
programs read (journal, `--json`, data) stays in UTC: `clock.rfc3339`.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Final

OF_UTC: Final = "utc"
LOCAL: Final = "local"


class _Chosen:
    """What was chosen. Columns keep one zone though the clocks may be put back while the program runs."""

    is_local: bool = False
    of_columns: tzinfo = UTC


def choose(wanted: str) -> None:
    """Show times in UTC (`utc`, and whatever is neither) or in the zone of this computer (`local`) from now on."""
    _Chosen.is_local = wanted == LOCAL
    _Chosen.of_columns = in_zone(datetime.now(UTC)).tzinfo or UTC


def in_zone(moment: datetime) -> datetime:
    """Return a moment as the clock of the chosen zone shows it then, summer time or not."""
    return _shown_in(None if _Chosen.is_local else UTC, moment)


def moment_of(micros: int) -> datetime:
    """Return UTC microseconds as the clock of the chosen zone shows them."""
    return in_zone(datetime.fromtimestamp(micros / 1_000_000, tz=UTC))


def zone_mark(moment: datetime) -> str:
    """Return what stands behind a time: “UTC”, “UTC+1”, “UTC-3:30”."""
    offset = moment.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"


def in_column(moment: datetime) -> datetime:
    """Return a moment in the one zone that a column of times has, whose head says it (`column_mark`)."""
    return _shown_in(_Chosen.of_columns, moment)


def column_mark() -> str:
    """Return the mark of the zone that columns of times have."""
    return zone_mark(datetime.now(_Chosen.of_columns))


def stamp(micros: int) -> str:
    """Return a time as RFC 3339 text to the millisecond: 2026-11-24T03:00:00.123Z, or with “+01:00” for “Z”."""
    return _written(moment_of(micros))


def restamp(text: str) -> str:
    """Return RFC 3339 text of UTC as `stamp` writes times."""
    return _written(in_zone(datetime.fromisoformat(text)))


def _shown_in(zone: tzinfo | None, moment: datetime) -> datetime:
    """Return a moment in a zone; as it is where the calendar or the system ends there, as at 0001-01-01T00:00:00Z."""
    try:
        return moment.astimezone(zone)
    except (OverflowError, ValueError, OSError):  # the last is Windows, which knows no local time before 1970
        return moment


def _written(moment: datetime) -> str:
    text = moment.isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
