from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QTreeView

from tocsin.edits import RemoveNodes
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import AskKind, AskNode, Graph, Playbook
from tocsin.model.problems import CheckCode, CheckInfo, Fix, Problem, Severity
from tocsin.ui.problems.explanation import ExplanationDialog
from tocsin.ui.problems.panel import ProblemsPanel
from tocsin.ui.problems.places import ProblemPlace, ProblemPlaces
from tocsin.ui.theme import DARK, Look, Theme
from tocsin.ui.widgets.empty_state import EmptyState

REMARK = Problem("TOC-C019", Severity.INFO, "Comments are lost.")
WARNING = Problem(
    "TOC-C003", Severity.WARNING, "“rejected” leads nowhere.", "Connect it.", node="ask", field="options.0.id"
)
ERROR = Problem("TOC-C001", Severity.ERROR, "No trigger starts it.")
CHECKED = Problem(CheckCode.CYCLE, Severity.ERROR, "They go round.", "Remove one.", node="end")
MENDABLE = Problem("TOC-C002", Severity.ERROR, "Never runs.", node="end", fix=Fix("Remove R&D", RemoveNodes(("end",))))
ASK = AskNode(ask=AskKind.APPROVAL, text="Isolate it?", title="Isolate critical host?")
PLACES = ProblemPlaces(Playbook(id="book", graph=Graph(nodes={"ask": ASK})), Catalogue())
ALL = (REMARK, WARNING, ERROR, MENDABLE)


EXPLAINED = CheckInfo(CheckCode.CYCLE, "Edges in a circle", "Each would wait.", bad="a: 1\n", good="b: 2\n")


@pytest.fixture
def theme(dressed):
    return Theme()


@pytest.fixture
def panel(theme, qtbot):
    made = ProblemsPanel(theme)
    qtbot.addWidget(made)
    made.resize(800, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def rows(panel):
    return panel.findChild(QTreeView, "problems-list")


@pytest.fixture
def told(panel):
    heard = []
    for name in ("problem_chosen", "problem_opened", "fix_requested", "why_requested"):
        getattr(panel, name).connect(lambda problem, name=name: heard.append((name, problem)))
    return heard


def test_a_playbook_without_problems_can_run(panel):
    panel.show_problems((), PLACES)
    assert [state.line for state in panel.findChildren(EmptyState) if state.isVisible()] == [
        "No problems. This playbook can run."
    ]


def test_the_worst_stand_first_under_headings_that_count(panel, rows):
    panel.show_problems(ALL, PLACES)
    model = rows.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["2 errors", "1 warning", "1 remark"]
    assert panel.problems == (ERROR, MENDABLE, WARNING, REMARK)


def test_a_row_says_how_bad_what_and_where(panel, rows):
    panel.show_problems((WARNING,), PLACES)
    row = rows.model().index(0, 0, rows.model().index(0, 0))
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "warning: “rejected” leads nowhere., Isolate critical host? · Answers 1"
    )
    assert rows.visualRect(row).height() == 28


def test_next_and_previous_go_round_over_the_groups(panel, told):
    panel.show_problems(ALL, PLACES)
    for _ in range(5):
        panel.go(1)
    panel.go(-1)
    assert [problem for _, problem in told] == [ERROR, MENDABLE, WARNING, REMARK, ERROR, REMARK]


def test_the_only_problem_is_told_again(panel, told):
    panel.show_problems((ERROR,), PLACES)
    panel.go(1)
    panel.go(1)
    assert told == [("problem_chosen", ERROR)] * 2


def test_a_press_chooses_and_enter_opens(panel, rows, told):
    panel.show_problems((ERROR, WARNING), PLACES)
    row = rows.model().index(0, 0, rows.model().index(1, 0))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(row).center())
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert told[0] == ("problem_chosen", WARNING)
    assert told[-1] == ("problem_opened", WARNING)


def test_the_hint_and_the_fix_of_the_current_problem_stand_below(panel, told, qtbot):
    fix, hint = panel.findChild(QPushButton, "fix-problem"), panel.findChild(QLabel, "problem-hint")
    panel.show_problems(ALL, PLACES)
    assert not fix.isVisible()
    panel.go(1)
    panel.go(1)
    assert fix.isVisible()
    assert fix.text() == "Remove R&&D"
    qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert told[-1] == ("fix_requested", MENDABLE)
    panel.go(1)
    assert hint.text() == "“rejected” leads nowhere. Connect it."
    assert not fix.isVisible()


def test_what_a_check_found_can_be_explained(panel, told, qtbot):
    why = panel.findChild(QPushButton, "why-problem")
    panel.show_problems((CHECKED, WARNING), PLACES)
    panel.go(1)
    qtbot.mouseClick(why, Qt.MouseButton.LeftButton)
    assert (why.isVisible(), told[-1]) == (True, ("why_requested", CHECKED))
    panel.go(1)
    assert why.isVisible()


