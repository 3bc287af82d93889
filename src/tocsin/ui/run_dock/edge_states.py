"""What became of each edge in a run, from what its ends say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from tocsin.engine.events import TERMINAL, NodeState
from tocsin.engine.progress import NodeStatus, RunProgress
from tocsin.engine.rehearsal import PREDICTED
from tocsin.model.playbook import Edge, Playbook, walk_graphs
from tocsin.ui.canvas.looks import EdgeState

ASSUMED: Final = "assumed"


class EdgeStates:
    """The edges of one playbook, found by their ends: a batch of events asks only around the nodes it changed."""

    def __init__(self, playbook: Playbook) -> None:
        self._around: dict[str, list[Edge]] = {}
        for _, graph in walk_graphs(playbook.graph):
            for edge in graph.edges:
                self._around.setdefault(edge.source, []).append(edge)
                self._around.setdefault(edge.target, []).append(edge)

    def around(self, nodes: Iterable[str], progress: RunProgress) -> Mapping[str, EdgeState]:
        """Return the states of all edges that begin or end at these nodes, by the edge's text."""
        edges = {edge.text: edge for node in nodes for edge in self._around.get(node, ())}
        return {text: edge_state(edge, progress) for text, edge in edges.items()}


def is_guess(status: NodeStatus) -> bool:
    """Tell whether what a node gave was only said, or hangs on what was: in a rehearsal."""
    return status.via == PREDICTED or ASSUMED in status.flags


def edge_state(edge: Edge, progress: RunProgress) -> EdgeState:
    """Return what became of an edge. In a loop it was taken if any item took it; what flows in a loop is its own."""
    sources = [progress.status_at(path) for path in progress.paths_of(edge.source)]
    settled = [status for status in sources if status.state in TERMINAL]
    taken = [status for status in settled if edge.port in status.ports]
    if taken:
        target = progress.status_of(edge.target)
        if target.state is NodeState.RUNNING and target.items is None:
            return EdgeState.LIVE
        return EdgeState.WOULD if all(is_guess(status) for status in taken) else EdgeState.TAKEN
    return EdgeState.SKIPPED if settled and len(settled) == len(sources) else EdgeState.IDLE
