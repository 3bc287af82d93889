"""The bar that zooms: smaller, the zoom itself, larger, everything, minimap."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from tocsin.base.texts import _
from tocsin.ui.canvas.steady import SteadyFloat
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.icon_button import TARGET, IconButton
from tocsin.ui.widgets.keys import with_key

_WHOLE: Final = _("Zoom to 100 %")
_WIDEST: Final = "400 %"
_LABEL: Final = 43
_GAP: Final = 2
_SIDE: Final = 4
_AROUND_LINE: Final = 4
_LINE: Final = 16
_SHOWN: Final = "picture-in-picture-2"
_HIDDEN: Final = "picture-in-picture"


class LevelButton(QPushButton):
    """Says the zoom in its words, and in its tooltip what a press does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.show_key("")

    def show_key(self, key: str) -> None:
        """Say which key does the same, in portable text; "" for none."""
        self.setToolTip(with_key(_WHOLE, key))


class ZoomBar(SteadyFloat):
    """Says how large the canvas is shown, and lets that be changed.

    Signals:
        minimap_wanted: The minimap is to show itself when something is out of view, or never.

    Attributes:
        smaller: Goes to the next smaller step.
        level: Shows the zoom; goes to 100 %.
        larger: Goes to the next larger step.
        all: Shows everything.
        minimap: Lets the minimap show itself, or not.
    """

    minimap_wanted = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, _("Zoom"), parent)
        self.smaller = IconButton(theme, "minus", _("Zoom out"), parent=self)
        self.level = LevelButton(self)
        self.level.setObjectName("zoom_level")
        self.level.setAutoDefault(False)
        self.larger = IconButton(theme, "plus", _("Zoom in"), parent=self)
        self.all = IconButton(theme, "maximize", _("Fit all"), parent=self)
        self.minimap = IconButton(theme, _SHOWN, _("Hide the minimap"), parent=self)
        self.minimap.clicked.connect(self._on_minimap)
        self._has_minimap = True
        divider = QFrame(self)
        divider.setObjectName("zoom_divider")
        divider.setFixedSize(1, theme.px(_LINE))
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, _GAP, _SIDE, _GAP)
        row.setSpacing(_GAP)
        for part in (self.smaller, self.level, self.larger):
            row.addWidget(part)
        row.addSpacing(_AROUND_LINE - _GAP)
        row.addWidget(divider)
        row.addSpacing(_AROUND_LINE - _GAP)
        row.addWidget(self.all)
        row.addWidget(self.minimap)
        self.show_zoom(1.0)
        self._fit_text()
        theme.changed.connect(self._fit_text)

    def show_zoom(self, zoom: float) -> None:
        """Say how large the canvas is shown; 1.0 is 100 %."""
        text = f"{round(zoom * 100)} %"
        self.level.setText(text)
        self.level.setAccessibleName(_("Zoom {text}").format(text=text))

    def show_minimap(self, is_wanted: bool) -> None:
        """Say whether the minimap is wanted."""
        self._has_minimap = is_wanted
        self.minimap.set_icon(_SHOWN if is_wanted else _HIDDEN)
        self.minimap.set_name(_("Hide the minimap") if is_wanted else _("Show the minimap"))

    @Slot()
    def _on_minimap(self) -> None:
        self.minimap_wanted.emit(not self._has_minimap)

    @Slot()
    def _fit_text(self) -> None:
        words = self.level.fontMetrics().horizontalAdvance(_WIDEST)
        width = max(self._theme.px(_LABEL), words)
        self.level.setFixedSize(width, self._theme.px(TARGET))
        self.adjustSize()
