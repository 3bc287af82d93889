"""Spaces, row heights, panel widths, radii, strokes and shadows of visual-design.md §2.5, read back from the window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QGridLayout, QLayout, QPushButton, QSplitter, QStackedLayout, QTreeView, QWidget
from tests.ui.design.studio import column, corner_radius, radius, row

from tocsin.ui.node_list.panel import NodeListPanel
from tocsin.ui.theme import DARK, LIGHT
from tocsin.ui.theme.focus_ring import FocusRing
from tocsin.ui.window.layout_state import DockSide

GRID = {0, 4, 8, 12, 16, 24, 32}
SIDES = {14}
"""The sides of inspector and run dock."""
HALF_STEPS = {2, 6, 10}
"""Within one control, row or strip: its height is stated, and what is left beside its text is halved."""


@pytest.fixture
def selected(studio):
    """The window with a node selected."""
    studio.select("block")
    return studio


def splitter_of(panel):
    above = panel.parentWidget()
    while not (isinstance(above, QSplitter) and above.orientation() is Qt.Orientation.Horizontal):
        above = above.parentWidget()
    return above


def drag_edge(studio, panel, width):
    """Draw a panel's edge as far as a person can, and tell how wide it became."""
    splitter = splitter_of(panel)
    before = splitter.sizes()
    at = next(
        at for at in range(splitter.count()) if splitter.widget(at).isAncestorOf(panel) or splitter.widget(at) is panel
    )
    sizes = [width if place == at else before[place] for place in range(splitter.count())]
    sizes[1] += before[at] - width
    splitter.setSizes(sizes)
    studio.settle()
    found = panel.width()
    splitter.setSizes(before)
    studio.settle()
    return found


def test_panels_have_12_px_at_their_sides_inspector_and_run_dock_14(selected):
    left = selected.place(selected.part("node-list"))[0]
    assert selected.place(selected.label("Nodes"))[0] - left == 12
    left, _, right, _ = selected.place(selected.part("inspector"))
    role, use = selected.part("field-role"), selected.part("field-use")
    assert (selected.place(role)[0] - left, right - selected.place(use)[2]) == (14, 14)


def test_rows_of_a_form_are_8_px_apart(selected):
    find = selected.panels.inspector.find_field
    above, below = (selected.place(find(name)) for name in ("role", "with.address"))
    assert below[1] - above[3] == 8


def test_a_row_of_the_node_list_is_27_px_high(selected):
    tree = selected.part("node-list-tree", QTreeView)
    model = selected.part("node-list", NodeListPanel).model
    assert tree.visualRect(model.index(0, 0, model.index(1, 0))).height() == 27


def test_fields_and_buttons_are_30_px_high_small_controls_26(selected):
    thirty = ("field-role", "field-use", "header-search", "button-run.run", "button-run.rehearse", "environment")
    assert {name: selected.part(name).height() for name in thirty} == dict.fromkeys(thirty, 30)
    assert selected.part("field-with.address").parentWidget().height() == 30
    small = ("new-playbook", "move-dock", "fold-dock", "zoom_level")
    assert {name: selected.part(name).height() for name in small} == dict.fromkeys(small, 26)


def test_a_button_of_a_dialog_is_32_px_high(selected):
    selected.window.commands.get("help.about").trigger()
    dialog = next(one for one in selected.window.findChildren(QDialog) if one.isVisible())
    heights = {one.height() for one in dialog.findChildren(QPushButton) if one.isVisible() and not one.property("role")}
    assert heights == {32}
    dialog.close()
    dialog.deleteLater()


def test_the_title_of_a_panel_is_36_px_high(selected):
    assert selected.label("Nodes").parentWidget().height() == 36


def test_rows_of_problems_and_tables_are_26_to_28_px_high(selected):
    selected.window.dock.show_page("problems")
    selected.settle()
    view = selected.panels.problems.findChild(QTreeView)
    height = view.visualRect(view.model().index(0, 0)).height()
    selected.window.dock.set_open(False)
    selected.settle()
    assert 26 <= height <= 28


def test_the_node_list_can_be_180_to_320_px_wide(selected):
    panel = selected.part("node-list")
    assert [drag_edge(selected, panel, width) for width in (10, 220, 700)] == [180, 220, 320]


def test_the_inspector_can_be_300_to_520_px_wide(selected):
    panel = selected.part("inspector")
    assert [drag_edge(selected, panel, width) for width in (10, 352, 900)] == [300, 352, 520]


