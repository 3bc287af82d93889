import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from tocsin.base.secret import Secret
from tocsin.connectors.errors import ConnectionFaultError
from tocsin.services.connections import VaultNeed
from tocsin.ui.connections.new_environment import NewEnvironmentDialog
from tocsin.ui.connections.passphrase import PassphraseDialog
from tocsin.ui.connections.setup import CANCELLED, SetUpDialog, SetUpPlace
from tocsin.ui.connections.side_by_side import EnvironmentsDialog
from tocsin.ui.dialogs.choice import ChoiceDialog
from tocsin.vault import WrongPassphraseError

TYPED = {"addresses.main": "https://fw.example.com", "secrets.key": "canary-key", "secrets.secret": "canary-secret"}


@pytest.fixture
def set_up(window, port, catalogue, overview, theme):
    """“Connect a product…”, with the form of a product."""
    dialog = SetUpDialog(port, catalogue, SetUpPlace("", overview, "staging"), theme, window)
    dialog.open()
    dialog.show_form("opnsense")
    return dialog


@pytest.fixture
def whole(window, port, catalogue, theme, qtbot):
    """Every environment side by side."""
    dialog = EnvironmentsDialog(port, catalogue, "", theme, window)
    dialog.open_with("staging")
    qtbot.waitUntil(lambda: len(dialog.cards) == 1)
    return dialog


def type_all(dialog, typed=TYPED):
    for name, text in typed.items():
        QTest.keyClicks(dialog.form.find_field(name).editor, text)


def press(dialog, text):
    next(one for one in dialog.findChildren(QPushButton) if one.text() == text and one.isVisible()).click()


def asked(port, what):
    return [one[1:] for one in port.asked if one[0] == what]


def test_enter_in_a_field_throws_nothing_away(set_up, port):
    type_all(set_up)
    QTest.keyClick(set_up.form.find_field("secrets.key").editor, Qt.Key.Key_Return)
    assert set_up.isVisible()
    assert port.asked == []


def test_nothing_is_tested_or_kept_while_something_is_missing(set_up, port):
    press(set_up, "Test connection")
    press(set_up, "Save connection")
    assert port.asked == []
    assert set_up.form.find_field("addresses.main").fault
    assert set_up.form.find_field("addresses.main").editor.hasFocus()


def test_a_test_is_shown_and_can_be_cancelled(set_up, port, qtbot):
    type_all(set_up)
    press(set_up, "Test connection")
    assert set_up.trial.is_on
    test = port.testing
    press(set_up, "Cancel test")
    assert test.cancelled()
    assert (set_up.trial.is_on, set_up.trial.said) == (False, CANCELLED)
    press(set_up, "Test again")
    port.testing.set_result(port.report)
    qtbot.waitUntil(lambda: set_up.trial.said == "Name failed.")


def test_a_test_ends_with_the_window(set_up, port):
    type_all(set_up)
    press(set_up, "Test connection")
    set_up.reject()
    assert port.testing.cancelled()


def test_secrets_are_masked_and_gone_from_the_fields_afterwards(set_up):
    type_all(set_up)
    lines = [set_up.form.find_field(name).editor for name in ("secrets.key", "secrets.secret")]
    assert {line.echoMode() for line in lines} == {QLineEdit.EchoMode.Password}
    set_up.reject()
    assert [line.text() for line in lines] == ["", ""]


def test_a_connection_is_kept(set_up, port, qtbot):
    type_all(set_up)
    with qtbot.waitSignal(set_up.saved) as told:
        press(set_up, "Save connection")
    [(draft,)] = asked(port, "save")
    assert (draft.environment, draft.id) == ("staging", "opnsense-2")
    assert draft.secrets == {"key": Secret("canary-key"), "secret": Secret("canary-secret")}
    assert (told.args[0].environment, told.args[0].id) == ("staging", "opnsense-2")


def test_a_refusal_stands_under_its_field(set_up, port, qtbot):
    type_all(set_up)
    port.refusal = ConnectionFaultError("opnsense-2.addresses.main", "must begin with https://", hint="So it is.")
    press(set_up, "Save connection")
    qtbot.waitUntil(lambda: "https://" in set_up.form.find_field("addresses.main").fault)
    assert set_up.isVisible()


def test_a_new_passphrase_is_long_enough_and_typed_twice(window, theme):
    dialog = PassphraseDialog(VaultNeed.NEW_PASSPHRASE, theme, window)
    given = []
    dialog.given.connect(given.append)
    dialog.open()
    for first, second, fault in (
        ("", "", "Type the passphrase."),
        ("short", "short", "A passphrase has at least 12 characters."),
        ("long enough to do", "another", "The two are not the same."),
    ):
        for line, text in zip(dialog.lines, (first, second), strict=True):
            line.setText(text)
        dialog.unlock_button.click()
        assert dialog.fault == fault
    assert given == []
    dialog.lines[1].setText("long enough to do")
    dialog.unlock_button.click()
    assert given == [Secret("long enough to do")]
    assert [line.text() for line in dialog.lines] == ["", ""]
    dialog.close()


def test_a_wrong_passphrase_is_told_and_nothing_is_saved(set_up, port, window, qtbot):
    type_all(set_up)
    port.need = VaultNeed.PASSPHRASE
    press(set_up, "Save connection")
    qtbot.waitUntil(lambda: bool(set_up.findChildren(PassphraseDialog)))
    [dialog] = set_up.findChildren(PassphraseDialog)
    port.refusal = WrongPassphraseError()
    QTest.keyClicks(dialog.lines[0], "wrong horse")
    QTest.keyClick(dialog.lines[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not open the vault" in dialog.fault)
    assert asked(port, "save") == []
    dialog.reject()
    press(set_up, "Save connection")


def test_environments_show_their_connections(whole, qtbot):
    assert [row.face.title for row in whole.rows] == ["Production", "Staging"]
    whole.rows[0].click()
    assert [card.row.id for card in whole.cards] == ["opnsense", "second"]
    assert whole.lock_button.isVisible()


def test_a_connection_is_tested_where_it_is_listed(whole, port, qtbot):
    whole.cards[0].test_button.click()
    qtbot.waitUntil(lambda: port.testing is not None)
    assert whole.cards[0].test_button.text() == "Cancel test"
    test = port.testing
    whole.cards[0].test_button.click()
    assert test.cancelled()
    assert whole.cards[0].trial_words == "The test was cancelled."


def test_removing_asks_and_the_safe_answer_has_the_focus(whole, port, qtbot):
    whole.cards[0].remove_button.click()
    [question] = whole.findChildren(ChoiceDialog)
    assert question.focusWidget().text() == "Cancel"
    assert asked(port, "remove") == []
    press(question, "Remove connection")
    qtbot.waitUntil(lambda: "Nobody plays these roles now: edge." in whole.said)
    assert asked(port, "remove") == [("staging", "opnsense")]


def test_a_connection_is_copied_where_another_environment_is(whole, port, qtbot):
    [target] = whole.cards[0].targets.actions()
    target.trigger()
    qtbot.waitUntil(lambda: "Type its secrets there" in whole.said)
    assert asked(port, "copy") == [("staging", ("opnsense",), "production")]


def test_an_environment_is_asked_for_by_name(whole, port, qtbot):
    whole.ask_environment()
    [dialog] = whole.findChildren(NewEnvironmentDialog)
    dialog.make.click()
    assert dialog.fault == "Type a name."
    QTest.keyClicks(dialog.name, "Branch")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: whole.said == "Branch is there.")
    assert asked(port, "create") == [("Branch", "")]
