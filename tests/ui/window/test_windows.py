"""Several windows of one process, each with its own tabs."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from tests.ui.fakes import FakeChoice, FakeRuns
from tests.ui.hands import SMALL

from tocsin.base.clock import Clock
from tocsin.checks import check_playbook
from tocsin.edits import AddNode
from tocsin.model.playbook import EndNode
from tocsin.services.editing import EditorSession
from tocsin.services.problems import Problems
from tocsin.services.recovery import Draft, Recovery
from tocsin.services.settings import SettingsStore
from tocsin.ui.bridge import EventBridge
from tocsin.ui.ports import WindowServices
from tocsin.ui.theme import Theme
from tocsin.ui.window.layout_state import DockSide
from tocsin.ui.window.memory import WindowMemory
from tocsin.ui.window.window import MainWindow
from tocsin.ui.window.windows import Windows

ADDED = AddNode("more", EndNode(), (0, 0))


@pytest.fixture
def begin(dressed, catalogue, qtbot):
    """Starts the program's windows over one store of settings; the first of them is shown."""
    started = []

    def start(store, **services):
        bridge, theme = EventBridge(), Theme()
        given = WindowServices(
            FakeRuns(),
            catalogue,
            make_session=lambda: EditorSession(clock=Clock()),
            make_problems=lambda _: Problems(lambda playbook: check_playbook(playbook, catalogue), delay=0.0),
            settings=store,
            **services,
        )
        windows = Windows(lambda: MainWindow(given, bridge, theme, FakeChoice()), WindowMemory(store))
        first = windows.all[0]
        with qtbot.waitExposed(first):
            first.show()
        first.begin()
        windows.restore_others()
        started.append((windows, bridge))
        return windows

    yield start
    for windows, bridge in started:
        windows.let_go()
        bridge.flush()
        for thing in (windows, bridge):
            thing.deleteLater()


@pytest.fixture
def store(tmp_path):
    return SettingsStore(tmp_path / "settings.yaml")


@pytest.fixture
def windows(begin, store):
    return begin(store)


@pytest.fixture
def files(tmp_path):
    """Two files with a playbook each."""
    paths = tmp_path / "one.yaml", tmp_path / "two.yaml"
    for path in paths:
        path.write_text(SMALL, encoding="utf-8")
    return paths


def do(window, action):
    window.commands.get(action).trigger()


def names_in(window):
    return [document.session.path and document.session.path.name for document in window.documents.all]


def test_a_new_window_is_empty_and_lies_like_the_one_it_came_from(windows):
    (first,) = windows.all
    do(first, "view.dock_right")
    do(first, "file.new_window")
    _, second = windows.all
    assert second.isVisible()
    assert names_in(second) == [None]
    assert second.frame.state.dock_side is first.frame.state.dock_side is DockSide.BOTTOM


def test_a_file_that_another_window_has_is_shown_there(windows, files):
    (first,) = windows.all
    for path in files:
        first.open(path)
    do(first, "file.new_window")
    second = windows.all[1]
    second.open(files[0])
    assert names_in(second) == [None]
    assert first.documents.current.session.path == files[0]


def test_a_tab_moves_to_a_window_of_its_own_with_its_history_and_its_marks(windows, files):
    (first,) = windows.all
    for path in files:
        first.open(path)
    document = first.documents.current
    document.apply(ADDED)
    document.breakpoints.set_condition("ask", "true")
    do(first, "file.move_to_window")
    second = windows.all[1]
    assert (names_in(first), names_in(second)) == (["one.yaml"], ["two.yaml"])
    moved = second.documents.current
    assert moved.session.is_dirty
    assert moved.breakpoints.condition_of("ask") == "true"
    assert "more" in moved.canvas.scene.store.nodes
    do(second, "edit.undo")
    assert not moved.session.is_dirty
    assert "more" not in moved.canvas.scene.store.nodes
    assert not second.commands.get("file.move_to_window").isEnabled()


def test_unsaved_work_stays_kept_when_its_tab_moves(begin, store, files, tmp_path):
    kept = Recovery(tmp_path / "recovery")
    try:
        (first,) = begin(store, recovery=kept).all
        first.open(files[0])
        first.documents.current.apply(ADDED)
        do(first, "file.new")
        first.documents.show(first.documents.all[0])
        do(first, "file.move_to_window")
        kept.flush()
        assert len(list((tmp_path / "recovery").rglob("*.json"))) == 1
    finally:
        kept.close()


