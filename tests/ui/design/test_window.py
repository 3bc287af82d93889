"""The bars and panels of the window and how they fold (visual-design.md §2.5, §3), read back in each of its sizes."""

import pytest
from PySide6.QtWidgets import QMenuBar, QTabBar
from tests.ui.design.studio import SIZE, colour

from tocsin.ui.canvas.geometry import Density
from tocsin.ui.theme import LIGHT
from tocsin.ui.theme.high_contrast import high_contrast
from tocsin.ui.theme.shadow import float_shadow


@pytest.fixture
def sized(studio):
    """Give the window a size; it has the designed one again afterwards."""

    def give(width, height):
        studio.resize(width, height)
        return studio

    yield give
    studio.resize(*SIZE)


@pytest.fixture
def wide(sized):
    return sized(*SIZE)


def shown(studio, name):
    return any(one.isVisible() for one in studio.window.findChildren(object, name))


def test_bars_are_as_high_as_designed(wide):
    heights = {name: wide.size(name)[1] for name in ("header", "document-bar", "dock-strip", "footer")}
    assert heights == {"header": 48, "document-bar": 36, "dock-strip": 33, "footer": 28}
    assert wide.part("document-tabs", QTabBar).height() == 36


def test_panels_are_as_wide_as_designed(wide):
    assert (wide.size("node-list")[0], wide.size("inspector")[0]) == (220, 352)


def test_the_parts_lie_one_beside_the_other_and_leave_nothing_free(wide):
    assert wide.place(wide.part("header")) == (0, 0, 1440, 48)
    assert wide.place(wide.part("node-list")) == (0, 48, 220, 872)
    assert wide.place(wide.part("document-bar")) == (221, 48, 1087, 84)
    assert wide.place(wide.part("dock-strip")) == (221, 839, 1087, 872)
    assert wide.place(wide.part("inspector")) == (1088, 48, 1440, 872)
    assert wide.place(wide.part("footer")) == (0, 872, 1440, 900)


def test_the_run_bar_is_40_px_high_under_the_tabs(running):
    bar, tabs = running.panels.run_bar, running.panels.document
    assert (bar.isVisible(), bar.height()) == (True, 40)
    assert bar.geometry().top() == tabs.geometry().bottom() + 1


def test_the_least_window_is_960_by_600(sized):
    studio = sized(1, 1)
    assert studio.window.size().toTuple() == (960, 600)


@pytest.mark.parametrize(("width", "is_folded"), [(1200, False), (1199, True)])
def test_under_1200_px_menus_and_panels_fold(sized, width, is_folded):
    studio = sized(width, 900)
    parts = {"node-list": not is_folded, "inspector": not is_folded, "rail": is_folded, "inspector-strip": is_folded}
    assert {name: shown(studio, name) for name in parts} == parts
    assert studio.window.findChild(QMenuBar).isVisible() is not is_folded
    assert shown(studio, "button-menus") is is_folded


@pytest.mark.parametrize(("height", "is_open"), [(760, True), (759, False)])
def test_under_760_px_the_dock_folds_to_33(sized, height, is_open):
    studio = sized(1440, 900)
    studio.window.dock.restore("problems", studio.window.dock.side.BOTTOM, is_open=True)
    studio.resize(1440, height)
    found = studio.window.dock.is_open, studio.window.dock.height() > 33
    studio.resize(*SIZE)
    studio.window.dock.set_open(False)
    assert found == (is_open, is_open)


def test_at_1024_by_640_a_rail_of_44_and_a_strip_of_40_leave_a_canvas_of_400(sized):
    narrow = sized(1024, 640)
    assert (narrow.size("rail")[0], narrow.size("inspector-strip")[0]) == (44, 40)
    assert narrow.view.height() >= 400


@pytest.mark.parametrize("size", [(960, 600), (1024, 640), SIZE])
def test_what_is_live_here_and_stop_never_fold(sized, size):
    studio = sized(*size)
    assert studio.size("stop-everything")[1] == 28
    live = studio.part("live-here")
    assert live.width() >= live.sizeHint().width()


@pytest.mark.parametrize(("height", "density"), [(999, Density.COMPACT), (1000, Density.COMFORTABLE)])
def test_nodes_are_compact_by_themselves_under_1000_px(sized, height, density):
    studio = sized(1440, height)
    size = studio.panels.scene.place_of("noted").size().toTuple()
    assert size == {Density.COMPACT: (200, 40), Density.COMFORTABLE: (224, 48)}[density]


def test_floats_keep_12_px_of_the_canvas_and_their_size_at_any_zoom(wide):
    bar, view = wide.view.floats.zoom_bar, wide.view.viewport()
    before = bar.size()
    for zoom in (0.25, 1.0, 2.0):
        wide.view.set_zoom(zoom)
        wide.settle()
        assert (bar.x(), view.height() - (bar.geometry().bottom() + 1 - 2)) == (12, 12)
        assert bar.size() == before
    wide.view.fit_all()


def test_high_contrast_has_lines_as_strong_as_controls_and_no_shadows(wide):
    wide.wear(tokens=high_contrast(LIGHT), is_contrast_high=True)
    line, chip = colour(wide.part("header"), 300, -1), wide.tokens.accent_soft
    shadow = float_shadow(wide.theme.tokens)
    wide.wear()
    assert (line, chip, shadow) == (LIGHT.ctl, LIGHT.node, None)
