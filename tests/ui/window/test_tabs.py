import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QContextMenuEvent, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from tests.ui.fakes import CREATED, asked, finished, settled
from tests.ui.hands import LOCKED, SMALL, card_on, codes, press, trigger, type_into, wait_for_card

from tocsin.edits import AddNode
from tocsin.engine.events import NodeState
from tocsin.model.playbook import EndNode
from tocsin.ui.theme import DARK, LIGHT, Look, Theme
from tocsin.ui.window.document_bar import DocumentBar
from tocsin.ui.window.tabs import HEIGHT, TabFace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "other.yaml"
    path.write_text(SMALL.replace("name: Small", "name: Other"), encoding="utf-8")
    return path


@pytest.fixture
def both(opened, other):
    """The window with two playbooks, the second in front."""
    opened.window.open(other)
    return opened


def names(desk):
    return [face.name for face in desk.panels.document.tabs.faces]


def documents(desk):
    return desk.window.documents.all


def change(document):
    document.session.apply(AddNode("more", EndNode(), (0, 0)))


def test_a_file_comes_in_a_tab_of_its_own_and_an_untouched_one_is_replaced(both):
    assert names(both) == ["Small", "Other"]
    assert both.panels.document.text == "Other"
    assert both.window.windowTitle() == "Other — Tocsin"


def test_the_button_for_another_playbook_follows_the_last_tab_however_short_that_is(opened):
    bar, tabs = opened.panels.document, opened.panels.document.tabs
    assert bar.new_button.x() - tabs.tabRect(0).right() < 8


def test_a_file_that_is_open_is_shown_not_opened_again(both, small):
    both.window.open(small)
    assert names(both) == ["Small", "Other"]
    assert both.panels.document.text == "Small"


def test_a_file_that_cannot_be_read_leaves_no_tab(both, tmp_path):
    both.window.open(tmp_path / "nowhere.yaml")
    assert names(both) == ["Small", "Other"]
    assert both.panels.notice.isVisible()


def test_a_new_playbook_gets_a_tab_by_key_and_by_button(both, qtbot):
    trigger(both, "file.new")
    qtbot.mouseClick(both.panels.document.findChild(object, "new-playbook"), LEFT)
    assert names(both) == ["Small", "Other", "Untitled", "Untitled"]


def test_a_press_on_a_tab_shows_its_playbook(both, qtbot):
    tabs = both.panels.document.tabs
    qtbot.mouseClick(tabs, LEFT, pos=tabs.tabRect(0).topLeft() + QPoint(20, 18))
    assert both.window.documents.current.name == "Small"


@pytest.fixture
def ask_menu(both):
    """Ask for the menu of a tab by the right button, or of the one in front by key; give the titles that it offers."""
    tabs, menu = both.panels.document.tabs, both.window.findChild(QMenu, "tab-menu")

    def ask(index=None):
        by_key = index is None
        place = tabs.rect().center() if by_key else tabs.tabRect(index).center()
        reason = QContextMenuEvent.Reason.Keyboard if by_key else QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(tabs, QContextMenuEvent(reason, place, tabs.mapToGlobal(place)))
        return [action.text() for action in menu.actions() if action.text()] if menu.isVisible() else []

    yield ask
    menu.close()


def test_the_menu_of_a_tab_brings_it_to_the_front_and_offers_what_can_be_done_with_it(both, ask_menu):
    offered = ask_menu(0)
    assert both.window.documents.current.name == "Small"
    assert offered == [
        *("Save", "Save as…", "Copy the file's path", "Open the file's folder"),
        *("Move the tab to a new window", "Close tab", "Close other tabs"),
    ]
    assert ask_menu() == offered


def test_the_menu_of_a_tab_without_a_file_offers_nothing_about_one(both, ask_menu):
    trigger(both, "file.new")
    assert "Copy the file's path" not in ask_menu(2)
    assert "Close other tabs" in ask_menu(2)


def test_the_path_of_a_file_is_copied(both, other):
    trigger(both, "file.copy_path")
    assert QGuiApplication.clipboard().text() == str(other)


