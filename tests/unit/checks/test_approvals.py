import pytest
from tests.unit.checks.build import find

CODE = "NOT_KNOWN_WHEN_ASKED"


def covering(covers, nodes, edges, body="{}"):
    return f"""
nodes:
  alert: {{kind: trigger, event: siem.alert}}
  found: {{kind: action, use: edr.find_endpoints, with: {{contacted_ip: "{{{{ alert.src_ip }}}}"}}}}
  sure: {{kind: ask, ask: approval, text: Go on, covers: {covers}}}
{nodes}
edges: [alert -> found, found -> sure, {edges}]
"""


ISOLATE = '{kind: action, use: edr.isolate_endpoint, with: {endpoint_id: "{{ READS }}"}}'


def looped(reads, loop="for_each, in: found.hosts, as: host", inside=""):
    isolate = ISOLATE.replace("READS", reads)
    nodes = f"  hosts: {{kind: {loop}, body: {{nodes: {{{inside} isolate: {isolate}}}, edges: []}}}}"
    return find(covering("[isolate]", nodes, "sure.approved -> hosts"), CODE)


def test_what_each_item_would_get_is_known():
    assert looped("host.id") == []
    assert looped("host.id + string(index) + alert.id + env.x + run.id") == []


@pytest.mark.parametrize("reads", ["sure.by", "nodes.sure.answered_by", "look.id"])
def test_what_comes_of_the_answer_or_of_the_item_is_not_known(reads):
    look = 'look: {kind: action, use: edr.get_endpoint, with: {endpoint_id: "1"}},'
    assert looped(reads, inside=look) == [(CODE, "sure", "covers")]


def test_how_often_a_while_repeats_is_not_known():
    assert looped("alert.id", "while, max: 3, every: 1s, until: 'true'") == [(CODE, "sure", "covers")]


def test_a_list_that_is_made_later_is_not_known():
    assert looped("host.id", "for_each, in: later.hosts, as: host") != []


@pytest.mark.parametrize("covers", ["[nosuch]", "[found, sure]", "[alert]"])
def test_only_actions_are_covered(covers):
    assert (CODE, "sure", "covers") in find(covering(covers, "", ""), CODE)


def test_a_question_in_a_loop_covers_what_is_in_its_item():
    isolate = ISOLATE.replace("READS", "host.id")
    ask = "{kind: ask, ask: approval, text: Go, covers: [isolate]}"
    body = f"{{nodes: {{ok: {ask}, isolate: {isolate}}}, edges: [ok.approved -> isolate]}}"
    nodes = f"  hosts: {{kind: for_each, in: found.hosts, as: host, body: {body}}}"
    assert find(covering("[]", nodes, "sure.approved -> hosts"), CODE) == []


def test_a_question_in_a_loop_cannot_cover_what_is_outside():
    body = "{nodes: {ok: {kind: ask, ask: approval, text: Go, covers: [found]}}, edges: []}"
    nodes = f"  hosts: {{kind: for_each, in: found.hosts, as: host, body: {body}}}"
    assert find(covering("[]", nodes, "sure.approved -> hosts"), CODE) == [(CODE, "ok", "covers")]
