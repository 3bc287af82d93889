import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tocsin.services.settings import Contrast, Density, Motion, SettingsStore, TextSize, ThemeChoice, TimesChoice
from tocsin.ui.dialogs.settings.dialog import SettingsDialog


@pytest.fixture
def dialog(qtbot, over, theme, store):
    made = SettingsDialog(theme, store, over)
    with qtbot.waitActive(made):
        made.open()
    return made


@pytest.mark.parametrize(
    ("field", "choice"),
    [
        ("theme", ThemeChoice.DARK),
        ("text_size", TextSize.LARGE),
        ("motion", Motion.REDUCED),
        ("contrast", Contrast.HIGH),
        ("density", Density.COMFORTABLE),
    ],
)
def test_a_choice_is_set_at_once(dialog, store, field, choice):
    dialog.appearance.segment(field).button(choice.name).click()
    assert getattr(store.settings.appearance, field) is choice


def test_the_zone_of_all_times_is_chosen_once(dialog, store):
    assert store.settings.times is TimesChoice.UTC
    dialog.appearance.segment("times").button("LOCAL").click()
    assert store.settings.times is TimesChoice.LOCAL


def test_it_shows_what_is_set(dialog, store):
    dialog.appearance.segment("theme").button("DARK").click()
    assert dialog.appearance.segment("theme").choice == "DARK"
    store.change(SettingsStore().settings)
    assert dialog.appearance.segment("theme").choice == "SYSTEM"


def test_several_choices_add_up(dialog, store):
    dialog.appearance.segment("theme").button("DARK").click()
    dialog.appearance.segment("text_size").button("LARGEST").click()
    assert (store.settings.appearance.theme, store.settings.appearance.text_size) == (ThemeChoice.DARK, 130)


def test_all_of_it_can_be_done_with_keys(qtbot, dialog, store):
    assert dialog.focusWidget().objectName() == "close-settings"
    theme = dialog.appearance.segment("theme").button("SYSTEM")
    for _ in range(12):
        if dialog.focusWidget() is theme:
            break
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget() is theme
    QTest.keyClick(theme, Qt.Key.Key_Right)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Right)
    assert store.settings.appearance.theme is ThemeChoice.DARK
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_everything_has_a_name(dialog):
    buttons = [button.text() or button.accessibleName() for button in dialog.findChildren(QPushButton)]
    assert all(buttons)
    assert dialog.appearance.segment("density").accessibleName() == "Density of the canvas"


def test_what_cannot_be_kept_is_said_and_holds_all_the_same(qtbot, over, theme, tmp_path):
    (tmp_path / "config").write_text("no folder", encoding="utf-8")
    store = SettingsStore(tmp_path / "config" / "settings.yaml")
    dialog = SettingsDialog(theme, store, over)
    dialog.open()
    dialog.appearance.segment("theme").button("DARK").click()
    assert "could not be saved" in dialog.fault
    assert store.settings.appearance.theme is ThemeChoice.DARK
    dialog.close()


def test_it_hears_nothing_once_it_is_closed(qtbot, over, theme, store):
    dialog = SettingsDialog(theme, store, over)
    dialog.open()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    assert len(store.changed) == 0
