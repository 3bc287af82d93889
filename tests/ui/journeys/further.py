"""Takes the window through what is asked or told now and then: dialogs that the tour of its pages does not meet."""

from contextlib import suppress

from PySide6.QtWidgets import QDialog
from tests.ui.journeys.hands import press_keys
from tests.ui.journeys.tour import rest

from tocsin.services.library import demo_path
from tocsin.ui.dialogs.save_changes import ask_to_save, ask_to_stop, tell_open
from tocsin.ui.dialogs.settings.dialog import FILES, KEYS, SettingsDialog
from tocsin.ui.tour.card import TourCard

NODE = "block"
NAMES = ("Contain a suspicious IP", "Phishing triage")
ASKING = ("help.here", "run.condition", "run.pin_value")


def further(desk, qtbot):
    """Yield (name, top-level widget) for each, when it is shown and at rest."""
    window = desk.window
    window.commands.get("help.tour").trigger()
    qtbot.waitUntil(lambda: any(card.isVisible() for card in window.findChildren(TourCard)))
    yield from rest("guided tour", window)
    desk.choice.chosen = demo_path()
    press_keys(desk, "Ctrl+O")
    window.documents.current.show_node(NODE)
    for action in ASKING:
        window.commands.get(action).trigger()
        yield from _shown(desk, qtbot, action)
    for name, ask in _questions(window).items():
        ask()
        yield from _shown(desk, qtbot, name)
    dialog = SettingsDialog(desk.theme, desk.settings, window)
    dialog.open()
    for page in (KEYS, FILES):
        dialog.show_page(page)
        yield from rest(f"settings: {page}", dialog)
    _close(dialog, window, qtbot)


def _questions(window):
    def nothing(*_): ...

    return {
        "save one": lambda: ask_to_save(NAMES[:1], on_save=nothing, on_discard=nothing, parent=window),
        "save several": lambda: ask_to_save(NAMES, on_save=nothing, on_discard=nothing, parent=window),
        "stop runs": lambda: ask_to_stop(NAMES, on_stop=nothing, parent=window),
        "open elsewhere": lambda: tell_open(NAMES[0], on_show=nothing, on_again=nothing, parent=window),
    }


def _shown(desk, qtbot, name):
    """What has opened, until it is closed again; nothing where the window does not ask."""
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: _dialog(desk.window) is not None, timeout=500)
    dialog = _dialog(desk.window)
    assert dialog is not None, name
    yield from rest(name, dialog)
    _close(dialog, desk.window, qtbot)


def _close(dialog, window, qtbot):
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def _dialog(window):
    return next((one for one in window.findChildren(QDialog) if one.isVisible()), None)
