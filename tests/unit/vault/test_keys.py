import pytest

from tocsin.base.secret import Secret
from tocsin.vault.errors import KeyringLockedError, NoKeyringError
from tocsin.vault.keys import (
    Stretching,
    SystemKeyring,
    UnsealableError,
    new_key,
    new_stretching,
    seal,
    stretch,
    unseal,
)


def test_what_is_sealed_opens_with_its_key_and_what_it_is_about():
    key = new_key()
    assert unseal(key, seal(key, b"text", b"about"), b"about") == b"text"


def test_the_same_text_is_never_sealed_the_same():
    key = new_key()
    assert len({seal(key, b"text", b"") for _ in range(50)}) == 50


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(40)])
def test_what_was_not_sealed_so_does_not_open(sealed):
    with pytest.raises(UnsealableError):
        unseal(new_key(), sealed, b"")


def test_another_key_or_another_meaning_does_not_open_it():
    key = new_key()
    sealed = seal(key, b"text", b"about")
    for other_key, about in ((new_key(), b"about"), (key, b"else")):
        with pytest.raises(UnsealableError):
            unseal(other_key, sealed, about)


def test_a_passphrase_and_its_salt_make_the_key():
    """The value is the reference implementation's for Argon2id v1.3: `argon2 somesalt -id -t 2 -k 65536 -p 1`."""
    how = Stretching(b"somesalt", passes=2, lanes=1, memory_kib=65_536)
    key = stretch(Secret("password"), how)
    assert key.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_each_new_passphrase_has_a_salt_of_its_own():
    assert new_stretching().salt != new_stretching().salt


@pytest.mark.parametrize("backend", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"])
def test_a_keyring_that_is_switched_off_is_none(monkeypatch, backend):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    with pytest.raises(NoKeyringError):
        SystemKeyring().find("any")


def test_a_keyring_that_does_not_answer_is_said_in_time(monkeypatch):
    import threading

    over = threading.Event()
    monkeypatch.setattr("tocsin.vault.keys._asked", lambda _: over.wait(30))
    with pytest.raises(KeyringLockedError, match="does not answer"):
        SystemKeyring(patience=0.05).find("any")
    over.set()
