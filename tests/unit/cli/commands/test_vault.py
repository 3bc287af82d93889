import json

import pytest
from tests.unit.vault.support import CANARY, NAME, ORIGINS, Desk

from tocsin.base.secret import Secret
from tocsin.cli import passphrase
from tocsin.cli.main import main
from tocsin.vault import VaultState, WrongPassphraseError, keys
from tocsin.vault.keys import Stretching

OLD, NEW = "four old words here", "four new words here"


class VaultKit:
    def __init__(self, desk):
        self._desk = desk

    def vault(self):
        return self._desk.vault()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Passphrases are stretched as little as a vault's file may say."""
    monkeypatch.setattr(keys, "Stretching", lambda salt: Stretching(salt, 1, 1, 8192))
    return Desk(tmp_path)


@pytest.fixture
def typed(monkeypatch):
    """What a person types, one after the other; without it, nobody is there."""
    lines = []
    monkeypatch.setattr(passphrase.sys.stdin, "isatty", lambda: bool(lines), raising=False)
    monkeypatch.setattr(passphrase, "getpass", lambda _prompt: lines.pop(0))
    return lines


def opened(desk, word):
    vault = desk.vault()
    vault.unlock(word and Secret(word))
    return vault.find(NAME, ORIGINS)


def test_what_is_kept_is_listed_without_the_secrets_while_it_is_closed(desk, capsys):
    desk.filled(Secret(OLD))
    assert main(["vault", "list"], VaultKit(desk)) == 0
    said = capsys.readouterr()
    assert "production/fw_main.key for main=https://fw.example.com:443" in said.out
    assert main(["vault", "list", "--json"], VaultKit(desk)) == 0
    assert json.loads(capsys.readouterr().out)[0]["connection"] == "fw_main"
    assert CANARY.reveal() not in said.out + said.err


@pytest.mark.parametrize("command", ["list", "rotate", "passphrase"])
def test_where_nothing_is_kept_that_is_said(desk, capsys, command):
    assert main(["vault", command], VaultKit(desk)) == 0
    assert "No secret is kept" in capsys.readouterr().out
    assert desk.vault().state is VaultState.ABSENT


def test_rotating_changes_the_key_and_nothing_else(desk, typed, capsys):
    desk.filled()
    [before] = desk.keyring.keys
    assert main(["vault", "rotate"], VaultKit(desk)) == 0
    assert before not in desk.keyring.keys
    assert opened(desk, None) == CANARY


def test_a_passphrase_is_changed_after_one_that_was_mistyped(desk, typed, capsys):
    desk.filled(Secret(OLD))
    typed += ["wrong", OLD, NEW, NEW]
    assert main(["vault", "passphrase"], VaultKit(desk)) == 0
    assert opened(desk, NEW) == CANARY
    with pytest.raises(WrongPassphraseError):
        opened(desk, OLD)
    said = capsys.readouterr()
    assert not [word for word in (OLD, NEW, "Traceback") if word in said.out + said.err]


@pytest.mark.parametrize("words", [["wrong", "wrong", "wrong"], [OLD, "short", "short"], [OLD, NEW, OLD]])
def test_what_is_typed_wrong_changes_nothing(desk, typed, capsys, words):
    desk.filled(Secret(OLD))
    before = desk.file.read_bytes()
    typed += words
    assert main(["vault", "passphrase"], VaultKit(desk)) != 0
    assert desk.file.read_bytes() == before
    assert capsys.readouterr().err


def test_the_keyring_takes_over(desk, typed, capsys):
    desk.filled(Secret(OLD))
    typed += [OLD]
    assert main(["vault", "passphrase", "--keyring"], VaultKit(desk)) == 0
    assert opened(desk, None) == CANARY


def test_where_nobody_can_be_asked_it_says_so(desk, typed, capsys):
    desk.filled(Secret(OLD))
    assert main(["vault", "rotate"], VaultKit(desk)) != 0
    assert "Traceback" not in capsys.readouterr().err
    assert opened(desk, OLD) == CANARY
