"""Puts the parts of a window into their places, and folds what has no room (visual-design.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.theme import Theme
from tocsin.ui.window.dock_place import DockPlace
from tocsin.ui.window.docks import HISTORY, LAB, Dock
from tocsin.ui.window.folding import LOW, RAIL, STRIP, Folds, Wishes, folds_of
from tocsin.ui.window.footer import Footer
from tocsin.ui.window.header import Header
from tocsin.ui.window.layout_state import INSPECTOR_WIDTHS, LEAST_SIZE, NODES_WIDTHS, DockSide, LayoutState
from tocsin.ui.window.rail import Rail, RailItem
from tocsin.ui.window.side_panel import SidePanel

NODES: Final = "nodes"
OUTLINE: Final = "outline"
RAIL_ITEMS: Final = (
    RailItem(NODES, _("Show the node list"), "plus", "view.node_list"),
    RailItem(OUTLINE, _("Show the outline"), "list", "view.outline"),
    RailItem(HISTORY, _("Show the history"), "history", "view.history"),
    RailItem(LAB, _("Show the Lab"), "flask-conical", "view.lab"),
)
STRIP_ITEMS: Final = (
    RailItem("settings", _("Show the settings"), "braces", "view.inspector"),
    RailItem("output", _("Show the output"), "file"),
    RailItem("notes", _("Show the notes"), "sticky-note"),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What is arranged.

    Attributes:
        header: The bar at the top.
        nodes: The node list.
        centre: The tab strip, and under it all that belongs to the canvas.
        inspector: The settings of what is selected.
        dock: Problems, Run, History and Lab.
        footer: The line at the bottom.
        strip_items: The pages of the inspector, as buttons of its strip.
    """

    header: Header
    nodes: QWidget
    centre: QWidget
    inspector: QWidget
    dock: Dock
    footer: Footer
    strip_items: Sequence[RailItem] = STRIP_ITEMS


