import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.vault.keys import Stretching
from tocsin.vault.origins import SecretName
from tocsin.vault.vault_file import (
    Entry,
    NewerFormatError,
    UnreadableVaultError,
    VaultContent,
    Wrapping,
    _check_of,
    read_content,
    write_content,
)

WRAPPED = VaultContent(
    "ab12",
    Wrapping(Stretching(b"s" * 16), b"wrapped"),
    {SecretName("production", "fw", "key"): Entry(("main=https://fw.example.com:443",), b"\x00\xff")},
)


@pytest.mark.parametrize("content", [WRAPPED, VaultContent("ab12")])
def test_what_is_written_reads_the_same(content):
    assert read_content(write_content(content)) == content


@given(st.binary(max_size=60))
def test_any_bytes_are_a_vault_or_unreadable(data):
    with pytest.raises(UnreadableVaultError):
        read_content(data)


@given(st.integers(0, len(write_content(WRAPPED)) - 1), st.integers(1, 255))
def test_a_flipped_bit_is_noticed(place, mask):
    data = bytearray(write_content(WRAPPED))
    data[place] ^= mask
    with suppress(UnreadableVaultError, NewerFormatError):  # the version's own digit may be the one
        assert read_content(bytes(data)) == WRAPPED


@pytest.mark.parametrize(
    "key",
    [
        {"passes": 10**9},
        {"lanes": 0},
        {"memory_kib": 2**40},
        {"memory_kib": 1},
        {"salt": ""},
        {"passes": "many"},
        {"wrapped": "no base64"},
    ],
)
def test_a_file_cannot_ask_for_all_time_or_memory(key):
    said = json.loads(write_content(WRAPPED))
    del said["check"]
    said["key"] |= key
    with pytest.raises(UnreadableVaultError):
        read_content(json.dumps({**said, "check": _check_of(said)}).encode())
