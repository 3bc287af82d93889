import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.playbooks import playbooks

from tocsin.connectors.registry import load_catalogue
from tocsin.model.playbook import EVALUATING, ActionNode, Edge, EndNode, Graph, Playbook, walk_nodes
from tocsin.ui.forms.failure import Fate, fate_edit, find_failure, offered_targets

CATALOGUE = load_catalogue()
NODES = {
    "look": ActionNode(use="threat_intel.lookup_ip"),
    "block": ActionNode(use="firewall.block_address", title="Block it"),
    "help": EndNode(title="Needs a person"),
    "done": EndNode(),
}
EDGES = (Edge(source="look", target="block"), Edge(source="block", target="done"))
PLAYBOOK = Playbook(id="p", graph=Graph(nodes=NODES, edges=EDGES))


def failure_of(playbook, name="block"):
    node = dict(walk_nodes(playbook.graph))[name]
    return find_failure(name, node, playbook, CATALOGUE)


def test_without_anything_said_a_failure_stops_the_run():
    assert (failure_of(PLAYBOOK).fate, failure_of(PLAYBOOK).path_words) == (Fate.STOP, "")


def test_an_end_cannot_fail():
    assert failure_of(PLAYBOOK, "done") is None


def test_the_error_path_can_lead_to_any_step_that_does_not_lead_here():
    assert [target.id for target in offered_targets(failure_of(PLAYBOOK))] == ["help", "done"]


def test_taking_the_error_path_draws_its_edge_and_says_where_it_leads():
    changed = fate_edit(failure_of(PLAYBOOK), Fate.PATH, "help").apply(PLAYBOOK)
    assert Edge(source="block", port="error", target="help") in changed.graph.edges
    assert failure_of(changed).path_words == "to Needs a person"


def test_each_fate_leads_to_each_other_and_back_to_the_same_playbook():
    going_on = fate_edit(failure_of(PLAYBOOK), Fate.CONTINUE).apply(PLAYBOOK)
    assert (failure_of(going_on).fate, going_on.graph.nodes["block"].default) == (Fate.CONTINUE, None)
    on_path = fate_edit(failure_of(going_on), Fate.PATH, "help").apply(going_on)
    assert failure_of(on_path).fate is Fate.PATH
    assert fate_edit(failure_of(on_path), Fate.STOP).apply(on_path) == PLAYBOOK


def test_what_holds_already_is_no_edit_and_a_path_needs_a_target():
    failure = failure_of(PLAYBOOK)
    assert fate_edit(failure, Fate.STOP) is None
    assert fate_edit(failure, Fate.PATH) is None


def test_two_targets_are_counted():
    edges = (*EDGES, *(Edge(source="look", port="error", target=name) for name in ("help", "done")))
    playbook = PLAYBOOK.model_copy(update={"graph": Graph(nodes=NODES, edges=edges)})
    assert failure_of(playbook, "look").path_words == "to Needs a person and 1 more"


@given(playbooks(), st.sampled_from(Fate))
def test_any_fate_of_any_node_can_be_chosen_and_undone(playbook, fate):
    for name, node in walk_nodes(playbook.graph):
        failure = find_failure(name, node, playbook, CATALOGUE)
        assert (failure is not None) == (node.kind in EVALUATING)
        if failure is None:
            continue
        targets = offered_targets(failure)
        edit = fate_edit(failure, fate, targets[0].id if targets else "")
        if edit is not None:
            changed = edit.apply(playbook)
            assert find_failure(name, dict(walk_nodes(changed.graph))[name], changed, CATALOGUE).fate is fate
            assert edit.inverse(playbook).apply(changed) == playbook


@pytest.mark.parametrize("fate", [Fate.STOP, Fate.CONTINUE])
def test_a_playbook_is_not_changed_by_being_asked(fate):
    before = PLAYBOOK.model_copy()
    fate_edit(failure_of(PLAYBOOK), fate)
    assert before == PLAYBOOK


def test_an_error_path_to_what_is_not_there_goes_by_its_id_and_can_be_taken_away():
    edges = (*EDGES, Edge(source="block", port="error", target="nowhere"))
    playbook = PLAYBOOK.model_copy(update={"graph": Graph(nodes=NODES, edges=edges)})
    assert failure_of(playbook).path_words == "to nowhere"
    assert fate_edit(failure_of(playbook), Fate.STOP).apply(playbook).graph.edges == EDGES
