import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from tocsin.ui.canvas.placing import GAP, MARGIN, corners_of, place_beside, place_in_corner, shift_for

SEEN = QRect(0, 0, 1000, 700)
CARD = QSize(262, 300)


def _rect(corner):
    return QRect(corner, CARD)


def test_left_of_the_node_is_the_first_choice():
    node = QRect(500, 300, 200, 40)
    place = _rect(place_beside(CARD, [node], SEEN, []))
    assert place.right() + 1 == node.left() - GAP
    assert place.center().y() == pytest.approx(node.center().y(), abs=1)


def test_left_of_the_frame_around_it_where_there_is_room():
    node, frame = QRect(500, 300, 200, 40), QRect(400, 200, 400, 300)
    assert place_beside(CARD, [node, frame], SEEN, []).x() == 400 - GAP - 262
    narrow = QRect(200, 200, 600, 300)
    assert place_beside(CARD, [node, narrow], SEEN, []).x() == 500 - GAP - 262


def test_else_right_of_it_and_else_at_the_top_edge():
    assert place_beside(CARD, [QRect(100, 300, 200, 40)], SEEN, []).x() == 300 + GAP
    assert place_beside(CARD, [QRect(250, 600, 600, 40)], SEEN, []).y() == MARGIN
    assert place_beside(CARD, [QRect(3000, 300, 200, 40)], SEEN, []).y() == MARGIN


def test_it_stays_within_the_canvas():
    for y in (0, 660):
        place = _rect(place_beside(CARD, [QRect(500, y, 200, 40)], SEEN, []))
        assert SEEN.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN).contains(place)


@pytest.mark.parametrize("selected", [QRect(250, 280, 200, 40), QRect(250, 20, 200, 660), QRect(20, 20, 700, 660)])
def test_what_is_selected_is_never_covered(selected):
    place = _rect(place_beside(CARD, [QRect(500, 300, 200, 40)], SEEN, [selected]))
    assert not place.intersects(selected)


def test_a_corner_that_covers_nothing_is_taken():
    size = QSize(172, 34)
    left, right, *_ = corners_of(size, SEEN)
    assert left == QPoint(12, 700 - 12 - 34)
    assert place_in_corner(size, (left, right), []) == left
    assert place_in_corner(size, (left, right), [QRect(20, 600, 200, 90)]) == right


def test_a_node_makes_room_at_its_left_where_its_frame_stays_in_view():
    node, frame = QRect(300, 300, 200, 40), QRect(250, 200, 286, 240)
    assert shift_for(CARD, [node, frame], SEEN) == MARGIN + CARD.width() + GAP - frame.left()
    assert shift_for(CARD, [QRect(400, 300, 200, 40)], SEEN) == 0
    assert shift_for(CARD, [node, QRect(100, 200, SEEN.width() - 200, 240)], SEEN) == 0
