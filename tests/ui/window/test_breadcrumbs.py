"""The path in the window's bar keeps one button a crumb, whatever happens while it is shown."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tocsin.ui.window.breadcrumbs import Breadcrumbs, Crumb, CrumbButton

FIRST = (Crumb("folder", "soc"), Crumb("playbook", "Contain"), Crumb("node:look", "Look up"))
OTHER = (Crumb("folder", "soc"), Crumb("playbook", "Triage"))


@pytest.fixture
def around(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def path(theme, around, qtbot):
    made = Breadcrumbs(theme, around)
    made.resize(600, 24)
    made.show_crumbs(FIRST)
    QLineEdit(around)
    with qtbot.waitActive(around):
        around.show()
    return made


def shown(path):
    return [button.text() for button in path.findChildren(CrumbButton) if button.isVisible()]


def test_the_last_crumb_stays_where_there_is_no_room(path):
    path.resize(30, 24)
    assert shown(path) == ["Look up"]


def test_a_path_that_changes_because_its_focus_goes_is_shown_once(path, qtbot):
    path.findChildren(CrumbButton)[-1].setFocus()
    changes = iter((FIRST[:1],))

    def show_another():
        path.show_crumbs(next(changes, path.crumbs))

    QApplication.instance().focusChanged.connect(show_another)
    path.show_crumbs(OTHER)
    QApplication.instance().focusChanged.disconnect(show_another)
    assert shown(path) == ["soc"]
    qtbot.waitUntil(lambda: len(path.findChildren(CrumbButton)) == 1)


def test_what_waits_to_be_fitted_goes_with_the_path(theme, qtbot):
    made = Breadcrumbs(theme)
    made.show_crumbs(FIRST)
    with qtbot.waitSignal(made.destroyed):
        made.deleteLater()
