"""A place that puts its widgets side by side and goes on in the next line, as words do."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class Flow(QWidget):
    """Lines of widgets, `gap` pixels apart both ways; as high as they need for the width there is."""

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._shown: list[QWidget] = []

    def show_widgets(self, widgets: Iterable[QWidget]) -> None:
        """Show these, children of this place, in order; whoever made those before lets them go."""
        self._shown = list(widgets)
        for widget in self._shown:
            widget.show()
        self._place()

    def _place(self) -> None:
        x = y = line = 0
        for widget in self._shown:
            size = widget.sizeHint()
            if x and x + size.width() > self.width():
                x, y, line = 0, y + line + self._gap, 0
            widget.setGeometry(QRect(x, y, size.width(), size.height()))
            x += size.width() + self._gap
            line = max(line, size.height())
        self.setFixedHeight(y + line)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
