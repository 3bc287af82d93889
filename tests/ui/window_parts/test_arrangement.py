import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tocsin.ui.theme import LIGHT, Look
from tocsin.ui.window.layout_state import DockSide, LayoutState
from tocsin.ui.window.rail import Rail

RAIL, STRIP = "rail", "inspector-strip"


def rail(frame, name):
    return frame.window.findChild(Rail, name)


def canvas_height(frame):
    """The tab strip of 36 px belongs to the centre."""
    return frame.centre.height() - 36


def sizes_are_settled(frame):
    QApplication.processEvents()
    return frame


def test_bars_and_panels_have_the_sizes_of_the_design(make_frame):
    frame = make_frame()
    assert (frame.header.height(), frame.footer.height(), frame.dock.height()) == (48, 28, 33)
    assert (frame.nodes.width(), frame.inspector.width()) == (220, 352)
    assert (frame.window.minimumWidth(), frame.window.minimumHeight()) == (960, 600)
    assert (frame.nodes.minimumWidth(), frame.nodes.maximumWidth()) == (180, 320)
    assert (frame.inspector.minimumWidth(), frame.inspector.maximumWidth()) == (300, 520)


def test_a_narrow_window_has_a_rail_a_strip_and_one_button_for_the_menus(make_frame):
    frame = make_frame(1024, 640)
    assert frame.header.is_narrow
    assert (rail(frame, RAIL).width(), rail(frame, STRIP).width()) == (44, 40)
    assert not frame.arrangement.is_nodes_shown
    assert not frame.arrangement.is_inspector_shown
    assert canvas_height(frame) >= 400


def test_the_least_window_has_every_part_in_it(make_frame):
    frame = make_frame(960, 600)
    assert (frame.window.width(), frame.window.height()) == (960, 600)
    assert frame.footer.stop_button.isVisible()
    assert "Live here: nothing armed" in frame.footer.text
    assert frame.footer.height() == 28


def test_a_window_that_becomes_narrow_and_wide_again_is_as_before(make_frame):
    frame = make_frame()
    frame.window.resize(1100, 900)
    sizes_are_settled(frame)
    assert not frame.arrangement.is_nodes_shown
    frame.window.resize(1440, 900)
    sizes_are_settled(frame)
    assert (frame.nodes.width(), frame.inspector.width()) == (220, 352)
    assert frame.nodes.isVisible()
    assert frame.inspector.isVisible()


def test_the_rail_opens_the_node_list_over_the_canvas_and_escape_closes_it(make_frame):
    frame = make_frame(1024, 700)
    frame.centre.setFocus()
    before = frame.centre.geometry()
    frame.arrangement.toggle_nodes()
    assert frame.nodes.isVisible()
    assert frame.nodes.parentWidget().width() == 220  # its line at the edge is one of them
    assert frame.nodes.field.hasFocus()
    assert frame.centre.geometry() == before
    QTest.keyClick(frame.nodes.field, Qt.Key.Key_Escape)
    assert not frame.nodes.isVisible()
    assert frame.centre.hasFocus()


def test_a_drawer_closes_when_one_goes_elsewhere(make_frame):
    frame = make_frame(1024, 700)
    frame.arrangement.reveal_inspector()
    assert frame.inspector.isVisible()
    frame.centre.setFocus()
    assert not frame.inspector.isVisible()


def test_the_button_that_opened_a_drawer_closes_it(make_frame, qtbot):
    frame = make_frame(1024, 700)
    button = rail(frame, RAIL).findChild(object, "rail-nodes")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert frame.nodes.isVisible()
    assert button.isChecked()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not frame.nodes.isVisible()
    assert not button.isChecked()


def test_a_button_of_the_strip_opens_its_page_of_the_inspector(make_frame, qtbot):
    frame = make_frame(1024, 700)
    button = rail(frame, STRIP).findChild(object, "rail-notes")
    with qtbot.waitSignal(frame.arrangement.strip_chosen) as told:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.args == ["notes"]
    assert frame.inspector.isVisible()


def test_buttons_of_the_rail_bring_pages_of_the_dock_to_the_front(make_frame, qtbot):
    frame = make_frame(1024, 800)
    qtbot.mouseClick(rail(frame, RAIL).findChild(object, "rail-history"), Qt.MouseButton.LeftButton)
    assert frame.dock.is_open
    assert frame.dock.page == "history"


def test_in_a_wide_window_the_node_list_folds_to_the_rail_and_back(make_frame, qtbot):
    frame = make_frame()
    with qtbot.waitSignal(frame.arrangement.changed):
        frame.arrangement.toggle_nodes()
    assert not frame.arrangement.is_nodes_shown
    assert rail(frame, RAIL).isVisible()
    frame.arrangement.toggle_nodes()
    assert frame.nodes.isVisible()
    assert not rail(frame, RAIL).isVisible()


def test_under_760_px_of_height_the_dock_folds_and_comes_back(make_frame):
    frame = make_frame()
    frame.dock.show_page("run")
    sizes_are_settled(frame)
    assert frame.dock.height() == 220
    frame.window.resize(1440, 759)
    sizes_are_settled(frame)
    assert frame.dock.height() == 33
    assert frame.arrangement.state.is_dock_open
    frame.window.resize(1440, 760)
    sizes_are_settled(frame)
    assert frame.dock.is_open


