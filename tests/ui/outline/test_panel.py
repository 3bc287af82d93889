import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas.faces import Face, Family
from tocsin.ui.canvas.geometry import Silhouette
from tocsin.ui.outline.panel import OutlinePanel
from tocsin.ui.outline.rows import NodeWords, OutlineRow

ROWS = (
    OutlineRow(
        "a", "Alert", "Alert, trigger", rows=(OutlineRow("b", "then → Block", "then, leads to Block", line="a -> b"),)
    ),
    OutlineRow("b", "Block", "Block, action"),
)


@pytest.fixture
def panel(theme, qtbot):
    panel = OutlinePanel(theme)
    qtbot.addWidget(panel)
    panel.show_rows(ROWS, frozenset())
    panel.told, panel.doors = [], []
    panel.chosen.connect(panel.told.append)
    panel.opened.connect(panel.doors.append)
    return panel


def press(panel, *keys):
    for key in keys:
        QTest.keyClick(panel.tree, key)


def test_arrows_choose_nodes_and_what_is_shown_as_selected_is_not_told_again(panel):
    panel.show_selection(frozenset({"a"}))
    assert panel.told == []
    press(panel, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert panel.told[-1] == {"b"}


def test_enter_on_a_way_goes_where_it_leads_and_on_a_node_opens_it(panel):
    panel.show_selection(frozenset({"a"}))
    press(panel, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert panel.told[-1] == {"b"}
    press(panel, Qt.Key.Key_Return)
    assert panel.doors == ["b"]


def test_rows_say_themselves_to_those_who_hear(panel):
    index = panel.tree.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Alert, trigger"
    assert panel.tree.accessibleName() == "Outline"


def test_what_is_so_with_a_node_now_is_said_in_place(panel):
    panel.tree.setCurrentIndex(panel.tree.model().index(0, 0))
    panel.show_words({"b": NodeWords("Block", "Block, action, failed", "failed")})
    index = panel.tree.model().index(1, 0)
    assert (index.data(), index.data(Qt.ItemDataRole.AccessibleTextRole)) == ("Block · failed", "Block, action, failed")
    way = panel.tree.model().index(0, 0, panel.tree.model().index(0, 0))
    assert way.data() == "then → Block"
    panel.show_words({"b": NodeWords("Block", "Block, action")})
    assert index.data() == "Block"


def ink(panel, row):
    """The colours of a row at the right end, where the marks stand."""
    rect = panel.tree.visualRect(panel.tree.model().index(row, 0))
    image = panel.tree.viewport().grab(rect.adjusted(rect.width() - 24, 0, 0, 0)).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_row_ends_in_what_its_step_does_to_the_world(panel, theme):
    panel.resize(240, 300)
    panel.show()
    read, change = (
        OutlineRow(name, name, name, face=Face(name, "", "zap", Family.ACTION, Silhouette.PLAIN, effect=effect))
        for name, effect in (("read", Effect.READ), ("stop", Effect.DESTRUCTIVE))
    )
    panel.show_rows((read, change), frozenset())
    assert theme.tokens.text.lower() not in ink(panel, 0)
    assert theme.tokens.text.lower() in ink(panel, 1)


def test_rows_are_as_high_as_those_of_the_node_list(panel):
    assert panel.tree.visualRect(panel.tree.model().index(0, 0)).height() == 27
