import json
import os
import stat
import sys
import threading

import pytest
from tests.unit.vault.support import CANARY, NAME, ORIGINS, OTHER, Desk

from tocsin.base.secret import Secret
from tocsin.vault import (
    KeyGoneError,
    NoKeyringError,
    SecretMovedError,
    SecretName,
    Vault,
    VaultLockedError,
    VaultState,
    WrongPassphraseError,
)
from tocsin.vault.errors import (
    BrokenVaultError,
    KeyringLockedError,
    NewerVaultError,
    SecretBrokenError,
    UnusableVaultError,
)

PASSPHRASE = Secret("correct horse")
ELSEWHERE = ("main=https://evil.example:443",)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_a_secret_is_found_by_the_next_process(desk):
    desk.filled()
    later = desk.vault()
    assert later.state is VaultState.LOCKED
    later.unlock()
    assert (later.state, later.find(NAME, ORIGINS), later.find(OTHER, ORIGINS)) == (
        VaultState.OPEN,
        CANARY,
        Secret("second"),
    )


def test_where_there_is_no_vault_nothing_is_kept_and_nothing_is_asked(desk):
    vault = desk.vault()
    vault.unlock()
    assert (vault.state, vault.find(NAME, ORIGINS), vault.needs_passphrase) == (VaultState.ABSENT, None, False)
    assert (vault.export(), desk.keyring.asked, desk.file.exists()) == ([], 0, False)
    vault.remove("production", "fw_main")


def test_the_file_holds_no_secret_and_is_for_its_owner_alone(desk):
    desk.filled()
    assert CANARY.reveal() not in desk.file.read_text()
    if sys.platform != "win32":
        assert stat.S_IMODE(desk.file.stat().st_mode) == 0o600
        assert stat.S_IMODE(desk.file.parent.stat().st_mode) == 0o700


def test_every_secret_is_taught_when_it_is_typed_and_when_it_is_found(desk):
    vault = desk.filled()
    assert desk.learnt == [CANARY.reveal(), "second"]
    vault.find(NAME, ORIGINS)
    assert desk.learnt[2:] == [CANARY.reveal()]


def test_a_passphrase_is_taught_as_well(desk):
    desk.filled(PASSPHRASE)
    desk.learnt.clear()
    desk.vault().unlock(PASSPHRASE)
    assert desk.learnt == [PASSPHRASE.reveal()]


