import pytest

from tocsin.base.resources import resource_path
from tocsin.lab import load_scenario, scenario_names
from tocsin.ui.lab.cards import Level
from tocsin.ui.lab.words import clock_time, count_of, document_text, host_state, sessions_state, time_column


@pytest.mark.parametrize(
    ("containment", "online", "reads_left", "words", "level"),
    [
        ("normal", True, 0, "Online", Level.NORMAL),
        ("normal", False, 0, "Offline", Level.ODD),
        ("contained", True, 0, "Isolated", Level.CUT_OFF),
        ("contained", False, 0, "Isolated", Level.CUT_OFF),
        ("containment_pending", True, 2, "Isolating", Level.ODD),
        ("containment_pending", False, 0, "Isolating", Level.ODD),
        ("containment_pending", True, 0, "Isolated", Level.CUT_OFF),
        ("lift_containment_pending", True, 1, "Reconnecting", Level.ODD),
        ("lift_containment_pending", True, 0, "Online", Level.NORMAL),
    ],
)
def test_a_host_is_as_the_next_look_would_find_it(containment, online, reads_left, words, level):
    state = host_state({"containment": containment, "online": online, "reads_left": reads_left})
    assert (state.words, state.level) == (words, level)


def test_ended_sessions_are_told_from_none():
    assert sessions_state({"sessions": [], "not_before": ""}).words == "0 open"
    assert sessions_state({"sessions": [], "not_before": "2026-11-24T03:00:00Z"}).words == "0, ended"


def test_times_are_told_in_utc_with_their_zone():
    assert clock_time("2026-11-24T12:42:09+02:00", zone=True) == "10:42:09 UTC"
    assert clock_time("some day") == "some day"


def test_a_time_is_of_the_chosen_zone_and_says_it_itself_or_in_the_head_of_its_column(in_local_zone):
    in_local_zone("Asia/Kolkata")
    assert clock_time("2026-11-24T10:42:09Z", zone=True) == "16:12:09 UTC+5:30"
    assert (clock_time("2026-11-24T10:42:09Z"), time_column()) == ("16:12:09", "Time, UTC+5:30")


def test_counts_are_in_words():
    assert [count_of(1, "alert"), count_of(0, "alert"), count_of(2, "address", "addresses")] == [
        "1 alert",
        "0 alerts",
        "2 addresses",
    ]


def test_a_document_is_told_line_by_line():
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "one"}, {"type": "hardBreak"}]}
    assert document_text({"type": "doc", "content": [paragraph, paragraph]}) == "one\n\none\n"
    assert document_text(None) == document_text("text") == ""


def test_every_scenario_has_an_icon_that_is_there():
    icons = {load_scenario(name).icon for name in scenario_names()}
    assert len(icons) > 1
    assert all(resource_path("icons", f"{icon}.svg").is_file() for icon in icons)