class Desktop(QObject):
    """Shows folders in the desktop's place."""

    def __init__(self):
        super().__init__()
        self.shown = []

    @Slot(QUrl)
    def show(self, url):
        self.shown.append(url.toLocalFile())


def test_the_folder_of_a_file_is_shown_by_the_desktop(both, other):
    desktop = Desktop()
    QDesktopServices.setUrlHandler("file", desktop, "show")
    trigger(both, "file.open_folder")
    QDesktopServices.unsetUrlHandler("file")
    assert desktop.shown == [str(other.parent)]


def test_the_other_tabs_close_after_one_question_about_what_is_unsaved(both):
    change(documents(both)[0])
    trigger(both, "file.new")
    trigger(both, "view.previous_tab")
    trigger(both, "file.close_others")
    assert names(both) == ["Small", "Other", "Untitled"]
    press(both.window, "save-changes", "discard-changes")
    assert names(both) == ["Other"]
    assert not both.window.commands.get("file.close_others").isEnabled()


def test_the_next_tab_comes_round_the_end(both):
    seen = []
    for _ in range(3):
        trigger(both, "view.next_tab")
        seen.append(both.panels.document.text)
    assert seen == ["Small", "Other", "Small"]
    trigger(both, "view.previous_tab")
    assert both.panels.document.text == "Other"


def test_panels_show_the_playbook_in_front_and_edits_go_there_alone(both):
    small, other = documents(both)
    other.session.select(["ask"])
    assert both.panels.inspector.owner == "ask"
    both.window.documents.show(small)
    assert both.panels.inspector.owner == ""
    type_into(both, "name", "Tiny")
    assert (small.playbook.name, other.playbook.name) == ("Tiny", "Other")
    assert [face.is_dirty for face in both.panels.document.tabs.faces] == [True, False]
    trigger(both, "edit.undo")
    both.window.documents.show(other)
    assert both.panels.inspector.owner == "ask"
    assert not both.window.commands.get("edit.undo").isEnabled()


def test_what_happens_in_a_tab_behind_does_not_show_in_front(both, qtbot):
    small, other = documents(both)
    change(small)
    small.session.select(["ask"])
    assert both.panels.inspector.owner == ""
    assert both.panels.scene is other.canvas.scene
    assert "more" in small.canvas.scene.store.nodes
    assert both.window.windowTitle() == "Other — Tocsin"
    small.apply(AddNode("late", EndNode(), (0, 0)))
    qtbot.waitUntil(lambda: any(problem.node == "late" for problem in small.problems))
    assert not any(problem.node == "late" for problem in both.panels.problems.problems)
    both.window.documents.show(small)
    assert any(problem.node == "late" for problem in both.panels.problems.problems)
    assert "TOC-C002" in codes(both)


def test_each_tab_keeps_its_zoom_and_its_place(both):
    small, other = documents(both)
    both.panels.view.set_zoom(0.5)
    both.panels.view.centerOn(300, 200)
    both.window.documents.show(small)
    both.panels.view.set_zoom(1.25)
    both.window.documents.show(other)
    view = other.canvas.view
    middle = view.mapToScene(view.viewport().rect().center())
    assert (view.zoom, small.canvas.view.zoom) == (0.5, 1.25)
    assert (abs(middle.x() - 300) < 3, abs(middle.y() - 200) < 3) == (True, True)


def run_first_behind(desk, qtbot):
    """Start the first playbook, then show the second."""
    small, other = documents(desk)
    desk.window.documents.show(small)
    trigger(desk, "run.run")
    qtbot.waitUntil(lambda: desk.panels.document.lock_text == LOCKED)
    desk.window.documents.show(other)
    return small, other


def test_a_run_goes_on_in_a_tab_that_is_not_shown(both, qtbot):
    small, other = run_first_behind(both, qtbot)
    assert both.panels.document.lock_text == ""
    assert not both.panels.run_bar.isVisible()
    assert not other.canvas.scene.locked
    assert both.panels.inspector.find_field("name").editor.isEnabled()
    both.runs.tell(CREATED, settled("start", output=7), asked())
    qtbot.waitUntil(lambda: small.canvas.scene.state_of("start") is NodeState.SUCCEEDED)
    assert other.canvas.scene.state_of("start") is NodeState.PENDING
    assert both.panels.run.progress is None
    assert card_on(other.canvas.view) is None
    assert "Its run waits for you" in both.panels.document.tabs.tabToolTip(0)
    both.window.documents.show(small)
    assert both.panels.run.progress.status_of("start").state is NodeState.SUCCEEDED
    assert both.panels.document.lock_text == LOCKED
    assert not both.panels.inspector.find_field("name").editor.isEnabled()
    card_on(small.canvas.view).find_button("approved").click()
    assert [answer[1:3] for answer in both.runs.answers] == [("ask?1", "approved")]


