"""How soon unsaved work is kept."""

import pytest

from tocsin.services.settings import Settings
from tocsin.ui.dialogs.settings.files_page import FilesPage


@pytest.fixture
def page(qtbot, dressed):
    made = FilesPage(Settings(autosave_seconds=5))
    qtbot.addWidget(made)
    return made


def test_it_shows_what_is_set_and_says_nothing(page, qtbot):
    with qtbot.assertNotEmitted(page.chosen):
        page.show_settings(Settings(autosave_seconds=20))
    assert page.period.text() == "20 s"


def test_another_period_is_told_at_once(page, qtbot):
    with qtbot.waitSignal(page.chosen) as told:
        page.period.setValue(30)
    assert told.args == [Settings(autosave_seconds=30)]
