"""“Looked at, not changed”: under the changes, what a person rejected and what was so already."""

import pytest
from PySide6.QtWidgets import QLabel
from tests.ui.lab.conftest import OTHER, RUN

from tocsin.services.lab_desk import LeftAlone
from tocsin.ui.lab.changes_view import ChangesView
from tocsin.ui.lab.left_alone import LONGEST, LeftAloneView, left_words

REJECTED = LeftAlone("Isolate db-01 (10.20.0.12)? It is marked critical.", "user:local")


@pytest.fixture
def view(dressed, qtbot, theme, story):
    with story.by(RUN):
        story.block()
    view = ChangesView(theme, you="user:local")
    qtbot.addWidget(view)
    view.show_look(story.look())
    return view


def told(view):
    found = view.findChildren(LeftAloneView)
    return [label.text() for label in found[-1].findChildren(QLabel) if label.text()] if found else []


def test_what_a_person_rejected_and_what_was_so_already_stand_under_the_changes(view):
    view.show_left_alone(RUN.run, (REJECTED, LeftAlone("blocked 203.0.113.66 on OPNsense")))
    assert told(view) == [
        "Looked at, not changed",
        "Isolate db-01 (10.20.0.12): rejected by you",
        "blocked 203.0.113.66 on OPNsense: was so already",
    ]


def test_of_another_run_than_is_shown_nothing_is_told(view):
    view.show_left_alone(OTHER.run, (REJECTED,))
    assert told(view) == []


def test_where_a_run_left_nothing_alone_there_is_no_heading(view):
    view.show_left_alone(RUN.run, ())
    assert told(view) == []


def test_a_question_is_told_in_one_line_that_ends_somewhere():
    words = left_words(LeftAlone("a\u202e\n" * 400, "cli"), "user:local")
    assert "\n" not in words
    assert "\u202e" not in words
    assert len(words) < LONGEST + 60
    assert words.endswith("rejected by the command line")
