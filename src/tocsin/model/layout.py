"""Finds places for the nodes of a playbook: ranks from top to bottom, loop bodies inside their frames.

Pure: it asks for sizes and returns a `Layout`. Error handlers, which every line may lead to, stand in a column of their
own to the right, so that they do not tear the main line apart (visual-design.md §4, §5).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from tocsin.model.layered import LANE, Box, Gaps, Link, Point, draw
from tocsin.model.playbook import Edge, ForEachNode, Graph, Kind, Layout, Node, Playbook, Spot, WhileNode
from tocsin.model.ports import ERROR, OUT, main_port

Sizes: TypeAlias = Callable[[str, Node], tuple[int, int]]
"""Width and height of a node, in pixels; of a loop, the least that its frame may have."""

FRAME_TOP: Final = 32
"""From the top of a frame to the first thing in it: header 24, gap 6, on the grid."""
FRAME_SIDE: Final = 16
FRAME_BOTTOM: Final = 10
SNAP: Final = 8
SIDE_COLUMN: Final = 62
"""Free width between the main line and the column of error handlers; error lines run there."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A graph laid out: its nodes' places about the column of its first node, and how far it reaches."""

    spots: Mapping[str, Point]
    bends: Mapping[str, tuple[Point, ...]]
    box: Box


@dataclass(frozen=True, slots=True)
class _Rules:
    """How large nodes are, and how far apart."""

    sizes: Sizes
    gaps: Gaps


def layout_playbook(playbook: Playbook, sizes: Sizes, gaps: Gaps | None = None) -> Layout:
    """Return a place for every node, on a grid of 8: top centre in its own graph, a body's relative to its frame."""
    spots: dict[str, Spot] = {}
    bends: dict[str, tuple[tuple[int, int], ...]] = {}
    _lay_out(playbook.graph, _Rules(sizes, gaps or Gaps()), spots, bends, top=0)
    return Layout(nodes=spots, bends=bends)


def _lay_out(
    graph: Graph,
    rules: _Rules,
    spots: dict[str, Spot],
    bends: dict[str, tuple[tuple[int, int], ...]],
    *,
    top: float,
) -> Box:
    """Write the places of a graph and of all bodies in it; return how far it reaches."""
    boxes = {name: _box(name, node, rules, spots, bends) for name, node in graph.nodes.items()}
    part = _place(graph, boxes, rules.gaps)
    spots |= {name: Spot(at=(_snap(x), _snap(y + top))) for name, (x, y) in part.spots.items()}
    bends |= {text: tuple((round(x), round(y + top)) for x, y in points) for text, points in part.bends.items()}
    return part.box


def _box(
    name: str, node: Node, rules: _Rules, spots: dict[str, Spot], bends: dict[str, tuple[tuple[int, int], ...]]
) -> Box:
    width, height = rules.sizes(name, node)
    if not isinstance(node, ForEachNode | WhileNode):
        return Box(width / 2, width / 2, height)
    body = _lay_out(node.body, rules, spots, bends, top=FRAME_TOP)
    return Box(
        max(width / 2, body.left + FRAME_SIDE),
        max(width / 2, body.right + FRAME_SIDE),
        max(height, FRAME_TOP + body.height + FRAME_BOTTOM),
    )


def _place(graph: Graph, boxes: Mapping[str, Box], gaps: Gaps) -> _Part:
    if not boxes:
        return _Part({}, {}, Box(0, 0, 0))
    links = [_link(graph.nodes[edge.source], edge) for edge in graph.edges]
    aside = _handlers(graph)
    roomy = _with_room_for_rails(graph, boxes, aside, gaps)
    main = [index for index, edge in enumerate(graph.edges) if edge.target not in aside]
    drawing = draw(
        {name: box for name, box in roomy.items() if name not in aside}, [links[index] for index in main], gaps
    )
    spots = dict(drawing.spots)
    bends = {graph.edges[main[index]].text: points for index, points in drawing.routes.items()}
    if aside:
        _place_handlers(graph, boxes, aside, spots, gaps)
    return _about_first(graph, boxes, spots, bends)


def _link(source: Node, edge: Edge) -> Link:
    if edge.port == ERROR:
        return Link(edge.source, edge.target, pull=0)
    return Link(edge.source, edge.target, pull=2 if edge.port == main_port(source) else 1, labelled=edge.port != OUT)


