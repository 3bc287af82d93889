import pytest
from tests.ui.run_dock.stories import ALERT, SUBJECT, ended, isolating, moment_of

from tocsin.ui.run_dock.attempts import attempt_facts, attempt_title
from tocsin.ui.run_dock.facts import Fact, facts_of
from tocsin.ui.run_dock.unsure import unsure_changes
from tocsin.ui.run_dock.words import changes_words, clock_words, date_words, duration_words, person_words

SECOND = 1_000_000


@pytest.fixture
def story():
    return moment_of(isolating().events)


def test_an_alert_is_told_by_its_id_its_address_and_its_user(story):
    facts = {fact.label: fact for fact in facts_of(SUBJECT, story, ALERT)}
    assert facts["Alert"].value == "AL-1, Brute force"
    assert facts["Address"] == Fact("Address", "203.0.113.66", is_code=True)
    assert facts["User"].value == "clerk1"
    assert facts["Started"].value == "00:00:01 UTC, by the command line"
    assert facts["Playbook"].value == "Contain"
    assert facts["Changes"].value == "1 made, 1 not sure"


def test_any_other_event_is_told_by_its_first_plain_values(story):
    event = {"mail": {"to": "x"}, "ip": "192.0.2.7", "why": "line\nline", "n": 3, "m": 4}
    facts = facts_of(SUBJECT, story, event)
    assert (facts[0], *facts[2:4]) == (
        Fact("Ip", "192.0.2.7", is_code=True),
        Fact("Why", "line line"),
        Fact("N", "3"),
    )
    assert [facts_of(SUBJECT, story, event)[0].value for event in ([1, 2], None)] == ["data", "nothing"]


def test_what_may_have_happened_says_what_when_and_that_nothing_was_sent_twice(story):
    (change,) = unsure_changes(SUBJECT, story)
    assert change.title == "Isolate for ws-02 may have happened"
    assert "The EDR did not answer in 5 s." in change.sentence
    assert change.sentence.endswith("Nothing was sent twice. 1 check got no answer.")
    assert change.question.ask == "hosts[1]/isolate?1"
    assert change.aside(change.sent_at + 82 * SECOND) == f"sent {clock_words(change.sent_at)}, 01:22 ago"


def test_what_a_person_settled_is_no_longer_unsure():
    assert unsure_changes(SUBJECT, moment_of(ended().events)) == ()


def test_attempts_say_what_came_of_them(story):
    first, second = story.details.attempts_of("find")
    assert attempt_title(first) == "Attempt 1: not sent, 0.0 s"
    assert attempt_facts(first, (), is_last=False)["Request sent"] == "may have been"
    assert attempt_facts(second, (), is_last=True)["What happened"] == "3 hosts"
    (unsure,) = story.details.attempts_of("hosts[1]/isolate")
    facts = attempt_facts(unsure, story.details.looks_of("hosts[1]/isolate"), is_last=True)
    assert (facts["Outcome"], facts["Checks"], facts["Sent again"]) == ("not sure", "1, no answer", "no")
    assert facts["Answer"] == "none after 0.0 s"


@pytest.mark.parametrize(
    ("micros", "words"),
    [
        (0, "0.0 s"),
        (400_000, "0.4 s"),
        (59_940_000, "59.9 s"),
        (86 * SECOND, "01:26"),
        (3_723 * SECOND, "1:02:03"),
    ],
)
def test_time_spans_are_said_as_the_design_says_them(micros, words):
    assert duration_words(micros) == words


def test_times_carry_their_zone():
    assert (clock_words(0), date_words(86_400 * SECOND)) == ("00:00:00 UTC", "2 Jan 1970, 00:00:00 UTC")


def test_persons_and_changes_are_put_in_words():
    said = [person_words(by, "user:local") for by in ("user:local", "user:ana", "trigger:alert", "cli", "recovery")]
    assert said == ["you", "ana", "a trigger", "the command line", "recovery"]
    assert [changes_words(*counts) for counts in ((0, 0), (2, 1), (0, 1))] == [
        "none",
        "2 made, 1 not sure",
        "1 not sure",
    ]