def test_a_low_window_opens_the_dock_when_told_and_keeps_the_canvas_400_px_high(make_frame):
    frame = make_frame(1440, 680)
    frame.dock.show_page("problems")
    sizes_are_settled(frame)
    assert frame.dock.height() >= 120
    assert canvas_height(frame) >= 400


def test_a_dock_that_was_folded_by_hand_stays_folded_in_a_higher_window(make_frame):
    frame = make_frame(1440, 700)
    frame.dock.show_page("run")
    frame.dock.set_open(False)
    frame.window.resize(1440, 900)
    sizes_are_settled(frame)
    assert not frame.dock.is_open


def test_the_dock_goes_to_the_right_and_back(make_frame):
    frame = make_frame(1920, 1000)
    frame.dock.move_over()
    sizes_are_settled(frame)
    assert frame.dock.width() == 560
    assert frame.dock.mapTo(frame.window, frame.dock.rect().topLeft()).y() == 48
    assert frame.dock.height() == 1000 - 48 - 28
    frame.dock.move_over()
    sizes_are_settled(frame)
    assert frame.dock.width() == frame.centre.width()


def test_a_dock_at_the_right_folds_to_its_strip_under_the_canvas(make_frame):
    frame = make_frame()
    frame.dock.move_over()
    frame.dock.set_open(False)
    sizes_are_settled(frame)
    assert frame.dock.height() == 33
    assert frame.dock.width() == frame.centre.width()
    frame.dock.set_open(True)
    assert frame.dock.side is DockSide.RIGHT


def test_in_a_run_beside_the_dock_node_list_and_inspector_fold_away(make_frame):
    frame = make_frame()
    frame.dock.move_over()
    frame.arrangement.show_run_on(is_on=True)
    assert rail(frame, RAIL).isVisible()
    assert not rail(frame, STRIP).isVisible()
    frame.arrangement.show_run_on(is_on=False)
    assert frame.nodes.isVisible()


@pytest.mark.parametrize("moves", [0, 1])
def test_a_maximised_dock_fills_the_middle_and_gives_it_back(make_frame, moves):
    frame = make_frame()
    for _ in range(moves):
        frame.dock.move_over()
    before = sizes_are_settled(frame).centre.size()
    was_open = frame.dock.is_open
    frame.dock.toggle_maximised()
    sizes_are_settled(frame)
    assert not frame.centre.isVisible()
    assert frame.dock.height() == 900 - 48 - 28
    frame.dock.toggle_maximised()
    frame.dock.set_open(was_open)
    sizes_are_settled(frame)
    assert frame.centre.size() == before


def test_what_a_person_left_comes_back(make_frame):
    left = LayoutState(
        width=1500,
        nodes_width=260,
        is_inspector_open=False,
        dock_side=DockSide.RIGHT,
        dock_width=600,
        is_dock_open=True,
        page="lab",
    )
    frame = make_frame()
    frame.arrangement.restore(left)
    sizes_are_settled(frame)
    screen = frame.window.screen().availableGeometry()
    assert frame.window.width() == max(960, min(1500, screen.width()))
    assert (frame.dock.page, frame.dock.side, frame.dock.is_open) == ("lab", DockSide.RIGHT, True)
    kept = frame.arrangement.state
    assert (kept.nodes_width, kept.is_inspector_open, kept.dock_width, kept.page) == (260, False, 600, "lab")


def test_a_page_that_is_not_there_any_more_is_forgotten(make_frame):
    frame = make_frame()
    frame.arrangement.restore(LayoutState(page="insights"))
    assert frame.dock.page == "problems"


def test_a_panel_that_is_drawn_wider_keeps_its_width(make_frame):
    frame = make_frame()
    splitter = frame.nodes.parentWidget()
    splitter.moveSplitter(300, 1)
    assert frame.arrangement.state.nodes_width == frame.nodes.width() == 300
    frame.window.resize(1400, 900)
    sizes_are_settled(frame)
    assert frame.nodes.width() == 300


def test_the_dock_glides_open_in_120_ms_where_motion_is_welcome(make_frame, theme, qtbot):
    theme.set_look(Look(LIGHT))
    frame = make_frame()
    frame.dock.show_page("run")
    assert frame.dock.height() < 220
    qtbot.waitUntil(lambda: frame.dock.height() == 220, timeout=2000)
    assert frame.dock.maximumHeight() > 2000


def test_a_window_larger_than_the_screen_fits_itself_into_it_and_one_that_fits_stays(make_frame):
    frame = make_frame(960, 600)
    room = frame.window.screen().availableGeometry()
    frame.window.move(5, 7)
    frame.window.resize(960, room.height() - 50)
    frame.arrangement.fit_screen()
    assert frame.window.height() == room.height() - 50
    frame.window.resize(960, room.height() + 24)
    frame.arrangement.fit_screen()
    assert frame.window.frameGeometry().height() == room.height()
    assert frame.window.pos() == room.topLeft()
