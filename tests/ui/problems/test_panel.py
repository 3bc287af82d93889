import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTreeView

from tocsin.edits import RemoveNodes
from tocsin.model.problems import Fix, Problem, Severity
from tocsin.ui.problems.panel import ProblemsPanel
from tocsin.ui.theme import DARK, Look, Theme
from tocsin.ui.widgets.empty_state import EmptyState

REMARK = Problem("TOC-C019", Severity.INFO, "Comments are lost.")
WARNING = Problem(
    "TOC-C003", Severity.WARNING, "“rejected” leads nowhere.", "Connect it.", node="ask", field="rejected"
)
ERROR = Problem("TOC-C001", Severity.ERROR, "No trigger starts it.")
MENDABLE = Problem("TOC-C002", Severity.ERROR, "Never runs.", node="end", fix=Fix("Remove R&D", RemoveNodes(("end",))))
ALL = (REMARK, WARNING, ERROR, MENDABLE)


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
    for name in ("problem_chosen", "problem_opened", "fix_requested"):
        getattr(panel, name).connect(lambda problem, name=name: heard.append((name, problem)))
    return heard


def test_a_playbook_without_problems_can_run(panel):
    panel.show_problems(())
    assert [state.line for state in panel.findChildren(EmptyState) if state.isVisible()] == [
        "No problems. This playbook can run."
    ]


def test_the_worst_stand_first_under_headings_that_count(panel, rows):
    panel.show_problems(ALL)
    model = rows.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["2 errors", "1 warning", "1 remark"]
    assert panel.problems == (ERROR, MENDABLE, WARNING, REMARK)


def test_a_row_says_how_bad_what_and_where(panel, rows):
    panel.show_problems((WARNING,), {"ask": "Isolate critical host?"})
    row = rows.model().index(0, 0, rows.model().index(0, 0))
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "warning: “rejected” leads nowhere., Isolate critical host? · rejected"
    )
    assert rows.visualRect(row).height() == 28


def test_next_and_previous_go_round_over_the_groups(panel, told):
    panel.show_problems(ALL)
    for _ in range(5):
        panel.go(1)
    panel.go(-1)
    assert [problem for _, problem in told] == [ERROR, MENDABLE, WARNING, REMARK, ERROR, REMARK]


def test_the_only_problem_is_told_again(panel, told):
    panel.show_problems((ERROR,))
    panel.go(1)
    panel.go(1)
    assert told == [("problem_chosen", ERROR)] * 2


def test_a_press_chooses_and_enter_opens(panel, rows, told):
    panel.show_problems((ERROR, WARNING))
    row = rows.model().index(0, 0, rows.model().index(1, 0))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(row).center())
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert told[0] == ("problem_chosen", WARNING)
    assert told[-1] == ("problem_opened", WARNING)


def test_the_hint_and_the_fix_of_the_current_problem_stand_below(panel, told, qtbot):
    fix, hint = panel.findChild(QPushButton, "fix-problem"), panel.findChild(QLabel, "problem-hint")
    panel.show_problems(ALL)
    assert not fix.isVisible()
    panel.go(1)
    panel.go(1)
    assert fix.isVisible()
    assert fix.text() == "Remove R&&D"
    qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert told[-1] == ("fix_requested", MENDABLE)
    panel.go(1)
    assert hint.text() == "Connect it."
    assert not fix.isVisible()


def test_the_current_problem_stays_current_while_it_is_there(panel, told):
    panel.show_problems(ALL)
    panel.go(-1)
    panel.go(-1)
    told.clear()
    panel.show_problems((WARNING, REMARK))
    assert panel.current == WARNING
    panel.show_problems((REMARK,))
    assert panel.current is None
    assert told == []


def test_nothing_is_mended_while_a_run_is_on(panel):
    panel.show_problems((MENDABLE,))
    panel.go(1)
    panel.set_locked(True)
    assert not panel.findChild(QPushButton, "fix-problem").isEnabled()


def test_the_list_follows_the_look(panel, rows, theme):
    panel.show_problems((ERROR,))
    panel.go(1)
    row = rows.visualRect(rows.currentIndex())

    def ground():
        return rows.viewport().grab().toImage().pixelColor(row.left() + 4, row.center().y()).name()

    assert ground() == "#ebedfc"
    theme.set_look(Look(DARK))
    assert ground() == "#2c315a"
