"""The motion of the window's parts (visual-design.md §7): dock and sections fold in 120 ms, or at once."""

import pytest
from PySide6.QtCore import QEasingCurve, QVariantAnimation

from tocsin.ui.widgets.section import Section
from tocsin.ui.window.dock_place import DockPlace
from tocsin.ui.window.layout_state import DockSide

RUNNING = QVariantAnimation.State.Running


@pytest.fixture
def moving(studio):
    """The window with its dock folded under the canvas, and with motion."""
    dock = studio.window.dock
    was = dock.page, dock.side
    dock.restore(dock.page, DockSide.BOTTOM, is_open=False)
    studio.settle()
    studio.wear(is_motion_reduced=False)
    yield studio
    studio.wear()
    dock.restore(*was, is_open=False)
    studio.settle()


def glide_of(studio, kind):
    """The motion of the first part of a kind that is seen."""
    part = next(one for one in studio.window.findChildren(kind) if not hasattr(one, "isVisible") or one.isVisible())
    [glide] = [one for one in part.children() if isinstance(one, QVariantAnimation)]
    return part, glide


def way_of(glide):
    """Go through a motion that is on, and tell which share of the way is done at each quarter."""
    glide.pause()
    first, last = glide.startValue(), glide.endValue()
    shares = []
    for at in (30, 60, 90, 120):
        glide.setCurrentTime(at)
        shares.append((glide.currentValue() - first) / (last - first))
    return shares


def test_the_dock_opens_in_120_ms_quick_at_first(moving):
    _, glide = glide_of(moving, DockPlace)
    moving.window.dock.set_open(True)
    assert (glide.state(), glide.duration(), glide.easingCurve().type()) == (RUNNING, 120, QEasingCurve.Type.OutCubic)
    quarter, half, most, whole = way_of(glide)
    assert 0.25 < quarter < half < most < whole == 1
    assert half > 0.8


def test_the_dock_moves_to_the_right_in_120_ms(moving):
    dock = moving.window.dock
    dock.restore(dock.page, DockSide.BOTTOM, is_open=True)
    moving.settle()
    _, glide = glide_of(moving, DockPlace)
    dock.move_over()
    assert (glide.state(), glide.duration(), glide.easingCurve().type()) == (RUNNING, 120, QEasingCurve.Type.OutCubic)
    glide.pause()
    glide.setCurrentTime(60)
    moving.settle()
    assert 420 < dock.width() == glide.currentValue() < 560
    quarter, half, most, whole = way_of(glide)
    assert 0.25 < quarter < half < most < whole == 1
    moving.settle()
    assert dock.width() == 560


def test_a_section_folds_in_120_ms(moving):
    moving.select("block")
    section, glide = glide_of(moving, Section)
    section.head.click()
    assert (glide.state(), glide.duration(), glide.easingCurve().type()) == (RUNNING, 120, QEasingCurve.Type.OutCubic)
    glide.setCurrentTime(120)
    section.set_open(not section.is_open)


def test_where_motion_is_reduced_both_are_there_at_once(studio):
    dock, glide = studio.window.dock, glide_of(studio, DockPlace)[1]
    dock.set_open(True)
    assert (glide.state() is RUNNING, dock.height() > dock.folded_height) == (False, True)
    dock.set_open(False)
    assert (glide.state() is RUNNING, dock.height()) == (False, dock.folded_height)
    studio.select("block")
    section, fold = glide_of(studio, Section)
    section.head.click()
    assert fold.state() is not RUNNING
    section.head.click()
