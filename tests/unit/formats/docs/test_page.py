import pytest
from tests.unit.checks.build import products, read
from tests.unit.checks.playbooks import FIELD

from tocsin.base.resources import playbook_paths
from tocsin.formats.docs import page_of
from tocsin.formats.docs.blocks import Code, Steps, Table
from tocsin.formats.docs.steps import steps_of, told_of
from tocsin.formats.playbook_file import load_playbook
from tocsin.model.document import node_from_document


def said(words):
    return "".join(piece.text if isinstance(piece, Code) else piece for piece in words)


def rows(page, title):
    (section,) = [section for section in page.sections if section.title == title]
    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    return [[said(cell) for cell in row] for row in table.rows]


@pytest.fixture(scope="module")
def page():
    return page_of(read(FIELD), products())


def test_what_changes_is_listed_with_its_effect_its_undo_and_who_says_yes(page):
    changed = {row[0]: row[1:] for row in rows(page, "What it changes")}
    assert changed["block"] == ["Block an address", "changes", "yes", ""]
    assert changed["isolate"][1:3] == ["is destructive", "yes"]
    assert changed["isolate"][3].startswith("Hosts that are not critical")
    assert "reputation" not in changed


def test_connections_say_what_they_are_for_and_which_products_can_do_that(page):
    needed = {row[0]: row[1:] for row in rows(page, "Connections needed")}
    assert needed["edge_firewall"][:2] == ["firewall", "Block an address"]
    assert "OPNsense" in needed["edge_firewall"][2]


def test_questions_say_what_is_asked_and_for_how_long(page):
    ((step, text, answers, _, waits),) = rows(page, "What it asks people")
    assert (step, text, answers, waits) == ("confirm", "Isolate {{ host.name }}?", "Approve, Reject", "4h")


def test_steps_come_after_those_that_lead_to_them_and_loops_hold_theirs():
    playbook = read(FIELD)
    steps = steps_of(playbook.graph, products())
    order = [step.title[0] for step in steps]
    assert all(order.index(edge.source) < order.index(edge.target) for edge in playbook.graph.edges)
    (hosts,) = [step for step in steps if step.title[0] == "hosts"]
    assert [step.title[0] for step in hosts.inner] == ["critical", "confirm", "isolate", "left"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "trigger", "event": "siem.alert"}, ["Begins when an alert comes from SIEM."]),
        ({"kind": "trigger", "event": "odd"}, ["Begins when “odd” happens."]),
        ({"kind": "condition", "when": "a"}, ["Asks whether a."]),
        ({"kind": "switch", "cases": [{"port": "p", "when": "a"}]}, ["Takes the first that holds:", "p when a"]),
        ({"kind": "join", "need": 2}, ["Goes on when 2 of the ways here were taken."]),
        ({"kind": "wait", "for": "5m"}, ["Waits 5m."]),
        ({"kind": "wait", "signal": "go", "expires": "1h"}, ["Waits for the signal “go”, for at most 1h."]),
        ({"kind": "set", "values": {"a": [1]}}, ["a = [1]"]),
        ({"kind": "call", "playbook": "other", "with": {"a": 1}}, ["Runs the playbook other.", "a: 1"]),
        ({"kind": "end", "stop": True}, ["Ends here: succeeded, and everything else stops."]),
        ({"kind": "action", "use": "no.such"}, ["An action that is not known here (no.such)."]),
    ],
)
def test_each_kind_has_its_words(fields, expected):
    node, faults = node_from_document(fields)
    assert not faults
    assert [said(line) for line in told_of(node, products().find_facts)] == expected


def test_a_circle_leaves_nobody_out():
    playbook = read("""
nodes:
  a: {kind: set, values: {x: 1}}
  b: {kind: set, values: {x: 1}}
edges: [a -> b, b -> a]
""")
    assert [step.title[0] for step in steps_of(playbook.graph, products())] == ["a", "b"]


@pytest.mark.parametrize("path", playbook_paths(), ids=lambda path: path.stem)
def test_every_step_of_a_shipped_playbook_is_said(path):
    playbook = load_playbook(path).playbook
    page = page_of(playbook, products())
    (steps,) = [block for section in page.sections for block in section.blocks if isinstance(block, Steps)]
    assert len(steps.steps) == sum(node.kind not in ("note", "group") for node in playbook.graph.nodes.values())
