import pytest
from tests.unit.edits.sample import edge_texts, sample

from tocsin.edits import EditRefusedError, Paste, excerpt_of, frame_of, node_at
from tocsin.model.playbook import AskNode, EndNode, Graph, Playbook, Role, TriggerNode

SPOTS = {"look": (0, 120), "level": (0, 240), "hosts": (0, 400), "done": (96, 240)}


def taken(*names, playbook=None):
    return excerpt_of(playbook or sample(), names, SPOTS)


def test_an_excerpt_has_the_nodes_the_edges_among_them_and_where_they_lie():
    excerpt = taken("look", "level", "hosts")
    assert list(excerpt.graph.nodes) == ["look", "level", "hosts"]
    assert edge_texts(excerpt.graph) == ["look -> level", "level.high -> hosts"]
    assert excerpt.layout.nodes["isolate"].at == (0, 44)
    assert set(excerpt.layout.bends) == {"level.high -> hosts", "look -> level"}


def test_an_excerpt_brings_the_roles_that_its_actions_need():
    assert set(taken("hosts").roles) == {"edr"}
    assert set(taken("look").roles) == set()


def test_pasted_into_the_same_playbook_names_are_new_and_references_within_follow():
    before = sample()
    paste = Paste(taken("look", "level", "hosts"), (200, 800))
    after = paste.apply(before)
    assert paste.names_in(before) == {
        "look": "look_2", "level": "level_2", "hosts": "hosts_2", "ask_first": "ask_first_2", "isolate": "isolate_2",
    }  # fmt: skip
    assert node_at(after, "level_2").cases[0].when == "look_2.score > 80.0 && [1].all(look, look > 0)"
    assert node_at(after, "hosts_2").items == "look_2.hosts"
    assert node_at(after, "look_2").inputs["ip"] == "{{ alert.src_ip }}"
    question = node_at(after, "ask_first_2")
    assert isinstance(question, AskNode)
    assert question.covers == ("isolate_2",)
    assert "look_2.score" in question.text
    assert "look_2 -> level_2" in edge_texts(after.graph)
    assert frame_of(after, "isolate_2") == "hosts_2"


def test_a_paste_lies_where_it_is_asked_to_with_all_distances_kept_and_on_the_grid():
    after = Paste(taken("look", "done"), (203, 800)).apply(sample())
    (x, y), (other_x, other_y) = (after.layout.nodes[name].at for name in ("look_2", "done_2"))
    assert (other_x - x, other_y - y) == (96, 120)
    assert y == 800
    assert x % 8 == 0


def test_bends_of_pasted_edges_go_along():
    after = Paste(taken("look", "level"), (0, 920)).apply(sample())
    assert after.layout.bends["look_2 -> level_2"] == ((2, 802),)


def test_undone_it_is_as_it_was():
    before = sample()
    paste = Paste(taken("look", "hosts"), (0, 800), frame="hosts")
    assert paste.inverse(before).apply(paste.apply(before)) == before


def test_a_role_that_is_missing_comes_along_and_one_of_the_category_serves():
    empty = Playbook(id="other")
    assert set(Paste(taken("hosts"), (0, 0)).apply(empty).roles) == {"edr"}
    other = Playbook(id="other", roles={"endpoints": Role(category="edr")})
    assert set(Paste(taken("hosts"), (0, 0)).apply(other).roles) == {"endpoints"}


def test_a_role_that_is_named_follows():
    excerpt = Playbook(
        id="x",
        roles={"siem": Role(category="siem")},
        graph=Graph(nodes={"t": TriggerNode(event="manual", role="siem")}),
    )
    other = Playbook(id="other", roles={"siem": Role(category="edr"), "logs": Role(category="siem")})
    assert node_at(Paste(excerpt, (0, 0)).apply(other), "t").role == "logs"
    taken_name = Playbook(id="other", roles={"siem": Role(category="edr")})
    after = Paste(excerpt, (0, 0)).apply(taken_name)
    assert node_at(after, "t").role == "siem_2"
    assert after.roles["siem_2"].category == "siem"


def test_groups_keep_only_members_that_came_along():
    after = Paste(excerpt_of(sample(), {"together", "done"}, {"together": (0, 0), "done": (0, 40)}), (0, 0)).apply(
        sample()
    )
    assert node_at(after, "together_2").nodes == ("done_2",)


def test_nothing_is_refused():
    with pytest.raises(EditRefusedError, match="no nodes"):
        Paste(Playbook(id="x"), (0, 0)).apply(sample())


@pytest.mark.parametrize("count", [1, 3])
def test_the_undo_menu_says_what_it_was(count):
    excerpt = Playbook(id="x", graph=Graph(nodes={f"n{i}": EndNode() for i in range(count)}))
    assert Paste(excerpt, (0, 0)).label == {1: "Paste “n0”", 3: "Paste 3 nodes"}[count]