def test_one_window_closes_without_the_others(windows, files):
    (first,) = windows.all
    do(first, "file.new_window")
    first.open(files[0])
    do(first, "file.close_window")
    (second,) = windows.all
    assert second.isVisible()
    second.open(files[0])
    assert names_in(second) == ["one.yaml"]


def test_windows_that_were_open_at_the_end_come_back_as_they_lay(begin, store, files):
    windows = begin(store)
    (first,) = windows.all
    first.open(files[0])
    do(first, "file.new_window")
    second = windows.all[1]
    second.open(files[1])
    do(second, "view.dock_right")
    windows.quit()
    assert not any(window.isVisible() for window in windows.all)
    again = begin(store).all
    assert [names_in(window) for window in again] == [["one.yaml"], ["two.yaml"]]
    assert [window.frame.state.dock_side for window in again] == [DockSide.RIGHT, DockSide.BOTTOM]


def test_a_window_that_was_closed_by_itself_does_not_come_back(begin, store, files):
    windows = begin(store)
    (first,) = windows.all
    first.open(files[0])
    do(first, "file.new_window")
    windows.all[1].close()
    windows.quit()
    assert [names_in(window) for window in begin(store).all] == [["one.yaml"]]


def test_nothing_closes_while_something_is_unsaved_in_one_of_them(windows, files):
    (first,) = windows.all
    do(first, "file.new_window")
    second = windows.all[1]
    second.open(files[0])
    second.documents.current.apply(ADDED)
    do(first, "file.quit")
    assert len(windows.all) == 2
    assert all(window.isVisible() for window in windows.all)
    second.documents.current.session.save(Path(files[0]))


def questions():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def answer(words):
    [question] = questions()
    next(one for one in question.findChildren(QPushButton) if words in one.text().replace("&", "")).click()


@pytest.mark.parametrize("pressed_in", [0, 1])
def test_stop_stops_the_runs_of_every_window(windows, files, qtbot, pressed_in):
    (first,) = windows.all
    first.open(files[0])
    do(first, "file.new_window")
    document = first.documents.current
    document.run({})
    qtbot.waitUntil(lambda: document.is_running)
    do(windows.all[pressed_in], "run.stop_everything")
    qtbot.waitUntil(lambda: bool(document.follower._runs.stopped))  # it was only starting when STOP was pressed


def test_quit_asks_again_about_what_was_changed_while_it_asked(windows, files):
    (first,) = windows.all
    first.open(files[0])
    do(first, "file.new_window")
    second = windows.all[1]
    second.open(files[1])
    second.documents.current.apply(ADDED)
    windows.quit()
    first.documents.current.apply(ADDED)
    answer("Discard")
    assert first.isVisible()
    answer("Discard")
    assert not any(window.isVisible() for window in windows.all)


def test_quit_asks_about_a_window_that_was_opened_while_it_asked(windows, files):
    (first,) = windows.all
    do(first, "file.new_window")
    second = windows.all[1]
    second.open(files[1])
    second.documents.current.apply(ADDED)
    windows.quit()
    do(first, "file.new_window")
    third = windows.all[2]
    third.open(files[0])
    third.documents.current.apply(ADDED)
    answer("Discard")
    assert third.isVisible()
    answer("Discard")
    assert not any(window.isVisible() for window in windows.all)


def test_a_window_that_closes_leaves_what_another_offers_to_recover(begin, store, files, tmp_path):
    root, session = tmp_path / "recovery", EditorSession(clock=Clock())
    old = Recovery(root)
    session.open(files[0])
    session.apply(ADDED)
    old.keep("k", Draft(session.playbook, session.path, session.base))
    old.flush()
    left = next(root.iterdir())
    shutil.copytree(left, root / f"2{left.name[1:]}")  # as a crash leaves it: its process's lock is gone
    old.drop("k")
    old.close()
    kept, other = Recovery(root), Recovery(root)
    try:
        windows = begin(store, recovery=kept)
        (first,) = windows.all
        do(first, "file.new_window")
        first.offer_recovery()
        [question] = questions()
        windows.all[1].close()
        assert not other.find()
        question.reject()
    finally:
        other.close()
        kept.close()
