import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from tests.ui.lab.conftest import RUN, undo_of

from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.window.docks import Dock, usual_pages
from tocsin.ui.window.lab_desk import NOTHING_REAL, LabDesk


@pytest.fixture
def desk(dressed, qtbot, theme, lab):
    """The Lab in a window of its own."""
    window = QWidget()
    qtbot.addWidget(window)
    panel = LabPanel(theme, lab)
    dock = Dock(usual_pages(QWidget(), QWidget(), None, panel), theme, window)
    desk = LabDesk(panel, dock, theme, window)
    desk.open_window()
    qtbot.waitUntil(lambda: panel.look is not None and bool(panel.scenario_title))
    yield desk
    desk.close()


def test_its_window_says_what_is_live_and_stops_everything(desk, qtbot):
    footer = desk.window.statusBar()
    qtbot.waitUntil(
        lambda: footer.text == f"Lab / Brute force from a TOR exit · {NOTHING_REAL} · Live here: nothing armed"
    )
    with qtbot.waitSignal(desk.stop_pressed):
        footer.stop_button.click()


def test_all_that_a_run_changed_can_be_taken_back_there(desk, qtbot, story, lab):
    lab.undoable = [undo_of("block")]
    with story.by(RUN):
        story.block()
    undo = desk.window.findChild(QPushButton, "undo-changes")
    qtbot.waitUntil(lambda: undo.isVisible() and undo.isEnabled())
    with qtbot.waitSignal(desk.undo_requested) as told:
        undo.click()
    assert told.args == [RUN.run]
