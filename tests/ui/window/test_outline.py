from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.fakes import CREATED, asked, settled
from tests.ui.hands import trigger


def tree(desk):
    return desk.window.desks.outline.panel.tree


def shown(desk):
    return {str(index.data()) for index in tree(desk).selectionModel().selectedIndexes()}


def test_f3_shows_the_outline_in_the_node_list_s_place_and_gives_it_back(opened):
    opened.window.resize(1440, 900)
    trigger(opened, "view.outline")
    assert tree(opened).isVisible()
    assert not opened.panels.nodes.isVisible()
    assert opened.window.commands.get("view.outline").isChecked()
    trigger(opened, "view.outline")
    assert opened.panels.nodes.isVisible()
    assert QApplication.focusWidget() is opened.window.documents.current.canvas.view


def test_the_selection_is_the_same_in_both_and_what_changes_is_shown(opened):
    session = opened.window.documents.current.session
    trigger(opened, "view.outline")
    session.select(("ask",))
    assert shown(opened) == {"Ask"}
    QTest.keyClick(tree(opened), Qt.Key.Key_Home)
    assert session.selection == {"start"}
    trigger(opened, "edit.duplicate")
    assert session.selection == {"start_2"}
    assert len(shown(opened)) == 1


def test_keys_of_the_canvas_work_in_the_outline(opened):
    session = opened.window.documents.current.session
    trigger(opened, "view.outline")
    session.select(("other",))
    _, before = opened.panels.scene.store.nodes["other"].at
    QTest.keyClick(tree(opened), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert session.playbook.layout.nodes["other"].at[1] == before + 8
    QTest.keyClick(tree(opened), Qt.Key.Key_Delete)
    assert "other" not in session.playbook.graph.nodes
    QTest.keyClick(tree(opened), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "other" in session.playbook.graph.nodes


def test_another_tab_brings_its_own_outline(opened):
    trigger(opened, "view.outline")
    trigger(opened, "file.new")
    assert tree(opened).model().rowCount() == 0


def row(desk, title):
    """The texts of a node's row: what is seen, and what is heard."""
    model = tree(desk).model()
    index = next(
        model.index(place, 0) for place in range(model.rowCount()) if model.index(place, 0).data().startswith(title)
    )
    return index.data(), index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_outline_tells_what_a_run_does_while_it_is_on(running, qtbot):
    trigger(running, "view.outline")
    running.runs.tell(CREATED, settled("start", output={"ip": "192.0.2.1"}), asked())
    qtbot.waitUntil(lambda: row(running, "Ask")[0] == "Ask · waits for you")
    assert row(running, "Started")[0].endswith("· succeeded")
    assert "waits for you" in row(running, "Ask")[1].split(", ")