class Arrangement(QObject):
    """Gives each part its place in a QMainWindow. Nothing is destroyed: what is folded opens as a drawer.

    Signals:
        changed: A panel opened or folded, or the dock is another way now.
        rail_chosen: The id of the page at the left whose button in the rail was pressed.
        strip_chosen: The id of the inspector's page whose button in the strip was pressed.
    """

    changed = Signal()
    rail_chosen = Signal(str)
    strip_chosen = Signal(str)

    def __init__(self, window: QMainWindow, parts: Parts, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._parts = parts
        self._state = LayoutState()
        self._folds: Folds | None = None
        self._told: object = None
        self._is_run_on = False
        self._was_low = False
        self._is_folded_for_height = False
        self._body = QWidget(window)
        self._row = QSplitter(Qt.Orientation.Horizontal, self._body)
        self._row.addWidget(parts.nodes)
        self._place = DockPlace(parts.dock, parts.centre, self._row, theme)
        self._row.addWidget(parts.inspector)
        rail, strip = Rail(RAIL_ITEMS, RAIL, theme, self._body), Rail(parts.strip_items, STRIP, theme, self._body)
        self._nodes = SidePanel(Qt.Edge.LeftEdge, parts.nodes, rail, self._row)
        self._inspector = SidePanel(Qt.Edge.RightEdge, parts.inspector, strip, self._row)
        self._arrange()
        self._connect()
        self.restore(self._state)

    # What is so

    @property
    def state(self) -> LayoutState:
        """How a person left the window."""
        window, dock = self._window, self._parts.dock
        usual = window.normalGeometry() if window.isMaximized() else window.geometry()
        return replace(
            self._state,
            width=usual.width(),
            height=usual.height(),
            is_maximised=window.isMaximized(),
            dock_side=dock.side,
            dock_height=self._place.height,
            is_dock_open=dock.is_open or self._is_folded_for_height,
            page=dock.page,
        )

    @property
    def header(self) -> Header:
        """The bar at the top."""
        return self._parts.header

    @property
    def body(self) -> QWidget:
        """Everything between header and footer."""
        return self._body

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """The parts as one reads them, wherever they lie now."""
        parts = self._parts
        left, right = self._nodes.rail, self._inspector.rail
        return (parts.header, left, parts.nodes, parts.centre, parts.inspector, right, parts.dock)

    @property
    def is_nodes_shown(self) -> bool:
        """The node list can be seen, in its place or in its drawer."""
        return self._nodes.is_shown

    @property
    def is_inspector_shown(self) -> bool:
        """The inspector can be seen, in its place or in its drawer."""
        return self._inspector.is_shown

    # What is told

    def restore(self, state: LayoutState) -> None:
        """Be as a person left it, on this screen."""
        self._state = state
        screen = self._window.screen().availableGeometry()
        self._window.resize(min(state.width, screen.width()), min(state.height, screen.height()))
        if state.is_maximised:
            self._window.setWindowState(self._window.windowState() | Qt.WindowState.WindowMaximized)
        self._place.height = state.dock_height
        self._parts.dock.restore(state.page, state.dock_side, is_open=state.is_dock_open)
        self._fit_height()
        self._fit(with_motion=False)

    def fit_screen(self) -> None:
        """Leave no part of the window outside the screen: how much its title bar takes is known once it is shown."""
        window = self._window
        room, whole = window.screen().availableGeometry(), window.frameGeometry()
        wider, higher = max(0, whole.width() - room.width()), max(0, whole.height() - room.height())
        if (wider or higher) and not window.isMaximized():
            window.resize(window.width() - wider, window.height() - higher)
            window.move(room.topLeft())

    def toggle_nodes(self) -> None:
        """Open or fold the node list: its place where there is room, else its drawer."""
        if self._folds_with(nodes=self._state.nodes_width).nodes:
            self._nodes.toggle(self._nodes.item)
        else:
            self._keep(is_nodes_open=not self._state.is_nodes_open)

    def toggle_inspector(self) -> None:
        """Open or fold the inspector: its place where there is room, else its drawer."""
        if self._folds_with(inspector=self._state.inspector_width).inspector:
            self._inspector.toggle(self._inspector.item)
        else:
            self._keep(is_inspector_open=not self._state.is_inspector_open)

    def reveal_nodes(self) -> None:
        """Let the node list be seen; folded it opens as a drawer."""
        self._nodes.reveal()

    def reveal_inspector(self) -> None:
        """Let the inspector be seen; folded it opens as a drawer."""
        self._inspector.reveal()

    def mark_pages(self, *, left: str = "", right: str = "") -> None:
        """Say which page node list and inspector show now, where that is another: rail and strip mark its button."""
        for panel, page in ((self._nodes, left), (self._inspector, right)):
            if page:
                panel.mark(page)

    def show_run_on(self, is_on: bool) -> None:
        """Make room while a run is on: beside a dock at the right, node list and inspector fold away."""
        if is_on is not self._is_run_on:
            self._is_run_on = is_on
            self._fit(with_motion=True)

    # Making

    def _arrange(self) -> None:
        parts, window = self._parts, self._window
        window.setMinimumSize(*LEAST_SIZE)
        window.setMenuWidget(parts.header)
        window.setStatusBar(parts.footer)
        window.setCentralWidget(self._body)
        self._nodes.rail.setObjectName("rail")
        self._inspector.rail.setObjectName("inspector-strip")
        line = QHBoxLayout(self._body)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._nodes.rail)
        line.addWidget(self._row, 1)
        line.addWidget(self._inspector.rail)
        self._row.setChildrenCollapsible(False)
        self._row.setStretchFactor(1, 1)
        for splitter in (self._row, self._place.column):
            splitter.setHandleWidth(1)
        for panel, (least, most) in ((parts.nodes, NODES_WIDTHS), (parts.inspector, INSPECTOR_WIDTHS)):
            panel.setMinimumWidth(least)
            panel.setMaximumWidth(most)

    def _connect(self) -> None:
        self._window.installEventFilter(self)
        self._parts.dock.state_changed.connect(self._on_dock)
        self._nodes.rail.pressed.connect(self._on_rail)
        self._inspector.rail.pressed.connect(self._on_strip)
        self._nodes.changed.connect(self._tell)
        self._inspector.changed.connect(self._tell)
        self._row.splitterMoved.connect(self._on_row_moved)

    # Fitting

    def _wishes(self) -> Wishes:
        state, dock = self._state, self._parts.dock
        return Wishes(
            nodes=state.nodes_width if state.is_nodes_open else 0,
            inspector=state.inspector_width if state.is_inspector_open else 0,
            dock=dock.side if dock.is_open else None,
            dock_width=state.dock_width,
            is_run_on=self._is_run_on,
        )

    def _folds_with(self, **wished: int) -> Folds:
        """What would be folded if these widths were wished for."""
        return folds_of(self._window.width(), replace(self._wishes(), **wished))

    def _keep(self, **chosen: bool | int) -> None:
        """Take a person's choice in."""
        self._state = replace(self._state, **chosen)
        self._fit(with_motion=True)

    def _fit(self, *, with_motion: bool) -> None:
        """Fold and open what the window's size and the person's wishes say."""
        folds = folds_of(self._window.width(), self._wishes())
        if folds != self._folds:
            self._folds = folds
            self._parts.header.set_narrow(folds.header)
            self._nodes.fold(folds.nodes, self._state.nodes_width)
            self._inspector.fold(folds.inspector, self._state.inspector_width, has_rail=folds.strip)
        self._place.place(width=folds.dock_width, with_motion=with_motion)
        self._share(folds)
        self._tell()

    def _share(self, folds: Folds) -> None:
        """Share the row's width: each panel as wide as wished, the canvas has the rest."""
        wished = {
            self._parts.nodes: self._state.nodes_width,
            self._parts.inspector: self._state.inspector_width,
            self._parts.dock: folds.dock_width,
        }
        there = {self._row.indexOf(panel): width for panel, width in wished.items() if self._row.indexOf(panel) >= 0}
        rest = max(0, self._row.width() - sum(there.values()))
        self._row.setSizes([there.get(at, rest) for at in range(self._row.count())])

    def _fit_height(self) -> None:
        """Fold the dock at the bottom when the window becomes low, and open it again when it is high enough."""
        dock, is_low = self._parts.dock, self._window.height() < LOW
        if is_low and not self._was_low and dock.is_open and dock.side is DockSide.BOTTOM:
            dock.set_open(False)
            self._is_folded_for_height = True
        elif not is_low and self._is_folded_for_height:
            dock.set_open(True)
        self._was_low = is_low

    @Slot()
    def _tell(self) -> None:
        """Say that something is another way now, once."""
        dock = self._parts.dock
        so = (self.is_nodes_shown, self.is_inspector_shown, dock.page, dock.side, dock.is_open, dock.is_maximised)
        if so != self._told:
            self._told = so
            self.changed.emit()

    # Hearing

    @Slot()
    def _on_dock(self) -> None:
        self._is_folded_for_height = False
        self._fit(with_motion=True)

    @Slot(str)
    def _on_rail(self, item: str) -> None:
        if item in {NODES, OUTLINE}:
            if self._nodes.toggle(item):
                self.rail_chosen.emit(item)
        else:
            self._parts.dock.show_page(item)

    @Slot(str)
    def _on_strip(self, item: str) -> None:
        if self._inspector.toggle(item):
            self.strip_chosen.emit(item)

    @Slot(int, int)
    def _on_row_moved(self, _position: int, _index: int) -> None:
        dock = self._parts.dock
        widths: dict[str, int] = {}
        if self._nodes.is_in_place:
            widths["nodes_width"] = self._nodes.panel.width()
        if self._inspector.is_in_place:
            widths["inspector_width"] = self._inspector.panel.width()
        if self._place.is_beside and not dock.is_maximised:
            widths["dock_width"] = dock.width()
        self._state = replace(self._state, **widths)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() is QEvent.Type.Resize:
            self._fit_height()
            self._fit(with_motion=False)
        return super().eventFilter(watched, event)
