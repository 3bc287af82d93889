"""The canvases of a window, one for each open playbook, of which one is shown; each keeps its zoom and its place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.view import CanvasView


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """One playbook's picture and the view onto it."""

    scene: CanvasScene
    view: CanvasView


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a view shows of its scene.

    Attributes:
        zoom: 1.0 for 100 per cent.
        at: The point of the scene in the view's middle.
    """

    zoom: float
    at: tuple[float, float]


class CanvasStack(QStackedWidget):
    """Shows one canvas at a time. A canvas gets its outlook when it is first seen: before that it has no size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvases: list[Canvas] = []
        self._wanted: dict[Canvas, Outlook | None] = {}

    @property
    def current(self) -> Canvas:
        """The canvas that is shown.

        Raises:
            LookupError: There is none yet.
        """
        return self._canvases[self.currentIndex()]

    def add(self, canvas: Canvas) -> None:
        """Take a canvas in, behind the one that is shown."""
        self._canvases.append(canvas)
        self._wanted[canvas] = None
        self.addWidget(canvas.view)

    def remove(self, canvas: Canvas) -> None:
        """Let a canvas go, its view with it."""
        self._canvases.remove(canvas)
        self._wanted.pop(canvas, None)
        self.removeWidget(canvas.view)
        canvas.view.deleteLater()
        canvas.scene.deleteLater()

    def show_canvas(self, canvas: Canvas) -> None:
        """Bring a canvas to the front."""
        self.setCurrentIndex(self._canvases.index(canvas))
        self._look()
        QTimer.singleShot(0, self, self._look)  # once the panels have left it its room

    def outlook_of(self, canvas: Canvas) -> Outlook | None:
        """Return what a canvas shows, or will show when it is first seen; None for all of it."""
        if canvas in self._wanted:
            return self._wanted[canvas]
        view, size = canvas.view, canvas.view.viewport().size()
        middle = view.viewportTransform().inverted()[0].map(QPointF(size.width() / 2, size.height() / 2))
        return Outlook(view.zoom, (middle.x(), middle.y()))

    def set_outlook(self, canvas: Canvas, outlook: Outlook | None) -> None:
        """Show this, at once or when the canvas is first seen; None for the whole playbook."""
        self._wanted[canvas] = outlook
        self._look()

    @Slot()
    def _look(self) -> None:
        if not self.isVisible() or self.current not in self._wanted:
            return
        outlook, view = self._wanted.pop(self.current), self.current.view
        if outlook is None:
            view.fit_all()
        else:
            view.set_zoom(outlook.zoom)
            view.centerOn(*outlook.at)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._look)
