"""The numbers of visual-design.md §4, as they are used."""

import pytest

from tocsin.model.document import from_document
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.geometry import Density
from tocsin.ui.canvas.node_paint import badge_place, tile_rect
from tocsin.ui.canvas.store import Store

SIZES = {
    "action": ((200, 40), (224, 48)),
    "condition": ((216, 40), (240, 48)),
    "join": ((128, 24), (128, 24)),
    "end": ((128, 26), (128, 26)),
    "switch": ((200, 34 + 3 * 25), (224, 34 + 3 * 25)),
    "inner": ((200, 40), (224, 48)),
}
NODES = {
    "action": {"kind": "action", "use": "firewall.block_address"},
    "condition": {"kind": "condition", "when": "true"},
    "join": {"kind": "join"},
    "end": {"kind": "end"},
    "switch": {"kind": "switch", "cases": [{"port": "high", "when": "true"}, {"port": "low", "when": "true"}]},
    "loop": {"kind": "for_each", "in": "[1]", "body": {"nodes": {"inner": {"kind": "condition", "when": "true"}}}},
}


@pytest.fixture(params=list(Density))
def store(request, qapp):
    store = Store(request.param)
    layout = {name: [300 * index, 0] for index, name in enumerate(NODES)} | {"inner": [0, 32]}
    store.show(from_document({"id": "x", "nodes": NODES, "layout": layout}), None)
    return store


@pytest.mark.parametrize("name", list(SIZES))
def test_nodes_have_the_sizes_of_the_density(store, name):
    rect = store.nodes[name].rect
    assert (rect.width(), rect.height()) == SIZES[name][store.density is Density.COMFORTABLE]


def test_the_tile_and_the_badge_have_their_places(store):
    body = store.nodes["action"].body
    tile = tile_rect(body)
    assert (tile.left(), tile.width()) == ((8, 28) if store.density is Density.COMPACT else (10, 32))
    assert tile_rect(store.nodes["condition"].body).left() == 16
    place = badge_place(body, 1.0)
    assert (body.size[0] - place.centre.x(), place.size) == (19, 18)
    hexagon = store.nodes["condition"].body
    assert hexagon.size[0] - badge_place(hexagon, 1.0).centre.x() == 24
    assert badge_place(store.nodes["join"].body, 1.0).size == 15


def test_second_ports_lie_72_px_aside_and_80_at_a_condition(store):
    assert store.nodes["condition"].offsets["false"][0] == 80
    assert store.nodes["inner"].offsets["false"][0] == 72


def test_rows_of_a_switch_have_their_port_at_the_right(store):
    offsets, width = store.nodes["switch"].offsets, store.nodes["switch"].rect.width()
    assert [offsets[port] for port in ("high", "low", "else")] == [
        (width / 2, 34 + 25 * (row + 0.5)) for row in range(3)
    ]


def test_another_density_leaves_nodes_where_they_are(store):
    before = {name: entry.anchor for name, entry in store.nodes.items()}
    other = Density.COMPACT if store.density is Density.COMFORTABLE else Density.COMFORTABLE
    changes = store.set_density(other)
    assert {name: entry.anchor for name, entry in store.nodes.items()} == before
    assert set(changes.touched) == set(NODES) | {"inner"}


def test_steps_and_range_of_the_zoom_are_the_designs():
    assert g.ZOOMS == (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)
    assert (g.LEAST_ZOOM, g.MOST_ZOOM) == (0.1, 2.0)


@pytest.mark.parametrize("zoom", [0.1, 0.45, 0.5, 0.67, 0.85, 1.0, 2.0])
def test_no_text_is_under_11_pixels_on_the_screen(zoom):
    assert g.text_pixels(11, zoom) * zoom >= 11
    assert g.text_pixels(13, zoom) == max(13, -(-11 // zoom))


def test_a_note_is_as_large_as_its_text_and_at_least_120_by_40(qapp):
    store = Store()
    notes = {"short": {"kind": "note", "text": "Hi"}, "long": {"kind": "note", "text": "Ask legal " * 20}}
    store.show(from_document({"id": "x", "nodes": notes}), None)
    assert store.nodes["short"].size == (120, 40)
    assert store.nodes["long"].size[0] == g.NOTE_WIDTH
    assert store.nodes["long"].size[1] > 100
