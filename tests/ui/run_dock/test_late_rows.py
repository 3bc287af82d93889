"""Rows that are made when somebody looks stand where rows that were all made at once would."""

import pytest

from tocsin.ui.run_dock.late_rows import LateRows, Row, RowKind, Stretch


@pytest.fixture
def made():
    return []


@pytest.fixture
def rows(made):
    """A step, a loop with items 0 to 2 and 5, of which 2 is open with one step in it, and a last step."""

    def make(index):
        made.append(index)
        return Row(f"hosts[{index}]", "hosts", f"Item {index}", 1, RowKind.ITEM)

    def step(path, depth=0):
        return Row(path, path, path, depth, RowKind.STEP)

    parts = [step("first"), Row("hosts", "hosts", "hosts", 0, RowKind.LOOP, is_open=True)]
    parts += [Stretch("hosts", (0, 1), make), make(2), step("hosts[2]/look", 2), Stretch("hosts", (5,), make)]
    made.clear()
    return LateRows([*parts, step("last")])


def test_each_row_is_found_at_its_place_by_its_path(rows):
    paths = ["first", "hosts", "hosts[0]", "hosts[1]", "hosts[2]", "hosts[2]/look", "hosts[5]", "last"]
    assert [row.path for row in rows] == paths
    assert [rows.find(path) for path in paths] == list(range(8))
    assert [rows.find(path) for path in ("hosts[3]", "hosts[0]/look", "other[0]", "none")] == [None] * 4


def test_a_row_of_an_item_is_made_when_somebody_looks(rows, made):
    assert len(rows) == 8
    assert rows.find("hosts[5]") == 6
    assert made == []
    assert [row.path for row in rows[2:4]] == ["hosts[0]", "hosts[1]"]
    assert rows[-2].path == "hosts[5]"
    assert made == [0, 1, 5]


def test_there_is_no_row_behind_the_last(rows):
    with pytest.raises(IndexError):
        rows[8]
