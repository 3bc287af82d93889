import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QWidget

from tocsin.model.playbook import ActionNode, EndNode, ForEachNode, Graph, Playbook
from tocsin.ui.actions.build import ActionSet
from tocsin.ui.actions.context import Facts
from tocsin.ui.dialogs.command_palette import CommandPalette
from tocsin.ui.dialogs.palette_entries import action_entries, node_entries, text_entries
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.search_field import SearchField

INNER = Graph(nodes={"stop": EndNode(title="Isolated")})
PLAYBOOK = Playbook(id="p", graph=Graph(nodes={"hosts": ForEachNode(items="[]", body=INNER, title="For each host")}))


@pytest.fixture
def theme(dressed):
    return Theme()


@pytest.fixture
def actions(theme):
    made = ActionSet(object(), theme)
    made.refresh(Facts(has_nodes=True, undo_label="Move R&D"))
    return made


@pytest.fixture
def palette(theme, actions, catalogue, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    made = CommandPalette(theme, window)
    made.open_with((*node_entries(PLAYBOOK, catalogue), *action_entries(actions)))
    yield made
    made.close()


def search(palette, text):
    palette.findChild(SearchField).setText(text)


def test_it_is_560_px_wide_and_over_the_middle_of_its_window(palette):
    assert palette.width() == 560
    left = palette.x() - palette.parentWidget().mapToGlobal(palette.parentWidget().rect().topLeft()).x()
    assert left == (1000 - 560) // 2
    assert palette.findChild(SearchField).hasFocus()


def test_it_offers_nodes_and_what_can_be_done_now_with_its_keys(actions, catalogue):
    entries = {entry.id: entry for entry in action_entries(actions)}
    assert entries["action:edit.undo"].title == "Undo: Move R&D"
    assert entries["action:run.run"].keys == "F5"
    assert "action:edit.redo" not in entries
    assert "action:view.palette" not in entries
    assert [entry.title for entry in node_entries(PLAYBOOK, catalogue)] == ["For each host", "Isolated"]


def test_a_few_letters_and_enter_choose_the_best(palette, qtbot):
    with qtbot.waitSignal(palette.chosen) as told:
        QTest.keyClicks(palette.findChild(SearchField), "zoom in")
        QTest.keyClick(palette.findChild(SearchField), Qt.Key.Key_Return)
    assert told.args == ["action:view.zoom_in"]
    assert not palette.isVisible()


def test_arrow_keys_go_through_what_was_found(palette, qtbot):
    search(palette, "zoom")
    with qtbot.waitSignal(palette.chosen) as told:
        QTest.keyClick(palette.findChild(SearchField), Qt.Key.Key_Down)
        QTest.keyClick(palette.findChild(SearchField), Qt.Key.Key_Return)
    assert told.args == [palette.found[1].id]


def test_a_press_on_a_row_chooses_it(palette, qtbot):
    search(palette, "isolated")
    rows = palette.findChild(QListView)
    place = rows.visualRect(rows.model().index(0, 0)).center()
    with qtbot.waitSignal(palette.chosen) as told:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["node:stop"]


def test_what_is_not_found_is_said_and_enter_chooses_nothing(palette, qtbot):
    search(palette, "qqqq")
    assert palette.findChild(EmptyState).line == "Nothing matches “qqqq”."
    with qtbot.assertNotEmitted(palette.chosen):
        QTest.keyClick(palette.findChild(SearchField), Qt.Key.Key_Return)


def test_escape_empties_the_field_and_then_closes(palette):
    search(palette, "zoom")
    QTest.keyClick(palette.findChild(SearchField), Qt.Key.Key_Escape)
    assert palette.isVisible()
    QTest.keyClick(palette.findChild(SearchField), Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_it_opens_anew_with_an_empty_field(palette):
    search(palette, "zoom")
    palette.close()
    palette.open_with(palette.found)
    assert palette.findChild(SearchField).text() == ""


def test_a_text_in_a_node_is_found_under_its_title(catalogue):
    block = ActionNode(use="firewall.block_address", title="Block it", inputs={"comment": "seen in\nTocsin", "n": 3})
    inner = Graph(nodes={"block": block})
    graph = Graph(nodes={"hosts": ForEachNode(items="alert.hosts", body=inner, title="Each host")})
    found = [(one.id, one.title, one.group) for one in text_entries(Playbook(id="p", graph=graph), catalogue)]
    assert ("node:block", "seen in Tocsin", "Block it") in found
    assert ("node:hosts", "alert.hosts", "Each host") in found
    assert "Each host" not in {title for _, title, _ in found}
