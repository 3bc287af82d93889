"""The help for a step."""

import pytest
from PySide6.QtWidgets import QLabel

from tocsin.formats import read_playbook
from tocsin.ui.help.lines import HelpLine, help_of
from tocsin.ui.help.sheet import HelpSheet

TEXT = """
tocsin: 1
id: book
nodes:
  alert: {kind: trigger, event: siem.alert}
  block: {kind: action, use: firewall.block_address, with: {}}
  way: {kind: condition, when: "true"}
edges: [alert -> block]
"""


@pytest.fixture
def told(catalogue):
    playbook = read_playbook(TEXT, "book.yaml").playbook
    return lambda name: help_of(name, playbook, catalogue)


def test_an_action_is_told_with_what_it_is_given_and_gives(told):
    block = told("block")
    assert (block.title, block.subtitle) == ("Block an address", "Change · undoable")
    assert block.about.endswith(".")
    assert "Address (required)" in [line.title for line in block.given]
    assert block.gives


def test_another_step_is_told_by_its_kind(told):
    assert told("way").about == "Goes on by true or false."
    assert HelpLine("When (required)", "An expression that is true or false.") in told("way").given
    assert told("way").gives == ()


def test_every_kind_of_step_has_its_sentence(told):
    assert told("alert").about == "Starts the playbook, and hands the event on to its steps."


def test_a_step_that_is_not_there_has_no_help(told):
    assert told("gone") is None


def test_the_sheet_says_all_of_it(told, theme, dressed, qtbot):
    sheet = HelpSheet(told("block"), theme)
    qtbot.addWidget(sheet)
    words = [label.text() for label in sheet.findChildren(QLabel)]
    assert words[0] == "Block an address"
    assert {"What it is given", "What it gives", "Address (required)"} <= set(words)
