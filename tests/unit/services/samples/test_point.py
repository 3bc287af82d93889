import pytest
from tests.unit.checks.build import read

from tocsin.edits import Connect, MoveNodes, RenameNode, SetField, SetHead
from tocsin.model.playbook import Edge
from tocsin.services.samples import reads_alike

TEXT = """
nodes:
  start: {kind: trigger, event: manual, sample: {ip: 192.0.2.1}}
  look: {kind: set, values: {ip: "{{ start.ip }}"}}
  each:
    kind: for_each
    in: "[1]"
    as: host
    body:
      nodes:
        inner: {kind: set, values: {n: "{{ host }}"}}
  done: {kind: end}
edges: ["start -> look", "look -> each"]
"""


@pytest.fixture
def playbook():
    return read(TEXT)


@pytest.mark.parametrize(
    ("node", "edit"),
    [
        ("look", SetField("look", ("values", "ip"), "{{ start.i }}")),
        ("look", MoveNodes({"done": (40, 40)})),
        ("inner", SetField("inner", ("values", "n"), "2")),
    ],
)
def test_what_is_typed_in_a_node_changes_nothing_that_it_reads(playbook, node, edit):
    assert reads_alike(playbook, edit.apply(playbook), node)


@pytest.mark.parametrize(
    ("node", "edit"),
    [
        ("each", SetField("look", ("values", "ip"), "2")),
        ("look", SetField("look", ("title",), "Look it up")),
        ("look", SetField("start", ("title",), "Alert")),
        ("look", RenameNode("start", "alert")),
        ("look", Connect(None, Edge(source="each", target="done"))),
        ("look", SetHead(("inputs",), {"who": {"type": "string"}})),
        ("each", SetField("each", ("as",), "computer")),
        ("inner", SetField("each", ("as",), "computer")),
    ],
)
def test_anything_else_may_be_read_otherwise(playbook, node, edit):
    assert not reads_alike(playbook, edit.apply(playbook), node)
