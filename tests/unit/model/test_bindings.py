"""Which connection plays which role, where an environment has several of a category."""

import pytest
from tests.unit.connectors.support import catalogue

from tocsin.model.bindings import bind
from tocsin.model.catalogue import Effect
from tocsin.model.document import from_document
from tocsin.model.environment import Connection, Environment
from tocsin.model.errors import NoConnectionError, NotOfferedError, SeveralConnectionsError


def playbook(*uses, role="scanner", category="vulnerability"):
    steps = {f"s{number}": {"kind": "action", "use": use, "role": role} for number, use in enumerate(uses)}
    nodes = {"t": {"kind": "trigger", "event": "manual"}, **steps}
    edges = [f"t -> {name}" for name in steps]
    return from_document(
        {"tocsin": 1, "id": "x", "roles": {role: {"category": category}}, "nodes": nodes, "edges": edges}
    )


def environment(*connectors, **roles):
    connections = {f"my_{name}": Connection(connector=name) for name in connectors}
    return Environment(id="production", connections=connections, roles=roles)


def played(wanted, where):
    return bind(wanted, where, catalogue()).roles["scanner"]


def test_of_several_the_one_that_has_every_action_of_the_role_plays_it():
    both = environment("nessus", "openscap", "nmap")
    assert played(playbook("vulnerability.get_scan"), both) == "my_nessus"
    assert played(playbook("openscap.check_compliance"), both) == "my_openscap"
    assert played(playbook("vulnerability.scan_ports"), both) == "my_nmap"


def test_where_several_could_play_it_only_they_are_named():
    two = environment("mattermost", "smtp", "opnsense", "fortigate", "nftables")
    wanted = playbook("firewall.block_address", category="firewall")
    with pytest.raises(SeveralConnectionsError) as caught:
        bind(wanted, two, catalogue())
    assert caught.value.candidates == ("my_opnsense", "my_fortigate", "my_nftables")


def test_what_the_environment_says_holds_and_what_nobody_has_is_told():
    with pytest.raises(NotOfferedError):
        bind(playbook("vulnerability.get_scan"), environment("nessus", "nmap", scanner="my_nmap"), catalogue())
    with pytest.raises(NoConnectionError):
        bind(playbook("vulnerability.get_scan"), environment("smtp"), catalogue())


def test_where_none_of_several_has_the_actions_all_are_named():
    with pytest.raises(SeveralConnectionsError) as caught:
        bind(playbook("vulnerability.get_scan", "vulnerability.scan_ports"), environment("nessus", "nmap"), catalogue())
    assert caught.value.candidates == ("my_nessus", "my_nmap")


def test_an_action_of_a_description_that_nobody_reviewed_counts_as_destructive():
    where, wanted = environment("nmap"), playbook("nmap.scan_ports")
    unseen = catalogue().model_copy(update={"unreviewed": frozenset({"nmap"})})
    known, unknown = (next(iter(bind(wanted, where, one).nodes.values())) for one in (catalogue(), unseen))
    assert known.effect is known.action.effect is not Effect.DESTRUCTIVE
    assert unknown.effect is Effect.DESTRUCTIVE
