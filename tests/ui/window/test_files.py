import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from tests.ui.hands import SMALL, press, trigger

from tocsin.base.codes import ErrorCode
from tocsin.base.network_drive import NetworkDrive
from tocsin.edits import AddNode
from tocsin.model.playbook import EndNode
from tocsin.services.claims import Claims

CHANGED = SMALL.replace("name: Small", "name: Theirs")


def change(desk):
    desk.session.apply(AddNode("more", EndNode(), (0, 0)))


def button(desk, name):
    return desk.panels.file.findChild(QPushButton, name)


@pytest.fixture
def overtaken(opened, small, qtbot):
    """The window after another program has written the file."""
    small.write_text(CHANGED, encoding="utf-8")
    qtbot.waitUntil(opened.panels.file.isVisible)
    return opened


def test_a_file_that_another_program_changes_is_told(overtaken):
    assert overtaken.panels.file.text == "Another program has changed “small.yaml”."
    assert overtaken.session.playbook.name == "Small"


def test_a_file_that_is_replaced_by_another_is_told_each_time(opened, small, qtbot):
    for name in ("Second", "Third"):
        beside = small.with_name("beside")
        beside.write_text(SMALL.replace("name: Small", f"name: {name}"), encoding="utf-8")
        beside.replace(small)
        qtbot.waitUntil(opened.panels.file.isVisible)
        button(opened, "reload-file").click()
        assert opened.session.playbook.name == name
        assert not opened.panels.file.isVisible()


def test_reloading_keeps_the_outlook(overtaken):
    overtaken.panels.view.set_zoom(0.5)
    button(overtaken, "reload-file").click()
    assert (overtaken.session.playbook.name, overtaken.panels.view.zoom) == ("Theirs", 0.5)
    assert not overtaken.session.is_dirty


def test_keeping_mine_lets_the_next_save_overwrite(overtaken, small):
    button(overtaken, "keep-mine").click()
    assert not overtaken.panels.file.isVisible()
    assert overtaken.session.is_dirty
    trigger(overtaken, "file.save")
    assert "name: Small" in small.read_text(encoding="utf-8")
    assert not overtaken.session.is_dirty


def test_a_save_over_a_file_that_was_just_changed_is_refused_and_asks(opened, small):
    change(opened)
    small.write_text(CHANGED, encoding="utf-8")
    trigger(opened, "file.save")
    assert small.read_text(encoding="utf-8") == CHANGED
    assert opened.panels.notice.text.startswith(ErrorCode.FILE_CHANGED)
    assert opened.panels.file.text == (
        "Another program has changed “small.yaml”. Reloading it drops your unsaved changes."
    )
    button(opened, "keep-mine").click()
    trigger(opened, "file.save")
    assert "more:" in small.read_text(encoding="utf-8")
    assert not opened.panels.notice.isVisible()


def test_closing_with_save_does_not_overwrite_either(opened, small):
    change(opened)
    small.write_text(CHANGED, encoding="utf-8")
    opened.window.close()
    press(opened.window, "save-changes", "save-changes")
    assert opened.window.isVisible()
    assert small.read_text(encoding="utf-8") == CHANGED


def test_our_own_save_is_no_news(opened, small, qtbot):
    change(opened)
    trigger(opened, "file.save")
    opened.window.documents.current.look_at_file()
    qtbot.wait(200)
    assert not opened.panels.file.isVisible()


def test_a_file_that_is_gone_is_told_and_saving_writes_it_again(opened, small, qtbot):
    small.unlink()
    qtbot.waitUntil(opened.panels.file.isVisible)
    assert opened.panels.file.text == "“small.yaml” is no longer where it was. Saving writes it again."
    assert button(opened, "reload-file").isHidden()
    trigger(opened, "file.save")
    assert small.is_file()
    assert not opened.panels.file.isVisible()


def test_a_read_only_file_says_so_and_saving_asks_for_another_name(desk, small, tmp_path):
    small.chmod(0o444)
    desk.window.open(small)
    assert desk.panels.file.text == "“small.yaml” is read-only. Saving asks for another name."
    assert not button(desk, "keep-mine").isVisible()
    desk.choice.chosen = tmp_path / "mine.yaml"
    trigger(desk, "file.save")
    assert (tmp_path / "mine.yaml").exists()
    assert not desk.panels.file.isVisible()


def test_the_notice_is_of_the_playbook_in_front(overtaken, tmp_path):
    trigger(overtaken, "file.new")
    assert not overtaken.panels.file.isVisible()
    trigger(overtaken, "view.next_tab")
    assert overtaken.panels.file.isVisible()


def test_nothing_is_reloaded_while_a_run_is_on(running, small, qtbot):
    small.write_text(CHANGED, encoding="utf-8")
    qtbot.waitUntil(running.panels.file.isVisible)
    assert not button(running, "reload-file").isEnabled()


def drag(widget, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(200, 200), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, data, left, none))
    return enter.isAccepted()


def test_files_that_are_dropped_on_the_window_open(desk, small, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(CHANGED, encoding="utf-8")
    assert drag(desk.window, [small, other])
    assert [face.name for face in desk.panels.document.tabs.faces] == ["Small", "Theirs"]


def test_a_drag_without_files_is_not_taken(desk):
    assert not drag(desk.window, [])


def test_new_and_open_ask_nothing_and_lose_nothing(opened, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(CHANGED, encoding="utf-8")
    change(opened)
    opened.choice.chosen = other
    trigger(opened, "file.open")
    trigger(opened, "file.new")
    assert [face.name for face in opened.panels.document.tabs.faces] == ["Small", "Theirs", "Untitled"]
    assert opened.session.is_dirty


@pytest.fixture
def shared(show_window, small):
    """The window with a file on a shared drive that somebody else has open."""
    claims = Claims(find_drive=lambda folder: NetworkDrive(str(folder), "cifs"))
    other = small.with_name(f".{small.name}.ws-3-7.tocsin-open")
    said = {"person": "ana\n", "computer": "ws-3", "since": 1_764_000_000_000_000}
    other.write_text(json.dumps(said), encoding="utf-8")
    desk = show_window(claims=claims)
    desk.window.open(small)
    desk.other = other
    return desk


def test_who_else_has_a_file_open_is_told_until_they_close_it(shared, qtbot):
    assert shared.panels.file.text == (
        "ana  on ws-3 has “small.yaml” open, since 24 Nov 2025, 16:00:00 UTC. "
        "If they save first, yours is held back and you are asked."
    )
    assert not any(one.isVisible() for one in shared.panels.file.findChildren(QPushButton))
    shared.other.unlink()
    qtbot.waitUntil(lambda: not shared.panels.file.isVisible())


def test_a_file_is_marked_as_open_until_its_tab_is_closed(shared, small):
    shared.other.unlink()
    assert len(list(small.parent.glob(".small.yaml.*"))) == 1
    trigger(shared, "file.close")
    assert not list(small.parent.glob(".small.yaml.*"))
