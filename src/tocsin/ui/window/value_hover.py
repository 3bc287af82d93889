"""A value that is held over a node of the canvas: the node's settings open, so that it can be dropped into a field."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from typing_extensions import override

from tocsin.ui.expression import VALUE_MIME
from tocsin.ui.window.document import Document

REST_MS: Final = 350
"""How long a value rests over a node before it is meant."""


class ValueHover(QObject):
    """Watches one document's canvas and ends with the document. The canvas itself takes no values."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._node: str | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)
        document.canvas.view.viewport().installEventFilter(self)

    def _hold_over(self, at: QPoint) -> None:
        canvas = self._document.canvas
        spot = canvas.view.mapToScene(at)
        node = canvas.scene.store.hit(spot.x(), spot.y(), reach=0).node
        if node != self._node:
            self._node = node
            self._rest.start()

    @Slot()
    def _on_rest(self) -> None:
        if self._node is not None:
            self._document.open_node(self._node)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DragLeave:
            self._node = None
            self._rest.stop()
        elif isinstance(event, QDragMoveEvent) and event.mimeData().hasFormat(VALUE_MIME):
            self._hold_over(event.position().toPoint())
            event.setAccepted(isinstance(event, QDragEnterEvent))  # so that it goes on to hear where the value is
            return True
        return super().eventFilter(watched, event)
