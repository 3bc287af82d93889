"""Schedules as cron writes them: what is wrong with one, when it comes next, and that in words; without Qt.

Five fields: minute, hour, day of the month, month, day of the week, with `L` for the last day and `#` for the first,
second … such day of the week. The hour that a clock change leaves out or doubles is treated as Debian's cron does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import cache
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cronsim import CronSim, CronSimError

from tocsin.base.texts import _
from tocsin.ui.forms.fields import Choice

UTC: Final = "UTC"
SHOWN: Final = 5
FIELDS: Final = 5
USUAL: Final = (
    Choice("*/15 * * * *", _("Every 15 minutes")),
    Choice("0 * * * *", _("Every hour")),
    Choice("0 6 * * *", _("Every day at 06:00")),
    Choice("0 8 * * 1-5", _("Monday to Friday at 08:00")),
    Choice("0 7 * * 1", _("Every Monday at 07:00")),
    Choice("0 7 1 * *", _("On the first of the month at 07:00")),
)
"""What is offered where a schedule is asked for."""
_FAULTS: Final[Mapping[str, str]] = {
    "Bad minute": _("The minute, the first of the five, is 0 to 59, a list, or * for every one."),
    "Bad hour": _("The hour, the second of the five, is 0 to 23, a list, or * for every one."),
    "Bad day-of-month": _("The day, the third of the five, is 1 to 31 in a month that has it, L for the last, or *."),
    "Bad month": _("The month, the fourth of the five, is 1 to 12, JAN to DEC, or * for every one."),
    "Bad day-of-week": _("The day of the week, the last of the five, is 0 (Sunday) to 6, MON to SUN, or *."),
}
_SHAPE: Final = _("Enter minute, hour, day, month and day of the week, such as 0 6 * * 1-5.")


def find_cron_fault(text: str) -> str:
    """Return why a text is no schedule and what to write, or ""."""
    if len(text.split()) != FIELDS:
        return _SHAPE
    try:
        next_times(text, datetime(2000, 1, 1, tzinfo=ZoneInfo(UTC)), most=1)
    except CronSimError as error:
        return _FAULTS.get(str(error), _SHAPE)
    return ""


def next_times(text: str, after: datetime, *, most: int = SHOWN) -> tuple[datetime, ...]:
    """Return when a schedule comes next, in the zone of `after`; fewer than `most` where it does not come so often.

    Raises:
        CronSimError: The text is no schedule.
    """
    return tuple(islice(CronSim(text, after), most))


def cron_words(text: str) -> str:
    """Return what a schedule says: “At 06:00 on Monday through Friday”.

    Raises:
        CronSimError: The text is no schedule.
    """
    return CronSim(text, datetime(2000, 1, 1, tzinfo=ZoneInfo(UTC))).explain()


def time_words(moment: datetime) -> str:
    """Return a time as it is read, with its zone: “Tue 24 Nov 2026, 06:00 CET”."""
    name = moment.strftime("%Z")
    zone = name if name[:1].isalpha() else f"UTC{name}"
    return f"{moment:%a} {moment.day} {moment:%b %Y, %H:%M} {zone}"


def find_zone(name: str) -> tzinfo | None:
    """Return a time zone by the name that the IANA data base gives it, or None."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@cache
def zone_choices() -> tuple[Choice, ...]:
    """Return the zones to choose from: UTC, then those of places, by name."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return (Choice(None, UTC), *(Choice(name, name.replace("_", " ")) for name in places))
