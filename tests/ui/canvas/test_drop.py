import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tocsin.ui.canvas.drop import MIME_TYPE, DropRequest


@pytest.fixture
def drop(hands):
    def drop(x, y, kind=MIME_TYPE):
        data = QMimeData()
        data.setData(kind, QByteArray(b"action firewall.block_address"))
        at = hands.on_view(x, y)
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(at, copy, data, left, none)
        QApplication.sendEvent(hands.view.viewport(), enter)
        if enter.isAccepted():
            QApplication.sendEvent(hands.view.viewport(), QDropEvent(QPointF(at), copy, data, left, none))
        return enter.isAccepted()

    return drop


def test_a_drop_on_the_ground_asks_for_a_node_there(hands, drop):
    assert drop(323, 51)
    assert hands.drops == [DropRequest("action firewall.block_address", None, (320, 24))]


def test_a_drop_into_a_frame_is_in_its_coordinates_below_its_head(hands, drop):
    frame = hands.scene.place_of("hosts")
    drop(frame.left() + 12, frame.top() + 30)
    (request,) = hands.drops
    assert (request.frame, request.at[1]) == ("hosts", 32)


def test_foreign_things_are_not_taken(hands, drop):
    assert not drop(0, 0, "text/plain")
    assert hands.drops == []


def test_a_locked_canvas_takes_nothing(hands, drop):
    hands.scene.set_locked(True)
    assert not drop(0, 0)
