"""What floats over the canvas at its own size: zoom bar, minimap, and what others show beside a node."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget
from shiboken6 import isValid
from typing_extensions import override

from tocsin.ui.canvas.minimap import Minimap
from tocsin.ui.canvas.placing import corners_of, place_beside, place_in_corner, shift_for
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.zoom_bar import ZoomBar
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.floating import DROP

_ASIDE = 8
_MANY = 100


class Floats(QObject):
    """Keeps every float in its place while the canvas is scrolled, zoomed and resized. None covers a selected node.

    The view says when that is, by `place_soon`, and does what the zoom bar's buttons ask for.

    Attributes:
        zoom_bar: The bar that zooms.
        minimap: The playbook, small; it shows itself only while part of it is out of view.
    """

    _asked = Signal()

    def __init__(self, view: QGraphicsView, scene: CanvasScene, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._canvas = scene
        self._beside: dict[QWidget, str] = {}
        self._is_minimap_wanted = True
        self.zoom_bar = ZoomBar(theme, view.viewport())
        self.minimap = Minimap(scene, theme, view.viewport())
        self.minimap.hide()
        self.zoom_bar.minimap_wanted.connect(self.set_minimap_wanted)
        self.minimap.place_wanted.connect(self._on_place_wanted)
        self._is_asked = False
        self._placed: tuple[object, ...] = ()
        self._bounds = QRectF()
        self._asked.connect(self.place_all, Qt.ConnectionType.QueuedConnection)
        scene.picture_changed.connect(self._on_picture)
        scene.selection_changed.connect(self.place_soon)

    @property
    def is_minimap_wanted(self) -> bool:
        """The minimap shows itself when part of the playbook is out of view."""
        return self._is_minimap_wanted

    @Slot(bool)
    def set_minimap_wanted(self, is_wanted: bool) -> None:
        """Let the minimap show itself, or never."""
        self._is_minimap_wanted = is_wanted
        self.zoom_bar.show_minimap(is_wanted)
        self.place_all()

    def show_beside(self, widget: QWidget, node_id: str) -> None:
        """Show a widget left of a node, else right of it, else at the canvas's top edge, until `hide`.

        It becomes a child of the canvas and has its own size at every zoom.
        """
        if widget not in self._beside:
            widget.installEventFilter(self)
        self._beside[widget] = node_id
        widget.setParent(self._view.viewport())
        widget.adjustSize()
        self.place_all()
        widget.show()
        widget.raise_()

    def holds(self, at: QPoint) -> bool:
        """Tell whether a float lies at a point of the viewport."""
        return self._view.viewport().childAt(at) is not None

    @property
    def has_focus(self) -> bool:
        """The keys go to a float."""
        focus = QApplication.focusWidget()
        return focus is not None and self._view.viewport().isAncestorOf(focus)

    def shift_for(self, node_id: str, size: QSize) -> int:
        """Return how far the canvas must go to the right for something of this size to fit left of a node."""
        around = self._around(node_id)
        return shift_for(size, around, self._view.viewport().rect()) if around else 0

    def hide(self, widget: QWidget) -> None:
        """Show a widget no longer; it stays the canvas's child."""
        if self._beside.pop(widget, None) is not None:
            widget.removeEventFilter(self)
            widget.hide()
            self.place_all()

    @Slot()
    def place_soon(self) -> None:
        """Put every float in its place before the next picture.

        Scrolling takes the viewport's children along. Were they put back at once, the next scroll before the picture
        would find them changed, and Qt would paint all of the viewport anew.
        """
        if not self._is_asked:
            self._is_asked = True
            self._asked.emit()

    @Slot()
    def place_all(self) -> None:
        """Put every float in its place."""
        self._is_asked = False
        self._beside = {widget: node for widget, node in self._beside.items() if isValid(widget)}
        seen, avoid = self._view.viewport().rect(), self._selected()
        facts = (self._view.viewportTransform(), seen, self._canvas.bounds(), avoid, self._wanted())
        if facts == self._placed:
            return
        self._placed = facts
        self._bounds = self._canvas.bounds()
        taken: list[QRect] = []
        for widget, node in self._beside.items():
            around = self._around(node)
            if around:
                widget.move(place_beside(widget.size(), around, seen, [*avoid, *taken]))
                taken.append(widget.geometry())
        self._place_minimap(seen, [*avoid, *taken])
        if self.minimap.isVisible():
            taken.append(self.minimap.geometry())
        bar = self.zoom_bar
        left, right, *tops = corners_of(bar.size(), seen.adjusted(0, 0, 0, DROP))
        beside_map = right - QPointF(self.minimap.width() + _ASIDE, 0).toPoint()
        bar.move(place_in_corner(bar.size(), (left, right, beside_map, *tops), [*avoid, *taken]))

    def _wanted(self) -> list[tuple[object, ...]]:
        """Return what is shown, how large, beside what."""
        beside = [(id(one), one.size(), self._canvas.place_of(node)) for one, node in self._beside.items()]
        return [(self._is_minimap_wanted,), *beside]

    def _place_minimap(self, seen: QRect, avoid: list[QRect]) -> None:
        whole, shown = self._canvas.bounds(), self._view.mapToScene(seen).boundingRect()
        is_shown = self._is_minimap_wanted and not whole.isEmpty() and not shown.contains(whole)
        self.minimap.setVisible(is_shown)
        if is_shown:
            bottom_left, bottom_right, *tops = corners_of(self.minimap.size(), seen.adjusted(0, 0, 0, DROP))
            places = (bottom_right, tops[1], bottom_left, tops[0])
            self.minimap.move(place_in_corner(self.minimap.size(), places, avoid))
            self.minimap.show_seen(shown)

    def _around(self, node_id: str) -> list[QRect]:
        """Return the node and the frames around it, on the viewport."""
        store = self._canvas.store
        if node_id not in store.nodes:
            return []
        return [self._on_view(name) for name in (node_id, *store.frames_around(node_id))]

    def _selected(self) -> list[QRect]:
        """Return the selected nodes that are seen, on the viewport. Of many only some: they fill it anyway."""
        nodes, seen = self._canvas.store.nodes, self._view.viewport().rect()
        some = islice((name for name in self._canvas.selection() if name in nodes), _MANY)
        rects = [self._on_view(name) for name in some if not nodes[name].is_frame]
        return [rect for rect in rects if rect.intersects(seen)]

    def _on_view(self, node_id: str) -> QRect:
        return self._view.viewportTransform().mapRect(self._canvas.place_of(node_id)).toRect()

    @Slot()
    def _on_picture(self) -> None:
        """Most changes of the picture concern no float: a drag and a run bring hundreds a second."""
        if self._beside or self._canvas.selection() or self._canvas.bounds() != self._bounds:
            self.place_soon()

    @Slot(QPointF)
    def _on_place_wanted(self, centre: QPointF) -> None:
        self._view.centerOn(centre)

    # Qt's names

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched in self._beside:
            self.place_all()
        return False
