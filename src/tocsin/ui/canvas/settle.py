"""Lets nodes go to their new places, quickly at first, so that the eye can follow what tidying did with them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QVariantAnimation, Slot
from PySide6.QtWidgets import QGraphicsView
from typing_extensions import override

from tocsin.edits import MoveNodes
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Playbook
from tocsin.ui.canvas.scene import CanvasScene

SETTLE_MS: Final = 160
MOST: Final = 150
"""So many nodes at most go their way; more are there at once."""
_ENDING: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Drop})


class Settle(QVariantAnimation):
    """Shows a playbook between two layouts. A press of a button or key, or another edit, ends it at its end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene: CanvasScene | None = None
        self._view: QGraphicsView | None = None
        self._catalogue: Catalogue | None = None
        self._ways: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {}
        self._end: Playbook | None = None
        self._shown: Playbook | None = None
        self.setDuration(SETTLE_MS)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.valueChanged.connect(self._on_value)
        self.finished.connect(self.finish)

    def go(
        self,
        scene: CanvasScene,
        view: QGraphicsView,
        before: dict[str, tuple[int, int]],
        catalogue: Catalogue | None,
    ) -> None:
        """Let the nodes of what a scene shows come from other places.

        Args:
            scene: What shows them where they go to.
            view: Where it is seen.
            before: Where they come from, in their graphs.
            catalogue: Of the scene.
        """
        self.finish()
        nodes = scene.store.nodes
        ways = {name: (at, nodes[name].at) for name, at in before.items() if name in nodes and nodes[name].at != at}
        if scene.motion.is_reduced or not view.isVisible() or not 0 < len(ways) <= MOST:
            return
        self._scene, self._view, self._catalogue, self._ways = scene, view, catalogue, ways
        self._end = self._shown = scene.store.playbook
        for watched in (view, view.viewport()):
            watched.installEventFilter(self)
        self.start()

    @Slot()
    def finish(self) -> None:
        """Be there at once."""
        scene, view, end = self._scene, self._view, self._end
        if scene is None or view is None or end is None:
            return
        self._scene = self._view = self._end = None
        self.stop()
        for watched in (view, view.viewport()):
            watched.removeEventFilter(self)
        if scene.store.playbook is self._shown:
            scene.show_playbook(end, self._catalogue)

    @Slot(object)
    def _on_value(self, share: float) -> None:
        if self._scene is None or self._end is None:
            return
        if self._scene.store.playbook is not self._shown:  # somebody edits: that is what is shown
            self.finish()
            return
        spots = {
            name: (round(x + (to_x - x) * share), round(y + (to_y - y) * share))
            for name, ((x, y), (to_x, to_y)) in self._ways.items()
        }
        self._shown = MoveNodes(spots).apply(self._end) if share < 1 else self._end
        self._scene.show_playbook(self._shown, self._catalogue)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ENDING:
            self.finish()
        return False
