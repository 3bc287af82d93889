"""Where one is, part by part: folder, playbook, frame, node. Each part can be pressed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLayout, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.model.playbook import Playbook, walk_graphs, walk_nodes
from tocsin.ui.canvas.faces import face_of
from tocsin.ui.theme import Theme, paint_icon, redraw_with
from tocsin.ui.widgets.plain_tip import plain_tip

FOLDER: Final = "folder"
PLAYBOOK: Final = "playbook"
NODE: Final = "node:"
"""What the id of a node's or frame's crumb begins with; its id follows."""
NOT_SAVED: Final = _("Not saved yet")
ICON: Final = 13
GAP: Final = 6
WIDEST: Final = 240
LEAST: Final = 24
LEAST_LAST: Final = 140
"""The last one says where one is: it elides after all others."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One part of the path.

    Attributes:
        id: `folder`, `playbook`, or `node:` and the id of a node.
        text: Its name.
        tip: More about it, such as the whole path; "" for nothing.
    """

    id: str
    text: str
    tip: str = ""


def crumbs_of(playbook: Playbook, path: Path | None, selection: Collection[str] = ()) -> tuple[Crumb, ...]:
    """Return the way to the one selected node, or to the playbook when it is not one."""
    folder = Crumb(FOLDER, path.parent.name or str(path.parent), str(path)) if path else Crumb(FOLDER, NOT_SAVED)
    name = playbook.name or (path.stem if path else playbook.id)
    nodes = _way_to(next(iter(selection)), playbook) if len(selection) == 1 else ()
    return (folder, Crumb(PLAYBOOK, name), *nodes)


def _way_to(name: str, playbook: Playbook) -> tuple[Crumb, ...]:
    frames = {inner: frame for frame, graph in walk_graphs(playbook.graph) for inner in graph.nodes}
    nodes = dict(walk_nodes(playbook.graph))
    crumbs: list[Crumb] = []
    step: str | None = name
    while step is not None and step in nodes:
        crumbs.insert(0, Crumb(f"{NODE}{step}", face_of(step, nodes[step], playbook).title))
        step = frames[step]
    return tuple(crumbs)


class Breadcrumbs(QWidget):
    """A row of crumbs; when it is narrow the names elide, then the first ones go.

    Signals:
        crumb_chosen: The id of the crumb that was pressed.
    """

    crumb_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._crumbs: tuple[Crumb, ...] = ()
        self._buttons: list[CrumbButton] = []
        self.setAccessibleName(_("Path"))
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._fit)

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        """What is shown."""
        return self._crumbs

    def show_crumbs(self, crumbs: Sequence[Crumb]) -> None:
        """Show this path."""
        if tuple(crumbs) == self._crumbs:
            return
        self._crumbs = tuple(crumbs)
        last = len(self._crumbs) - 1
        gone = self._buttons
        self._buttons = [
            CrumbButton(crumb, self._theme, self, is_first=at == 0, is_last=at == last)
            for at, crumb in enumerate(self._crumbs)
        ]
        for button in self._buttons:
            button.clicked.connect(self._on_clicked)
            self._row.addWidget(button)
        for button in gone:  # hiding the one with the focus may come back here: the new ones already stand
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._fit()
        self.updateGeometry()
        self._settled.start()  # once the bar around it has given it its new room

    @Slot()
    def _fit(self) -> None:
        """Show as many of the last crumbs as there is room for; the very last is always there."""
        room, buttons = self.width(), tuple(self._buttons)
        for button in reversed(buttons):
            room -= button.minimumSizeHint().width()
            button.setVisible(room >= 0 or button is buttons[-1])

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, CrumbButton):
            self.crumb_chosen.emit(sender.crumb.id)

    @override
    def sizeHint(self) -> QSize:
        return QSize(sum(button.sizeHint().width() for button in self._buttons), self._theme.px(24))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(LEAST), self._theme.px(24))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class CrumbButton(QAbstractButton):
    """One crumb: a folder's picture before the first, a chevron after all but the last.

    Attributes:
        crumb: What it stands for.
    """

    def __init__(self, crumb: Crumb, theme: Theme, parent: QWidget, *, is_first: bool, is_last: bool) -> None:
        super().__init__(parent)
        self.crumb = crumb
        self._theme = theme
        self._is_first = is_first
        self._is_last = is_last
        self.setText(crumb.text)
        self.setAccessibleName(crumb.text)
        self.setToolTip(plain_tip(crumb.tip or crumb.text))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        redraw_with(theme, self)

    @property
    def _font(self) -> QFont:
        return self._theme.font(11, 500 if self._is_last else 400)

    @property
    def _lead(self) -> int:
        """The room before the words."""
        return self._theme.px(ICON + GAP) if self._is_first else 0

    @property
    def _trail(self) -> int:
        """The room after the words."""
        return 0 if self._is_last else self._theme.px(ICON + 2 * GAP)

    @override
    def sizeHint(self) -> QSize:
        words = min(QFontMetrics(self._font).horizontalAdvance(self.text()) + 2, self._theme.px(WIDEST))
        return QSize(self._lead + words + self._trail, self._theme.px(24))

    @override
    def minimumSizeHint(self) -> QSize:
        words = self.sizeHint().width() - self._lead - self._trail
        least = min(words, self._theme.px(LEAST_LAST if self._is_last else LEAST))
        return QSize(self._lead + self._trail + least, self._theme.px(24))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        tokens, edge = self._theme.tokens, self._theme.px(ICON)
        painter = QPainter(self)
        top = (self.height() - edge) / 2
        if self._is_first:
            paint_icon(painter, "folder", tokens.text2, QRectF(0, top, edge, edge))
        words = self.rect().adjusted(self._lead, 0, -self._trail, 0)
        font = self._font
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if self._is_last or self.underMouse() else tokens.text2))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        if not self._is_last:
            right = self.width() - self._trail + self._theme.px(GAP)
            paint_icon(painter, "chevron-right", tokens.text2, QRectF(right, top, edge, edge))
        painter.end()
