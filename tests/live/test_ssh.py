"""A real SSH server (Debian: openssh-server), and behind it a firewall (nftables) in a network of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest
from tests.live.performing import Product
from tests.live.servers import find_program, free_port, missing, running
from tests.unit.connectors.protocols.hostile import HOSTILE

from tocsin.engine.outcomes import Changed, Outcome, Verified

WHY = missing("sshd")
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)
NETWORK = f"tocsin-{os.getpid()}"
SETTINGS = """
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host_key
PidFile {folder}/sshd.pid
AuthorizedKeysFile {folder}/allowed
AuthenticationMethods publickey
StrictModes no
UsePAM no
ForceCommand {wrapper} sh -c "$SSH_ORIGINAL_COMMAND"
"""
BLOCK = {"address": "203.0.113.66", "comment": "run 7"}


def _namespace() -> str:
    """Return why there is no network of its own, or ""; with it, this test's exists."""
    if absent := missing("ip", "nft"):
        return absent
    if not _may("add", NETWORK):
        return "needs leave to make a network namespace"
    if not _may("exec", NETWORK, "nft", "list", "tables"):
        _may("del", NETWORK)
        return "needs leave to keep a firewall in a network namespace"
    return ""


def _may(*arguments: str) -> bool:
    done = subprocess.run(["ip", "netns", *arguments], capture_output=True, check=False)  # noqa: S607  the system's
    return done.returncode == 0


def _key(path: Path) -> str:
    key = asyncssh.generate_private_key("ssh-ed25519")
    path.write_bytes(key.export_private_key())
    path.chmod(0o600)
    return key.export_public_key().decode().strip()


@pytest.fixture(scope="module")
def network() -> Iterator[str]:
    why = _namespace()
    yield why
    if not why:
        subprocess.run(["ip", "netns", "del", NETWORK], check=True)  # noqa: S607  the system's


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, network: str) -> Iterator[Product]:
    folder, port = tmp_path_factory.mktemp("sshd"), free_port()
    host_key = _key(folder / "host_key")
    (folder / "allowed").write_text(_key(folder / "key") + "\n")
    wrapper = "env" if network else f"ip netns exec {NETWORK}"
    (folder / "sshd_config").write_text(SETTINGS.format(folder=folder, port=port, wrapper=wrapper))
    Path("/run/sshd").mkdir(exist_ok=True)  # where it shuts itself in; it will not start without
    command = [find_program("sshd") or "", "-D", "-e", "-f", folder / "sshd_config"]
    secrets = {"user": "root", "key": (folder / "key").read_text()}
    with running(command, port=port, folder=folder, path=None):
        address = f"ssh://127.0.0.1:{port}"
        yield Product("nftables", address, secrets=secrets, options={"host_key": host_key, "run_by": "env"})


@pytest.fixture(scope="module")
def firewall(product: Product, network: str) -> Product:
    if network:
        pytest.skip(network)
    product.perform("prepare", {})
    return product


def test_an_address_is_blocked_listed_and_unblocked(firewall):
    assert firewall.perform("health", {}).outcome is Outcome.SUCCEEDED
    assert firewall.verify("block_address", BLOCK).result is Verified.NOT_DONE
    blocked = firewall.perform("block_address", BLOCK)
    assert (blocked.outcome, blocked.changed) == (Outcome.SUCCEEDED, Changed.TRUE), blocked.failure
    assert firewall.verify("block_address", BLOCK).result is Verified.DONE
    assert firewall.perform("block_address", BLOCK).via_already
    assert blocked.undo
    taken = firewall.perform(blocked.undo.action, dict(blocked.undo.inputs))
    assert (taken.outcome, taken.changed) == (Outcome.SUCCEEDED, Changed.TRUE), taken.failure
    assert firewall.perform("list_blocks", {}).output == {"addresses": []}


def test_an_address_of_version_6_is_blocked_and_unblocked(firewall):
    assert firewall.perform("block_address", {"address": "2001:db8::1"}).outcome is Outcome.SUCCEEDED
    assert firewall.perform("list_blocks", {}).output == {"addresses": ["2001:db8::1"]}
    assert firewall.perform("unblock_address", {"address": "2001:db8::1"}).outcome is Outcome.SUCCEEDED


def test_what_is_blocked_does_not_pass(firewall):
    """The address of the network's own loopback, which answers itself until it is blocked."""
    inside = ["ip", "netns", "exec", NETWORK]
    subprocess.run([*inside, "ip", "link", "set", "lo", "up"], check=True)
    subprocess.run([*inside, "ip", "addr", "add", "203.0.113.77/32", "dev", "lo"], check=True)
    probe = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('203.0.113.77', 0)); "
    probe += "s.settimeout(0.3); s.sendto(b'x', s.getsockname()); print(s.recv(1))"

    def passes() -> bool:
        return subprocess.run([*inside, "python3", "-c", probe], capture_output=True, check=False).returncode == 0

    assert passes()
    assert firewall.perform("block_address", {"address": "203.0.113.77"}).outcome is Outcome.SUCCEEDED
    assert not passes()
    firewall.perform("unblock_address", {"address": "203.0.113.77"})
    assert passes()


def test_a_firewall_that_is_not_prepared_says_so(firewall):
    other = Product("nftables", firewall.address, secrets=firewall.secrets, options={**firewall.options, "table": "no"})
    failure = other.perform("block_address", BLOCK).failure
    assert failure
    assert failure.code == "not_found", failure


def test_a_hostile_text_is_no_address_and_nothing_leaves(firewall):
    ends = {firewall.perform("block_address", {"address": text}).outcome for text in HOSTILE}
    assert ends == {Outcome.NOT_SENT}


def test_another_host_key_is_refused_before_anything_is_said(product):
    stranger = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    options = {**product.options, "host_key": stranger}
    failure = (
        Product("nftables", product.address, secrets=product.secrets, options=options).perform("health", {}).failure
    )
    assert failure
    assert "host key is not the one that is known" in failure.message


def test_another_key_is_not_let_in_and_half_a_key_is_told(product):
    other = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
    for key in (other, "-----BEGIN OPENSSH PRIVATE KEY-----"):
        secrets = {**product.secrets, "key": key}
        wrong = Product("nftables", product.address, secrets=secrets, options=product.options)
        failure = wrong.perform("health", {}).failure
        assert failure
        assert failure.code == "auth"


def test_a_key_that_was_typed_into_one_line_is_a_key_all_the_same(product):
    secrets = {**product.secrets, "key": " ".join(product.secrets["key"].split("\n"))}
    answer = Product("nftables", product.address, secrets=secrets, options=product.options).perform("health", {})
    assert answer.failure is None or answer.failure.code != "auth"
