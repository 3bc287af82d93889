from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tocsin.services.settings import Appearance, Contrast, SettingsStore, TextSize, ThemeChoice
from tocsin.ui.theme import DARK, LIGHT
from tocsin.ui.theme import dresser as module
from tocsin.ui.theme.choice import Desktop
from tocsin.ui.theme.dresser import Dresser


@pytest.fixture
def settings():
    return SettingsStore()


@pytest.fixture
def dresser(dressed, theme, settings):
    made = Dresser(dressed, theme, settings)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def choose(settings):
    def change(**what):
        now = settings.settings
        settings.change(replace(now, appearance=replace(now.appearance, **what)))

    return change


def test_what_is_set_is_worn_from_the_start(dressed, theme):
    store = SettingsStore()
    store.change(replace(store.settings, appearance=Appearance(theme=ThemeChoice.DARK)))
    made = Dresser(dressed, theme, store)
    assert theme.tokens is DARK
    assert dressed.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.win
    made.close()
    made.deleteLater()


def test_the_style_sheet_is_put_on_when_the_widgets_are_made(qapp, theme, settings):
    made = Dresser(qapp, theme, settings)
    assert qapp.styleSheet() == ""
    made.finish()
    assert LIGHT.sel_line in qapp.styleSheet()
    made.close()
    made.deleteLater()
    qapp.setStyleSheet("")
    qapp.setStyle("Fusion")


def test_a_choice_is_worn_at_once_by_qt_and_by_who_paints(dressed, dresser, theme, choose):
    told = []
    theme.changed.connect(told.append)
    choose(theme=ThemeChoice.DARK, text_size=TextSize.LARGE)
    assert [(look.tokens, look.scale) for look in told] == [(DARK, 1.15)]
    assert dressed.palette().color(QPalette.ColorRole.Text).name().upper() == DARK.text
    assert dressed.font().pixelSize() == 15
    assert DARK.sel_line in dressed.styleSheet()
    assert "font-size: 15px" in dressed.styleSheet()


def test_the_same_choice_again_dresses_nobody(dressed, dresser, theme, choose):
    told = []
    theme.changed.connect(told.append)
    choose(theme=ThemeChoice.LIGHT)
    assert told == []


def test_the_desktops_change_is_followed(dresser, theme, monkeypatch):
    monkeypatch.setattr(module, "read_desktop", lambda: Desktop(is_dark=True))  # offscreen has no colour scheme to set
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(hints.colorScheme())
    assert theme.tokens is DARK


def test_a_window_wears_the_change_in_one_repaint(qtbot, dresser, choose):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(QLabel("words", window))
    column.addWidget(QPushButton("Run", window))
    with qtbot.waitExposed(window):
        window.show()
    choose(theme=ThemeChoice.DARK, contrast=Contrast.NORMAL)
    assert window.grab().toImage().pixelColor(1, 1).name().upper() == DARK.win
    choose(theme=ThemeChoice.LIGHT)
    assert window.grab().toImage().pixelColor(1, 1).name().upper() == LIGHT.win


def test_changing_often_leaves_nothing_behind(dressed, dresser, choose):
    choose(theme=ThemeChoice.DARK)
    before = len(dressed.children()), len(dressed.topLevelWidgets())
    for _ in range(10):
        choose(theme=ThemeChoice.LIGHT)
        choose(theme=ThemeChoice.DARK)
    assert (len(dressed.children()), len(dressed.topLevelWidgets())) == before


def test_who_is_closed_hears_no_settings(dressed, theme, settings, choose):
    made = Dresser(dressed, theme, settings)
    made.close()
    choose(theme=ThemeChoice.DARK)
    assert theme.tokens is LIGHT
    made.deleteLater()
