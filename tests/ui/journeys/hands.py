"""What a person does with mouse and keys in the whole window, for journeys."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
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


def turn_wheel(view, *, by, ctrl=False):
    """Turn the wheel over the middle of a canvas: it scrolls, and with Ctrl it zooms."""
    middle = QPointF(view.viewport().rect().center())
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        middle,
        QPointF(view.viewport().mapToGlobal(middle.toPoint())),
        QPoint(),
        by,
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt takes it by place alone
    )
    QApplication.sendEvent(view.viewport(), turn)


def bring_into_view(desk, *points):
    """Scroll, and zoom out where they are too far apart, until points of the scene can be pressed."""
    view = desk.panels.view
    room = view.viewport().rect().adjusted(24, 24, -24, -24)
    for _ in range(60):
        places = [on_view(view, point) for point in points]
        if all(room.contains(place) for place in places):
            return
        across, down = [place.x() for place in places], [place.y() for place in places]
        if max(across) - min(across) > room.width() or max(down) - min(down) > room.height():
            turn_wheel(view, by=QPoint(0, -120), ctrl=True)
            continue
        away = QPoint((min(across) + max(across)) // 2, (min(down) + max(down)) // 2) - room.center()
        step = QPoint(-120 if away.x() > 60 else 120 if away.x() < -60 else 0, 0)
        if abs(away.y()) > 60:
            step = QPoint(0, -120 if away.y() > 0 else 120)
        turn_wheel(view, by=step)


def drag(view, start, *way):
    """Press at a point of the scene, and let go at the last of others."""
    ground = view.viewport()
    places = [on_view(view, point) for point in (start, *way)]
    QTest.mousePress(ground, LEFT, pos=places[0])
    for place, after in pairwise(places):
        QTest.mouseMove(ground, (place + after) / 2)
        QTest.mouseMove(ground, after)
    QTest.mouseRelease(ground, LEFT, pos=places[-1])
