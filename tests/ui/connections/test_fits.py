"""The windows at their smallest and with the largest text: nothing is cut off, laid over, or too small to press."""

from dataclasses import replace

import pytest
from tests.ui.journeys.measuring import overlapping, sticking_out, too_small
from tests.ui.journeys.tour import FAILED_TRIAL, TRIAL, seen

from tocsin.services.connections import VaultNeed
from tocsin.services.settings import SettingsStore
from tocsin.ui.connections.health_watch import HealthWatch
from tocsin.ui.connections.new_environment import NewEnvironmentDialog
from tocsin.ui.connections.passphrase import PassphraseDialog
from tocsin.ui.connections.setup import SetUpDialog, SetUpPlace
from tocsin.ui.connections.side_by_side import EnvironmentsDialog


def faults_of(top):
    widgets = seen(top)
    return sticking_out(widgets) + overlapping(widgets) + too_small(widgets)


@pytest.fixture(params=[((960, 600), 1.0), ((960, 600), 1.15), ((1440, 900), 1.3)], ids=["small", "115 %", "130 %"])
def room(request, window, theme, wear):
    """A window of a size, and its text of a size."""
    size, scale = request.param
    wear(replace(theme.look, scale=scale))
    window.resize(*size)
    return window


@pytest.mark.parametrize("report", [TRIAL, FAILED_TRIAL, None])
def test_the_form_fits(room, port, catalogue, overview, theme, qtbot, report):
    dialog = SetUpDialog(port, catalogue, SetUpPlace("", overview, "staging"), theme, room)
    dialog.open()
    qtbot.waitUntil(lambda: not faults_of(dialog), timeout=1000)
    dialog.show_form("opnsense")
    if report is not None:
        dialog.trial.show_report(report)
        dialog.form.ensure_complete()
    qtbot.waitUntil(lambda: not faults_of(dialog), timeout=1000)
    assert dialog.height() <= room.height()


def test_the_connections_fit(room, port, catalogue, theme, qtbot):
    port.looks = (port.entry("production", "opnsense", "tls"),)
    dialog = EnvironmentsDialog(port, catalogue, "", theme, room)
    watch = HealthWatch(port, SettingsStore(), lambda: ("",), dialog)
    dialog.follow(watch)
    dialog.open_with("production")
    qtbot.waitUntil(lambda: len(dialog.cards) == 2 and dialog.cards[0].health_words != "", timeout=1000)
    qtbot.waitUntil(lambda: not faults_of(dialog), timeout=1000)
    assert dialog.size().width() <= room.width()
    watch.close()


@pytest.mark.parametrize("need", [VaultNeed.PASSPHRASE, VaultNeed.NEW_PASSPHRASE, None])
def test_the_questions_fit(room, theme, overview, qtbot, need):
    if need is None:
        dialog = NewEnvironmentDialog(overview.environments, theme, room)
    else:
        dialog = PassphraseDialog(need, theme, room)
    dialog.open()
    dialog.show_fault("A fault that is told in a sentence which is longer than one line of this dialog can be.")
    qtbot.waitUntil(lambda: not faults_of(dialog), timeout=1000)
