"""The window with connections: where runs go, and the three ways that lead to a first product."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QPushButton
from tests.ui.dialogs.conftest import FakeLibrary

from tocsin.engine.errors import NothingToUndoError
from tocsin.services.connections import VaultNeed
from tocsin.ui.connections.passphrase import PassphraseDialog
from tocsin.ui.connections.setup import SetUpDialog
from tocsin.ui.connections.side_by_side import EnvironmentsDialog
from tocsin.ui.dialogs.choice import ChoiceDialog
from tocsin.ui.dialogs.welcome import WelcomePage


@pytest.fixture
def desk(show_window, port, qtbot):
    desk = show_window(connections=port, library=FakeLibrary(()))
    qtbot.waitUntil(lambda: len(rows_of(desk)) == 3)
    return desk


def rows_of(desk):
    menu = desk.window.frame.header.environment.menu_of_environments
    return {action.objectName(): action for action in menu.actions() if action.isCheckable()}


def open_dialogs(desk, kind):
    return [one for one in desk.window.findChildren(kind) if one.isVisible()]


def choose(desk, environment):
    rows_of(desk)[environment].trigger()
    assert desk.window.documents.current.environment.id == environment


def test_environments_are_listed_with_the_lab_first_and_chosen(desk):
    assert list(rows_of(desk)) == ["lab", "production", "staging"]
    assert [name for name, row in rows_of(desk).items() if row.isChecked()] == ["lab"]
    menu = desk.window.frame.header.environment.menu_of_environments
    assert menu.actions()[-1].text() == "Add or edit environments"


def test_the_menu_leads_to_the_environments(desk, qtbot):
    desk.window.frame.header.environment.menu_of_environments.actions()[-1].trigger()
    qtbot.waitUntil(lambda: bool(open_dialogs(desk, EnvironmentsDialog)))


def test_every_playbook_runs_where_was_chosen_also_one_that_is_opened_later(opened, port):
    choose(opened, "staging")
    later = opened.window.documents.add()
    assert later.environment.id == "staging"


def test_a_live_run_outside_the_lab_asks_once_and_cancel_is_safest(opened, qtbot):
    choose(opened, "production")
    opened.window.commands.get("run.run").trigger()
    qtbot.waitUntil(lambda: bool(open_dialogs(opened, ChoiceDialog)))
    [question] = open_dialogs(opened, ChoiceDialog)
    assert question.focusWidget().text() == "Cancel"
    assert opened.runs.requests == []
    next(one for one in question.findChildren(QPushButton) if one.text() == "Run in Production").click()
    [request] = opened.runs.requests
    assert (request.environment, request.mode) == ("production", "live")


def press_run(desk, answer, qtbot):
    desk.window.commands.get("run.run").trigger()
    qtbot.waitUntil(lambda: bool(open_dialogs(desk, ChoiceDialog)))
    [question] = open_dialogs(desk, ChoiceDialog)
    next(one for one in question.findChildren(QPushButton) if one.text() == answer).click()
    qtbot.waitUntil(lambda: not open_dialogs(desk, ChoiceDialog))


def test_an_alert_is_kept_until_a_live_run_has_begun_with_it(opened, qtbot):
    alert = {"id": "a-1001"}
    opened.window.desks.runs.offer(alert)
    choose(opened, "production")
    press_run(opened, "Cancel", qtbot)
    opened.runs.refusal = NothingToUndoError("R-7")
    press_run(opened, "Run in Production", qtbot)
    qtbot.waitUntil(lambda: not opened.window.documents.current.is_running)
    opened.runs.refusal = None
    press_run(opened, "Run in Production", qtbot)
    qtbot.waitUntil(lambda: opened.window.documents.current.run_id != "")
    assert [request.event for request in opened.runs.requests] == [alert, alert]
    assert opened.window.documents.current.offered is None


def test_a_rehearsal_outside_the_lab_does_not_ask(opened, qtbot):
    choose(opened, "staging")
    opened.window.commands.get("run.rehearse").trigger()
    qtbot.waitUntil(lambda: bool(opened.runs.requests))
    assert (opened.runs.requests[0].environment, opened.runs.requests[0].mode) == ("staging", "rehearse")


def test_a_run_in_the_lab_asks_nothing_of_the_vault(opened, port):
    opened.window.commands.get("run.run").trigger()
    assert [request.environment for request in opened.runs.requests] == ["lab"]
    assert port.asked == []


def test_a_run_waits_for_the_passphrase_and_goes_nowhere_without(opened, port, qtbot):
    port.need = VaultNeed.PASSPHRASE
    choose(opened, "staging")
    opened.window.commands.get("run.rehearse").trigger()
    qtbot.waitUntil(lambda: bool(open_dialogs(opened, PassphraseDialog)))
    [dialog] = open_dialogs(opened, PassphraseDialog)
    dialog.reject()
    assert opened.runs.requests == []


def test_the_vault_is_locked_and_unlocked_by_hand(opened, port, qtbot):
    opened.window.commands.get("connections.lock").trigger()
    qtbot.waitUntil(lambda: "The vault is locked" in opened.panels.notice.text)
    port.need = VaultNeed.PASSPHRASE
    opened.window.commands.get("connections.unlock").trigger()
    qtbot.waitUntil(lambda: bool(open_dialogs(opened, PassphraseDialog)))
    [dialog] = open_dialogs(opened, PassphraseDialog)
    dialog.lines[0].setText("correct horse battery")
    dialog.unlock_button.click()
    qtbot.waitUntil(lambda: "The vault is open" in opened.panels.notice.text)


def test_an_environment_that_is_gone_gives_way_to_the_lab(opened, port, overview, qtbot):
    choose(opened, "production")
    port.overview = type(overview)(overview.environments[1:])
    opened.window.commands.get("connections.lock").trigger()  # after which it is looked again
    qtbot.waitUntil(lambda: opened.window.documents.current.environment.id == "lab")


@pytest.mark.parametrize("name", ["node-list-connect", "welcome", "palette search"])
def test_a_first_product_is_never_far(desk, qtbot, name):
    nodes = desk.panels.nodes
    if name == "welcome":
        desk.window.commands.get("help.welcome").trigger()
        card = desk.window.findChild(WelcomePage).connecting
        assert card.count == "2 of 3 ready"
        card.button.click()
    elif name == "palette search":
        nodes.search.setText("no such thing")
        next(one for one in nodes.findChildren(QPushButton) if one.text() == "Connect a product").click()
    else:
        nodes.findChild(QAbstractButton, name).click()
    qtbot.waitUntil(lambda: bool(open_dialogs(desk, SetUpDialog)))


def test_nothing_is_offered_where_nothing_can_be_connected(show_window):
    desk = show_window()
    assert not desk.panels.nodes.findChild(QAbstractButton, "node-list-connect").isVisible()
    assert not desk.window.commands.get("connections.add").isEnabled()


def test_the_row_under_the_nodes_is_as_high_as_designed(desk, qtbot):
    desk.window.resize(1440, 900)
    row = desk.panels.nodes.findChild(QAbstractButton, "node-list-connect")
    qtbot.waitUntil(lambda: row.height() == 35)
