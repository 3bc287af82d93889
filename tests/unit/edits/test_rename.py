import pytest
from tests.unit.edits.sample import edge_texts, sample

from tocsin.edits import EditRefusedError, RenameNode, SetField, graph_at, node_at


def test_a_new_name_is_followed_by_everything_that_says_the_old_one():
    playbook = RenameNode("look", "reputation").apply(sample())
    assert list(playbook.graph.nodes)[:3] == ["alert", "reputation", "level"]
    assert edge_texts(playbook.graph)[:2] == ["alert -> reputation", "reputation -> level"]
    assert playbook.outputs == {"done": "nodes.reputation.port"}
    assert node_at(playbook, "level").cases[0].when == "reputation.score > 80.0 && [1].all(look, look > 0)"
    assert node_at(playbook, "hosts").items == "reputation.hosts"
    assert node_at(playbook, "ask_first").text == "Isolate {{ host.name }}, score {{ reputation.score }}?"
    assert node_at(playbook, "together").nodes == ("reputation", "isolate", "done")
    assert list(playbook.layout.nodes) == ["reputation", "isolate"]
    assert list(playbook.layout.bends) == ["level.high -> hosts", "reputation -> level"]


def test_texts_that_only_look_like_the_name_stay():
    playbook = RenameNode("alert", "event").apply(sample())
    assert node_at(playbook, "look").inputs["both"] == ["{{ event.a }} and {{ nodes.event.port }}", "look"]


def test_a_node_in_a_loop_is_renamed_in_its_graph_and_in_what_covers_it():
    playbook = RenameNode("isolate", "cut_off").apply(sample())
    assert edge_texts(graph_at(playbook, "hosts")) == ["ask_first.approved -> cut_off"]
    assert node_at(playbook, "ask_first").covers == ("cut_off",)


@pytest.mark.parametrize("name", ["alert", "isolate", "error", "host", "Bad"])
def test_a_name_that_cannot_be_had_is_refused(name):
    with pytest.raises(EditRefusedError):
        RenameNode("look", name).apply(sample())


def test_a_name_that_a_macro_gives_its_items_is_refused():
    playbook = SetField("level", ("cases", 0, "when"), "[1].all(n1, n1 > look.score)").apply(sample())
    with pytest.raises(EditRefusedError, match="macro"):
        RenameNode("look", "n1").apply(playbook)


def test_undo_does_not_touch_what_named_the_new_id_before():
    before = SetField("level", ("cases", 1, "when"), "reputation.score > 1").apply(sample())
    edit = RenameNode("look", "reputation")
    assert edit.inverse(before).apply(edit.apply(before)) == before


def test_its_own_name_changes_nothing():
    before = sample()
    assert RenameNode("look", "look").apply(before) is before
