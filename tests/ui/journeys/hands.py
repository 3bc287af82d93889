"""What a person does with mouse and keys in the whole window, for journeys."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

LEFT = Qt.MouseButton.LeftButton


def press_keys(desk, keys):
    """Press keys where the focus is: “Ctrl+S”, “F5”."""
    QTest.keySequence(QApplication.focusWidget() or desk.window, QKeySequence(keys))


def write(text):
    """Type where the focus is."""
    QTest.keyClicks(QApplication.focusWidget(), text)


def click(widget, at=None):
    """Press a widget in its middle, or where it is said."""
    QTest.mouseClick(widget, LEFT, pos=at if at is not None else widget.rect().center())


def on_view(view, point):
    """Where a point of the scene is on the canvas."""
    return view.mapFromScene(QPointF(*point))


def middle_of(desk, node):
    """Where a node can be pressed."""
    view = desk.panels.view
    return on_view(view, desk.panels.scene.place_of(node).center().toTuple())


def click_node(desk, node):
    """Select a node with the mouse."""
    click(desk.panels.view.viewport(), middle_of(desk, node))


def connect_by_mouse(desk, source, port, target):
    """Draw a line from a port to a node."""
    view = desk.panels.view
    begin = on_view(view, desk.panels.scene.store.nodes[source].port_point(port))
    end = middle_of(desk, target)
    ground = view.viewport()
    QTest.mousePress(ground, LEFT, pos=begin)
    way = end - begin
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(ground, begin + QPoint(round(way.x() * part), round(way.y() * part)))
    QTest.mouseRelease(ground, LEFT, pos=end)


def type_over(desk, field, text):
    """Put the cursor into a field of the inspector with the mouse, replace what stands in it, and leave it."""
    editor = desk.panels.inspector.find_field(field).editor
    click(editor)
    press_keys(desk, "Ctrl+A")
    write(text)
    press_keys(desk, "Tab")
