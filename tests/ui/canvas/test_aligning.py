import pytest

from tocsin.ui.canvas.aligning import Axis, Line, aligned, distributed
from tocsin.ui.canvas.grid import Bounds

PLACES = {"a": Bounds(0, 0, 100, 40), "b": Bounds(40, 100, 240, 140), "c": Bounds(20, 304, 60, 344)}


@pytest.mark.parametrize(
    ("line", "shifts"),
    [
        (Line.LEFT, {"a": (0, 0), "b": (-40, 0), "c": (-20, 0)}),
        (Line.CENTRE, {"a": (70, 0), "b": (-20, 0), "c": (80, 0)}),
        (Line.RIGHT, {"a": (140, 0), "b": (0, 0), "c": (180, 0)}),
        (Line.TOP, {"a": (0, 0), "b": (0, -100), "c": (0, -304)}),
        (Line.MIDDLE, {"a": (0, 152), "b": (0, 52), "c": (0, -152)}),
        (Line.BOTTOM, {"a": (0, 304), "b": (0, 204), "c": (0, 0)}),
    ],
)
def test_all_come_to_the_outermost_edge_or_to_the_middle_of_all(line, shifts):
    assert aligned(PLACES, line) == shifts


def test_gaps_become_equal_and_the_outermost_stay():
    assert distributed(PLACES, Axis.DOWN) == {"a": (0, 0), "b": (0, 48), "c": (0, 0)}


def test_of_two_none_moves():
    assert distributed({name: PLACES[name] for name in "ab"}, Axis.ACROSS) == {"a": (0, 0), "b": (0, 0)}
