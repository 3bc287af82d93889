"""Buttons side by side that stand one below the other where their words have no room beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

GAP: Final = 8


class FoldingRow(QWidget):
    """A row of widgets, `GAP` pixels apart, that becomes a column when it is narrower than they need."""

    def __init__(self, widgets: Iterable[QWidget], parent: QWidget | None = None, *, fills: bool = False) -> None:
        """Take widgets in, in order.

        Args:
            widgets: They become children of this.
            parent: The widget around it.
            fills: They share the whole width, each as much of it; else they begin at the left.
        """
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._widgets = tuple(widgets)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)
        for widget in self._widgets:
            self._row.addWidget(widget, int(fills))
        if not fills:
            self._row.addStretch(1)

    @property
    def is_folded(self) -> bool:
        """Whether they stand below each other."""
        return self._row.direction() is QBoxLayout.Direction.TopToBottom

    def _fold(self) -> None:
        widths = [widget.minimumSizeHint().width() for widget in self._widgets if not widget.isHidden()]
        shares = any(self._row.stretch(place) for place in range(len(self._widgets)))
        needed = max(widths, default=0) * len(widths) if shares else sum(widths)
        is_tight = needed + GAP * (len(widths) - 1) > self.width()
        wanted = QBoxLayout.Direction.TopToBottom if is_tight else QBoxLayout.Direction.LeftToRight
        if wanted is not self._row.direction():
            self._row.setDirection(wanted)
            self.updateGeometry()

    @override
    def minimumSizeHint(self) -> QSize:
        """As wide as the widest of them: narrower than a row of them it folds."""
        widest = max((widget.minimumSizeHint().width() for widget in self._widgets if not widget.isHidden()), default=0)
        return QSize(widest, self._row.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
