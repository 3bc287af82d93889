import pytest
from tests.ui.hands import trigger

from tocsin.edits import MoveNodes, SetSpot
from tocsin.model.playbook import Spot
from tocsin.ui.canvas.settle import SETTLE_MS, Settle

PLACES = {"start": (0, 0), "look": (300, 90), "ask": (640, 40), "done": (40, 700), "other": (560, 420)}


@pytest.fixture
def document(opened):
    document = opened.window.documents.current
    document.apply(MoveNodes(PLACES))
    return document


def places(document):
    return {name: spot.at for name, spot in document.playbook.layout.nodes.items()}


def shown(document):
    return {name: entry.at for name, entry in document.canvas.scene.store.nodes.items()}


def test_all_is_tidied_as_one_step(opened, document):
    before = document.playbook
    trigger(opened, "playbook.tidy")
    levels = {name: y for name, (_, y) in places(document).items()}
    assert levels["start"] < levels["look"] < levels["ask"] < levels["done"]
    assert document.session.history.undo_label == "Tidy the layout"
    trigger(opened, "edit.undo")
    assert document.playbook == before


def test_a_selection_is_tidied_where_it_lies_and_the_rest_stays(opened, document):
    document.session.select(("look", "ask", "other"))
    trigger(opened, "playbook.tidy")
    after = places(document)
    assert (after["start"], after["done"]) == (PLACES["start"], PLACES["done"])
    assert min(after[name][1] for name in ("look", "ask", "other")) == 40
    assert after["look"][1] == 40 < min(after["ask"][1], after["other"][1])


def test_a_node_that_is_pinned_keeps_its_place(opened, document):
    document.apply(SetSpot("other", Spot(at=(800, 8), pinned=True)))
    trigger(opened, "playbook.tidy")
    assert places(document)["other"] == (800, 8)


def test_nodes_go_to_their_new_places_within_a_moment(opened, document, qtbot):
    assert 120 <= SETTLE_MS <= 200
    scene = document.canvas.scene
    scene.motion.set_reduced(False)
    seen = []
    scene.picture_changed.connect(lambda: seen.append(shown(document)["ask"]))
    trigger(opened, "playbook.tidy")
    settle = opened.window.findChild(Settle)
    qtbot.waitUntil(lambda: settle.state() is Settle.State.Stopped and shown(document) == places(document))
    assert len(set(seen)) > 2
    assert document.canvas.scene.store.playbook is document.playbook


def test_what_is_edited_meanwhile_is_what_is_shown(opened, document):
    document.canvas.scene.motion.set_reduced(False)
    trigger(opened, "playbook.tidy")
    trigger(opened, "edit.undo")
    settle = opened.window.findChild(Settle)
    settle.setCurrentTime(SETTLE_MS // 2)
    assert shown(document) == PLACES


def test_who_wants_no_motion_sees_the_end_at_once(opened, document):
    document.canvas.scene.motion.set_reduced(True)
    trigger(opened, "playbook.tidy")
    assert shown(document) == places(document)


def test_a_tab_that_closes_meanwhile_ends_the_motion(opened, document):
    document.canvas.scene.motion.set_reduced(False)
    trigger(opened, "playbook.tidy")
    settle = opened.window.findChild(Settle)
    assert settle.state() is Settle.State.Running
    opened.window.documents.remove(document)
    assert settle.state() is Settle.State.Stopped


def test_what_is_selected_is_asked_for_once_however_much_it_is(opened, document, monkeypatch):
    document.session.select(tuple(PLACES))
    store, asked = document.canvas.scene.store, []
    roots = store.roots
    monkeypatch.setattr(store, "roots", lambda names: asked.append(names) or roots(names))
    trigger(opened, "playbook.tidy")
    assert len(asked) == 1
