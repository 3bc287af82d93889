"""Takes a view to another place and zoom, quickly at first, so that the eye can follow (§7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation, Slot

GLIDE_MS: Final = 180


class Glide(QVariantAnimation):
    """Calls `show` with a centre on the scene and a zoom until both are the wanted ones."""

    def __init__(self, show: Callable[[QPointF, float], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._from = (QPointF(), 1.0)
        self._to = (QPointF(), 1.0)
        self.setDuration(GLIDE_MS)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.valueChanged.connect(self._on_value)

    @property
    def is_going(self) -> bool:
        """It is on its way."""
        return self.state() == QVariantAnimation.State.Running

    def go(self, start: tuple[QPointF, float], end: tuple[QPointF, float]) -> None:
        """Go from a centre and zoom to others."""
        self.stop()
        self._from, self._to = start, end
        self.start()

    def finish(self) -> None:
        """Be there at once, if it is on its way."""
        if self.is_going:
            self.stop()
            self._show(*self._to)

    @Slot(object)
    def _on_value(self, share: float) -> None:
        (start, zoom), (end, wanted) = self._from, self._to
        self._show(start + (end - start) * share, zoom + (wanted - zoom) * share)
