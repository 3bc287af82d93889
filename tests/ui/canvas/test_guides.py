import pytest
from tests.ui.canvas.conftest import centre, colours

from tocsin.edits import MoveNodes
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.guides import REACH, find_meeting
from tocsin.ui.theme import LIGHT

BOX = Bounds(0, 0, 100, 40)


@pytest.mark.parametrize(
    ("other", "shift"),
    [
        (Bounds(4, 200, 204, 240), (4, 0)),
        (Bounds(-150, 200, 97, 240), (-3, 0)),
        (Bounds(300, -2, 500, 100), (0, -2)),
        (Bounds(REACH + 1, 200, 300, 240), (0, 0)),
    ],
)
def test_a_box_is_drawn_to_the_nearest_line_of_another(other, shift):
    assert find_meeting(BOX, [other]).shift == shift


def test_a_guide_reaches_from_the_box_to_all_that_it_meets():
    meeting = find_meeting(BOX, [Bounds(0, 200, 60, 240), Bounds(0, 400, 80, 440)])
    assert meeting.guides == (Bounds(0, 0, 0, 440),)


def test_a_dragged_node_comes_in_line_and_a_guide_shows_it_until_it_is_let_go(hands):
    x, y = centre(hands.scene, "done")
    risky = hands.scene.place_of("risky")
    hands.press(x, y)
    hands.move(x - 100, y - 80)
    hands.move(x - 8, risky.center().y() + 3)
    middle = hands.view.mapFromScene(risky.right() + 30, risky.center().y())
    area = hands.view.viewport().rect()
    area.setRect(middle.x(), middle.y() - 4, 20, 9)
    assert LIGHT.sel_line.lower() in colours(hands.view.viewport(), area)
    hands.release(x - 8, risky.center().y() + 3)
    (edit,) = hands.edits
    assert isinstance(edit, MoveNodes)
    assert hands.scene.place_of("done").center().y() == pytest.approx(risky.center().y(), abs=1)
    assert LIGHT.sel_line.lower() not in colours(hands.view.viewport(), area)
