from datetime import UTC, datetime

import pytest

from tocsin.base import times
from tocsin.base.clock import rfc3339

WINTER, SUMMER = 1_764_000_000_123_000, 1_782_000_000_123_000


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("Europe/Berlin", "17:00:00 UTC+1", "02:00:00 UTC+2"),
        ("America/St_Johns", "12:30:00 UTC-3:30", "21:30:00 UTC-2:30"),
        ("UTC", "16:00:00 UTC", "00:00:00 UTC"),
    ],
)
def test_a_local_time_is_that_of_its_day_and_says_its_zone(in_local_zone, zone, winter, summer):
    in_local_zone(zone)
    for micros, said in ((WINTER, winter), (SUMMER, summer)):
        moment = times.moment_of(micros)
        assert f"{moment:%H:%M:%S} {times.zone_mark(moment)}" == said


@pytest.mark.parametrize("wanted", [times.OF_UTC, "", "system"])
def test_it_is_utc_unless_local_time_was_chosen(in_local_zone, wanted):
    in_local_zone("Asia/Kolkata")
    times.choose(wanted)
    assert times.stamp(WINTER) == rfc3339(WINTER) == "2025-11-24T16:00:00.123Z"
    assert times.column_mark() == "UTC"


def test_a_stamp_of_a_local_time_says_how_far_it_is_from_utc(in_local_zone):
    in_local_zone("Asia/Kolkata")
    assert times.stamp(WINTER) == times.restamp(rfc3339(WINTER)) == "2025-11-24T21:30:00.123+05:30"


def test_a_column_has_one_zone_whatever_the_day(in_local_zone):
    in_local_zone("Europe/Berlin")
    shown = {times.in_column(datetime.fromtimestamp(micros / 1e6, UTC)).utcoffset() for micros in (WINTER, SUMMER)}
    assert len(shown) == 1
    assert times.column_mark() in {"UTC+1", "UTC+2"}


@pytest.mark.parametrize(
    ("zone", "text"),
    [("America/New_York", "0001-01-01T00:00:00Z"), ("Asia/Tokyo", "9999-12-31T23:59:59Z")],
)
def test_where_the_calendar_ends_a_time_stays_as_it_is(in_local_zone, zone, text):
    in_local_zone(zone)  # products write the first for “never”
    moment = datetime.fromisoformat(text)
    assert times.in_zone(moment) == times.in_column(moment) == moment


def test_so_it_does_in_utc(in_local_zone):
    in_local_zone("UTC")
    times.choose(times.OF_UTC)
    assert times.restamp("0001-01-01T00:00:00+14:00") == "0001-01-01T00:00:00.000+14:00"
