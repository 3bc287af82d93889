"""Several windows of one process, each with its own tabs."""

import shutil
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from tests.ui.fakes import FakeChoice, FakeRuns
from tests.ui.hands import SMALL

from tocsin.base.clock import Clock
from tocsin.checks import check_playbook
from tocsin.edits import AddNode
from tocsin.model.playbook import EndNode
from tocsin.services.connections import Overview
from tocsin.services.editing import EditorSession
from tocsin.services.problems import Problems
from tocsin.services.recovery import Draft, Recovery
from tocsin.services.settings import HealthEvery, SettingsStore
from tocsin.ui.bridge import EventBridge
from tocsin.ui.connections.health_watch import HealthWatch
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
        watch = HealthWatch(given.connections, store, lambda: windows.places, bridge) if given.connections else None
        windows = Windows(lambda: MainWindow(given, bridge, theme, FakeChoice()), WindowMemory(store), watch)
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


def open_second(windows, path):
    """Open another window, with a playbook that has unsaved work; give both."""
    (first,) = windows.all
    do(first, "file.new_window")
    second = windows.all[1]
    second.open(path)
    second.documents.current.apply(ADDED)
    return first, second


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
    first, second = open_second(windows, files[0])
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
    first, _ = open_second(windows, files[1])
    windows.quit()
    do(first, "file.new_window")
    third = windows.all[2]
    third.open(files[0])
    third.documents.current.apply(ADDED)
    answer("Discard")
    assert third.isVisible()
    answer("Discard")
    assert not any(window.isVisible() for window in windows.all)


@contextmanager
def left_by_a_crash(root, path):
    """The recovery of a start after a crash, which left unsaved work on this file."""
    session, old = EditorSession(clock=Clock()), Recovery(root)
    session.open(path)
    session.apply(ADDED)
    old.keep("k", Draft(session.playbook, session.path, session.base))
    old.flush()
    left = next(root.iterdir())
    shutil.copytree(left, root / f"2{left.name[1:]}")  # as a crash leaves it: its process's lock is gone
    old.drop("k")
    old.close()
    kept = Recovery(root, period=0.0)
    try:
        yield kept
    finally:
        kept.close()


def test_a_window_that_closes_leaves_what_another_offers_to_recover(begin, store, files, tmp_path):
    root = tmp_path / "recovery"
    with left_by_a_crash(root, files[0]) as kept:
        other = Recovery(root)
        windows = begin(store, recovery=kept)
        (first,) = windows.all
        do(first, "file.new_window")
        first.offer_recovery()
        [question] = questions()
        windows.all[1].close()
        assert not other.find()
        question.reject()
        other.close()


def test_recovered_work_goes_to_the_window_that_shows_its_file(begin, store, files, tmp_path):
    with left_by_a_crash(tmp_path / "recovery", files[0]) as kept:
        windows = begin(store, recovery=kept)
        (first,) = windows.all
        first.open(files[0])
        do(first, "file.new_window")
        second = windows.all[1]
        second.offer_recovery()
        answer("Recover")
        assert (names_in(first), names_in(second)) == (["one.yaml"], [None])
        recovered = first.documents.current.session
        assert recovered.is_dirty
        assert "more" in recovered.playbook.graph.nodes
        recovered.save()
        kept.flush()
        assert not list((tmp_path / "recovery").rglob("*.json"))


@pytest.mark.parametrize("asked_in", [0, 1])
def test_recovered_work_is_a_copy_where_its_file_has_other_changes(begin, store, files, tmp_path, asked_in):
    with left_by_a_crash(tmp_path / "recovery", files[0]) as kept:
        windows = begin(store, recovery=kept)
        (first,) = windows.all
        first.open(files[0])
        first.documents.current.apply(AddNode("mine", EndNode(), (0, 0)))
        do(first, "file.new_window")
        asking = windows.all[asked_in]
        asking.offer_recovery()
        answer("Recover")
        assert "mine" in first.documents.all[0].playbook.graph.nodes
        copy = asking.documents.current
        assert copy.session.path is None
        assert "more" in copy.playbook.graph.nodes
        assert asking.panels.notice.text == (
            "“one.yaml” is open with changes of its own. What was recovered is a copy without a file."
        )
        kept.flush()
        assert len(list((tmp_path / "recovery").rglob("*.json"))) == 2


