import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QTableView

from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.widgets.rows_delegate import CHANGED_ROLE, RowHeight, RowsDelegate


@pytest.fixture
def model(qapp):
    made = QStandardItemModel(0, 1)
    for row in range(4):
        item = QStandardItem(f"Row {row}")
        item.setData(row == 2, CHANGED_ROLE)
        made.appendRow(item)
    return made


@pytest.fixture
def view(shown, theme, model):
    made = QListView()
    made.setModel(model)
    made.setItemDelegate(RowsDelegate(theme, RowHeight.PALETTE, made))
    made.resize(200, 160)
    shown(made)
    made.setCurrentIndex(model.index(1, 0))
    made.clearFocus()
    return made


def test_the_heights_are_the_designs():
    assert [height.value for height in RowHeight] == [26, 27, 28]


def test_rows_are_as_high_as_they_shall_be_in_every_text_size(view, wear, model):
    assert view.visualRect(model.index(0, 0)).height() == 27
    wear(Look(scale=1.3))
    assert view.visualRect(model.index(0, 0)).height() == 35


def colours_of_row(view, index):
    rect, image = view.visualRect(index), view.viewport().grab().toImage()
    return [image.pixelColor(x, rect.center().y()).name().upper() for x in (1, 3, 5, rect.right() - 20)]


def test_the_selected_row_has_the_selections_ground(view, model, wear):
    assert colours_of_row(view, model.index(3, 0))[-1] == LIGHT.panel
    assert colours_of_row(view, model.index(1, 0))[-1] == LIGHT.sel
    wear(Look(DARK))
    assert colours_of_row(view, model.index(1, 0))[-1] == DARK.sel


def test_a_changed_row_has_a_bar_of_4_px_and_no_fill(view, model):
    assert colours_of_row(view, model.index(2, 0)) == [LIGHT.sel_line, LIGHT.sel_line, LIGHT.panel, LIGHT.panel]


def test_a_table_takes_the_height_over(shown, theme, model, wear):
    table = QTableView()
    table.setModel(model)
    table.setItemDelegate(RowsDelegate(theme, RowHeight.TABLE, table))
    shown(table)
    assert table.rowHeight(0) == 26
    wear(Look(scale=1.15))
    assert table.verticalHeader().defaultSectionSize() == 30


@pytest.mark.parametrize(
    ("state", "colour"),
    [
        (QStyle.StateFlag.State_Enabled, LIGHT.text3),
        (QStyle.StateFlag.State_MouseOver, LIGHT.text2),
        (QStyle.StateFlag.State_Selected, LIGHT.text2),
    ],
)
def test_a_hint_can_be_read_on_every_ground(qapp, theme, state, colour):
    option = QStyleOptionViewItem()
    option.state = state
    assert RowsDelegate(theme).quiet_colour(option) == colour
