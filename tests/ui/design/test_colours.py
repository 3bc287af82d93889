"""The colours of visual-design.md §2.1, read back from the window in both themes: what each is used for there."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTreeView
from tests.ui.design.studio import colour, colours_in, column, row

from tocsin.ui.connections.faces import LAB, EnvironmentFace
from tocsin.ui.node_list.panel import NodeListPanel
from tocsin.ui.theme import DARK, LIGHT

STAGING = EnvironmentFace("staging", "Staging", "6 of 8 connections ready", "server", "env_other")
NEAR = 48
AT_HOME = QPoint(720, 24)
"""In the header, over nothing that changes under the pointer."""


@pytest.fixture(scope="module", params=[LIGHT, DARK], ids=["light", "dark"])
def worn(request, studio):
    """The window in one theme, with a node selected."""
    studio.wear(tokens=request.param)
    studio.select("block")
    studio.view.set_zoom(1.0)
    studio.settle()
    return studio


@pytest.fixture
def point_at(worn):
    """Put the pointer on a place of a widget; it goes home after the test."""

    def point(widget, at):
        QTest.mouseMove(worn.window.windowHandle(), widget.mapTo(worn.window, at))

    yield point
    QTest.mouseMove(worn.window.windowHandle(), AT_HOME)


def find_index(worn, title):
    model = worn.part("node-list", NodeListPanel).model
    rows = [model.index(0, 0)]
    while rows:
        index = rows.pop()
        if index.data() == title:
            return index
        rows += [below for below in (model.index(0, 0, index), index.siblingAtRow(index.row() + 1)) if below.isValid()]
    raise LookupError(title)


def words_colour(label):
    return label.palette().color(label.foregroundRole()).name().upper()


def has_ink(found, name):
    """A line of this colour is there; thin ones are never quite as dark as they are drawn."""
    wanted = QColor(name)
    return any(
        sum(abs(getattr(QColor(one), part)() - getattr(wanted, part)()) for part in ("red", "green", "blue")) < NEAR
        for one in found
    )


def on_canvas(worn, node):
    """Where a node lies in the view's pixels."""
    view = worn.view
    return view.mapFromScene(worn.panels.scene.place_of(node)).boundingRect()


def test_win_is_behind_header_tabs_and_footer(worn):
    spots = [("header", 2, 2), ("document-bar", -2, 10), ("footer", 4, 14)]
    assert {colour(worn.part(name), x, y) for name, x, y in spots} == {worn.tokens.win}


def test_panel_is_behind_the_node_list_the_inspector_and_the_dock(worn):
    spots = [("node-list", 3, 400), ("inspector", 3, -3), ("dock-strip", -2, 3)]
    assert {colour(worn.part(name), x, y) for name, x, y in spots} == {worn.tokens.panel}


def test_surface_is_in_inputs_and_raised_in_floats(worn):
    assert colour(worn.part("field-role"), 40, 3) == worn.tokens.surface
    assert colour(worn.view.floats.zoom_bar, 4, 10) == worn.tokens.raised


def test_the_canvas_has_its_ground_with_dots_on_it(worn):
    found = colours_in(worn.view.viewport(), QRect(20, 300, 160, 160))
    assert max(found, key=found.get) == worn.tokens.canvas
    assert worn.tokens.dot in found


def test_lines_part_what_is_beside_each_other(worn):
    assert colour(worn.part("header"), 300, -1) == worn.tokens.line
    assert colour(worn.part("footer"), 300, 0) == worn.tokens.line
    image = worn.window.grab().toImage()
    assert [image.pixelColor(x, 400).name().upper() for x in (219, 220, 1087)] == [
        worn.tokens.panel,
        worn.tokens.line,
        worn.tokens.line,
    ]


def test_controls_have_a_border_that_is_no_divider(worn):
    for name in ("header-search", "field-role"):
        assert colour(worn.part(name), 0, 15) == worn.tokens.ctl


def test_a_node_and_its_border_have_their_own_colours(worn):
    rect = on_canvas(worn, "noted")
    found = colours_in(worn.view.viewport(), rect)
    assert max(found, key=found.get) == worn.tokens.node
    assert found[worn.tokens.node_line] > rect.width()


def test_edges_and_error_paths_are_seen_apart(worn):
    found = colours_in(worn.view.viewport(), worn.view.viewport().rect())
    assert found[worn.tokens.edge] > 200
    assert found[worn.tokens.err_path] > 100