@pytest.mark.parametrize("has_window", [True, False])
def test_save_as_refuses_a_file_that_another_tab_has(windows, files, has_window):
    (first,) = windows.all
    for path in files:
        first.open(path)
    if has_window:
        do(first, "file.move_to_window")
    saving = windows.all[-1]
    saving.documents.current.apply(ADDED)
    saving.desks.files._choice.chosen = files[0]
    do(saving, "file.save_as")
    assert files[0].read_text(encoding="utf-8") == SMALL
    assert saving.documents.current.session.path == files[1]
    saving.desks.files._choice.chosen = files[0].with_name("three.yaml")
    answer("Choose another name")
    assert not questions()
    assert saving.documents.current.session.path.name == "three.yaml"


def test_the_refusal_leads_to_the_tab_that_has_the_file(windows, files):
    (first,) = windows.all
    for path in files:
        first.open(path)
    first.desks.files._choice.chosen = files[0]
    do(first, "file.save_as")
    answer("Show it")
    assert first.documents.current.session.path == files[0]
    first.documents.current.apply(ADDED)
    do(first, "file.save_as")
    assert not questions()
    assert not first.documents.current.session.is_dirty


def test_a_second_quit_brings_the_question_to_the_front(windows, files):
    first, second = open_second(windows, files[0])
    do(first, "file.quit")
    for _ in range(2):
        do(first, "file.quit")
        second.close()
        assert len(questions()) == 1
    answer("Cancel")
    assert not questions()
    do(second, "file.quit")
    answer("Discard")
    assert not any(window.isVisible() for window in windows.all)


def test_quitting_takes_the_place_of_a_question_about_one_window(windows, files):
    first, second = open_second(windows, files[0])
    second.close()
    do(first, "file.quit")
    answer("Discard")
    assert not any(window.isVisible() for window in windows.all)


class NoConnections:
    """A port that knows of no environment, and where somebody looked for some."""

    def __init__(self):
        self.looked = []

    def look(self, file, /):
        self.looked.append(file)
        future = Future()
        future.set_result(Overview())
        return future


def test_all_windows_have_one_schedule_of_looks_at_the_workspaces_in_front(begin, store, files, qtbot):
    port = NoConnections()
    windows = begin(store, connections=port)
    (first,) = windows.all
    first.open(files[0])
    do(first, "file.new_window")
    second = windows.all[1]
    second.open(files[1])
    assert first.desks.connections.watch is second.desks.connections.watch
    port.looked.clear()
    second.desks.connections.watch.set_every(HealthEvery.HOUR)
    qtbot.waitUntil(lambda: len(port.looked) == 2)
    assert port.looked == [str(path) for path in files]
    first.close()
    assert second.desks.connections.watch.period == 60 * 60 * 1000
    second.desks.connections.watch.close()


def test_a_polite_kill_ends_while_the_question_is_open_and_unsaved_work_stays(begin, store, files, tmp_path):
    kept = Recovery(tmp_path / "recovery")
    windows = begin(store, recovery=kept)
    (first,) = windows.all
    first.open(files[0])
    first.documents.current.apply(ADDED)
    windows.quit()
    windows.let_go()
    kept.close()
    assert len(list((tmp_path / "recovery").rglob("*.json"))) == 1


def test_an_old_question_that_is_answered_late_does_not_answer_for_quitting(windows, files):
    (first,) = windows.all
    first.open(files[0])
    first.documents.current.apply(ADDED)
    do(first, "file.new")
    first.documents.current.apply(ADDED)
    choice, late = first.desks.files._choice, []
    choice.ask_save = lambda _parent, _proposal, on_chosen: late.append(on_chosen)
    do(first, "file.close")
    answer("Save")
    windows.quit()
    late[0](files[0].with_name("three.yaml"))
    assert first.isVisible()
    assert first.documents.find(files[0]).session.is_dirty
    answer("Discard")
    assert not first.isVisible()
