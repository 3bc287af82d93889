"""Schedules: what is wrong with one, what it says, when it comes next, with the zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tocsin.ui.forms.cron import USUAL, cron_words, find_cron_fault, find_zone, next_times, time_words, zone_choices

BERLIN = ZoneInfo("Europe/Berlin")
BEFORE_SUMMER = datetime(2026, 3, 28, 12, tzinfo=BERLIN)


@pytest.mark.parametrize("text", ["*/15 * * * *", "0 9 * * 1#1", "0 6 L * *", "30 2 1,15 JAN MON-FRI"])
def test_a_schedule_has_no_fault_and_is_told_in_words(text):
    assert find_cron_fault(text) == ""
    assert cron_words(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "Enter minute"),
        ("0 6 * *", "Enter minute"),
        ("0 0 6 * * *", "Enter minute"),
        ("60 * * * *", "minute, the first"),
        ("0 24 * * *", "hour, the second"),
        ("0 0 30 2 *", "day, the third"),
        ("0 0 * 13 *", "month, the fourth"),
        ("0 0 * * 8", "day of the week, the last"),
    ],
)
def test_a_fault_says_which_of_the_five_and_what_to_write(text, word):
    assert word in find_cron_fault(text)


def test_the_next_times_follow_the_clock_change():
    words = [time_words(moment) for moment in next_times("0 8 * * *", BEFORE_SUMMER, most=2)]
    assert words == ["Sun 29 Mar 2026, 08:00 CEST", "Mon 30 Mar 2026, 08:00 CEST"]
    (skipped,) = next_times("30 2 29 3 *", BEFORE_SUMMER, most=1)
    assert skipped.hour == 3


def test_a_zone_without_a_name_of_its_own_is_told_by_its_offset():
    moment = datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("America/Sao_Paulo"))
    assert time_words(moment) == "Tue 24 Nov 2026, 08:00 UTC-03"


def test_zones_are_found_by_name_and_offered_after_utc():
    assert find_zone("Europe/Berlin") == BERLIN
    assert find_zone("Nowhere/Else") is None
    assert find_zone("../x") is None
    titles = [choice.title for choice in zone_choices()]
    assert titles[0] == "UTC"
    assert "America/New York" in titles


def test_what_is_usual_can_be_read():
    assert [find_cron_fault(str(choice.value)) for choice in USUAL] == [""] * len(USUAL)
