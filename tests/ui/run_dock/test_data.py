import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from tocsin.ui.expression import find_value
from tocsin.ui.run_dock.data_model import PAGE, ROOT, DataModel, DataTable
from tocsin.ui.run_dock.data_text import columns_of, copied_text, find_paths, line_text, page_text
from tocsin.ui.run_dock.data_tree import DataMode, DataTree, value_colour
from tocsin.ui.theme import LIGHT, Theme

HOSTS = {"hosts": [{"name": "ws-01", "ip": "10.0.0.1"}, {"name": "ws-02", "os": None}], "count": 2, "ok": True}


@pytest.fixture
def tree(dressed, qtbot):
    widget = DataTree(Theme())
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.show()
    return widget


def lines(model, parent=ROOT):
    return [model.index(row, 0, parent).data() for row in range(model.rowCount(parent))]


def test_values_are_said_in_one_line():
    said = [line_text(value) for value in ({"a": 1}, [1, 2], "", "a\nb", None, True, 1.5)]
    assert said == ["1 field", "2 items", "“”", "a b", "null", "true", "1.5"]


def test_a_page_ends_where_nobody_reads_on():
    assert page_text({"a": 1}) == '{\n  "a": 1\n}'
    assert page_text("x" * 200_000).endswith("… and 100,002 more characters")


def test_what_is_copied_cannot_be_clicked():
    assert copied_text("203.0.113.66") == "203[.]0[.]113[.]66"
    assert '"10[.]0[.]0[.]1"' in copied_text(HOSTS)


def test_names_and_values_are_found_in_the_order_of_reading():
    assert find_paths(HOSTS, "WS") == [("hosts", 0, "name"), ("hosts", 1, "name")]
    assert find_paths(HOSTS, "ip") == [("hosts", 0, "ip")]
    assert find_paths(HOSTS, "") == find_paths(HOSTS, "nothing like it") == []
    assert len(find_paths(["x"] * 1000, "x", most=10)) == 10


def test_only_a_list_of_maps_is_a_table():
    assert columns_of(HOSTS["hosts"]) == ("name", "ip", "os")
    assert [columns_of(value) for value in ([], [1], {"a": 1}, "text", None)] == [()] * 5


def test_the_tree_holds_what_was_looked_at_and_no_more():
    model = DataModel()
    model.show_value({"a": {"b": [1, 2]}, "c": None})
    assert lines(model) == ["a: 1 field", "c: null"]
    inner = model.index(0, 0)
    assert model.rowCount(inner) == 0
    model.fetchMore(inner)
    assert lines(model, inner) == ["b: 2 items"]
    assert model.parent(model.index(0, 0, inner)) == inner
    assert not model.parent(inner).isValid()


def test_a_plain_value_stands_alone():
    model = DataModel()
    model.show_value("done")
    assert lines(model) == ["done"]
    model.show_value(None)
    assert lines(model) == []


def test_places_are_found_far_down_a_long_list():
    model = DataModel()
    model.show_value({"rows": [{"n": n} for n in range(1000)]})
    index = model.index_of(("rows", 700, "n"))
    assert (index.data(), model.path_of(index)) == ("n: 700", ("rows", 700, "n"))
    assert model.rowCount(model.index(0, 0)) == 4 * PAGE


def test_a_hundred_thousand_entries_are_shown_at_once(tree):
    begin = time.perf_counter()
    tree.show_value({"rows": list(range(100_000))})
    assert time.perf_counter() - begin < 10  # a square would take minutes


def test_the_first_level_is_open_and_values_are_coloured_by_type(tree):
    tree.show_value(HOSTS)
    assert tree.tree.isExpanded(tree.tree.model().index(0, 0))
    colours = [value_colour(value, LIGHT) for value in ("x", 1, True, None, [1])]
    assert colours == [LIGHT.succeeded, LIGHT.running, LIGHT.running, LIGHT.text3, LIGHT.text3]


def test_modes_follow_what_the_value_can_be(tree):
    tree.show_value(HOSTS["hosts"])
    tree.set_mode(DataMode.TABLE)
    table = tree.findChild(QTableView, "data-table")
    assert (tree.mode, table.model().rowCount(), table.model().columnCount()) == (DataMode.TABLE, 2, 3)
    tree.show_value({"a": 1})
    assert tree.mode is DataMode.TREE
    tree.set_mode(DataMode.JSON)
    tree.show_value({"a": 2})
    assert tree.text == '{\n  "a": 2\n}'


def test_search_goes_round_the_places_it_found(tree, qtbot):
    tree.show_value(HOSTS)
    tree.search("ws-")
    places = []
    for _ in range(3):
        places.append(tree.tree.currentIndex().data())
        tree.go_on()
    assert (tree.found, places) == (2, ["name: ws-01", "name: ws-02", "name: ws-01"])


def test_the_chosen_value_is_copied_defanged_by_the_usual_key(tree, qtbot):
    tree.show_value({"ip": "192.0.2.7", "n": 1})
    tree.tree.setCurrentIndex(tree.tree.model().index(0, 0))
    tree.tree.setFocus()
    tree.copy()
    assert QGuiApplication.clipboard().text() == "192[.]0[.]2[.]7"


def test_markup_in_data_is_shown_as_it_is(tree):
    tree.show_value({"<b>x</b>": "<img src=x>"})
    assert tree.tree.model().index(0, 0).data() == "<b>x</b>: <img src=x>"
    assert tree.grab().width() == 400


def test_a_look_that_changes_is_followed(tree):
    from tocsin.ui.theme import DARK, Look

    theme = Theme()
    other = DataTree(theme)
    other.show_value(HOSTS)
    before = other.tree.itemDelegate().row_height
    theme.set_look(Look(DARK, scale=1.3))
    assert other.tree.itemDelegate().row_height > before
    assert Qt.ContextMenuPolicy.CustomContextMenu == other.tree.contextMenuPolicy()
    other.deleteLater()


def dragged(model, index):
    return find_value(model.mimeData([index]))


def test_a_value_is_dragged_as_the_path_to_it():
    model = DataModel()
    model.set_source("find")
    model.show_value({"hosts": [{"odd name": 1}]})
    assert model.index(0, 0).flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert dragged(model, model.index_of(("hosts",))) == "find.hosts"
    assert dragged(model, model.index_of(("hosts", 0, "odd name"))) == 'find.hosts[0]["odd name"]'


def test_a_value_that_is_all_there_is_is_dragged_as_the_node_itself():
    model = DataModel()
    model.set_source("find")
    model.show_value("203.0.113.66")
    assert dragged(model, model.index(0, 0)) == "find"


def test_a_cell_of_a_table_is_dragged_as_the_path_to_it():
    model = DataTable()
    model.set_source("find")
    model.show_value(HOSTS["hosts"])
    assert dragged(model, model.index(1, 0)) == "find[1].name"


def test_what_no_node_gave_is_not_dragged(tree):
    tree.show_value(HOSTS)
    assert not tree.tree.model().index(0, 0).flags() & Qt.ItemFlag.ItemIsDragEnabled
    tree.set_source("find")
    assert tree.tree.model().index(0, 0).flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert tree.tree.dragDropMode() is tree.tree.DragDropMode.DragOnly
