from tests.unit.edits.sample import sample

from tocsin.model.playbook import ActionNode
from tocsin.ui.node_list.following import count_followers, payload_for


def test_what_follows_is_counted_by_what_stands_before_and_by_the_port():
    playbook = sample()
    level = playbook.graph.nodes["level"]
    assert count_followers(level, "high", [playbook, playbook]) == {"for_each": 2}
    assert count_followers(level, "low", [playbook]) == {"end": 1}
    assert count_followers(level, "else", [playbook]) == {}


def test_what_lies_in_loops_is_learned_from_too():
    ask = sample().graph.nodes["hosts"].body.nodes["ask_first"]
    assert count_followers(ask, "approved", [sample()]) == {"action:edr.isolate_endpoint": 1}


def test_a_node_is_known_by_the_entry_that_makes_it():
    assert payload_for(ActionNode(use="edr.isolate_endpoint")) == "action:edr.isolate_endpoint"
    assert payload_for(sample().graph.nodes["alert"]) == "trigger:siem.alert"
