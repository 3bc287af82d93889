from PySide6.QtCore import QPointF

from tocsin.ui.canvas.dashes import dashed
from tocsin.ui.canvas.routes import path_of


def _dashes(path):
    """Where each dash begins and how long it is."""
    return [(part[0], sum(map(_apart, part, part[1:]))) for part in (list(one) for one in path.toSubpathPolygons())]


def _apart(one, other):
    return ((one.x() - other.x()) ** 2 + (one.y() - other.y()) ** 2) ** 0.5


def test_a_line_is_cut_into_dashes_from_its_end_round_its_corners():
    line = path_of(((0.0, 0.0), (0.0, 60.0), (80.0, 60.0), (80.0, 100.0)))
    found = _dashes(dashed(line, (5.0, 3.0)))
    assert found[0][0] == line.currentPosition()
    assert all(abs(length - 5.0) < 0.05 for _, length in found[:-1])
    assert len(found) == round(line.length() / 8)


def test_lines_that_end_alike_have_their_dashes_upon_each_other():
    end = ((48.0, 200.0), (160.0, 200.0), (160.0, 240.0))
    one, other = (_dashes(dashed(path_of(((0.0, top), (48.0, top), *end)), (5.0, 3.0))) for top in (0.0, 33.3))
    shared = [begin for begin, _ in other if begin.y() > 60.0]
    assert shared
    assert all(any(_apart(begin, QPointF(seen)) < 0.05 for seen, _ in one) for begin in shared)
