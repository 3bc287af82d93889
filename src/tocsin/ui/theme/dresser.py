"""Dresses Qt in the look, and again whenever the look changes: by what is set, or by what the desktop wants."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tocsin.services.settings import SettingsChanged, SettingsStore
from tocsin.ui.hearing import Hearing
from tocsin.ui.theme.choice import read_desktop, resolve_look
from tocsin.ui.theme.focus_ring import FocusRing
from tocsin.ui.theme.fonts import load_fonts, ui_font
from tocsin.ui.theme.look import Look, Theme
from tocsin.ui.theme.palette import palette_of
from tocsin.ui.theme.qss import style_sheet
from tocsin.ui.theme.style import TocsinStyle


def dress(application: QApplication, look: Look) -> None:
    """Give Qt the palette, the font and the style sheet of a look, in one turn of the loop: one repaint shows all."""
    application.setStyleSheet("")  # Qt takes five times as long to put one sheet in the place of another
    _dress_bare(application, look)
    application.setStyleSheet(style_sheet(look))


def _dress_bare(application: QApplication, look: Look) -> None:
    application.setPalette(palette_of(look.tokens))
    application.setFont(ui_font(13 * look.scale))


class Dresser(QObject):
    """Keeps theme and application in the look that is set. One a process, for as long as the application lives.

    Make it before the window, which asks the theme, and call `finish` after: where there is a style sheet, Qt polishes
    a widget and all in it anew each time it gets another parent, which was a quarter of the time until a window shows.
    """

    def __init__(self, application: QApplication, theme: Theme, settings: SettingsStore) -> None:
        super().__init__(application)
        load_fonts()
        self._application = application
        self._theme = theme
        self._settings = settings
        application.setStyle(TocsinStyle(theme))
        self._ring = FocusRing(application, theme)
        theme.set_look(self._look())
        _dress_bare(application, theme.look)
        theme.changed.connect(self._on_look_changed)
        self._hearing = Hearing()
        self._hearing.connect(settings.changed, self._on_settings_changed)
        self._follow_desktop()

    def finish(self) -> None:
        """Put the style sheet on all that was made."""
        dress(self._application, self._theme.look)

    def close(self) -> None:
        """Hear the settings no more."""
        self._hearing.close()

    def _look(self) -> Look:
        return resolve_look(self._settings.settings.appearance, read_desktop())

    def _follow_desktop(self) -> None:
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_desktop_changed)
        if hasattr(hints, "accessibility"):  # PySide6 6.10 and later
            hints.accessibility().contrastPreferenceChanged.connect(self._on_desktop_changed)

    def _on_settings_changed(self, _changed: SettingsChanged) -> None:
        self._theme.set_look(self._look())

    @Slot()
    def _on_desktop_changed(self) -> None:
        self._theme.set_look(self._look())

    @Slot()
    def _on_look_changed(self) -> None:
        dress(self._application, self._theme.look)
