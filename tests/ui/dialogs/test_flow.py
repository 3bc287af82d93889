import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.ui.dialogs.flow import Flow


class Block(QWidget):
    @override
    def sizeHint(self):
        return QSize(100, 20)


@pytest.fixture
def flow(qtbot):
    flow = Flow(8)
    qtbot.addWidget(flow)
    flow.show()
    flow.show_widgets([Block(flow) for _ in range(3)])
    return flow


@pytest.mark.parametrize(("width", "height"), [(316, 20), (315, 48), (208, 48), (207, 76), (50, 76)])
def test_what_does_not_fit_goes_into_the_next_line(flow, width, height):
    flow.resize(width, flow.height())
    assert flow.height() == height


def test_parts_stand_a_gap_apart(flow):
    flow.resize(220, 100)
    assert [(block.x(), block.y()) for block in flow.findChildren(Block)] == [(0, 0), (108, 0), (0, 28)]


def test_an_empty_one_takes_no_height(flow):
    flow.show_widgets([])
    assert flow.height() == 0
