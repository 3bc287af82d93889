"""Following runs of the real engine: only the product and the screen are toys."""

import signal

import pytest
from tests.helpers.runs import playbook_of
from tests.unit.services.toy import House
from typing_extensions import override

from tocsin.base.codes import ErrorCode
from tocsin.cli.answers import Answers
from tocsin.cli.commands.run import SilentShow
from tocsin.cli.follow import Follower
from tocsin.cli.interruption import STOPPING
from tocsin.engine.errors import HasErrorsError
from tocsin.engine.events import EventType, RunStatus
from tocsin.journal import JournalUnusableError
from tocsin.services.runs import StartRequest

TRIGGER = {"kind": "trigger", "event": "manual"}
CHANGE = {"kind": "action", "use": "toy.change", "with": {}}
ENDS = {"good": {"kind": "end"}, "bad": {"kind": "end", "status": "failed"}}
FORM = {"type": "object", "required": ["who"], "properties": {"who": {"type": "string"}}}


def asking(**more):
    ask = {"kind": "ask", "ask": "approval", "text": "Go on?", **more}
    port = "submitted" if more.get("ask") == "form" else "approved"
    edges = ["start -> ask", f"ask.{port} -> good", "ask.error -> bad"]
    if port == "approved":
        edges.append("ask.rejected -> bad")
    return playbook_of({"start": TRIGGER, "ask": ask, **ENDS}, edges)


class Heard(SilentShow):
    def __init__(self):
        self.events, self.answers = [], []

    @override
    def on_events(self, events, progress):
        self.events += events

    @override
    def on_answer(self, question, option):
        self.answers.append((question.path, option))


@pytest.fixture
def house(engine, tmp_path):
    house = House(engine, tmp_path)
    yield house
    house.close()


@pytest.fixture
def show():
    return Heard()


def follow(house, playbook, show, answers=None, ask=None):
    follower = Follower(house.runs, answers or Answers({}), show, ask=ask)
    return follower.follow(follower.start(lambda runs: runs.start(StartRequest(playbook, event={})))), follower


def test_a_run_is_shown_to_its_end(house, show):
    status, follower = follow(house, playbook_of({"start": TRIGGER, "change": CHANGE}, ["start -> change"]), show)
    assert status is RunStatus.SUCCEEDED
    assert show.events == follower.events
    assert [e.type for e in follower.events][-1] is EventType.RUN_FINISHED


@pytest.mark.parametrize(("option", "status"), [("approved", RunStatus.SUCCEEDED), ("rejected", RunStatus.FAILED)])
def test_a_given_answer_is_shown_and_counts(house, show, option, status):
    ended, follower = follow(house, asking(), show, Answers({"ask": option}, by="cli"))
    assert (ended, show.answers) == (status, [("ask", option)])
    [answered] = [event for event in follower.events if event.type is EventType.ASK_ANSWERED]
    assert answered.by == "cli"


def test_a_person_is_asked_what_was_not_answered_before(house, show):
    asked = []

    def ask(question, _read_line):
        asked.append(question.path)
        return "rejected"

    assert follow(house, asking(), show, ask=ask)[0] is RunStatus.FAILED
    assert (asked, show.answers) == (["ask"], [])


def test_where_nobody_is_the_run_waits(house, show):
    assert follow(house, asking(), show)[0] is RunStatus.WAITING


def test_a_person_who_leaves_it_open_leaves_the_run_waiting(house, show):
    assert follow(house, asking(), show, ask=lambda *_: None)[0] is RunStatus.WAITING


def test_ctrl_c_at_a_question_stops_the_run(house, show, capsys):
    def press(_question, _read_line):
        signal.raise_signal(signal.SIGINT)

    status, follower = follow(house, asking(), show, ask=press)
    assert (status, follower.interruption.is_heard) == (RunStatus.CANCELLED, True)
    assert capsys.readouterr().err.splitlines() == [STOPPING]


def test_a_question_that_needs_two_people_is_answered_once_and_then_waits(house, show):
    assert follow(house, asking(need=2), show, Answers({}, "approved"))[0] is RunStatus.WAITING
    assert show.answers == [("ask", "approved")]


def test_a_form_that_an_option_cannot_fill_in_waits(house, show):
    form = asking(ask="form", schema=FORM)
    assert follow(house, form, show, Answers({"ask": "submitted"}))[0] is RunStatus.WAITING


def test_an_answer_that_is_not_offered_is_not_given(house, show):
    form = asking(ask="form", schema=FORM)
    assert follow(house, form, show, Answers({}, "approved"))[0] is RunStatus.WAITING
    assert show.answers == []


def test_a_refused_run_leaves_no_listener(house, show):
    with pytest.raises(HasErrorsError):
        follow(house, playbook_of({"start": TRIGGER, "x": {**CHANGE, "use": "toy.nosuch"}}, ["start -> x"]), show)
    follow(house, playbook_of({"start": TRIGGER, "change": CHANGE}, ["start -> change"]), Heard())
    assert show.events == []


def test_a_run_that_can_no_longer_be_recorded_says_so(house, show, tmp_path, monkeypatch):
    commit = house.journal.commit

    def full(batch):
        if any(event.type is EventType.ATTEMPT_STARTED for event in batch.events):
            raise JournalUnusableError(tmp_path / "journal.db", "the disk is full")
        commit(batch)

    monkeypatch.setattr(house.journal, "commit", full)
    with pytest.raises(JournalUnusableError) as lost:
        follow(house, playbook_of({"start": TRIGGER, "change": CHANGE}, ["start -> change"]), show)
    assert lost.value.code is ErrorCode.JOURNAL_UNUSABLE
    assert house.performer.intents == []
