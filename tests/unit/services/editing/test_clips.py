import sys

import pytest
from tests.unit.edits.sample import sample

from tocsin.edits import EditRefusedError, Paste
from tocsin.formats import read_playbook, write_playbook
from tocsin.model.playbook import ActionNode, Edge, Graph, Playbook, walk_nodes
from tocsin.services.editing import read_clip, write_clip
from tocsin.services.editing.clips import MAX_CHARACTERS

SPOTS = {"look": (0, 0), "hosts": (0, 96)}
BOMB = "nodes:\n  a: &a [x]\n  b: [*a, *a]\n"


def test_what_is_copied_is_the_text_of_a_playbook_and_comes_back_the_same():
    text = write_clip(sample(), ["look", "hosts"], SPOTS)
    clip = read_clip(text)
    assert read_playbook(text, "clip").problems == ()
    assert [name for name, _ in walk_nodes(clip.graph)] == ["look", "hosts", "ask_first", "isolate"]
    assert write_playbook(clip) == text


def test_nodes_and_edges_alone_are_enough():
    clip = read_clip('nodes:\n  a: {kind: condition, when: "true"}\n  b: {kind: end}\nedges:\n- a.true -> b\n')
    assert [edge.text for edge in clip.graph.edges] == ["a.true -> b"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no steps"),
        ("203.0.113.66", "no steps"),
        ('{"event": {"nodes": 3}}', "no steps"),
        ("nodes:\n", "Between 1 and"),
        ("nodes:\n  a: {kind: rocket}\n", "cannot be pasted"),
        ("nodes: [[[[\n", "cannot be pasted"),
        (BOMB, "cannot be pasted"),
        ("nodes:\n  a: {kind: end}\n  a: {kind: end}\n", "cannot be pasted"),
        ("nodes:\n" + "x" * MAX_CHARACTERS, "too much"),
        ("nodes:\n  a: " + "[" * 100_000, "cannot be pasted"),
        ("nodes:\n  a: {kind: end}\n\x00", "cannot be pasted"),
    ],
)
def test_what_is_no_part_of_a_playbook_is_refused_in_words(text, why):
    with pytest.raises(EditRefusedError, match=why):
        read_clip(text)


def test_five_hundred_nodes_are_pasted_without_work_that_grows_with_their_square():
    """Two and a half times as many take as much more work, not its square: the figure itself is the bench's."""

    def cost(count):
        nodes = {
            f"n{i}": ActionNode(use="edr.isolate_endpoint", inputs={"id": f"{{{{ n{i // 2}.id }}}}"})
            for i in range(count)
        }
        edges = tuple(Edge(source=f"n{i}", target=f"n{i + 1}") for i in range(count - 1))
        whole = Playbook(id="many", graph=Graph(nodes=nodes, edges=edges))
        calls = []
        sys.setprofile(lambda _frame, event, _argument: calls.append(event))
        try:
            Paste(whole, (0, 0)).apply(whole)
        finally:
            sys.setprofile(None)
        return len(calls)

    cost(50)
    assert 2 * cost(200) < cost(500) < 3 * cost(200)
