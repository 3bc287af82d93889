import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeView
from tests.ui.hands import double_click

from tocsin.ui.canvas.drop import MIME_TYPE
from tocsin.ui.canvas.list_rows import TILE, TILE_ICON
from tocsin.ui.node_list.delegate import NodeListDelegate
from tocsin.ui.node_list.entries import sections_of
from tocsin.ui.node_list.model import find_entry, payload_of
from tocsin.ui.node_list.panel import NodeListPanel
from tocsin.ui.theme import DARK, Look, Theme
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.search_field import SearchField

BLOCK = "action:firewall.block_address"


@pytest.fixture
def theme(dressed):
    return Theme()


@pytest.fixture
def panel(theme, catalogue, qtbot):
    made = NodeListPanel(sections_of(catalogue), theme)
    qtbot.addWidget(made)
    made.resize(220, 830)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def tree(panel):
    return panel.findChild(QTreeView)


def children(model, parent=None):
    parents = () if parent is None else (parent,)
    return [model.index(row, 0, *parents) for row in range(model.rowCount(*parents))]


def find(panel, title, parent=None):
    for index in children(panel.model, parent):
        if index.data() == title:
            return index
        below = find(panel, title, index)
        if below is not None:
            return below
    return None


def titles(indexes):
    return [index.data() for index in indexes]


def search(panel, text):
    panel.findChild(SearchField).setText(text)


def test_headings_are_open_and_categories_closed_with_their_counts(panel, tree):
    assert titles(children(panel.model)) == ["Triggers", "Logic", "Actions"]
    edr = find(panel, "EDR")
    assert all(tree.isExpanded(index) for index in children(panel.model))
    assert not tree.isExpanded(edr)
    assert panel.model.data(edr, Qt.ItemDataRole.AccessibleTextRole) == f"EDR, {panel.model.rowCount(edr)}"


def test_rows_and_tiles_have_the_sizes_of_the_design(panel, tree):
    assert tree.visualRect(find(panel, "Condition")).height() == 27
    assert (TILE, TILE_ICON) == (20, 13)
    assert panel.width() == 220


def test_a_press_on_a_heading_opens_and_closes_it(panel, tree, qtbot):
    edr = find(panel, "EDR")
    for is_open in (True, False):
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(edr).center())
        assert tree.isExpanded(edr) is is_open


def test_what_was_used_last_stands_first_latest_first(panel):
    for payload in ("condition", "end", BLOCK, "note", "condition", "nonsense"):
        panel.note_used(payload)
    recent = find(panel, "Recent")
    assert [payload_of(index) for index in children(panel.model, recent)] == ["condition", "note", BLOCK]
    assert panel.recent == ("condition", "note", BLOCK)


def test_recent_is_not_there_while_nothing_was_used(panel):
    panel.set_recent([BLOCK])
    assert find(panel, "Recent") is not None
    panel.set_recent([])
    assert find(panel, "Recent") is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("isolate", "Isolate an endpoint"),
        ("block addr", "Block an address"),
        ("opnsense unblock", "Unblock an address"),
    ],
)
def test_the_search_finds_an_action_over_all_products(panel, tree, query, expected):
    search(panel, query)
    found = find(panel, expected)
    assert found is not None
    assert tree.isExpanded(found.parent())


def test_after_a_search_the_groups_are_as_they_were(panel, tree):
    tree.expand(find(panel, "Firewall"))
    tree.collapse(find(panel, "Logic"))
    search(panel, "i")
    search(panel, "is")
    search(panel, "")
    assert tree.isExpanded(find(panel, "Firewall"))
    assert not tree.isExpanded(find(panel, "Logic"))
    assert not tree.isExpanded(find(panel, "EDR"))


def test_a_search_that_finds_nothing_says_so(panel):
    search(panel, "foo bar")
    assert [state.line for state in panel.findChildren(EmptyState) if state.isVisible()] == [
        "No node or action matches “foo bar”."
    ]


def test_the_plus_of_a_row_puts_its_node_on_the_canvas_once(panel, tree, qtbot):
    told = []
    panel.chosen.connect(told.append)
    row = tree.visualRect(find(panel, "Condition"))
    plus = tree.itemDelegate().plus_rect(row).center().toPoint()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=plus)
    assert told == ["condition"]
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert told == ["condition"]


def test_entering_or_double_clicking_a_row_puts_its_node_on_the_canvas(panel, tree, qtbot):
    told = []
    panel.chosen.connect(told.append)
    row = find(panel, "Join")
    tree.setCurrentIndex(row)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    place = tree.visualRect(row).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    double_click(tree.viewport(), place)
    assert told == ["join", "join"]


def test_a_drag_carries_what_the_canvas_takes(panel):
    data = panel.model.mimeData([find(panel, "End")])
    assert bytes(data.data(MIME_TYPE)) == b"end"
    assert not panel.model.flags(find(panel, "Logic")) & Qt.ItemFlag.ItemIsDragEnabled


def test_the_end_of_a_row_tells_what_an_action_does_to_the_world(panel, tree):
    entry = find_entry(find(panel, "Isolate an endpoint"))
    assert entry.words.startswith("destructive")
    search(panel, "endpoint")
    rows = {title: tree.visualRect(find(panel, title)) for title in ("Isolate an endpoint", "Find endpoints")}
    picture = tree.viewport().grab().toImage()
    ends = {
        title: {picture.pixelColor(row.right() - 8 - x, row.center().y()).name() for x in range(14)}
        for title, row in rows.items()
    }
    assert len(ends["Find endpoints"]) == 1
    assert len(ends["Isolate an endpoint"]) > 1


def test_the_list_follows_the_look(panel, tree, theme):
    spot = tree.visualRect(find(panel, "Condition")).topLeft() + QPoint(10, 13)
    light = tree.viewport().grab().toImage().pixelColor(spot).name()
    theme.set_look(Look(DARK))
    dark = tree.viewport().grab().toImage().pixelColor(spot).name()
    assert (light, dark) == ("#e6ebf3", "#303846")


def test_rows_grow_with_the_text(panel, tree, theme, qtbot):
    theme.set_look(Look(scale=1.3))
    qtbot.waitUntil(lambda: tree.visualRect(find(panel, "Condition")).height() == 35)


def test_nothing_is_offered_while_a_run_is_on(panel, tree):
    panel.set_locked(True)
    assert not tree.isEnabled()
    panel.set_locked(False)
    assert tree.isEnabled()


def test_the_search_takes_the_focus_that_the_panel_is_given(panel):
    panel.focus_search()
    assert panel.findChild(SearchField).hasFocus()
    assert isinstance(panel.findChild(QTreeView).itemDelegate(), NodeListDelegate)
