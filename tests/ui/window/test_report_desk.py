"""What is kept of a run in a file: where it is asked for, what is written, what is said when that fails."""

import json
import re
from concurrent.futures import Future

import pytest
from PySide6.QtWidgets import QWidget
from tests.ui.fakes import FakeChoice
from tests.ui.run_dock.stories import SUBJECT, ended, moment_of

from tocsin.engine.events import Event, EventType
from tocsin.formats.docs.blocks import Paragraph
from tocsin.formats.docs.page import Page
from tocsin.ui.lab.report import LabReport
from tocsin.ui.run_dock.tape import RunTape
from tocsin.ui.widgets.notice_bar import NoticeBar
from tocsin.ui.window.paper_desk import PageNotWrittenError
from tocsin.ui.window.report_desk import Archive, ReportDesk, references

REPORT = LabReport("R-218 in the Lab", Page("R-218 in the Lab", (Paragraph(("All is well.",)),), ()))
LARGE = {"r": "a" * 64, "n": 5000, "t": "dict"}


class Values:
    """A journal that gives one large value."""

    def load_value(self, hash_):
        future = Future()
        future.set_result({"kept under": hash_})
        return future


@pytest.fixture
def desk(dressed, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    notice, choice = NoticeBar(window), FakeChoice()
    made = ReportDesk(choice, notice, Archive(Values(), lambda data: data), window)
    made.test_choice = choice
    return made


@pytest.fixture
def tape():
    events = list(ended().events)
    tape = RunTape(SUBJECT, moment_of(events[:1]).progress)
    tape.take(events)
    return tape


def test_a_report_is_written_as_its_suffix_says(desk, tmp_path):
    for name, beginning in (("x.html", "<!DOCTYPE html>"), ("x.md", "# R-218 in the Lab")):
        desk.test_choice.chosen = tmp_path / name
        desk.keep(REPORT)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)
    assert desk.test_choice.asked == ["R-218 in the Lab.html"] * 2


def test_a_place_that_refuses_the_file_is_said_so(desk, qtbot, tmp_path):
    desk.test_choice.chosen = tmp_path / "not there" / "x.html"
    with qtbot.waitSignal(desk.failed) as told:
        desk.keep(REPORT)
    assert isinstance(told.args[0], PageNotWrittenError)


def test_a_replay_has_its_large_values_too(desk, qtbot, tape, tmp_path):
    last = tape.events[-1]
    data = {"state": "succeeded", "ports": ["out"], "output": LARGE, "flags": []}
    tape.take([Event(last.run, last.seq + 1, last.at, EventType.NODE_SETTLED, "ticket", data)])
    desk.test_choice.chosen = tmp_path / "replay"
    desk.keep_film(tape)
    file = tmp_path / "replay.html"
    qtbot.waitUntil(file.exists)
    film = re.search(r'id="film">(.*?)</script>', file.read_text(encoding="utf-8"), re.DOTALL)[1]
    assert any("kept under" in value for value in json.loads(film)["values"])


def test_references_are_found_wherever_they_stand():
    event = Event(
        "r", 1, 1, EventType.NODE_SETTLED, "x", {"output": LARGE, "more": {"deep": {**LARGE, "r": "b"}}, "n": 1}
    )
    assert list(references([event])) == ["a" * 64, "b"]
