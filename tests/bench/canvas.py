"""The canvas with 1,000 and 5,000 nodes: the product's own scene, view and nodes (issue 2, “Shown by” 5).

Each figure is the time until the picture is painted, offscreen, at 1280 x 800: building, repainting all of it from far,
panning by (16, 9), dragging a node with four edges, and changing one node's state with the whole graph in view. These
are taken with motion reduced, so that a fade is not mistaken for the picture that is waited for. `tick_ms` is one tick
of the timer by which a running node's ring turns, as near as it can be seen.
"""

import gc
import math
import os
import resource
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")  # Qt's 5 ms wait between updates is not ours to measure

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tests.bench.floors import canvas as floor
from tests.bench.timing import median_ms
from tocsin.base.clock import Clock
from tocsin.edits import Edit, MoveNodes, Paste, excerpt_of
from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.model.playbook import ActionNode, ConditionNode, Edge, Graph, Layout, Playbook, Spot, TriggerNode
from tocsin.services.editing import EditorSession
from tocsin.ui.canvas.geometry import Density
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.tidying import tidied
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.theme import LIGHT, load_fonts

SIZES = (1000, 5000)
VIEW = (1280, 800)
COLUMN, ROW = 280, 104
BUILDS = 5
STATES = (NodeState.RUNNING, NodeState.SUCCEEDED)
FIGURES = {
    1000: {"build_ms": 80, "whole_graph_repaint_ms": 3, "pan_ms": 3, "drag_ms": 2, "one_state_ms": 1},
    5000: {"build_ms": 400, "whole_graph_repaint_ms": 8, "pan_ms": 3, "drag_ms": 2, "one_state_ms": 1},
}
EDITS = {"tidy_300_ms": 150, "paste_500_ms": 150}


def run() -> dict:
    """Return medians and floors for each size, and the figures they are held against."""
    application = QApplication.instance() or QApplication([])
    load_fonts()
    gc.disable()  # as in the product, where ui/garbage.py collects in quiet moments
    result = {str(count): _measure(application, count) for count in SIZES}
    figures = {str(count): of for count, of in FIGURES.items()} | {"edits": EDITS}
    return {"bench": "canvas", "nodes": result, "edits": _measure_edits(application), "figures": figures}


