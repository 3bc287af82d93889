import pytest
from PySide6.QtWidgets import QWidget

from tocsin.services.settings import SettingsStore


@pytest.fixture
def store():
    return SettingsStore()


@pytest.fixture
def over(qtbot, dressed):
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window
