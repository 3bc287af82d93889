"""A value is dragged from what one step gave to a field of another: over its node, into the form that opens."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from tests.ui.fakes import CREATED, finished, settled
from tests.ui.hands import trigger

from tocsin.edits import SetField
from tocsin.ui.forms.value_editor import FunctionButton, ValueEditor
from tocsin.ui.inspector.tab_row import Tab
from tocsin.ui.window.value_hover import ValueHover

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def ran(running, qtbot):
    """The small playbook after a run in which its trigger gave an address."""
    document = running.window.documents.current
    running.runs.tell(CREATED, settled("start", output={"ip": "192.0.2.1"}), finished())
    qtbot.waitUntil(lambda: not document.is_running)
    document.apply(SetField("ask", ("text",), "About "))
    document.session.select(("start",))
    running.panels.inspector.tabs.set_tab(Tab.OUTPUT)
    return running


def drag_out(desk):
    """What the first value of the Output tab is dragged as."""
    model = desk.panels.inspector.output.tree.tree.model()
    index = model.index(0, 0)
    assert index.flags() & Qt.ItemFlag.ItemIsDragEnabled
    return model.mimeData([index])


def spot_of(desk, node):
    view = desk.panels.view
    return view.mapFromScene(desk.panels.scene.place_of(node).center())


def hold_over(desk, data, node):
    viewport, at = desk.panels.view.viewport(), spot_of(desk, node)
    QApplication.sendEvent(viewport, QDragEnterEvent(at, COPY, data, LEFT, NONE))
    move = QDragMoveEvent(at, COPY, data, LEFT, NONE)
    QApplication.sendEvent(viewport, move)
    return move.isAccepted()


def drop_on(view, data):
    field, at = view.findChild(ValueEditor), QPoint(20, 10)
    enter = QDragEnterEvent(at, COPY, data, LEFT, NONE)
    QApplication.sendEvent(field, enter)
    QApplication.sendEvent(field, QDropEvent(QPointF(at), COPY, data, LEFT, NONE))
    return enter.isAccepted()


def test_a_value_goes_from_an_output_over_a_node_into_its_field(ran, qtbot):
    data = drag_out(ran)
    assert not hold_over(ran, data, "ask")
    inspector = ran.panels.inspector
    qtbot.waitUntil(lambda: inspector.owner == "ask")
    assert inspector.tabs.tab is Tab.SETTINGS
    field = inspector.find_field("text")
    assert drop_on(field, data)
    node = ran.window.documents.current.playbook.graph.nodes["ask"]
    assert node.text == "About {{ start.ip }}"
    assert inspector.find_field("text").findChild(FunctionButton).isChecked()
    trigger(ran, "edit.undo")
    assert ran.window.documents.current.playbook.graph.nodes["ask"].text == "About "


def test_a_value_that_only_passes_over_nodes_opens_none(ran):
    data = drag_out(ran)
    hold_over(ran, data, "ask")
    QApplication.sendEvent(ran.panels.view.viewport(), QDragLeaveEvent())
    [hover] = ran.window.documents.current.findChildren(ValueHover)
    assert not hover._rest.isActive()
    assert ran.panels.inspector.owner == "start"