def test_a_run_that_ends_behind_leaves_its_tab_free(both, qtbot):
    small, _ = run_first_behind(both, qtbot)
    both.runs.tell(CREATED, settled("start"), finished())
    qtbot.waitUntil(lambda: not small.canvas.scene.locked)
    both.window.documents.show(small)
    assert both.panels.run.status.startswith("Succeeded")
    assert both.panels.document.lock_text == ""


def test_a_tab_without_changes_closes_at_once_and_the_last_leaves_an_empty_one(both):
    trigger(both, "file.close")
    assert names(both) == ["Small"]
    trigger(both, "file.close")
    assert names(both) == ["Untitled"]
    assert both.window.isVisible()
    trigger(both, "file.close")
    assert not both.window.isVisible()


def test_a_tab_that_was_closed_is_really_gone(both):
    document = documents(both)[0]
    heard = []
    document.facts_changed.connect(heard.append)
    session = document.session
    both.window.documents.remove(document)
    session.apply(AddNode("more", EndNode(), (0, 0)))
    assert heard == []


def test_a_tab_that_was_closed_leaves_nothing_that_could_still_be_told(both):
    document, bridge = documents(both)[0], both.bridge
    document.session.apply(AddNode("more", EndNode(), (0, 0)))
    parts = (document, document.follower, document.canvas.scene, document.canvas.view)
    both.window.documents.remove(document)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not any(shiboken6.isValid(part) for part in parts)
    both.runs.tell(CREATED)
    bridge.flush()


def test_what_is_being_typed_goes_where_it_was_begun(both, qtbot):
    small, other = documents(both)
    both.window.documents.show(small)
    editor = both.panels.inspector.find_field("name").editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClick(editor, Qt.Key.Key_End)
    qtbot.keyClicks(editor, "er")
    both.window.documents.show(other)
    assert (small.playbook.name, other.playbook.name) == ("Smaller", "Other")


def test_arrow_keys_walk_through_the_tabs(both, qtbot):
    tabs = both.panels.document.tabs
    tabs.setFocus()
    qtbot.waitUntil(tabs.hasFocus)
    qtbot.keyClick(tabs, Qt.Key.Key_Left)
    assert both.panels.document.text == "Small"
    assert tabs.hasFocus()


def test_a_question_in_the_tab_that_comes_to_the_front_has_the_focus(both, qtbot):
    small, _ = run_first_behind(both, qtbot)
    both.runs.tell(CREATED, asked())
    qtbot.waitUntil(lambda: small.follower.questions != ())
    both.window.documents.show(small)
    card = wait_for_card(qtbot, small.canvas.view)
    qtbot.waitUntil(card.find_button("rejected").hasFocus)


def test_closing_a_tab_asks_about_its_changes_alone(both):
    small, other = documents(both)
    change(small)
    change(other)
    trigger(both, "file.close")
    press(both.window, "save-changes", "cancel")
    assert names(both) == ["Small", "Other"]
    trigger(both, "file.close")
    press(both.window, "save-changes", "discard-changes")
    assert names(both) == ["Small"]
    assert small.session.is_dirty


def test_closing_the_window_asks_once_about_all_that_is_unsaved(both, small, other):
    for document in documents(both):
        change(document)
    both.window.close()
    press(both.window, "save-changes", "save-all-changes")
    assert not both.window.isVisible()
    assert all("more:" in path.read_text(encoding="utf-8") for path in (small, other))


def test_one_that_cannot_be_saved_keeps_the_window_open(both, small, tmp_path):
    for document in documents(both):
        change(document)
    small.unlink()
    small.mkdir()
    both.window.close()
    press(both.window, "save-changes", "save-all-changes")
    assert both.window.isVisible()
    assert both.panels.document.text == "Small"
    assert both.panels.notice.isVisible()


