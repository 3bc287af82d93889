"""Fonts, sizes of text, digits and icons of visual-design.md §2.5, read back from the window."""

import pytest
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QTreeView, QWidget

from tocsin.ui.theme import icon_pixmap
from tocsin.ui.widgets.icon_button import IconButton

LEAST = 11
FIRST_ICON = "text-search"
"""What stands in the first row of the node list."""
SCALES = (1.0, 1.15, 1.3)


def looks(widget):
    font = widget.fontInfo()
    return font.family(), font.pixelSize(), font.weight()


def everything(studio):
    return [one for one in studio.window.findChildren(QWidget) if one.isVisible()]


def test_every_word_is_in_one_of_the_two_families(studio):
    studio.select("block")
    assert {one.fontInfo().family() for one in everything(studio)} == {"Inter", "JetBrains Mono"}


def test_digits_are_all_as_wide_wherever_they_stand(studio):
    studio.select("block")
    for one in everything(studio):
        measure = QFontMetricsF(one.font())
        assert measure.horizontalAdvance("1" * 8) == measure.horizontalAdvance("0" * 8), one


@pytest.mark.parametrize("scale", SCALES)
def test_nothing_is_written_smaller_than_11_px(studio, scale):
    studio.wear(scale=scale)
    studio.select("block")
    smallest = min(everything(studio), key=lambda one: one.fontInfo().pixelSize())
    assert smallest.fontInfo().pixelSize() >= round(LEAST * scale), smallest.objectName()
    studio.wear()


def test_panels_are_titled_in_13_at_600(studio):
    assert looks(studio.label("Nodes")) == ("Inter", 13, 600)


def test_body_is_13_labels_12_and_captions_11(studio):
    studio.select("block")
    assert looks(studio.part("header").findChild(QLabel)) == ("Inter", 13, 400)
    assert looks(studio.label("Product")) == ("Inter", 12, 500)
    assert looks(studio.label("Change · undoable")) == ("Inter", 11, 400)
    assert looks(studio.label("Live here: nothing armed")) == ("Inter", 11, 500)


def test_a_dialog_is_titled_in_17_at_600(studio):
    studio.window.commands.get("help.about").trigger()
    dialog = next(one for one in studio.window.findChildren(QDialog) if one.isVisible())
    titles = [one for one in dialog.findChildren(QLabel) if one.fontInfo().pixelSize() == 17]
    assert [looks(one) for one in titles] == [("Inter", 17, 600)]
    dialog.close()
    dialog.deleteLater()


@pytest.mark.parametrize("scale", SCALES)
def test_icons_of_buttons_are_16_px_and_grow_with_the_text(studio, scale):
    studio.wear(scale=scale)
    sizes = {one.iconSize().width() for one in studio.part("header").findChildren(IconButton) if one.isVisible()}
    assert sizes == {round(16 * scale)}
    run = studio.part("button-run.run", QAbstractButton)
    assert run.iconSize().height() == round(16 * scale)
    studio.wear()


def test_icons_of_the_node_list_are_13_px_on_tiles_of_20(studio):
    tree = studio.part("node-list-tree", QTreeView)
    rect = tree.visualRect(tree.model().index(0, 0, tree.model().index(0, 0)))
    image = tree.viewport().grab(rect).toImage()
    ground, middle = QColor(studio.tokens.panel), image.height() // 2
    tile = [x for x in range(34) if image.pixelColor(x, middle) != ground]
    assert (tile[0], tile[-1] + 1) == (8, 28)
    soft = QColor(studio.tokens.trigger_soft)
    ink = QColor(studio.tokens.trigger).red() - soft.red()
    spots = [(x, y) for x in range(10, 26) for y in range(5, 22)]
    drawn = sum((image.pixelColor(x, y).red() - soft.red()) / ink for x, y in spots)
    large = icon_pixmap(FIRST_ICON, studio.tokens.trigger, 240).toImage()
    share = sum(large.pixelColor(x, y).alphaF() for x in range(240) for y in range(240)) / 240**2
    assert drawn == pytest.approx(share * 13**2, rel=0.05)
