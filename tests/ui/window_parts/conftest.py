"""A window of parts: everything of the frame, and plain widgets where other rooms' panels stand."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget
from tests.ui.fakes import FakeCommands

from tocsin.ui.actions.build import ActionSet
from tocsin.ui.theme import Look, Theme
from tocsin.ui.window.arrangement import Arrangement, Parts
from tocsin.ui.window.docks import Dock, usual_pages
from tocsin.ui.window.footer import Footer
from tocsin.ui.window.header import Header
from tocsin.ui.window.layout_state import DockSide, LayoutState
from tocsin.ui.window.rail import RailItem

PARTS = ("header", "nodes", "centre", "inspector", "dock", "footer")


def panel(parent):
    """A panel with one thing to focus."""
    made = QWidget(parent)
    field = QLineEdit(made)
    QVBoxLayout(made).addWidget(field)
    made.field = field
    return made


@pytest.fixture
def theme(dressed):
    return Theme(Look(is_motion_reduced=True))


@pytest.fixture
def told():
    return FakeCommands()


@pytest.fixture
def actions(told, theme):
    return ActionSet(told, theme)


@pytest.fixture
def make_frame(theme, actions, qtbot):
    """Make a shown window of a size."""
    made = []

    def make(width=1440, height=900):
        window = QMainWindow()
        header, footer = Header(actions, theme, window), Footer(theme, window)
        nodes, centre, inspector = panel(window), QWidget(window), panel(window)
        centre.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dock = Dock(usual_pages(panel(window), panel(window), None, None), theme, window)
        items = (
            RailItem("settings", "Show the settings", "braces"),
            RailItem("notes", "Show the notes", "sticky-note"),
        )
        parts = Parts(header, nodes, centre, inspector, dock, footer, items)
        arrangement = Arrangement(window, parts, theme)
        arrangement.restore(LayoutState(dock_side=DockSide.BOTTOM))
        window.resize(width, height)
        with qtbot.waitExposed(window):
            window.show()
        made.append(window)
        return SimpleNamespace(window=window, arrangement=arrangement, **{name: getattr(parts, name) for name in PARTS})

    yield make
    for window in made:
        window.close()
        window.deleteLater()
