from itertools import pairwise

import pytest

from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.routes import (
    Ends,
    bent_error_route,
    bent_route,
    bounds_of,
    chip_centre,
    distance,
    error_route,
    path_of,
    rail_of,
    route,
)


def _free(x, top, bottom):
    return []


def _upright_or_level(points):
    return all(x == ox or y == oy for (x, y), (ox, oy) in pairwise(points))


def test_nodes_below_each_other_are_joined_by_a_straight_line():
    assert len(route(Ends((0, 48), (1, 100)), _free)) == 2


def test_nodes_right_below_each_other_are_joined_by_a_straight_line_however_short():
    assert len(route(Ends((0, 48), (0, 64)), _free)) == 2
    assert len(route(Ends((0, 48), (40, 64)), _free)) > 2
    assert len(route(Ends((0, 48), (0, 48)), _free)) > 2


def test_a_straight_line_has_an_area_or_it_would_not_be_painted():
    bounds = bounds_of(route(Ends((0, 48), (0, 100)), _free))
    assert bounds.right > bounds.left


@pytest.mark.parametrize("end", [(200, 90), (-200, 90), (0, 500), (300, 500), (0, -100), (40, -400), (500, 48)])
def test_a_way_is_upright_and_level_and_ends_downwards(end):
    points = route(Ends((0, 48), end), _free)
    assert _upright_or_level(points)
    assert points[-1][1] > points[-2][1]
    assert points[-1][0] == end[0] or len(points) == 2


def test_a_way_goes_round_what_stands_between():
    wall = Bounds(-112, 100, 112, 400)

    def blockers(x, top, bottom):
        return [wall] if wall.left <= x <= wall.right and top <= wall.bottom and wall.top <= bottom else []

    points = route(Ends((0, 48), (0, 500), source_side=-1), blockers)
    assert _upright_or_level(points)
    for (x, y), (ox, oy) in pairwise(points):
        assert not (x == ox and wall.left < x < wall.right and min(y, oy) < wall.bottom and max(y, oy) > wall.top)
    assert min(x for x, _ in points) < wall.left


def test_an_error_edge_leaves_at_the_right_and_follows_the_rail():
    points = error_route(Bounds(-112, 0, 112, 48), (112, 24), (300, 400), 160)
    assert _upright_or_level(points)
    assert points[1] == (160, 24)


def test_a_source_beyond_the_rail_is_led_back_below_itself():
    points = error_route(Bounds(128, 0, 352, 48), (352, 24), (300, 400), 160)
    assert _upright_or_level(points)
    assert min(y for x, y in points if x == 160) > 48


def test_a_rail_runs_beside_the_column_that_most_lead_there_from_unless_something_stands_there():
    sources = [Bounds(-112, 0, 112, 48), Bounds(-112, 100, 112, 148), Bounds(128, 0, 352, 48)]
    assert rail_of(sources, (300, 400), _free) == 160
    wall = [Bounds(140, 60, 180, 90)]
    assert rail_of(sources, (500, 400), lambda x, top, bottom: wall if x == 160 else []) == 400


def test_bends_are_followed_while_they_lead_downwards():
    ends = Ends((0, 48), (0, 500))
    points = bent_route(ends, [(-200, 120), (-200, 400)])
    assert points is not None
    assert _upright_or_level(points)
    assert (-200, 400) not in points
    assert any(x == -200 for x, _ in points)
    assert bent_route(ends, [(-200, 400), (-200, 120)]) is None


def test_bends_are_pulled_in_between_the_ends_that_came_nearer_until_there_is_no_room():
    bends = [(-200.0, 120.0), (-200.0, 400.0)]
    nearer = bent_route(Ends((0, 300), (0, 350)), bends)
    assert nearer is not None
    assert _upright_or_level(nearer)
    assert all(one != other for one, other in pairwise(nearer))
    assert all(300 < y < 350 for _, y in nearer)
    assert bent_route(Ends((0, 300), (0, 330)), bends) is None


def test_a_bent_error_line_leaves_at_the_right_and_follows_its_runs():
    beyond = bent_error_route((100, 20), (0, 500), [(300.0, 40.0), (300.0, 90.0), (-80.0, 200.0), (-80.0, 300.0)])
    assert beyond is not None
    assert _upright_or_level(beyond)
    assert beyond[:2] == ((100, 20), (300, 20))
    assert {-80.0, 300.0} < {x for x, _ in beyond}
    back = bent_error_route((100, 20), (0, 500), [(-80.0, 200.0), (-80.0, 300.0)])
    assert back is not None
    assert back[1][0] > 100
    assert bent_error_route((100, 20), (0, 40), [(300.0, 40.0), (300.0, 90.0)]) is None


def test_corners_are_round_and_the_line_ends_where_the_arrow_begins():
    points = route(Ends((0, 48), (200, 500)), _free)
    box = path_of(points).boundingRect()
    assert box.bottom() < points[-1][1]
    assert box.left() == 0
    assert box.right() == 200


def test_a_chip_sits_on_the_level_leg_where_it_has_room():
    points = route(Ends((0, 48), (200, 120)), _free)
    assert chip_centre(points, 60)[0] == 100
    assert chip_centre(points, 400)[0] == 0


def test_a_chip_on_a_way_round_sits_on_its_lane():
    points = ((0, 50), (0, 65), (-140, 65), (-140, 400), (0, 400), (0, 420))
    assert chip_centre(points, 40) == (-140, 232.5)


def test_the_distance_to_a_line_is_that_to_its_nearest_run():
    assert distance(((0, 0), (0, 10), (10, 10)), 5, 12) == 2