def playbook_of(count: int) -> tuple[Playbook, str]:
    """Return a playbook of so many nodes in a grid, about 1.3 edges a node; and a node that has four."""
    columns = max(2, round(math.sqrt(count * ROW / COLUMN * VIEW[0] / VIEW[1])))
    names = [f"n{index}" for index in range(count)]
    kinds = [_kind(index, columns) for index in range(count)]
    edges: list[Edge] = []
    for index in range(count - columns):
        conditional = isinstance(kinds[index], ConditionNode)
        edges.append(Edge(source=names[index], port="true" if conditional else "out", target=names[index + columns]))
        beside = index + columns + 1
        if conditional and (index + 1) % columns and beside < count:
            edges.append(Edge(source=names[index], port="false", target=names[beside]))
    spots = {name: Spot(at=(i % columns * COLUMN, i // columns * ROW)) for i, name in enumerate(names)}
    graph = Graph(nodes=dict(zip(names, kinds, strict=True)), edges=tuple(edges))
    degree: dict[str, int] = {}
    for edge in edges:
        for end in (edge.source, edge.target):
            degree[end] = degree.get(end, 0) + 1
    middle = (count // columns // 2) * columns + columns // 2
    hot = next(names[index] for index in range(middle, count) if degree[names[index]] == 4)
    return Playbook(id="bench", graph=graph, layout=Layout(nodes=spots)), hot


def _kind(index: int, columns: int):
    if index < columns:
        return TriggerNode(event="siem.alert", title=f"Alert {index}")
    if (index % columns - index // columns) % 3 == 0:  # so that conditions lead to conditions: four edges each
        return ConditionNode(when=f"n{index}.score >= 80.0", title=f"Condition {index}")
    return ActionNode(use="firewall.block_address", title=f"Action {index}")


def _measure(application: QApplication, count: int) -> dict:
    playbook, hot = playbook_of(count)
    builds = []
    for _ in range(BUILDS):
        gc.collect()
        start = time.perf_counter()
        scene = CanvasScene(LIGHT)
        scene.show_playbook(playbook)
        view = CanvasView(scene)
        builds.append((time.perf_counter() - start) * 1000)
    scene.motion.set_reduced(True)
    probe = Probe(application, scene, view)
    figures = {"build_ms": round(statistics.median(builds), 2), "edges": len(playbook.graph.edges)}
    view.resize(*VIEW)
    view.show()
    view.fit_all()
    probe.settle()
    figures["zoom_of_all"] = round(view.zoom, 3)
    figures["whole_graph_repaint_ms"] = median_ms(view.viewport().repaint)
    figures["one_state_ms"] = probe.until_painted(lambda turn: probe.change_state(hot, turn))
    view.reset_zoom()
    view.centerOn(scene.place_of(hot).center())
    probe.settle()
    figures["screenful_repaint_ms"] = median_ms(view.viewport().repaint)
    figures["pan_ms"] = probe.until_painted(lambda _: probe.pan())
    view.centerOn(scene.place_of(hot).center())
    probe.settle()
    figures["drag_ms"] = probe.until_painted(lambda _: scene.shift([hot], 3, 1))
    figures["one_state_near_ms"] = probe.until_painted(lambda turn: probe.change_state(hot, turn))
    figures["tick_ms"] = probe.tick(hot)
    figures["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    figures["floor"] = floor.measure(scene.store, VIEW, hot)
    view.close()
    return figures


def _measure_edits(application: QApplication) -> dict:
    """Return the median time of a tidy and of a paste, from the wish to the picture, through the session's history."""
    return {
        "tidy_300_ms": _until_shown(application, 300, _tidying),
        "paste_500_ms": _until_shown(application, 500, _pasting),
    }


def _tidying(playbook: Playbook) -> MoveNodes:
    return MoveNodes(tidied(playbook, Density.COMFORTABLE), "Tidy the layout")


def _pasting(playbook: Playbook) -> Paste:
    spots = {name: spot.at for name, spot in playbook.layout.nodes.items()}
    return Paste(excerpt_of(playbook, list(playbook.graph.nodes), spots), (5000, 0), None)


def _until_shown(application: QApplication, count: int, edit_of: Callable[[Playbook], Edit]) -> float:
    playbook, _ = playbook_of(count)
    scene = CanvasScene(LIGHT)
    scene.motion.set_reduced(True)
    view = CanvasView(scene)
    view.resize(*VIEW)
    view.show()
    session = EditorSession(clock=Clock())
    shown = session.playbook_changed.connect(lambda change: scene.show_playbook(change.new))
    session.recover(playbook, None, None)
    view.fit_all()
    taken = []
    for _ in range(BUILDS):
        application.processEvents()
        gc.collect()
        start = time.perf_counter()
        session.apply(edit_of(session.playbook))
        view.viewport().repaint()
        taken.append((time.perf_counter() - start) * 1000)
        session.undo()
    session.playbook_changed.disconnect(shown)
    view.close()
    return round(statistics.median(taken), 2)


class Probe(QObject):
    """Counts paint events, so that a figure ends when the picture is there."""

    def __init__(self, application: QApplication, scene: CanvasScene, view: CanvasView) -> None:
        super().__init__()
        self._application = application
        self._scene = scene
        self._view = view
        self._painted = 0
        view.viewport().installEventFilter(self)

    def settle(self) -> None:
        """Let everything that is under way be painted."""
        for _ in range(6):
            self._application.processEvents()

    def until_painted(self, action: Callable[[int], None]) -> float:
        """Return the median time from an action to its picture; the frame's own wait of 16 ms is let pass before."""
        turn = 0

        def once() -> None:
            nonlocal turn
            turn += 1
            before = self._painted
            action(turn)
            while self._painted == before:
                self._application.processEvents()

        taken = []
        for _ in range(30):
            self._pause()
            start = time.perf_counter()
            once()
            taken.append((time.perf_counter() - start) * 1000)
        return round(statistics.median(taken), 3)

    def change_state(self, node: str, turn: int) -> None:
        """Show another state of a node."""
        self._scene.show_statuses({node: NodeStatus(state=STATES[turn % 2])})

    def tick(self, node: str) -> float:
        """Return the median time in which a running node's badge is painted anew."""
        self._scene.show_statuses({node: NodeStatus(state=NodeState.RUNNING)})
        self.settle()
        place = self._view.mapFromScene(self._scene.place_of(node).topRight())
        badge = QRect(place.x() - 30, place.y() - 10, 24, 24)
        return median_ms(lambda: self._view.viewport().repaint(badge))

    def pan(self) -> None:
        """Scroll by (16, 9)."""
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() + 16)
        down.setValue(down.value() + 9)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._painted += 1
        return False

    def _pause(self) -> None:
        end = time.perf_counter() + 0.02
        while time.perf_counter() < end:
            self._application.processEvents()
