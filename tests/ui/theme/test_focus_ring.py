import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QSplitter, QVBoxLayout, QWidget

from tocsin.ui.theme.focus_ring import FocusRing


@pytest.fixture
def ring(dressed, theme):
    made = FocusRing(dressed, theme)
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(qtbot, ring):
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.setContentsMargins(20, 20, 20, 20)
    made.button = QPushButton("Run", made)
    made.line = QLineEdit(made)
    made.list = QListWidget(made)
    for widget in (made.line, made.button, made.list):
        column.addWidget(widget)
    with qtbot.waitActive(made):
        made.show()
    return made


def tab_to(widget):
    widget.setFocus(Qt.FocusReason.TabFocusReason)


def test_a_key_lays_a_ring_of_2_px_around_a_button_with_a_gap_of_2(window, ring, theme):
    tab_to(window.button)
    assert ring.frame.geometry() == window.button.geometry().adjusted(-4, -4, 4, 4)
    image, left = window.grab().toImage(), window.button.x()
    middle = window.button.geometry().center().y()
    colours = [image.pixelColor(left - 4 + x, middle).name().upper() for x in range(4)]
    assert colours == [theme.tokens.sel_line] * 2 + [theme.tokens.win] * 2


def test_the_mouse_lays_none(window, ring):
    tab_to(window.line)
    QTest.mousePress(window.windowHandle(), Qt.MouseButton.LeftButton, pos=window.button.geometry().center())
    assert window.button.hasFocus()
    assert ring.frame is None
    QTest.mouseRelease(window.windowHandle(), Qt.MouseButton.LeftButton, pos=window.button.geometry().center())


def test_an_input_has_a_border_instead(window, ring):
    tab_to(window.line)
    assert ring.frame is None


def test_a_view_has_the_ring_inside(window, ring):
    tab_to(window.button)
    window.setTabOrder(window.button, window.list)
    QTest.keyClick(window.button, Qt.Key.Key_Tab)
    assert window.list.hasFocus()
    assert ring.frame.parentWidget() is window.list
    assert ring.frame.geometry() == window.list.rect()


def test_a_view_that_the_program_gave_the_focus_has_none(window, ring):
    window.list.setFocus()
    assert ring.frame is None


def test_the_ring_goes_where_its_widget_goes(window, ring):
    tab_to(window.button)
    window.button.setGeometry(QRect(60, 60, 50, 30))
    assert ring.frame.geometry() == QRect(56, 56, 58, 38)
    window.button.hide()
    assert ring.frame is None


def test_the_ring_leaves_with_the_focus_and_with_its_window(window, ring):
    tab_to(window.button)
    tab_to(window.line)
    assert ring.frame is None
    tab_to(window.button)
    window.close()
    assert ring.frame is None


def test_a_ring_without_room_lies_in_the_parents_parent_and_is_no_pane_of_a_splitter(qtbot, ring):
    outer = QWidget()
    qtbot.addWidget(outer)
    splitter = QSplitter(outer)
    splitter.setGeometry(30, 30, 200, 60)
    button = QPushButton("Run", splitter)
    with qtbot.waitActive(outer):
        outer.show()
    tab_to(button)
    assert splitter.count() == 1
    assert ring.frame.parentWidget() is outer
    assert ring.frame.geometry() == QRect(26, 26, 208, button.height() + 8)


def test_a_widget_that_paints_its_own_focus_is_left_alone(window, ring):
    tab_to(window.line)
    window.button.setProperty("paintsFocus", "true")
    tab_to(window.button)
    assert ring.frame is None


def test_the_mouse_goes_through_the_ring(window, ring):
    tab_to(window.button)
    assert ring.frame.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert window.childAt(window.button.geometry().center()) is window.button
