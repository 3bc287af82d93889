import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from tests.ui.hands import double_click

from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import AskKind, AskNode, Graph, Playbook
from tocsin.model.problems import Problem, Severity
from tocsin.ui.problems.places import ProblemPlaces
from tocsin.ui.widgets.chip import ChipFace, Tone
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.window.docks import Dock, usual_pages
from tocsin.ui.window.layout_state import DockSide

ASK = AskNode(ask=AskKind.APPROVAL, text="Isolate it?", title="Isolate critical host?")
PLACES = ProblemPlaces(Playbook(id="book", graph=Graph(nodes={"ask": ASK})), Catalogue())
ERROR = Problem("TOC-C001", Severity.ERROR, "No trigger starts it.")
WARNING = Problem("TOC-C003", Severity.WARNING, "“rejected” leads nowhere.", node="ask")


@pytest.fixture
def dock(theme, qtbot):
    problems, run = QLabel("problems"), QLabel("run")
    made = Dock(usual_pages(problems, run, None, None), theme)
    qtbot.addWidget(made)
    made.resize(900, 240)
    made.show()
    return made


def test_the_strip_is_33_px_and_has_the_four_pages(dock):
    assert dock.strip.height() == 33
    names = [dock.strip.tab(page).text() for page in ("problems", "run", "history", "lab")]
    assert names == ["Problems", "Run", "History", "Lab"]


def test_a_page_that_nobody_gave_says_what_will_be_there(dock):
    dock.show_page("history")
    shown = [state.line for state in dock.findChildren(EmptyState) if state.isVisible()]
    assert shown == ["Not run yet."]


def test_a_page_gets_its_widget_and_gives_it_back(dock):
    lab = QLabel("lab")
    dock.set_widget("lab", lab)
    dock.show_page("lab")
    assert lab.isVisible()
    assert dock.take_widget("lab") is lab
    assert not lab.isVisible()
    assert dock.empty_state("lab").isVisible()
    lab.deleteLater()


def test_a_press_on_a_tab_opens_its_page(dock, qtbot):
    qtbot.mouseClick(dock.strip.tab("run"), Qt.MouseButton.LeftButton)
    assert (dock.page, dock.is_open) == ("run", True)


def test_arrow_keys_go_from_tab_to_tab(dock, qtbot):
    dock.show_page("problems")
    dock.strip.tab("problems").setFocus()
    qtbot.keyClick(dock.strip.tab("problems"), Qt.Key.Key_Right)
    assert dock.strip.tab("run").hasFocus()


def test_a_double_click_on_the_strip_or_a_tab_maximises_and_gives_back(dock):
    double_click(dock.strip)
    assert dock.is_maximised
    assert dock.is_open
    double_click(dock.strip.tab("lab"))
    assert not dock.is_maximised


def test_folding_a_maximised_dock_gives_the_middle_back(dock):
    dock.toggle_maximised()
    dock.set_open(False)
    assert not dock.is_maximised


def test_the_dock_tells_once_that_it_is_another_way(dock, qtbot):
    told = []
    dock.state_changed.connect(lambda: told.append(dock.page))
    dock.show_page("run")
    dock.show_page("run")
    dock.move_over()
    assert told == ["run", "run"]
    assert dock.side is DockSide.RIGHT


def test_buttons_fold_and_move_and_say_so(dock, qtbot):
    move, fold = (dock.findChild(QWidget, name) for name in ("move-dock", "fold-dock"))
    assert fold.accessibleName() == "Open the dock"
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert dock.is_open
    assert fold.accessibleName() == "Fold the dock"
    qtbot.mouseClick(move, Qt.MouseButton.LeftButton)
    assert dock.side is DockSide.RIGHT
    assert move.accessibleName() == "Move the dock to the bottom"
    assert move.toolTip() == "Move the dock to the bottom"


def test_problems_are_counted_and_the_worst_is_said_while_the_dock_is_folded(dock):
    dock.show_problems([WARNING, ERROR], PLACES)
    assert dock.strip.tab("problems").chip == ChipFace("2", Tone.COUNT)
    assert dock.strip.tab("problems").accessibleName() == "Problems, 2"
    line = dock.strip.problem_line
    assert line.isVisible()
    assert line.accessibleName() == "First problem: No trigger starts it"
    dock.show_problems([WARNING], PLACES)
    assert line.accessibleName() == "First problem: Isolate critical host? “rejected” leads nowhere"
    dock.set_open(True)
    assert not line.isVisible()
    dock.show_problems([], PLACES)
    assert dock.strip.tab("problems").chip is None


def test_the_first_problem_leads_to_the_list(dock, qtbot):
    dock.restore("lab", DockSide.BOTTOM, is_open=False)
    dock.show_problems([WARNING], PLACES)
    qtbot.mouseClick(dock.strip.problem_line, Qt.MouseButton.LeftButton)
    assert (dock.page, dock.is_open) == ("problems", True)


def test_a_run_that_is_on_is_live(dock):
    dock.show_live(is_live=True)
    assert dock.strip.tab("run").chip == ChipFace("Live", Tone.RUNNING)
    dock.show_live(is_live=False, is_plan=True)
    assert dock.strip.tab("run").chip == ChipFace("Plan", Tone.WOULD)
    dock.show_live(is_live=False)
    assert dock.strip.tab("run").chip is None


def test_a_page_that_is_not_there_cannot_be_shown(dock):
    with pytest.raises(KeyError):
        dock.show_page("insights")
