"""On a real terminal: a tree that changes, and questions that a person answers there."""

import re
import sys

import pytest
from tests.journeys.program import PLAYBOOK

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
if sys.platform != "win32":
    from tests.journeys.terminal import Terminal


def test_a_person_is_asked_on_the_terminal_and_a_wrong_word_is_asked_again(program, lab, vendors):
    terminal = Terminal(program, "run", PLAYBOOK)
    terminal.read_until("Answer: ")
    assert "approved: Isolate" in terminal.text
    terminal.type("perhaps")
    terminal.read_until("Type one of: approved, rejected.")
    terminal.type("rejected")
    assert terminal.end() == 0
    assert vendors.isolated() == ["ws-02", "ws-07"]


def test_a_person_who_closes_the_input_leaves_the_run_waiting(program, lab):
    terminal = Terminal(program, "run", PLAYBOOK)
    terminal.read_until("Answer: ")
    terminal.type("\x04")
    assert terminal.end() == 4
    assert "Waits for a person." in terminal.text


def test_a_person_who_presses_ctrl_c_at_a_question_stops_the_run(program, lab, vendors):
    terminal = Terminal(program, "run", PLAYBOOK)
    terminal.read_until("Answer: ")
    terminal.interrupt()
    assert terminal.end() == 130
    assert "Stopping: nothing more starts" in terminal.text
    assert "not sent: ticket (ticketing.create)" in terminal.text
    assert "Cancelled in" in terminal.text
    assert vendors.tickets() == []


def test_the_last_picture_shows_every_node_with_loop_bodies_indented(program):
    terminal = Terminal(program, "demo")
    assert terminal.end() == 0
    before = terminal.text[: terminal.text.index("Changed in the Lab:")]
    last = before[before.rindex("✓  SIEM alert") :].splitlines()
    assert len(last) == 18
    assert re.fullmatch(r"✓  Each host +succeeded +3 of 3 *", last[8])
    assert re.fullmatch(r"✓    Isolate the host +succeeded +3 succeeded *", last[11])
    assert re.fullmatch(r"-    Left alone +skipped +3 skipped *", last[12])
