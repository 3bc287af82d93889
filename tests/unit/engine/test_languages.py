"""A run knows the same whichever language is spoken: what another process would read of it, in English."""

import pytest
from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.base.texts import speak
from tocsin.engine.outcomes import Outcome
from tocsin.journal.encoding import decode_event, encode_event

MARK = "¡"
FAILING = {"kind": "set", "values": {"x": "{{ 1 / 0 }}"}}


class Loud:
    """A language whose every text can be told from English."""

    def gettext(self, message):
        return MARK + message

    def ngettext(self, one, many, count):
        return MARK + (one if count == 1 else many)

    def pgettext(self, context, message):
        return MARK + context + message


@pytest.fixture(autouse=True)
def loud():
    speak("xx", Loud())
    yield
    speak("en", None)


def drive(nodes, edges, **more):
    driver = Driver(playbook_of({"t": TRIGGER, **nodes}, edges), **more).start()
    while driver.step():
        pass
    return driver


def assert_neutral(driver):
    """What is stored is English, and gives the state that the run had."""
    rows = [encode_event(event) for event in driver.events]
    assert MARK.encode() not in b"".join(row[4] for row in rows)
    live, driver.events = driver.state.picture(), [decode_event(row) for row in rows]
    assert driver.replayed().picture() == live


def test_whoever_watches_is_told_in_the_language_that_is_spoken():
    driver = drive({"bad": FAILING}, ["t -> bad"])
    assert driver.of("node.settled", "bad")[0].data["error"]["message"].startswith(MARK)


def test_what_failed_inside_a_loop_is_kept_in_english():
    loop = {"kind": "for_each", "in": "[1]", "body": {"nodes": {"bad": FAILING}, "edges": []}}
    assert_neutral(drive({"loop": loop}, ["t -> loop"]))


def test_a_step_reads_of_an_error_what_it_would_read_after_a_crash():
    says = {"kind": "set", "values": {"x": "{{ nodes.bad.error.message }}"}}
    driver = drive({"bad": FAILING, "says": says}, ["t -> bad", "bad.error -> says"])
    assert MARK not in driver.output("says")["x"]
    assert_neutral(driver)


def test_a_change_that_stays_uncertain_is_kept_in_english():
    change = {"kind": "action", "use": "toy.change"}
    answers = answer_by_path(c=answered(Outcome.UNCERTAIN))
    assert_neutral(drive({"c": change}, ["t -> c"], answers=answers))
