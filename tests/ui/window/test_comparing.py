import pytest
from PySide6.QtWidgets import QDialog, QPushButton, QTreeWidget
from tests.ui.hands import SMALL, press

THEIRS = SMALL.replace("name: Small", "name: Theirs").replace("Go on with", "Continue with")

ASKED = ("Go on with {{ start.ip }}?", "Continue with {{ start.ip }}?")


@pytest.fixture
def overtaken(opened, small, qtbot):
    small.write_text(THEIRS, encoding="utf-8")
    qtbot.waitUntil(opened.panels.file.isVisible)
    opened.panels.file.findChild(QPushButton, "compare-file").click()
    return opened


def rows(desk):
    listed = desk.window.findChild(QDialog, "compare").findChild(QTreeWidget)
    items = [listed.topLevelItem(row) for row in range(listed.topLevelItemCount())]
    return [tuple(item.text(column) for column in range(4)) for item in items]


def name(desk):
    return desk.window.documents.current.playbook.name


def test_what_differs_from_the_file_is_shown_setting_by_setting(overtaken):
    assert rows(overtaken) == [("Playbook", "name", "Small", "Theirs"), ("ask", "text", *ASKED)]
    press(overtaken.window, "compare", "cancel")
    assert overtaken.panels.file.isVisible()


def test_the_file_can_be_taken_from_there(overtaken):
    press(overtaken.window, "compare", "reload")
    assert name(overtaken) == "Theirs"
    assert not overtaken.panels.file.isVisible()


def test_mine_can_be_kept_from_there(overtaken):
    press(overtaken.window, "compare", "keep-mine")
    assert name(overtaken) == "Small"
    assert not overtaken.panels.file.isVisible()


def test_a_file_that_holds_no_playbook_any_more_is_told(opened, small, qtbot):
    small.write_text("id: [", encoding="utf-8")
    qtbot.waitUntil(opened.panels.file.isVisible)
    opened.panels.file.findChild(QPushButton, "compare-file").click()
    assert opened.panels.notice.isVisible()
    assert opened.window.findChild(QDialog, "compare") is None


@pytest.fixture
def beside(small):
    """A copy that a sync tool kept beside the file."""
    copy = small.with_name("small (conflicted copy 2026-11-24).yaml")
    copy.write_text(THEIRS, encoding="utf-8")
    return copy


def test_a_copy_that_a_sync_tool_kept_is_told_and_compared(beside, opened):
    assert beside.name in opened.panels.file.text
    opened.panels.file.findChild(QPushButton, "compare-file").click()
    assert rows(opened)[0] == ("Playbook", "name", "Small", "Theirs")
    press(opened.window, "compare", "reload")
    assert name(opened) == "Theirs"
    assert opened.window.documents.current.session.is_dirty


def test_the_copy_is_told_until_it_is_gone(beside, opened, qtbot):
    opened.panels.file.findChild(QPushButton, "compare-file").click()
    press(opened.window, "compare", "keep-mine")
    assert (name(opened), opened.panels.file.isVisible()) == ("Small", True)
    beside.unlink()
    qtbot.waitUntil(lambda: not opened.panels.file.isVisible())