def test_closing_a_tab_whose_run_is_on_asks_and_stops_it(both, qtbot):
    run_first_behind(both, qtbot)
    both.panels.document.close_requested.emit(0)
    press(both.window, "stop-runs", "keep-open")
    assert (names(both), both.runs.stopped) == (["Small", "Other"], [])
    both.panels.document.close_requested.emit(0)
    press(both.window, "stop-runs", "stop-run-and-close")
    assert (names(both), len(both.runs.stopped)) == (["Other"], 1)


def test_a_cross_and_the_middle_button_close_a_tab(both, qtbot):
    tabs = both.panels.document.tabs
    qtbot.mouseClick(tabs, LEFT, pos=tabs.mark_rect(0).center())
    assert names(both) == ["Other"]
    both.window.open(both.window.documents.current.session.path.with_name("small.yaml"))
    qtbot.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=tabs.tabRect(0).center())
    assert names(both) == ["Small"]


def test_tab_comes_to_the_canvas_in_front(both, qtbot):
    small, _ = documents(both)
    both.window.documents.show(small)
    qtbot.waitUntil(lambda: small.canvas.view.hasFocus())


@pytest.fixture
def bar(dressed, qtbot):
    theme = Theme()
    bar = DocumentBar(theme)
    qtbot.addWidget(bar)
    bar.resize(900, 36)
    bar.show_tabs([TabFace("Contain a suspicious address", is_dirty=True), TabFace("Phishing triage")], 0)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar, theme


def pixel(bar, x, y):
    return QColor(bar.grab().toImage().pixel(x, y)).name().upper()


def test_the_strip_is_36_high_with_a_line_over_the_tab_in_front(bar):
    bar, theme = bar
    first, second = (bar.tabs.tabRect(index) for index in (0, 1))
    assert (bar.height(), bar.tabs.height(), HEIGHT) == (36, 36, 36)
    assert [pixel(bar, first.left() + 4, y) for y in (0, 1, 2, 35)] == [
        *[LIGHT.sel_line] * 2,
        LIGHT.canvas,
        LIGHT.canvas,
    ]
    assert [pixel(bar, second.left() + 4, y) for y in (0, 34, 35)] == [LIGHT.win, LIGHT.win, LIGHT.line]
    assert pixel(bar, first.right(), 18) == LIGHT.line
    theme.set_look(Look(DARK))
    assert pixel(bar, first.left() + 4, 1) == DARK.sel_line


def test_a_dot_stands_where_the_cross_is_otherwise_and_nothing_moves(bar):
    bar, _ = bar
    before = [bar.tabs.tabRect(index) for index in (0, 1)]
    centre = bar.tabs.mark_rect(0).center()
    assert pixel(bar, centre.x(), centre.y() - 2) == LIGHT.text2
    bar.show_tabs([TabFace("Contain a suspicious address"), TabFace("Phishing triage")], 1)
    assert [bar.tabs.tabRect(index) for index in (0, 1)] == before
    assert pixel(bar, centre.x(), centre.y() - 3) == LIGHT.win


def test_marks_are_large_enough_to_hit(bar):
    bar, _ = bar
    assert all(min(bar.tabs.mark_rect(index).size().toTuple()) >= 24 for index in (0, 1))


def test_text_size_makes_the_strip_higher(bar):
    bar, theme = bar
    theme.set_look(Look(LIGHT, scale=1.3))
    assert bar.height() == bar.tabs.height() == round(36 * 1.3)


def test_a_tab_is_read_with_what_its_dot_says(bar):
    bar, _ = bar
    assert [bar.tabs.accessibleTabName(index) for index in (0, 1)] == [
        "Contain a suspicious address, not saved",
        "Phishing triage",
    ]


def test_many_tabs_stay_wide_enough_to_read(bar):
    bar, _ = bar
    bar.show_tabs([TabFace(f"A playbook with a long name, number {number}") for number in range(20)], 19)
    assert bar.tabs.tabRect(19).width() >= 96
    assert bar.width() == 900
