from tests.ui.run_dock.stories import SUBJECT, ended, isolating

from tocsin.engine.events import Event, EventType
from tocsin.ui.run_dock.announcements import Announcement, announcements_of


def test_a_run_says_aloud_what_a_person_must_know_and_nothing_else():
    assert announcements_of(ended().events, SUBJECT) == (
        Announcement("The run has started"),
        Announcement("Ask first waits for you"),
        Announcement("Isolate may have happened", is_assertive=True),
        Announcement("The run has finished"),
    )


def test_a_failed_step_and_a_failed_run_are_said_with_the_reason():
    failed = Event("r", 1, 1, EventType.NODE_SETTLED, "find", {"state": "failed", "ports": ()})
    end = Event("r", 2, 2, EventType.RUN_FINISHED, "", {"status": "failed", "error": {"message": "No answer"}})
    assert [one.text for one in announcements_of([failed, end], SUBJECT)] == [
        "Find hosts failed",
        "The run failed. No answer",
    ]


def test_what_a_guard_stops_is_no_failure_in_words():
    error = {"code": "guarded", "message": "119 hosts, limit is 5"}
    stopped = Event("r", 1, 1, EventType.NODE_SETTLED, "isolate", {"state": "failed", "ports": (), "error": error})
    assert [one.text for one in announcements_of([stopped], SUBJECT)] == ["Isolate was stopped by a guard"]


def test_every_batch_speaks_for_itself():
    events = isolating().events
    parts = [announcements_of([event], SUBJECT) for event in events]
    assert tuple(one for part in parts for one in part) == announcements_of(events, SUBJECT)