def test_titles_labels_and_hints_are_in_three_strengths(worn):
    assert words_colour(worn.label("Nodes")) == worn.tokens.text
    assert words_colour(worn.label("Product")) == worn.tokens.text2
    field = worn.part("node-list").findChild(QLineEdit)
    assert field.palette().color(field.palette().ColorRole.PlaceholderText).name().upper() == worn.tokens.text3


def test_a_row_under_the_pointer_is_tinted(worn, point_at):
    tree, index = worn.part("node-list-tree", QTreeView), find_index(worn, "Condition")
    rect = tree.visualRect(index)
    assert colour(tree.viewport(), rect.right() - 60, rect.top() + 3) == worn.tokens.panel
    point_at(tree.viewport(), rect.center())
    assert colour(tree.viewport(), rect.right() - 60, rect.top() + 3) == worn.tokens.hover


def test_a_button_that_is_pressed_is_darker_than_one_under_the_pointer(worn, point_at):
    button = worn.part("fold-dock")
    point_at(button, button.rect().center())
    assert colour(button, 13, 2) == worn.tokens.hover
    button.setDown(True)
    assert colour(button, 13, 2) == worn.tokens.press
    button.setDown(False)


def test_a_selected_row_has_the_selections_ground(worn):
    tree, index = worn.part("node-list-tree", QTreeView), find_index(worn, "Switch")
    tree.setCurrentIndex(index)
    rect = tree.visualRect(index)
    assert colour(tree.viewport(), rect.right() - 60, rect.top() + 3) == worn.tokens.sel
    tree.setCurrentIndex(find_index(worn, "Logic"))
    tree.clearSelection()


def test_what_is_in_front_is_marked_with_the_selections_line(worn):
    tabs, pages = worn.part("document-tabs"), worn.part("inspector-tabs")
    assert [colour(tabs, 60, y) for y in (0, 1, 2)] == [worn.tokens.sel_line] * 2 + [worn.tokens.canvas]
    assert worn.tokens.sel_line in column(pages, 30)[-3:]
    ring = on_canvas(worn, "block").adjusted(-6, -6, 6, 6)
    assert colours_in(worn.view.viewport(), ring)[worn.tokens.sel_line] > 2 * (ring.width() - 40)


def test_the_one_primary_button_is_filled_with_the_accent(worn, point_at):
    run = worn.part("button-run.run")
    assert [colour(run, x, 15) for x in (0, 4)] == [worn.tokens.accent, worn.tokens.accent]
    assert worn.tokens.on_accent in row(run, 15)
    point_at(run, run.rect().center())
    assert [colour(run, x, 15) for x in (0, 4)] == [worn.tokens.accent_hover, worn.tokens.accent]


def test_links_are_in_the_accents_text_and_values_on_its_soft_fill(worn):
    link, field = worn.button("Show as text"), worn.part("field-with.address")
    assert words_colour(link) == worn.tokens.accent_text
    found = colours_in(field, field.rect())
    assert found[worn.tokens.accent_soft] > 20 * 60
    assert worn.tokens.accent_text in found


def test_a_field_that_is_wrong_has_a_border_in_the_colour_of_problems(worn):
    view = worn.panels.inspector.find_field("with.address")
    view.show_problem("Address is empty.")
    frame = worn.part("field-with.address").parentWidget()
    assert colour(frame, 150, 0) == worn.tokens.problem
    view.show_problem("")


def test_what_a_refusal_says_stands_on_the_soft_fill_of_problems(worn):
    worn.panels.notice.show_words("The file cannot be read.")
    assert colour(worn.panels.notice, 3, 3) == worn.tokens.problem_soft
    worn.panels.notice.clear()


@pytest.mark.parametrize("environment", [LAB, STAGING], ids=["Lab", "other"])
def test_the_environment_is_told_by_its_colour(worn, environment):
    button = worn.window.frame.header.environment
    button.show_environments((LAB, STAGING), environment.id)
    assert colour(button, 0, 15) == getattr(worn.tokens, environment.tone)
    button.show_environments((LAB,), LAB.id)


def test_stop_is_filled_with_the_colour_of_text(worn):
    assert colour(worn.part("stop-everything"), 4, 14) == worn.tokens.text


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("SIEM alert", "trigger"),
        ("Condition", "logic"),
        ("EDR", "action"),
        ("Question", "human"),
        ("End", "end"),
    ],
)
def test_a_kind_is_the_colour_of_a_tile_on_its_soft_fill(worn, title, kind):
    tree = worn.part("node-list-tree", QTreeView)
    index = find_index(worn, title)
    tree.scrollTo(index)
    found = colours_in(tree.viewport(), tree.visualRect(index))
    assert found[getattr(worn.tokens, f"{kind}_soft")] > 150
    assert has_ink(found, getattr(worn.tokens, kind))
