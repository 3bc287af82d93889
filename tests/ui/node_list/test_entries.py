import pytest

from tocsin.checks import check_playbook
from tocsin.edits import AddNode, Batch
from tocsin.model.playbook import Playbook, Role
from tocsin.model.problems import CheckCode
from tocsin.ui.actions.search import rank
from tocsin.ui.node_list.entries import sections_of
from tocsin.ui.node_list.new_nodes import add_edit, added_id, find_new_node
from tocsin.ui.node_list.picker import fitting_entries, trigger_entries

EMPTY = Playbook(id="p")


def entries_of(catalogue):
    return {entry.payload: entry for section in sections_of(catalogue) for entry in section.entries}


def test_actions_stand_by_category_and_say_what_they_do_to_the_world(catalogue):
    titles = [section.title for section in sections_of(catalogue)]
    assert titles[:2] == ["Triggers", "Logic"]
    assert {"SIEM", "EDR", "Firewall", "Threat intel", "Identity", "Tickets"} <= set(titles)
    entries = entries_of(catalogue)
    assert entries["action:firewall.block_address"].words == "change · undoable"
    assert entries["action:edr.isolate_endpoint"].words.startswith("destructive")
    assert entries["action:threat_intel.lookup_ip"].words.startswith("reads")


def test_everything_in_the_list_can_be_put_on_the_canvas(catalogue):
    for payload in entries_of(catalogue):
        edit = add_edit(payload, EMPTY, catalogue, at=(8, 16))
        playbook = edit.apply(EMPTY)
        assert playbook.layout.nodes[added_id(edit)].at == (8, 16), payload


def test_no_two_entries_carry_the_same(catalogue):
    payloads = [entry.payload for section in sections_of(catalogue) for entry in section.entries]
    assert len(payloads) == len(set(payloads))


def test_an_action_brings_the_role_that_it_needs_in_the_same_step(catalogue):
    edit = add_edit("action:firewall.block_address", EMPTY, catalogue, at=(0, 0))
    assert isinstance(edit, Batch)
    playbook = edit.apply(EMPTY)
    assert dict(playbook.roles) == {"firewall": Role(category="firewall")}
    assert CheckCode.UNKNOWN_ROLE not in {problem.code for problem in check_playbook(playbook, catalogue)}


def test_an_action_uses_the_role_that_is_there(catalogue):
    playbook = Playbook(id="p", roles={"edge": Role(category="firewall")})
    assert isinstance(add_edit("action:firewall.block_address", playbook, catalogue, at=(0, 0)), AddNode)


def test_ids_of_new_nodes_are_free(catalogue):
    one = add_edit("condition", EMPTY, catalogue, at=(0, 0))
    two = add_edit("condition", one.apply(EMPTY), catalogue, at=(0, 0))
    assert len({added_id(one), added_id(two)}) == 2


@pytest.mark.parametrize("payload", ["", "nonsense", "call", "group", "action"])
def test_what_the_list_does_not_offer_is_not_added(payload, catalogue):
    assert find_new_node(payload) is None
    assert add_edit(payload, EMPTY, catalogue, at=(0, 0)) is None


def test_an_action_of_one_product_says_whose_it_is_and_no_two_entries_read_alike(catalogue):
    titles = [entry.title for section in sections_of(catalogue) for entry in section.entries]
    assert "List the notes of an alert (Wazuh)" in titles
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("approval", "Question"),
        ("delay", "Wait"),
        ("loop", "For each"),
        ("if", "Condition"),
        ("quarantine", "Isolate an endpoint"),
        ("ban", "Block an address"),
        ("on a schedule", "On a schedule"),
    ],
)
def test_what_other_products_call_it_finds_it_in_the_list_and_in_the_picker(catalogue, wanted, title):
    sections = sections_of(catalogue)
    assert title in [entry.title for section in sections for entry in section.entries if entry.answers(wanted)]
    offered = (*trigger_entries(sections), *fitting_entries(sections, {}, follows=True))
    assert title in [one.title for one in rank(wanted, offered)][:3]


def test_a_schedule_is_a_trigger_with_a_time(catalogue):
    node = find_new_node("trigger:schedule")
    assert (node.event, node.config) == ("schedule", {"cron": "0 8 * * 1-5"})
