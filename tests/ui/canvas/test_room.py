from tocsin.model.document import from_document
from tocsin.ui.canvas.drop import PlaceRequest
from tocsin.ui.canvas.room import GAP, free_place
from tocsin.ui.canvas.store import Store

ACTION = {"kind": "action", "use": "edr.find_endpoints"}
BODY = {"nodes": {"inner": ACTION}, "edges": []}


def store_of(layout, nodes):
    store = Store()
    store.show(from_document({"id": "x", "nodes": nodes, "layout": layout}), None)
    return store


def test_where_nothing_lies_a_node_goes_where_it_is_wanted():
    store = store_of({"a": [0, 0]}, {"a": ACTION})
    assert free_place(store, PlaceRequest(None, (0, 200))).at == (0, 200)
    assert free_place(store, PlaceRequest(None, (400, 8))).at == (400, 8)


def test_a_node_that_would_cover_others_goes_below_them():
    store = store_of({"a": [0, 0], "b": [0, 80]}, {"a": ACTION, "b": ACTION})
    assert free_place(store, PlaceRequest(None, (40, 16))).at == (40, 80 + 48 + GAP)


def test_inside_a_loop_only_its_own_nodes_count():
    nodes = {"hosts": {"kind": "for_each", "in": "[1]", "body": BODY}, "under": ACTION}
    store = store_of({"hosts": [0, 0], "inner": [0, 48], "under": [0, 400]}, nodes)
    assert free_place(store, PlaceRequest("hosts", (0, 48))).at == (0, 48 + 48 + GAP)
    outside = free_place(store, PlaceRequest(None, (0, 60))).at
    assert outside[1] >= store.nodes["hosts"].bounds.bottom + GAP - 8


def test_a_note_is_no_hindrance():
    store = store_of({"n": [0, 0]}, {"n": {"kind": "note", "text": "See the runbook."}})
    assert free_place(store, PlaceRequest(None, (0, 0))).at == (0, 0)
