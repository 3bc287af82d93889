from dataclasses import replace

import pytest

from tocsin.ui.window.folding import LEAST_CENTRE, RAIL, STRIP, Wishes, dock_height_of, folds_of
from tocsin.ui.window.layout_state import DOCK_WIDTHS, DockSide

USUAL = Wishes(nodes=220, inspector=352, dock=None, dock_width=560)
BESIDE = replace(USUAL, dock=DockSide.RIGHT)


def test_a_wide_window_folds_nothing():
    folds = folds_of(1440, USUAL)
    assert not folds.header
    assert not folds.nodes
    assert not folds.inspector


def test_under_1200_px_the_menus_and_both_panels_fold():
    folds = folds_of(1199, USUAL)
    assert folds.header
    assert folds.nodes
    assert folds.inspector
    assert folds.strip
    assert not folds_of(1200, USUAL).header


def test_what_a_person_folded_stays_folded_in_a_wide_window():
    folds = folds_of(1920, replace(USUAL, nodes=0))
    assert folds.nodes
    assert not folds.inspector


def test_beside_a_dock_at_the_right_the_inspector_gives_way_first():
    folds = folds_of(1440, BESIDE)
    assert folds.inspector
    assert not folds.nodes
    assert folds_of(1299, BESIDE).nodes
    assert not folds_of(1920, BESIDE).inspector


def test_in_a_run_beside_a_dock_at_the_right_both_fold_and_the_strip_goes():
    folds = folds_of(1440, replace(BESIDE, is_run_on=True))
    assert folds.nodes
    assert folds.inspector
    assert not folds.strip


def test_in_a_run_over_a_dock_at_the_bottom_nothing_folds():
    assert folds_of(1440, replace(USUAL, is_run_on=True)) == folds_of(1440, USUAL)


@pytest.mark.parametrize("width", [960, 1024, 1199, 1200, 1440, 2560])
def test_the_dock_at_the_right_keeps_its_range_and_leaves_the_canvas_room_where_it_can(width):
    folds = folds_of(width, BESIDE)
    least, most = DOCK_WIDTHS
    assert least <= folds.dock_width <= most
    sides = (RAIL if folds.nodes else 220) + (STRIP if folds.inspector else 352)
    assert width - sides - folds.dock_width >= LEAST_CENTRE or folds.dock_width == least


def test_the_dock_at_the_bottom_leaves_400_px_of_canvas_where_it_can():
    assert dock_height_of(room=824, wished=220, least=120) == 220
    assert dock_height_of(room=600, wished=220, least=120) == 600 - 36 - 400
    assert dock_height_of(room=500, wished=220, least=120) == 120