def _handlers(graph: Graph) -> frozenset[str]:
    """Return the nodes that only errors lead to, with all that follows them, as far as nothing leads back."""
    into: defaultdict[str, list[Edge]] = defaultdict(list)
    out: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        into[edge.target].append(edge)
        out[edge.source].append(edge)
    found = {edge.target for edge in graph.edges if edge.port == ERROR}
    queue = list(found)
    while queue:
        fresh = [edge.target for edge in out[queue.pop()] if edge.target not in found]
        found.update(fresh)
        queue.extend(fresh)
    doubtful = list(found)
    while doubtful:
        name = doubtful.pop()
        if name not in found:
            continue
        only_errors = all(edge.port == ERROR or edge.source in found for edge in into[name])
        if not only_errors or any(edge.target not in found for edge in out[name]):
            found.remove(name)
            doubtful += [edge.target for edge in out[name]] + [edge.source for edge in into[name]]
    return frozenset(found)


def _with_room_for_rails(
    graph: Graph, boxes: Mapping[str, Box], aside: frozenset[str], gaps: Gaps
) -> Mapping[str, Box]:
    """Return the boxes, those wider that lead to a handler: its line runs down beside them. A row needs none within."""
    leaving = Counter((edge.source, edge.port) for edge in graph.edges)
    in_row = {edge.target for edge in graph.edges if leaving[edge.source, edge.port] > 1}
    leading = {edge.source for edge in graph.edges if edge.target in aside} - in_row
    more = SIDE_COLUMN - gaps.column
    return {name: replace(box, right=box.right + more) if name in leading else box for name, box in boxes.items()}


def _place_handlers(
    graph: Graph, boxes: Mapping[str, Box], aside: frozenset[str], spots: dict[str, Point], gaps: Gaps
) -> None:
    """Place the handlers right of the nodes that lead to them, below the last of these, where nothing else is."""
    own = [edge for edge in graph.edges if edge.source in aside]
    links = [_link(graph.nodes[edge.source], edge) for edge in own]
    drawing = draw({name: boxes[name] for name in boxes if name in aside}, links, gaps)
    sources = [edge.source for edge in graph.edges if edge.target in aside and edge.source not in aside]
    columns = sorted(spots[name][0] + boxes[name].right for name in sources)
    left = min(spot[0] - boxes[name].left for name, spot in drawing.spots.items())
    top = max(spots[name][1] + boxes[name].height for name in sources) + gaps.row
    x = columns[len(columns) // 2] + SIDE_COLUMN - left
    bottom = top + max(spot[1] + boxes[name].height for name, spot in drawing.spots.items())
    for name, (other_x, other_y) in spots.items():
        overlaps_rows = other_y < bottom and top < other_y + boxes[name].height
        if overlaps_rows:
            x = max(x, other_x + boxes[name].right + SIDE_COLUMN - left)
    spots |= {name: (spot[0] + x, spot[1] + top) for name, spot in drawing.spots.items()}


def _about_first(
    graph: Graph,
    boxes: Mapping[str, Box],
    spots: Mapping[str, Point],
    bends: Mapping[str, tuple[Point, ...]],
) -> _Part:
    """Shift everything so that the first node without an incoming edge stands at x = 0."""
    targets = {edge.target for edge in graph.edges}
    runnable = [name for name, node in graph.nodes.items() if node.kind not in {Kind.NOTE, Kind.GROUP}]
    first = next((name for name in runnable if name not in targets), next(iter(graph.nodes)))
    zero = spots[first][0]
    moved = {name: (x - zero, y) for name, (x, y) in spots.items()}
    ways = {text: tuple((x - zero, y) for x, y in points) for text, points in bends.items()}
    lanes = [x for points in ways.values() for x, _ in points]
    left = max([*(boxes[name].left - x for name, (x, _) in moved.items()), *(LANE - x for x in lanes)])
    right = max([*(boxes[name].right + x for name, (x, _) in moved.items()), *(LANE + x for x in lanes)])
    height = max(y + boxes[name].height for name, (_, y) in moved.items())
    return _Part(moved, ways, Box(left, right, height))


def _snap(value: float) -> int:
    return round(value / SNAP) * SNAP