def test_what_several_keep_at_once_is_all_kept(desk):
    desk.filled()
    lock, names = threading.Lock(), [SecretName("production", f"fw_{number}", "key") for number in range(20)]

    def keep(own):
        vault = Vault(desk.file, desk.keyring, learn=list, exclusive=lambda: lock)
        vault.unlock()
        for name in own:
            vault.put(ORIGINS, {name: CANARY})

    threads = [threading.Thread(target=keep, args=(names[start::4],)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(desk.vault().export()) == 22


def test_the_keyring_is_asked_once_for_many_secrets(desk):
    desk.filled()
    vault = desk.vault()
    vault.unlock()
    vault.unlock()
    for _ in range(5):
        vault.find(NAME, ORIGINS)
    assert desk.keyring.asked == 2  # once to keep the key, once to get it


@pytest.mark.parametrize(
    "origins",
    [
        ELSEWHERE,
        ("main=https://fw.example.com:8443",),
        ("main=http://fw.example.com:443",),
        ("kibana=https://evil.example:443", *ORIGINS),
        (),
    ],
)
def test_a_secret_is_not_given_for_another_server_than_it_was_typed_for(desk, origins):
    vault = desk.filled()
    with pytest.raises(SecretMovedError, match=r"typed for https://fw\.example\.com:443") as caught:
        vault.find(NAME, origins)
    assert CANARY.reveal() not in str(caught.value)
    assert vault.find(NAME, ORIGINS) == CANARY


def test_typed_again_it_is_bound_to_the_new_server_alone(desk):
    vault = desk.filled()
    vault.put(ELSEWHERE, {NAME: Secret("new one")})
    assert vault.find(NAME, ELSEWHERE) == Secret("new one")
    with pytest.raises(SecretMovedError):
        vault.find(NAME, ORIGINS)


def test_a_file_whose_servers_were_rewritten_gives_no_secret(desk):
    """The servers are vouched for by the encryption, not by what the file says of them."""
    desk.filled()
    data = json.loads(desk.file.read_text())
    rewrite(desk, data, lambda entry: {**entry, "origins": list(ELSEWHERE)})
    vault = desk.vault()
    vault.unlock()
    with pytest.raises(SecretBrokenError):
        vault.find(NAME, ELSEWHERE)


@pytest.mark.parametrize("key", ["environment", "connection", "field"])
def test_an_entry_moved_to_another_name_gives_no_secret(desk, key):
    desk.filled()
    rewrite(desk, json.loads(desk.file.read_text()), lambda entry: {**entry, key: "other"})
    vault = desk.vault()
    vault.unlock()
    moved = SecretName(**{"environment": "production", "connection": "fw_main", "field": "secret", key: "other"})
    with pytest.raises(SecretBrokenError):
        vault.find(moved, ORIGINS)


def test_the_same_connection_of_another_environment_has_no_secret(desk):
    assert desk.filled().find(SecretName("staging", "fw_main", "key"), ORIGINS) is None


def test_locked_again_it_gives_nothing_and_keeps_everything(desk):
    vault = desk.filled()
    vault.lock()
    with pytest.raises(VaultLockedError):
        vault.find(NAME, ORIGINS)
    with pytest.raises(VaultLockedError):
        vault.put(ORIGINS, {NAME: Secret("other")})
    assert vault.find_origins(NAME) == ORIGINS
    vault.unlock()
    assert vault.find(NAME, ORIGINS) == CANARY


def test_a_passphrase_opens_it_where_no_keyring_is(desk):
    desk.keyring.trouble = NoKeyringError()
    with pytest.raises(NoKeyringError):
        desk.vault().create()
    desk.filled(PASSPHRASE)
    later = desk.vault()
    assert later.needs_passphrase
    with pytest.raises(VaultLockedError, match="type the passphrase"):
        later.unlock()
    later.unlock(PASSPHRASE)
    assert (later.find(NAME, ORIGINS), later.needs_passphrase) == (CANARY, False)


def test_a_wrong_passphrase_is_told_apart_and_changes_nothing(desk):
    desk.filled(PASSPHRASE)
    before = desk.file.read_bytes()
    vault = desk.vault()
    with pytest.raises(WrongPassphraseError, match="Nothing was changed"):
        vault.unlock(Secret("wrong"))
    assert (vault.state, desk.file.read_bytes()) == (VaultState.LOCKED, before)


def test_a_changed_passphrase_opens_it_and_the_old_one_does_not(desk):
    desk.filled(PASSPHRASE).change_passphrase(Secret("battery staple"))
    vault = desk.vault()
    with pytest.raises(WrongPassphraseError):
        vault.unlock(PASSPHRASE)
    vault.unlock(Secret("battery staple"))
    assert vault.find(NAME, ORIGINS) == CANARY


def test_it_moves_between_keyring_and_passphrase(desk):
    vault = desk.filled()
    vault.change_passphrase(PASSPHRASE)
    assert (desk.keyring.keys, desk.vault().needs_passphrase) == ({}, True)
    vault.change_passphrase(None)
    assert (len(desk.keyring.keys), desk.vault().needs_passphrase) == (1, False)
    later = desk.vault()
    later.unlock()
    assert later.find(NAME, ORIGINS) == CANARY


def test_rotating_seals_everything_with_a_new_key(desk):
    vault = desk.filled()
    before, old_keys = json.loads(desk.file.read_text()), dict(desk.keyring.keys)
    vault.rotate()
    after = json.loads(desk.file.read_text())
    assert desk.keyring.keys.keys().isdisjoint(old_keys)
    assert {one["sealed"] for one in before["secrets"]}.isdisjoint(one["sealed"] for one in after["secrets"])
    assert vault.find(NAME, ORIGINS) == CANARY


def test_rotating_needs_the_passphrase_that_opens_it(desk):
    vault = desk.filled(PASSPHRASE)
    with pytest.raises(WrongPassphraseError):
        vault.rotate(Secret("wrong"))
    with pytest.raises(VaultLockedError):
        vault.rotate()
    vault.rotate(PASSPHRASE)
    later = desk.vault()
    later.unlock(PASSPHRASE)
    assert later.find(NAME, ORIGINS) == CANARY


def test_a_key_that_cannot_be_kept_leaves_the_old_one_in_use(desk):
    vault = desk.filled()
    before = desk.file.read_bytes()
    desk.keyring.trouble = KeyringLockedError()
    with pytest.raises(KeyringLockedError):
        vault.rotate()
    desk.keyring.trouble = None
    later = desk.vault()
    later.unlock()
    assert (desk.file.read_bytes(), later.find(NAME, ORIGINS)) == (before, CANARY)


def test_what_another_process_keeps_is_seen_and_what_it_locks_is_locked(desk):
    vault, other = desk.filled(), desk.vault()
    other.unlock()
    other.put(ORIGINS, {NAME: Secret("newer")})
    assert vault.find(NAME, ORIGINS) == Secret("newer")
    other.rotate()
    with pytest.raises(VaultLockedError, match="Unlock it first"):
        vault.find(NAME, ORIGINS)
    vault.unlock()
    assert vault.find(NAME, ORIGINS) == Secret("newer")


@pytest.mark.parametrize("trouble", [NoKeyringError(), KeyringLockedError()])
def test_a_keyring_that_does_not_open_is_said_and_nothing_is_lost(desk, trouble):
    desk.filled()
    before = desk.file.read_bytes()
    desk.keyring.trouble = trouble
    with pytest.raises(type(trouble)):
        desk.vault().unlock()
    assert desk.file.read_bytes() == before


def test_a_keyring_without_the_key_is_said_and_nothing_is_lost(desk):
    desk.filled()
    before = desk.file.read_bytes()
    desk.keyring.keys.clear()
    with pytest.raises(KeyGoneError, match=r"does not have the key of vault\.json"):
        desk.vault().unlock()
    assert desk.file.read_bytes() == before


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda _: b"", lambda data: b"\x00" + data])
def test_a_damaged_file_is_set_aside_and_a_new_vault_can_begin(desk, damage):
    desk.filled()
    damaged = damage(desk.file.read_bytes())
    desk.file.write_bytes(damaged)
    vault = desk.vault()
    with pytest.raises(BrokenVaultError, match=r"set aside as vault\.json\.broken-1"):
        vault.find(NAME, ORIGINS)
    assert desk.file.with_name("vault.json.broken-1").read_bytes() == damaged
    assert vault.state is VaultState.ABSENT
    vault.create()
    vault.put(ORIGINS, {NAME: CANARY})
    assert vault.find(NAME, ORIGINS) == CANARY


