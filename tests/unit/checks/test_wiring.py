import pytest
from tests.unit.checks.build import read

from tocsin.checks.wiring import bits_of, wiring_of


def graph(*edges, count=5):
    nodes = ", ".join(f"n{number}: {{kind: set, values: {{}}}}" for number in range(count))
    return read(f"nodes: {{{nodes}}}\nedges: [{', '.join(f'n{a} -> n{b}' for a, b in edges)}]").graph


def test_each_node_comes_after_those_that_lead_to_it():
    assert wiring_of(graph((3, 1), (1, 0), (4, 0))).order == (2, 3, 4, 1, 0)


def test_before_a_node_lies_all_that_leads_to_it_from_afar():
    assert list(bits_of(wiring_of(graph((3, 1), (1, 0), (4, 0))).before[0])) == [1, 3, 4]


def test_after_a_node_lies_all_that_it_leads_to_and_itself():
    assert list(bits_of(wiring_of(graph((3, 1), (1, 0), (4, 0))).after([3]))) == [0, 1, 3]


@pytest.mark.parametrize(
    ("edges", "cycle"),
    [
        ([(0, 1), (1, 2), (2, 0)], {0, 1, 2}),
        ([(0, 1), (1, 0), (1, 2), (2, 3)], {0, 1}),
        ([(2, 3), (3, 4), (4, 3), (0, 1)], {3, 4}),
    ],
)
def test_a_cycle_holds_only_what_is_on_it(edges, cycle):
    wiring = wiring_of(graph(*edges))
    assert set(wiring.cycle) == cycle
    assert all((a, b) in edges for a, b in zip(wiring.cycle, [*wiring.cycle[1:], wiring.cycle[0]], strict=True))


def test_notes_are_not_wired():
    text = "nodes: {alert: {kind: trigger, event: manual}, hint: {kind: note, text: x}, done: {kind: end}}"
    assert wiring_of(read(text).graph).names == ("alert", "done")


def test_the_same_graph_gives_the_same_wiring():
    same = graph((0, 1))
    assert wiring_of(same) is wiring_of(same)
