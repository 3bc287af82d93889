import time

import pytest
from tests.ui.run_dock.stories import PLAYBOOK, SUBJECT, ended, isolating, moment_of

from tocsin.engine.events import Event, EventType
from tocsin.ui.canvas.looks import Look
from tocsin.ui.run_dock.timeline_rows import WORST_FIRST, RowKind, TimelineRows, bar_of, telling_path

STEPS = ["SIEM alert", "Find hosts", "Risky?", "Note", "For each host", "Open ticket"]


@pytest.fixture
def story():
    return moment_of(isolating().events)


def shown(rows, moment):
    return {row.title: bar_of(row, SUBJECT, moment) for row in rows.at(moment)}


def test_there_is_a_row_for_each_step_before_anything_runs():
    rows = TimelineRows(SUBJECT)
    moment = moment_of(isolating().events[:1])
    assert [row.title for row in rows.at(moment)] == STEPS
    assert [bar_of(row, SUBJECT, moment).start for row in rows.at(moment)] == [0] * 6


def test_items_stand_under_their_loop_by_their_key(story):
    rows = TimelineRows(SUBJECT).at(story)
    assert [(row.title, row.depth) for row in rows if row.kind is RowKind.ITEM] == [
        ("ws-01", 1),
        ("ws-02", 1),
        ("db-01", 1),
    ]


def test_an_item_shows_the_worst_of_its_steps(story):
    bars = shown(TimelineRows(SUBJECT), story)
    assert [(bars[item].look, bars[item].label) for item in ("ws-02", "db-01")] == [
        (Look.UNCERTAIN, "may have happened"),
        (Look.ASKS, "waits for you"),
    ]
    assert bars["ws-01"].look.value == "succeeded"
    assert bars["ws-01"].label.startswith("isolated, 0.")


def test_what_goes_on_has_no_end_and_says_how_far_it_is(story):
    bars = shown(TimelineRows(SUBJECT), story)
    assert (bars["For each host"].look, bars["For each host"].end, bars["For each host"].label) == (
        Look.RUNNING,
        0,
        "1 of 3",
    )
    assert bars["Find hosts"].end > bars["Find hosts"].start
    assert bars["Risky?"].label == "true: id AL-1 = AL-1"
    assert bars["SIEM alert"].label == "0.0 s"


def test_what_was_skipped_says_why_and_what_was_not_reached_says_so_when_all_is_over():
    over = moment_of(ended().events)
    bars = shown(TimelineRows(SUBJECT), over)
    assert (bars["Note"].look, bars["Note"].start, bars["Note"].label) == (Look.SKIPPED, 0, "skipped: other branch")
    assert bars["For each host"].end > 0


def test_loops_fold_and_items_open(story):
    rows = TimelineRows(SUBJECT)
    loop = rows.at(story)[rows.find("hosts", story)]
    rows.set_open(loop, is_open=False)
    assert [row.title for row in rows.at(story)] == STEPS
    rows.reveal("hosts[2]/confirm")
    titles = [row.title for row in rows.at(story)]
    assert titles[5:12] == ["ws-01", "ws-02", "db-01", "Critical?", "Ask first", "Isolate", "Left alone"]
    assert rows.at(story)[rows.find("hosts[2]/confirm", story)].depth == 2


def test_a_step_that_cannot_be_folded_stays_as_it_is(story):
    rows = TimelineRows(SUBJECT)
    before = rows.at(story)
    rows.set_open(before[0], is_open=True)
    assert rows.at(story) is before


def test_an_item_leads_to_the_step_that_tells_most(story):
    rows = TimelineRows(SUBJECT)
    items = [row for row in rows.at(story) if row.kind is RowKind.ITEM]
    assert [telling_path(row, SUBJECT, story) for row in items] == [
        "hosts[0]/isolate",
        "hosts[1]/isolate",
        "hosts[2]/confirm",
    ]


def test_every_look_has_its_place_among_the_worst():
    assert {look.value for look in Look} - {"idle", "invalid"} <= set(WORST_FIRST)


def test_rows_of_ten_thousand_items_are_made_at_once(story):
    for index in range(3, 10_000):
        event = Event("0190-test", index, index, EventType.ITEM_STARTED, "hosts", {"index": index, "key": f"h{index}"})
        story.apply(event)
    rows = TimelineRows(SUBJECT)
    begin = time.perf_counter()
    assert len(rows.at(story)) == 10_006
    assert time.perf_counter() - begin < 10  # a square would take minutes
    assert rows.at(story) is rows.at(story)


def test_a_step_that_the_snapshot_does_not_know_shows_its_id():
    assert SUBJECT.face("gone").title == "gone"
    assert SUBJECT.playbook is PLAYBOOK
