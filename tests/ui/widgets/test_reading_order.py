import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from tocsin.ui.widgets.reading_order import find_stop, step_focus


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window)
    return window


@pytest.fixture
def show(window, qtbot):
    def shown():
        with qtbot.waitActive(window):
            window.show()

    return shown


def button(name, parent, layout=None):
    made = QPushButton(name, parent)
    if layout is not None:
        layout.addWidget(made)
    return made


def walk(window, count, *, is_forward=True):
    """The names of the stops, from the focus on."""
    names = []
    for _ in range(count):
        assert step_focus((window,), is_forward=is_forward)
        names.append(window.focusWidget().text())
    return names


def test_what_layouts_place_is_gone_through_as_they_place_it(window, show):
    last, first = QHBoxLayout(), QHBoxLayout()
    for name in "dc":
        last.insertWidget(0, button(name, window))
    for name in "ab":
        button(name, window, first)
    window.layout().addLayout(first)
    window.layout().addLayout(last)
    show()
    find_stop(window).setFocus()
    assert walk(window, 5) == ["b", "c", "d", "a", "b"]
    assert walk(window, 4, is_forward=False) == ["a", "d", "c", "b"]


def test_a_splitter_is_gone_through_by_its_places_and_a_stack_by_what_is_in_front(window, show):
    split, stack = QSplitter(Qt.Orientation.Horizontal, window), QStackedWidget(window)
    for name in ("hidden", "b"):
        stack.addWidget(button(name, stack))
    stack.setCurrentIndex(1)
    split.addWidget(button("c", split))
    split.insertWidget(0, stack)
    window.layout().addWidget(split)
    button("d", window, window.layout())
    show()
    find_stop(window).setFocus()
    assert walk(window, 3) == ["c", "d", "b"]


def test_what_lies_over_comes_after_what_is_laid_out(window, show):
    over = button("z", window)
    button("a", window, window.layout())
    over.move(0, 0)
    show()
    over.raise_()
    find_stop(window).setFocus()
    assert walk(window, 2) == ["z", "a"]


def test_what_cannot_take_the_keyboard_is_passed_by(window, show):
    grid = QGridLayout()
    off, by_mouse, on = (button(name, window) for name in ("off", "mouse", "on"))
    for place, each in enumerate((off, by_mouse, on)):
        grid.addWidget(each, 0, place)
    window.layout().addLayout(grid)
    off.setEnabled(False)
    by_mouse.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    show()
    assert find_stop(window) is on
    by_mouse.setFocus()
    assert walk(window, 1) == ["on"]


def test_parts_come_in_the_order_that_is_given_wherever_they_lie(window, show):
    first, second = (QWidget(window) for _ in range(2))
    for part, names in ((second, "cd"), (first, "ab")):
        row = QHBoxLayout(part)
        for name in names:
            button(name, part, row)
        window.layout().addWidget(part)
    show()
    names = []
    find_stop(first).setFocus()
    for _ in range(4):
        step_focus((first, second, window), is_forward=True)
        names.append(window.focusWidget().text())
    assert names == ["b", "c", "d", "a"]


def test_where_nothing_takes_the_keyboard_nothing_happens(window, show):
    show()
    assert not step_focus((window,), is_forward=True)
    assert find_stop(window) is None