def test_what_a_file_says_wrongly_has_no_explanation(panel):
    panel.show_problems((Problem("TOC-E012", Severity.ERROR, "Not known.", "Mend it."),), PLACES)
    panel.go(1)
    assert not panel.findChild(QPushButton, "why-problem").isVisible()


def test_fixing_goes_to_what_can_be_mended_and_mends_it_when_asked_again(panel, told):
    panel.show_problems(ALL, PLACES)
    panel.go(1)
    panel.fix_current()
    assert (panel.current, told[-1]) == (MENDABLE, ("problem_chosen", MENDABLE))
    panel.fix_current()
    assert told[-1] == ("fix_requested", MENDABLE)


def test_fixing_does_nothing_where_nothing_can_be_mended(panel, told):
    panel.show_problems((ERROR,), PLACES)
    panel.fix_current()
    assert told == []


def test_both_buttons_are_reached_by_tab(panel, qtbot):
    panel.show_problems((Problem(CheckCode.CYCLE, Severity.ERROR, "Round.", "Cut.", fix=MENDABLE.fix),), PLACES)
    panel.go(1)
    buttons = [panel.findChild(QPushButton, name) for name in ("why-problem", "fix-problem")]
    assert [button.focusPolicy() for button in buttons] == [Qt.FocusPolicy.StrongFocus] * 2
    assert [button.accessibleName() for button in buttons] == ["Why: explain this problem", "Fix: Remove R&D"]


def test_an_explanation_says_what_why_and_shows_both_examples(theme, qtbot):
    dialog = ExplanationDialog(CHECKED, ProblemPlace("Done"), EXPLAINED, theme)
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert words == ["Edges in a circle", "Done", "They go round.", "Each would wait.", "Remove one.", "Wrong", "Right"]
    boxes = dialog.findChildren(QPlainTextEdit)
    assert [(box.accessibleName(), box.toPlainText(), box.isReadOnly()) for box in boxes] == [
        ("Wrong: an example", "a: 1", True),
        ("Right: an example", "b: 2", True),
    ]
    assert dialog.fix is None


def test_an_explanation_mends_when_told(theme, qtbot):
    dialog = ExplanationDialog(MENDABLE, ProblemPlace(), EXPLAINED, theme)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.accepted):
        dialog.fix.click()


def test_the_current_problem_stays_current_while_it_is_there(panel, told):
    panel.show_problems(ALL, PLACES)
    panel.go(-1)
    panel.go(-1)
    told.clear()
    panel.show_problems((WARNING, REMARK), PLACES)
    assert panel.current == WARNING
    panel.show_problems((REMARK,), PLACES)
    assert panel.current is None
    assert told == []


def test_a_problem_that_is_found_again_in_other_words_stays_current(panel):
    panel.show_problems(ALL, PLACES)
    panel.go(-1)
    panel.go(-1)
    again = replace(WARNING, message="Nothing follows “rejected”.", line=99)
    panel.show_problems((REMARK, again, ERROR), PLACES)
    assert panel.current == again


def test_nothing_is_mended_while_a_run_is_on(panel):
    panel.show_problems((MENDABLE,), PLACES)
    panel.go(1)
    panel.set_locked(True)
    assert not panel.findChild(QPushButton, "fix-problem").isEnabled()


def test_the_list_follows_the_look(panel, rows, theme):
    panel.show_problems((ERROR,), PLACES)
    panel.go(1)
    row = rows.visualRect(rows.currentIndex())

    def ground():
        return rows.viewport().grab().toImage().pixelColor(row.left() + 4, row.center().y()).name()

    assert ground() == "#ebedfc"
    theme.set_look(Look(DARK))
    assert ground() == "#2c315a"


class CountedPlaces(ProblemPlaces):
    """Says how often it was asked for a place."""

    asked = 0

    def of(self, problem):
        self.asked += 1
        return super().of(problem)


def test_where_a_problem_is_is_asked_for_those_in_sight_alone(panel, rows, qtbot):
    places = CountedPlaces(PLACES.playbook, Catalogue())
    many = tuple(
        Problem("TOC-C003", Severity.ERROR, f"No. {place}.", node="ask", field="text") for place in range(2_000)
    )
    panel.show_problems(many, places)
    rows.viewport().repaint()
    assert places.asked < 100
    last = rows.model().index(1_999, 0, rows.model().index(0, 0))
    assert last.data(Qt.ItemDataRole.AccessibleTextRole) == "error: No. 1999., Isolate critical host? · Text"
