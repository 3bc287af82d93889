from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.hands import trigger

from tocsin.ui.dialogs.command_palette import CommandPalette
from tocsin.ui.widgets.search_field import SearchField


def test_a_node_is_found_in_the_playbook_by_what_stands_in_it(opened):
    trigger(opened, "edit.find")
    palette = opened.window.findChild(CommandPalette)
    field = palette.findChild(SearchField)
    assert field.placeholderText() == "Find in this playbook"
    QTest.keyClicks(field, "start.ip")
    assert [(found.id, found.title) for found in palette.found] == [("node:ask", "Go on with {{ start.ip }}?")]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert opened.session.selection == {"ask"}
    assert QApplication.activePopupWidget() is None
