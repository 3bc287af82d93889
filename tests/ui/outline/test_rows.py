from tests.unit.edits.sample import sample

from tocsin.ui.outline.rows import NodeWords, outline_of


def rows():
    return outline_of(sample(), lambda name: NodeWords(name.upper(), f"{name}, spoken"))


def test_nodes_come_in_the_order_of_the_flow():
    assert [row.node for row in rows()][:4] == ["alert", "look", "level", "hosts"]


def test_a_node_has_its_ways_out_under_it_and_a_loop_its_steps_too():
    level = next(row for row in rows() if row.node == "level")
    assert [(way.node, way.text, bool(way.line)) for way in level.rows] == [
        ("hosts", "high → HOSTS", True),
        ("done", "low → DONE", True),
    ]
    hosts = next(row for row in rows() if row.node == "hosts")
    assert [(row.node, bool(row.line)) for row in hosts.rows] == [
        ("done", True),
        ("ask_first", False),
        ("isolate", False),
    ]


def test_each_row_says_itself_in_words():
    assert rows()[0].spoken == "alert, spoken"
    assert rows()[0].rows[0].spoken == "then, leads to LOOK"
