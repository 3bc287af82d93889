"""Connections are looked at again and again while the window is open, and what was seen is shown."""

import pytest
from PySide6.QtWidgets import QPushButton

from tocsin.services.connections import EnvironmentView, Overview, VaultNeed
from tocsin.services.connections.errors import UnkeptHealthError
from tocsin.services.settings import HealthEvery, Settings, SettingsStore
from tocsin.ui.connections.health_view import HealthHistory
from tocsin.ui.connections.health_watch import HealthWatch
from tocsin.ui.connections.side_by_side import EnvironmentsDialog


@pytest.fixture
def store(tmp_path):
    return SettingsStore(tmp_path / "settings.yaml")


@pytest.fixture
def watch(port, store, window):
    made = HealthWatch(port, store, lambda: ("",), window)
    yield made
    made.close()


@pytest.fixture
def dialog(window, port, catalogue, theme, watch, qtbot):
    made = EnvironmentsDialog(port, catalogue, "", theme, window)
    made.follow(watch)
    made.open_with("production")
    qtbot.waitUntil(lambda: len(made.cards) == 2)
    return made


def looked_at(port):
    return [one[1:] for one in port.asked if one[0] == "health"]


def test_nothing_is_looked_at_until_a_period_is_chosen(watch, port):
    assert (watch.every, watch.period, looked_at(port)) == (HealthEvery.OFF, 0, [])


def test_a_period_looks_at_once_at_what_lacks_nothing_and_is_kept(watch, port, store, tmp_path, qtbot):
    seen = []
    watch.looked.connect(seen.append)
    watch.set_every(HealthEvery.QUARTER)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert looked_at(port) == [("production", "opnsense"), ("production", "second")]  # staging lacks its secrets
    assert watch.period == 15 * 60 * 1000
    assert SettingsStore(tmp_path / "settings.yaml").settings.health_minutes is HealthEvery.QUARTER


def test_a_start_sends_nothing_until_the_period_is_over(port, window, qtbot):
    store = SettingsStore()
    store.change(Settings(health_minutes=HealthEvery.FIVE_MINUTES))
    watch = HealthWatch(port, store, lambda: ("",), window)
    assert (watch.period, looked_at(port)) == (5 * 60 * 1000, [])
    watch.close()


def test_off_ends_it(watch, port, qtbot):
    watch.set_every(HealthEvery.HOUR)
    watch.set_every(HealthEvery.OFF)
    assert watch.period == 0
    assert looked_at(port) == []


def test_a_locked_vault_is_let_be(watch, port, qtbot):
    port.need = VaultNeed.PASSPHRASE
    watch.set_every(HealthEvery.HOUR)
    qtbot.waitUntil(lambda: ("needs", "production") in port.asked)
    port.need = VaultNeed.NOTHING
    watch.look()
    assert looked_at(port) == []


def test_what_is_refused_does_not_end_the_looking(watch, port, qtbot):
    port.refusal = UnkeptHealthError("the disk is full")
    watch.set_every(HealthEvery.HOUR)
    qtbot.waitUntil(lambda: ("needs", "production") in port.asked)
    port.refusal = None
    seen = []
    watch.looked.connect(seen.append)
    qtbot.waitUntil(lambda: watch.look() or len(seen) == 2)


def test_a_workspace_that_several_windows_show_is_looked_at_once(port, overview, make_row, window, qtbot):
    other = Overview((EnvironmentView("production", "Production", (make_row("production", "third"),)),))
    port.look = lambda file: port._answer(other if file == "c" else overview)
    watch = HealthWatch(port, SettingsStore(), lambda: ("a", "b", "a", "c"), window)
    seen = []
    watch.looked.connect(seen.append)
    watch.look()
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert looked_at(port) == [("production", "opnsense"), ("production", "second"), ("production", "third")]
    watch.close()


def test_the_period_is_chosen_in_the_window_of_the_connections(dialog, watch, port, qtbot):
    dialog.period.segment.button("FIVE_MINUTES").click()
    assert watch.every is HealthEvery.FIVE_MINUTES
    qtbot.waitUntil(lambda: dialog.cards[1].health_words != "")
    assert dialog.cards[0].health_words == "1 of 1 look went well · last 2026-01-02 03:04 UTC · well, after 0.25 s"


def test_another_window_of_settings_is_followed(dialog, store):
    store.change(Settings(health_minutes=HealthEvery.HOUR))
    assert dialog.period.segment.choice == "HOUR"


def test_the_looks_that_were_are_shown_the_latest_first(dialog, port, qtbot):
    port.looks = (port.entry("production", "opnsense"), port.entry("production", "opnsense", "tcp"))
    assert not dialog.cards[0].history_button.isVisible()
    for place in (1, 0):
        dialog.rows[place].click()
    qtbot.waitUntil(lambda: dialog.cards[0].history_button.isVisible())
    assert dialog.cards[0].health_words.startswith("1 of 2 looks went well")
    assert not dialog.cards[1].history_button.isVisible()
    dialog.cards[0].history_button.click()
    [history] = dialog.findChildren(HealthHistory)
    assert [history.looks.item(row).text() for row in range(history.looks.count())] == [
        "2026-01-02 03:04 UTC · failed at Connection (TCP): no answer",
        "2026-01-02 03:04 UTC · well, after 0.25 s",
    ]
    next(one for one in history.findChildren(QPushButton) if one.text() == "Close").click()