def test_the_dock_at_the_right_is_560_px_wide_and_can_be_420_to_720(selected):
    dock = selected.window.dock
    selected.resize(1920, 900)
    dock.restore("problems", DockSide.RIGHT, is_open=True)
    dock.state_changed.emit()
    selected.settle()
    found = [dock.width(), *(drag_edge(selected, dock, width) for width in (10, 1400))]
    dock.restore("problems", DockSide.BOTTOM, is_open=False)
    dock.state_changed.emit()
    selected.resize(1440, 900)
    assert found == [560, 420, 720]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_have_corners_of_6_px_and_floats_of_8(selected, tokens):
    selected.wear(tokens=tokens)
    search, combo, field = (selected.part(name) for name in ("header-search", "field-role", "field-with.address"))
    found = {
        "search": radius(search, tokens.ctl),
        "combo": radius(combo, tokens.ctl),
        "field": radius(field.parentWidget(), tokens.ctl),
        "run": radius(selected.part("button-run.run"), tokens.accent),
        "zoom bar": radius(selected.view.floats.zoom_bar, tokens.line),
    }
    selected.wear()
    assert found == pytest.approx(
        {
            "search": 6,
            "combo": 6,
            "field": 6,
            "run": 6,
            "zoom bar": 8,
        },
        abs=0.8,
    )


def test_the_tile_of_the_head_has_corners_of_7_px(selected):
    tile = selected.panels.inspector.head.tile
    image = tile.grab().toImage()
    soft = QColor(selected.tokens.action_soft)
    ground = image.pixelColor(image.width() - 1, 0)
    top = next(y for y in range(image.height()) if image.pixelColor(14, y) == soft)
    left = next(x for x in range(image.width()) if image.pixelColor(x, top + 14) == soft)
    assert corner_radius(image, (left, top), soft, ground) == pytest.approx(7, abs=0.6)


def test_a_hairline_is_1_px(selected):
    tokens = selected.tokens
    assert column(selected.part("header"), 300)[-2:] == [tokens.win, tokens.line]
    assert column(selected.part("footer"), 300)[:2] == [tokens.line, tokens.win]
    assert row(selected.window, 400)[219:221] == [tokens.panel, tokens.line]


def test_the_focus_ring_is_2_px_outside_a_gap_of_2(selected, qapp):
    ring = FocusRing(qapp, selected.theme)
    selected.activate()
    button = selected.part("button-run.rehearse")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    selected.settle()
    image, (left, top, *_) = selected.window.grab().toImage(), selected.place(button)
    found = [image.pixelColor(left - away, top + 15).name().upper() for away in (5, 4, 3, 2, 1)]
    selected.view.setFocus()
    ring.deleteLater()
    win, line = selected.tokens.win, selected.tokens.sel_line
    assert found == [win, line, line, win, win]


@pytest.mark.parametrize(
    ("tokens", "shade", "share"), [(LIGHT, LIGHT.text, 0.14), (DARK, "#000000", 0.50)], ids=["light", "dark"]
)
def test_a_float_has_a_hard_shadow_2_px_below(selected, tokens, shade, share):
    selected.wear(tokens=tokens)
    bar, view = selected.view.floats.zoom_bar, selected.view.viewport()
    corner = bar.mapTo(view, QPoint(0, 0))
    edge = corner.x() + 40, corner.y() + bar.height()
    image = view.grab().toImage()
    found = [image.pixelColor(edge[0], edge[1] + away) for away in (-3, -2, -1, 0)]
    selected.wear()
    assert found[0].name().upper() == tokens.line
    assert found[3].name().upper() in {tokens.canvas, tokens.dot}
    ground = QColor(tokens.canvas)
    for pixel in found[1:3]:
        for part in ("red", "green", "blue"):
            mixed = (1 - share) * getattr(ground, part)() + share * getattr(QColor(shade), part)()
            assert abs(getattr(pixel, part)() - mixed) <= 2


def spaces_of(layout):
    """The margins and gaps of a layout and of those in it; a stack has none."""
    if isinstance(layout, QStackedLayout):
        return
    margins = layout.contentsMargins()
    yield from (margins.left(), margins.top(), margins.right(), margins.bottom())
    if isinstance(layout, QGridLayout):
        yield from (layout.horizontalSpacing(), layout.verticalSpacing())
    else:
        yield layout.spacing()
    for place in range(layout.count()):
        if isinstance(inner := layout.itemAt(place).layout(), QLayout):
            yield from spaces_of(inner)


@pytest.mark.parametrize("page", ["problems", "run", "history", "lab"])
def test_every_space_between_parts_is_of_the_grid(selected, page):
    selected.window.dock.show_page(page)
    selected.settle()
    parts = [one for one in selected.window.findChildren(QWidget) if one.layout() is not None and one.isVisible()]
    odd = {
        f"{type(part).__name__} {part.objectName()}": off
        for part in parts
        if (off := set(spaces_of(part.layout())) - GRID - SIDES - HALF_STEPS)
    }
    assert len(parts) > 40
    assert not odd
