import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tocsin.ui.widgets.folding_row import GAP, FoldingRow


@pytest.fixture
def room(qtbot):
    """A row of two buttons in a column, shown."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    buttons = QPushButton("Save report"), QPushButton("Take back all that it did")
    window.row = FoldingRow(buttons, window, fills=True)
    column.addWidget(window.row)
    column.addStretch(1)
    window.resize(600, 200)
    with qtbot.waitExposed(window):
        window.show()
    return window


def places(room):
    return [button.geometry() for button in room.row.findChildren(QPushButton)]


def test_they_share_the_width_side_by_side(room):
    one, other = places(room)
    assert not room.row.is_folded
    assert one.top() == other.top()
    assert other.left() - one.right() - 1 == GAP
    assert abs(one.width() - other.width()) <= 1


def test_they_stand_below_each_other_where_words_would_be_cut(room, qtbot):
    room.resize(room.row.minimumSizeHint().width(), 200)
    qtbot.waitUntil(lambda: room.row.is_folded and room.row.height() > places(room)[0].height())
    one, other = places(room)
    assert one.left() == other.left() == 0
    assert other.top() - one.bottom() - 1 == GAP
    assert room.row.height() == other.bottom() + 1
    room.resize(600, 200)
    qtbot.waitUntil(lambda: not room.row.is_folded)
