"""Every shipped playbook draws well: titles whole, nodes apart, each line leading down."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRect

from tocsin.base.resources import playbook_paths
from tocsin.formats import load_playbook
from tocsin.model.catalogue import Discloses, Effect
from tocsin.model.playbook import ActionNode, EndNode, ForEachNode, JoinNode, walk_nodes
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.geometry import Silhouette, silhouette_of, size_of
from tocsin.ui.canvas.text_cache import advance

MEASURES = g.MEASURES[g.Density.COMFORTABLE]
BESIDE = {
    Silhouette.HEXAGON: g.TILE_X_HEXAGON + MEASURES.tile + g.TEXT_GAP + g.HEXAGON_DEPTH,
    Silhouette.PILL: g.SMALL_TILE_X + g.SMALL_TILE + 5 + 3,
}
"""What a node's width holds besides its title; of others, without the gap before it."""
PLAIN = MEASURES.tile_x + MEASURES.tile + g.TEXT_RIGHT


@pytest.fixture(params=playbook_paths(), ids=lambda path: path.stem)
def playbook(request, dressed):
    return load_playbook(request.param).playbook


def gap_before_title(node, catalogue):
    facts = catalogue.find_facts(node.use) if isinstance(node, ActionNode) else None
    is_marked = facts is not None and (facts.effect is not Effect.READ or facts.discloses is not Discloses.NONE)
    return g.TEXT_GAP_MARK if is_marked else g.TEXT_GAP


def test_no_title_is_cut(playbook, catalogue):
    for name, node in walk_nodes(playbook.graph):
        weight, pixels = 600, 12 if isinstance(node, EndNode | JoinNode) else 13
        beside = BESIDE.get(silhouette_of(node), PLAIN + gap_before_title(node, catalogue))
        room = size_of(node)[0] - beside
        assert advance(node.title, pixels, weight) <= room, name


def test_nodes_stand_apart(playbook):
    areas = {}
    for name, node in playbook.graph.nodes.items():
        if not isinstance(node, ForEachNode):  # a frame is as large as what it holds
            (x, y), (width, height) = playbook.layout.nodes[name].at, size_of(node)
            areas[name] = QRect(x - width // 2, y, width, height)
    assert [pair for pair in combinations(areas, 2) if areas[pair[0]].intersects(areas[pair[1]])] == []


def test_every_line_leads_down(playbook):
    spots = playbook.layout.nodes
    assert [edge.text for edge in playbook.graph.edges if spots[edge.source].at[1] >= spots[edge.target].at[1]] == []
