"""A playbook as the rows of a tree: nodes in the order of the flow, under them their steps and where they lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tocsin.base.texts import _
from tocsin.model.playbook import Edge, Graph, LoopNode, Playbook
from tocsin.model.ports import OUT, ports_of
from tocsin.ui.canvas.faces import Face, port_words
from tocsin.ui.canvas.flow import flow_order
from tocsin.ui.canvas.looks import Look


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One row.

    Attributes:
        node: The node that choosing the row selects.
        text: What it shows.
        spoken: What those hear who do not see it.
        state: Where it stands in a run, or what is wrong with it; "" for nothing.
        face: What the node shows on the canvas; None for a way out.
        look: The state that its badge shows.
        line: The text of the edge where it is a way out that leads to the node, not the node itself; else "".
        rows: Those under it: the ways out, then the steps of a loop.
    """

    node: str
    text: str
    spoken: str
    state: str = ""
    face: Face | None = None
    look: Look = Look.IDLE
    line: str = ""
    rows: tuple[OutlineRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeWords:
    """What is said of one node.

    Attributes:
        title: What it is called.
        spoken: All that it shows, as words.
        state: Where it stands in a run, or what is wrong with it; "" for nothing.
        face: What it shows on the canvas.
        look: The state that its badge shows.
    """

    title: str
    spoken: str
    state: str = ""
    face: Face | None = None
    look: Look = Look.IDLE


def outline_of(playbook: Playbook, words_of: Callable[[str], NodeWords]) -> Sequence[OutlineRow]:
    """Return the rows of a playbook.

    Args:
        playbook: What is shown.
        words_of: What is said of a node.
    """
    order = {name: place for place, name in enumerate(flow_order(playbook.graph))}

    def rows_of(graph: Graph) -> tuple[OutlineRow, ...]:
        names = sorted(graph.nodes, key=lambda name: order.get(name, len(order)))
        return tuple(row_of(name, graph) for name in names)

    def row_of(name: str, graph: Graph) -> OutlineRow:
        node = graph.nodes[name]
        places = {port: place for place, port in enumerate(ports_of(node))}
        leaving = sorted((e for e in graph.edges if e.source == name), key=lambda e: places.get(e.port, len(places)))
        ways = tuple(_way(edge, words_of(edge.target).title) for edge in leaving)
        steps = rows_of(node.body) if isinstance(node, LoopNode) else ()
        words = words_of(name)
        return OutlineRow(name, words.title, words.spoken, words.state, words.face, words.look, rows=(*ways, *steps))

    return rows_of(playbook.graph)


def _way(edge: Edge, title: str) -> OutlineRow:
    name = _("then") if edge.port == OUT else port_words(edge.port)
    return OutlineRow(
        edge.target, f"{name} → {title}", _("{name}, leads to {title}").format(name=name, title=title), line=edge.text
    )