def test_every_damaged_file_is_set_aside_under_a_name_of_its_own(desk):
    for number in (1, 2):
        desk.filled()
        desk.file.write_bytes(b"%d" % number)
        with pytest.raises(BrokenVaultError):
            desk.vault().export()
    assert [desk.file.with_name(f"vault.json.broken-{number}").read_bytes() for number in (1, 2)] == [b"1", b"2"]


def test_a_vault_of_a_newer_version_stays_as_it_is(desk):
    desk.filled()
    newer = json.dumps({**json.loads(desk.file.read_text()), "tocsin_vault": 2}).encode()
    desk.file.write_bytes(newer)
    with pytest.raises(NewerVaultError, match="Update Tocsin"):
        desk.vault().unlock()
    assert desk.file.read_bytes() == newer


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything")
def test_a_folder_that_cannot_be_written_is_said_and_what_was_kept_stands(desk):
    vault = desk.filled()
    desk.file.parent.chmod(0o500)
    try:
        with pytest.raises(UnusableVaultError):
            vault.put(ORIGINS, {NAME: Secret("other")})
    finally:
        desk.file.parent.chmod(0o700)
    assert vault.find(NAME, ORIGINS) == CANARY


def test_a_folder_in_its_place_is_said(desk):
    desk.file.mkdir(parents=True)
    with pytest.raises(UnusableVaultError):
        desk.vault().unlock()


def test_a_connection_that_goes_takes_its_secrets_with_it(desk):
    vault = desk.filled()
    kept = SecretName("staging", "fw_main", "key")
    vault.put(ORIGINS, {kept: Secret("third")})
    vault.lock()
    vault.remove("production", "fw_main")
    vault.unlock()
    assert (vault.find(NAME, ORIGINS), vault.find(kept, ORIGINS)) == (None, Secret("third"))


def test_the_export_names_everything_and_holds_no_secret(desk):
    vault = desk.filled()
    vault.lock()
    assert vault.export() == [
        {"environment": "production", "connection": "fw_main", "field": field, "origins": list(ORIGINS)}
        for field in ("key", "secret")
    ]


def rewrite(desk, data, change):
    """Write the file as somebody would who knows its checksum, but not the key."""
    from tocsin.vault.vault_file import _check_of

    said = {"tocsin_vault": 1, "key": data["key"], "secrets": [change(entry) for entry in data["secrets"]]}
    desk.file.write_text(json.dumps({**said, "check": _check_of(said)}))
