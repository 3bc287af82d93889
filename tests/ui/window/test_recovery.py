import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTreeWidget
from tests.ui.hands import press, trigger

from tocsin.edits import AddNode
from tocsin.model.playbook import EndNode
from tocsin.services.recovery import Recovery


@pytest.fixture
def start(tmp_path):
    """Start the recovery of another process; all are ended after the test."""
    started = []

    def start():
        started.append(Recovery(tmp_path / "recovery", period=0.0))
        return started[-1]

    yield start
    for recovery in started:
        recovery.close()


@pytest.fixture
def crashed(show_window, start, small):
    """Leave unsaved work as a crash does: on a file, and on a playbook that was never saved."""
    recovery = start()
    desk = show_window(recovery=recovery)
    desk.window.open(small)
    change(desk)
    trigger(desk, "file.new")
    change(desk)
    recovery.close()


@pytest.fixture
def again(crashed, show_window, start):
    """The window of the next start."""
    recovery = start()
    desk = show_window(recovery=recovery)
    desk.recovery = recovery
    return desk


def change(desk):
    desk.window.documents.current.apply(AddNode("more", EndNode(), (0, 0)))


def names(desk):
    return [face.name for face in desk.panels.document.tabs.faces]


def dialog(desk):
    return next((d for d in desk.window.findChildren(QDialog) if d.isVisible()), None)


def keys(recovery):
    return {path.stem for path in recovery._root.rglob("*.json")}


def test_what_a_crash_left_is_listed_with_name_time_and_place(again, small):
    again.window.offer_recovery()
    rows = dialog(again).findChild(QTreeWidget)
    said = [[rows.topLevelItem(row).text(column) for column in range(3)] for row in range(2)]
    assert {row[0] for row in said} == {"Small", "Without a name"}
    assert {row[2] for row in said} == {str(small), "Never saved to a file"}
    assert all(row[1].endswith(" UTC") for row in said)


def test_what_is_recovered_is_open_and_unsaved_and_no_file_was_touched(again, small):
    before = small.read_bytes()
    again.window.offer_recovery()
    press(again.window, "recovery", "recover")
    assert sorted(names(again)) == ["Small", "Untitled"]
    assert all(face.is_dirty for face in again.panels.document.tabs.faces)
    found = again.window.documents.find(small)
    assert "more" in found.playbook.graph.nodes
    assert small.read_bytes() == before
    again.window.documents.show(found)
    trigger(again, "file.save")
    assert "more:" in small.read_text(encoding="utf-8")


def test_recovered_work_is_kept_until_it_is_saved(again, small, start):
    again.window.offer_recovery()
    press(again.window, "recovery", "recover")
    again.recovery.flush()
    assert len(keys(again.recovery)) == 2
    again.window.documents.show(again.window.documents.find(small))
    trigger(again, "file.save")
    again.recovery.flush()
    assert len(keys(again.recovery)) == 1
    again.recovery.close()
    assert [left.name for left in start().find()] == [""]


def test_it_goes_into_the_tab_that_shows_its_file_already(again, small):
    again.window.open(small)
    again.window.offer_recovery()
    press(again.window, "recovery", "recover")
    assert sorted(names(again)) == ["Small", "Untitled"]


def test_a_file_that_was_changed_since_is_told_and_not_overwritten(again, small, qtbot):
    text = small.read_text(encoding="utf-8").replace("name: Small", "name: Theirs")
    small.write_text(text, encoding="utf-8")
    again.window.offer_recovery()
    press(again.window, "recovery", "recover")
    again.window.documents.show(again.window.documents.find(small))
    assert again.panels.file.isVisible()
    trigger(again, "file.save")
    assert small.read_text(encoding="utf-8") == text


def test_what_is_left_for_later_is_offered_again(again, start):
    again.window.offer_recovery()
    press(again.window, "recovery", "look-at-it-later")
    assert dialog(again) is None
    assert names(again) == ["Untitled"]
    assert len(start().find()) == 2


def test_what_is_thrown_away_is_offered_no_more(again, start):
    again.window.offer_recovery()
    press(again.window, "recovery", "throw-away")
    assert start().find() == ()


def test_only_what_is_ticked_is_taken_and_nothing_ticked_takes_nothing(again, start):
    again.window.offer_recovery()
    shown = dialog(again)
    rows = shown.findChild(QTreeWidget)
    row = next(r for r in range(2) if rows.topLevelItem(r).text(0) != "Small")
    rows.topLevelItem(row).setCheckState(0, Qt.CheckState.Unchecked)
    assert [left.name for left in shown.ticked] == ["Small"]
    press(again.window, "recovery", "recover")
    assert names(again) == ["Small"]
    assert [left.name for left in start().find()] == [""]


def test_the_safest_button_has_the_focus_and_is_the_default(again):
    again.window.offer_recovery()
    assert dialog(again).focusWidget().objectName() == "recover"


def test_nothing_left_asks_nothing(show_window, start):
    desk = show_window(recovery=start())
    desk.window.offer_recovery()
    assert dialog(desk) is None


def test_a_clean_close_keeps_nothing(show_window, start, small):
    recovery = start()
    desk = show_window(recovery=recovery)
    desk.window.open(small)
    change(desk)
    recovery.flush()
    assert len(keys(recovery)) == 1
    desk.window.close()
    press(desk.window, "save-changes", "discard-changes")
    recovery.flush()
    assert keys(recovery) == set()


def test_undoing_everything_and_closing_a_tab_keep_nothing_of_it(show_window, start, small):
    recovery = start()
    desk = show_window(recovery=recovery)
    desk.window.open(small)
    change(desk)
    trigger(desk, "edit.undo")
    recovery.flush()
    assert keys(recovery) == set()
    trigger(desk, "edit.redo")
    trigger(desk, "file.close")
    press(desk.window, "save-changes", "discard-changes")
    recovery.flush()
    assert keys(recovery) == set()


def test_letting_go_without_a_close_keeps_what_is_unsaved(show_window, start, small):
    recovery = start()
    desk = show_window(recovery=recovery)
    desk.window.open(small)
    change(desk)
    desk.window.let_go()
    recovery.close()
    assert [left.name for left in start().find()] == ["Small"]


def test_a_disk_that_refuses_is_said_in_the_window(show_window, start, tmp_path, qtbot):
    (tmp_path / "recovery").write_text("no folder", encoding="utf-8")
    desk = show_window(recovery=start())
    change(desk)
    qtbot.waitUntil(desk.panels.notice.isVisible)
    assert "cannot be kept" in desk.panels.notice.text


def test_work_that_cannot_be_read_is_said_and_the_rest_is_recovered(again):
    broken = next(p for p in again.recovery._root.rglob("*.json") if "Small" not in p.read_text(encoding="utf-8"))
    broken.write_text("{", encoding="utf-8")
    again.window.offer_recovery()
    press(again.window, "recovery", "recover")
    assert names(again) == ["Small"]
    assert "cannot be read" in again.panels.notice.text
    assert broken.exists()
