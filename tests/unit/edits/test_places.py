import pytest
from tests.unit.edits.sample import sample

from tocsin.edits import BendLine, EditRefusedError, MoveNodes, SetSpot
from tocsin.model.playbook import Spot


def test_moving_keeps_the_size_and_leaves_the_graph_alone():
    before = SetSpot("hosts", Spot(at=(0, 0), size=(400, 300), folded=True)).apply(sample())
    after = MoveNodes({"hosts": (7, 8), "done": (1, 2)}).apply(before)
    assert after.layout.nodes["hosts"] == Spot(at=(7, 8), size=(400, 300), folded=True)
    assert after.layout.nodes["done"] == Spot(at=(1, 2))
    assert after.graph is before.graph


def test_the_label_counts():
    assert MoveNodes({"a": (0, 0)}).label == "Move “a”"
    assert MoveNodes({"a": (0, 0), "b": (0, 0), "c": (0, 0)}).label == "Move 3 nodes"


def test_a_node_that_is_not_there_cannot_be_moved():
    with pytest.raises(EditRefusedError, match="nobody"):
        MoveNodes({"nobody": (0, 0)}).apply(sample())


def test_a_line_is_bent_and_straightened_and_nothing_else_changes():
    before = sample()
    line = before.graph.edges[0].text
    edit = BendLine(line, ((8, 20), (8, 36)))
    after = edit.apply(before)
    assert (after.layout.bends[line], after.graph) == (((8, 20), (8, 36)), before.graph)
    assert edit.inverse(before).apply(after) == before
    assert line not in BendLine(line, ()).apply(after).layout.bends


def test_a_line_that_is_not_there_cannot_be_bent():
    with pytest.raises(EditRefusedError, match="a -> b"):
        BendLine("a -> b", ((0, 0), (0, 8))).apply(sample())


def bent(*lines):
    """The sample with its nodes in one column, and these lines bent."""
    placed = MoveNodes({name: (0, 100 * place) for place, name in enumerate(sample().graph.nodes)}).apply(sample())
    for line in lines:
        placed = BendLine(line, ((64, 20), (64, 36))).apply(placed)
    return placed


def test_bends_stay_where_one_end_of_their_line_moves_and_go_with_both():
    edge = sample().graph.edges[0]
    before = bent(edge.text)
    at = {name: before.layout.nodes[name].at for name in (edge.source, edge.target)}
    one = MoveNodes({edge.target: (at[edge.target][0] + 80, at[edge.target][1] + 8)})
    assert one.apply(before).layout.bends == before.layout.bends
    both = MoveNodes({name: (x + 80, y + 8) for name, (x, y) in at.items()})
    after = both.apply(before)
    assert after.layout.bends[edge.text] == ((144, 28), (144, 44))
    assert both.inverse(before).apply(after) == before


def test_a_new_layout_straightens_the_lines_of_what_it_moves_alone():
    first, other = sample().graph.edges[0], sample().graph.edges[-1]
    before = bent(first.text, other.text)
    after = MoveNodes({first.source: (800, 0)}, straightens=True).apply(before)
    assert set(after.layout.bends) & {first.text, other.text} == {other.text}
