from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from tests.ui.connections.conftest import FakeConnections

from tocsin.base.errors import TocsinError
from tocsin.base.secret import Secret
from tocsin.services.connections import KeptSecret, Overview, VaultLook
from tocsin.services.settings import SettingsStore
from tocsin.ui.connections.passphrase import PassphraseDialog
from tocsin.ui.connections.vault_page import BY_KEYRING, BY_PASSPHRASE, NOTHING, STATES, TITLE, VaultPage
from tocsin.ui.dialogs.settings.dialog import SettingsDialog
from tocsin.vault import VaultState, WrongPassphraseError

KEPT = (KeptSecret("production", "fw_main", "key", ("main=https://fw.example.com:443",)),)


@pytest.fixture
def port():
    made = FakeConnections(Overview())
    made.vault = VaultLook(VaultState.OPEN, has_passphrase=True, kept=KEPT)
    return made


class Choice:
    """Chooses a file at once."""

    def ask_list(self, _parent, proposal, on_chosen):
        on_chosen(Path("somewhere") / proposal.name)


@pytest.fixture
def make_page(qtbot, window, theme, port):
    def make():
        page = VaultPage(port, theme, window, choice=Choice())
        page.show()
        qtbot.waitUntil(lambda: page.kept_list.count() > 0)
        return page

    return make


def _typed(page, *texts):
    """Type into the passphrase dialog that stands over the page, and give it."""
    [dialog] = page.findChildren(PassphraseDialog)
    for line, text in zip(dialog.lines, texts, strict=True):
        QTest.keyClicks(line, text)
    dialog.unlock_button.click()


def test_it_says_what_is_kept_for_which_servers_and_no_secret(make_page):
    page = make_page()
    assert page.state == STATES[VaultState.OPEN]
    assert page.kept_list.item(0).text() == "production/fw_main.key for https://fw.example.com:443"


@pytest.mark.parametrize(
    ("look", "buttons"),
    [
        (VaultLook(VaultState.OPEN, has_passphrase=True, kept=KEPT), ("Lock", "Change the passphrase…", True, True)),
        (VaultLook(VaultState.LOCKED, has_passphrase=True), ("Unlock…", "Change the passphrase…", True, False)),
        (VaultLook(VaultState.LOCKED, has_passphrase=False), ("Unlock", "Set a passphrase…", False, False)),
    ],
)
def test_what_can_be_done_goes_by_what_opens_it(make_page, port, look, buttons):
    port.vault = look
    page = make_page()
    shown = (page.lock_button.text(), page.change_button.text(), page.keyring_button.isVisibleTo(page))
    assert (*shown, page.save_button.isEnabled()) == buttons


def test_of_no_vault_there_is_nothing_to_do(make_page, port):
    port.vault = VaultLook(VaultState.ABSENT, has_passphrase=False)
    page = make_page()
    buttons = (page.lock_button, page.change_button, page.rotate_button, page.save_button)
    assert not any(button.isEnabled() for button in buttons)
    assert (page.state, page.kept_list.item(0).text()) == (STATES[VaultState.ABSENT], NOTHING)


def test_lock_and_unlock(make_page, port, qtbot):
    page = make_page()
    port.vault = VaultLook(VaultState.LOCKED, has_passphrase=False)
    page.lock_button.click()
    qtbot.waitUntil(lambda: page.state == STATES[VaultState.LOCKED])
    port.vault = VaultLook(VaultState.OPEN, has_passphrase=False)
    page.lock_button.click()
    qtbot.waitUntil(lambda: page.state == STATES[VaultState.OPEN])
    assert port.asked == [("lock",), ("open",)]


def test_another_passphrase_is_typed_twice(make_page, port, qtbot):
    page = make_page()
    page.change_button.click()
    qtbot.waitUntil(lambda: bool(page.findChildren(PassphraseDialog)))
    _typed(page, "correct horse battery", "correct horse battery")
    qtbot.waitUntil(lambda: page.told == "The new passphrase opens the vault now.")
    assert port.asked[-1] == ("change", Secret("correct horse battery"))


def test_the_keyring_can_take_the_key_over(make_page, port, qtbot):
    page = make_page()
    port.vault = VaultLook(VaultState.OPEN, has_passphrase=False, kept=KEPT)
    page.keyring_button.click()
    qtbot.waitUntil(lambda: page.told == "The keyring opens the vault now.")
    assert port.asked[-1] == ("change", None)


def test_a_new_key_needs_the_passphrase_where_one_opens_the_vault(make_page, port, qtbot):
    page = make_page()
    page.rotate_button.click()
    _typed(page, "correct horse battery")
    qtbot.waitUntil(lambda: bool(page.told))
    assert port.asked[-1] == ("rotate", Secret("correct horse battery"))


def test_a_new_key_needs_nothing_where_the_keyring_does(make_page, port, qtbot):
    port.vault = VaultLook(VaultState.OPEN, has_passphrase=False)
    page = make_page()
    page.rotate_button.click()
    qtbot.waitUntil(lambda: bool(page.told))
    assert port.asked[-1] == ("rotate", None)


def test_a_refusal_is_said(make_page, port, qtbot):
    page = make_page()
    port.refusal = WrongPassphraseError()
    page.rotate_button.click()
    _typed(page, "another one altogether")
    qtbot.waitUntil(lambda: bool(page.told))
    assert page.told.startswith(port.refusal.message)
    assert isinstance(port.refusal, TocsinError)


def test_the_list_is_saved_without_the_secrets(make_page, port, qtbot):
    page = make_page()
    page.save_button.click()
    qtbot.waitUntil(lambda: bool(page.told))
    assert port.asked[-1] == ("export", Path("somewhere") / "vault.json")


def test_the_opener_is_named(make_page, port):
    assert make_page()._opener.text() == BY_PASSPHRASE
    port.vault = VaultLook(VaultState.OPEN, has_passphrase=False)
    assert make_page()._opener.text() == BY_KEYRING


def test_it_is_a_page_of_the_settings(qtbot, window, theme, port):
    dialog = SettingsDialog(theme, SettingsStore(), window, further=[(TITLE, partial(VaultPage, port, theme))])
    dialog.show_page(TITLE)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.findChild(VaultPage).isVisible())
    dialog.close()
