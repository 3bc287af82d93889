"""The line at the bottom of every window: where one is, how much there is, what is live here, and STOP."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStatusBar, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.model.playbook import Playbook, walk_nodes
from tocsin.model.problems import Problem
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.window.breadcrumbs import Breadcrumbs, Crumb, crumbs_of
from tocsin.ui.window.footer_counts import (
    CountButton,
    CountFace,
    CountKind,
    nodes_face,
    problems_face,
    uncertain_face,
    waiting_face,
)
from tocsin.ui.window.stop_button import StopButton

HEIGHT: Final = 28
LIVE: Final = _("Live here: nothing armed")
LOCK: Final = 13


class Footer(QStatusBar):
    """Never folds. It is a QStatusBar so that any QMainWindow takes it; its row is its own.

    Signals:
        crumb_chosen: The id of a part of the path that was pressed (`breadcrumbs.Crumb`).
        count_chosen: The CountKind that was pressed.
        stop_pressed: STOP was pressed.
    """

    crumb_chosen = Signal(str)
    count_chosen = Signal(str)
    stop_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("footer")
        self.setSizeGripEnabled(False)
        self._inside = QWidget(self)
        self._path = Breadcrumbs(theme, self._inside)
        self._hint = ElidedLabel(parent=self._inside, role="hint")
        self._counts = {kind: CountButton(kind, theme, self._inside) for kind in CountKind}
        self._lock = QLabel(self._inside)
        self._live = QLabel(LIVE, self._inside)
        self._live.setTextFormat(Qt.TextFormat.PlainText)
        self._live.setObjectName("live-here")
        self._live.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._live.setToolTip(_("No trigger starts a run by itself in this window."))
        self._stop = StopButton(theme, self._inside)
        self._arrange()
        self._connect()
        self._on_theme_changed()

    @property
    def text(self) -> str:
        """Everything that the line says."""
        path = " / ".join(crumb.text for crumb in self._path.crumbs)
        counts = (self._counts[kind].text() for kind in CountKind)
        return " · ".join(part for part in (path, self._hint.text(), *counts, self._live.text()) if part)

    @property
    def stop_button(self) -> StopButton:
        """STOP, to say its key in its tooltip."""
        return self._stop

    def show_document(self, playbook: Playbook, path: Path | None, selection: Collection[str] = ()) -> None:
        """Show where the playbook and its one selected node are, and how many nodes it has."""
        self._path.show_crumbs(crumbs_of(playbook, path, selection))
        self._show(CountKind.NODES, nodes_face(sum(1 for _unused in walk_nodes(playbook.graph))))

    def show_crumbs(self, crumbs: Sequence[Crumb]) -> None:
        """Show another path, such as the Lab's; there are no nodes to count there."""
        self._path.show_crumbs(crumbs)
        self._show(CountKind.NODES, CountFace())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show how many problems there are."""
        self._show(CountKind.PROBLEMS, problems_face(problems))

    def show_run(self, *, uncertain: int, waiting: int) -> None:
        """Show what may have happened, and what waits for a person."""
        self._show(CountKind.UNCERTAIN, uncertain_face(uncertain))
        self._show(CountKind.WAITING, waiting_face(waiting))

    @Slot(str)
    def show_hint(self, text: str) -> None:
        """Show what the canvas says about the gesture that is on."""
        self._hint.set_text(text)

    def _arrange(self) -> None:
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(16)
        row.addWidget(self._path)
        row.addWidget(self._hint, 1)
        for kind in CountKind:
            row.addWidget(self._counts[kind])
        live = QHBoxLayout()
        live.setSpacing(6)
        live.addWidget(self._lock)
        live.addWidget(self._live)
        row.addLayout(live)
        row.addWidget(self._stop)

    def _connect(self) -> None:
        self._path.crumb_chosen.connect(self.crumb_chosen)
        self._stop.clicked.connect(self.stop_pressed)
        for button in self._counts.values():
            button.clicked.connect(self._on_count)
        self._theme.changed.connect(self._on_theme_changed)

    def _show(self, kind: CountKind, face: CountFace) -> None:
        self._counts[kind].show_face(face)

    @Slot()
    def _on_count(self) -> None:
        sender = self.sender()
        if isinstance(sender, CountButton):
            self.count_chosen.emit(str(sender.kind))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        ratio = self.devicePixelRatioF()
        self._lock.setPixmap(icon_pixmap("lock", self._theme.tokens.text3, self._theme.px(LOCK), ratio))

    @override
    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        super().resizeEvent(arg__1)
        self._inside.setGeometry(self.rect())
