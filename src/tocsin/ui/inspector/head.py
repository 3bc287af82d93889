"""The inspector's head: the tile with its effect mark, the title, what it does in words, what can be done to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.ui.canvas.faces import Face
from tocsin.ui.canvas.node_tile import NodeTile
from tocsin.ui.forms.form_parts import SIDE
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.icon_button import IconButton

HEIGHT: Final = 54


class InspectorHead(QFrame):
    """54 px high; the title elides, with the whole in its tooltip.

    Signals:
        menu_requested: Where on the screen the menu of what is selected goes, a QPoint.
    """

    menu_requested = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "inspector-head")
        self._theme = theme
        self._tile = NodeTile(theme, self)
        self._title = ElidedLabel("", self, role="panel-title")
        self._subtitle = ElidedLabel("", self, role="quiet")
        self._buttons = QHBoxLayout()
        self._more = IconButton(theme, "ellipsis", _("More to do with it"), parent=self)
        self._more.setObjectName("inspector-menu")
        self._more.clicked.connect(self._on_more)
        self._arrange()
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def title(self) -> str:
        """The headline."""
        return self._title.text()

    @property
    def subtitle(self) -> str:
        """What kind of thing it is, and what it does to the world."""
        return self._subtitle.text()

    @property
    def tile(self) -> NodeTile:
        """The tile."""
        return self._tile

    def show_words(self, title: str, subtitle: str, face: Face) -> None:
        """Show what is selected."""
        self._title.set_text(title)
        self._subtitle.set_text(subtitle)
        self._tile.show_face(face)

    def add_action(self, action: QAction, icon: str) -> None:
        """Offer something to do with what is selected."""
        button = IconButton(self._theme, icon, action.text(), parent=self)
        button.follow(action)
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    @Slot()
    def _on_more(self) -> None:
        self.menu_requested.emit(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.setContentsMargins(0, 2, 0, 0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        words.addStretch(1)
        self._buttons.setSpacing(14)
        self._buttons.addWidget(self._more)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE - 4, 0)
        row.setSpacing(6)
        row.addWidget(self._tile)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
