import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar
from tests.ui.journeys.hands import press_keys, write

from tocsin.engine.events import NodeState
from tocsin.services.library import demo_path
from tocsin.ui.actions.spec import Menu
from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.run_dock.follower import RunPhase

KEY = Qt.Key


@pytest.fixture
def desk(start):
    """The window with the shipped playbook, the keyboard on its canvas."""
    desk = start()
    desk.choice.chosen = demo_path()
    press_keys(desk, "Ctrl+O")
    return desk


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where it would arrive: in the menu or the popup that is open, else where the focus is."""
    popup = QApplication.activePopupWidget()
    QTest.keyClick((popup.focusWidget() or popup) if popup else QApplication.focusWidget(), key, modifier)


def walk_down(menu):
    """Go down through a menu with the arrow until it comes round; return the ids of the entries that it stopped at."""
    seen = []
    while (entry := menu.activeAction()) is not None and entry.objectName() not in seen:
        seen.append(entry.objectName())
        press(KEY.Key_Down)
    return seen


def entries(menu):
    """The ids of what a menu lists and can be done now."""
    return [entry.objectName() for entry in menu.actions() if entry.isEnabled() and not entry.isSeparator()]


def menu_of(desk, menu):
    return desk.window.findChild(QMenuBar).findChild(QMenu, f"menu-{menu.name.lower()}")


def tab_to(is_there):
    """Press Tab until the focus is where it is wanted."""
    for _ in range(200):
        if is_there(QApplication.focusWidget()):
            return
        press(KEY.Key_Tab)
    pytest.fail("Tab does not come there")


def test_every_action_is_in_a_menu(desk):
    listed = {entry.objectName() for menu in Menu for entry in menu_of(desk, menu).actions()}
    assert {spec.id for spec in ACTIONS} <= listed


def test_alt_and_arrows_lead_to_everything_that_can_be_done(desk):
    press(KEY.Key_Alt, Qt.KeyboardModifier.AltModifier)
    press(KEY.Key_Down)
    for menu in Menu:
        shown = menu_of(desk, menu)
        assert QApplication.activePopupWidget() is shown
        assert walk_down(shown) == entries(shown)
        press(KEY.Key_Right)
    press(KEY.Key_Escape)
    press(KEY.Key_Escape)
    assert isinstance(QApplication.focusWidget(), CanvasView)


def test_an_entry_is_done_by_enter(desk):
    press(KEY.Key_Alt, Qt.KeyboardModifier.AltModifier)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    assert desk.window.documents.current.playbook.graph.nodes == {}


def test_in_a_narrow_window_the_one_button_of_all_menus_is_on_the_way_of_tab(desk, qtbot):
    desk.window.resize(1024, 640)
    button = desk.window.findChild(object, "button-menus")
    tab_to(lambda widget: widget is button)
    press(KEY.Key_Space)
    menu = QApplication.activePopupWidget()
    press(KEY.Key_Down)
    assert menu.activeAction().text() == "File"
    press(KEY.Key_Right)
    assert QApplication.activePopupWidget().activeAction().objectName() == "file.new"
    press(KEY.Key_Escape)
    press(KEY.Key_Escape)


def test_a_playbook_is_drawn_with_keys_alone(start, qtbot):
    desk = start()
    press_keys(desk, "Ctrl+N")
    for words in ("Started by hand", "Find endpoints", "End"):
        press_keys(desk, "/")
        write(words)
        press(KEY.Key_Return)
    graph = desk.window.documents.current.playbook.graph
    assert list(graph.nodes) == ["start", "find_endpoints", "end"]
    desk.window.documents.current.session.select(())
    press_keys(desk, "Ctrl+L")
    for key in (KEY.Key_Tab, KEY.Key_C, KEY.Key_Return, KEY.Key_Tab, KEY.Key_C, KEY.Key_Return):
        press(key)
    edges = desk.window.documents.current.playbook.graph.edges
    assert [(edge.source, edge.target) for edge in edges] == [("start", "find_endpoints"), ("find_endpoints", "end")]
    press(KEY.Key_Return)
    tab_to(lambda widget: desk.panels.inspector.find_field("with.contacted_ip").isAncestorOf(widget))
    write("203.0.113.66")
    press_keys(desk, "F5")
    follower = desk.window.documents.current.follower
    qtbot.waitUntil(lambda: follower.phase is RunPhase.OVER, timeout=20_000)
    assert desk.panels.scene.state_of("end") is NodeState.SUCCEEDED
