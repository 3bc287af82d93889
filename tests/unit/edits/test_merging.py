import pytest
from tests.unit.edits.sample import sample

from tocsin.edits import MoveNodes, SetField, SetHead, SetSpot, merged
from tocsin.model.playbook import Spot

TITLE = ("title",)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (MoveNodes({"look": (1, 1), "done": (2, 2)}), MoveNodes({"done": (3, 3), "look": (4, 4)})),
        (SetField("look", TITLE, "L"), SetField("look", TITLE, "Lo")),
        (SetHead(("name",), "a"), SetHead(("name",), "ab")),
        (SetSpot("hosts", Spot(at=(0, 0), size=(1, 1))), SetSpot("hosts", Spot(at=(0, 0), size=(2, 2)))),
        (SetField("level", ("cases", 0, "port"), "u"), SetField("level", ("cases", 0, "port"), "ur")),
    ],
)
def test_a_gesture_in_many_parts_is_one_step(earlier, later):
    before = sample()
    one = merged(earlier, later)
    assert one is not None
    both = later.apply(earlier.apply(before))
    assert one.apply(before) == both
    assert earlier.inverse(before).apply(both) == before


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (MoveNodes({"look": (1, 1)}), MoveNodes({"done": (3, 3)})),
        (SetField("look", TITLE, "L"), SetField("done", TITLE, "L")),
        (SetField("look", ("minutes",), 1), SetField("look", ("minutes",), 2)),
        (SetHead(("name",), "a"), SetHead(("description",), "a")),
        (SetField("look", TITLE, "L"), MoveNodes({"look": (1, 1)})),
    ],
)
def test_different_things_stay_different_steps(earlier, later):
    assert merged(earlier, later) is None
