from __future__ import annotations

import asyncio
import time

import asyncssh
import pytest
from typing_extensions import override

from tocsin.connectors.addresses import Origin, Reach
from tocsin.connectors.errors import ExchangeError
from tocsin.connectors.exchange import Line, Login, Reply, Request
from tocsin.connectors.protocols.runners import ProtocolRunners

HOST_KEY, KEY = asyncssh.generate_private_key("ssh-ed25519"), asyncssh.generate_private_key("ssh-ed25519")


class Anybody(asyncssh.SSHServer):
    """Lets everybody in who has a key."""

    @override
    def public_key_auth_supported(self) -> bool:
        return True

    @override
    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return key == KEY.convert_to_public()


def run(command: str, host_key: asyncssh.SSHKey = HOST_KEY) -> Reply:
    async def exchanged() -> Reply:
        server = await asyncssh.create_server(
            Anybody, "127.0.0.1", 0, server_host_keys=[HOST_KEY], process_factory=_perform
        )
        async with server:
            origin = Origin(f"ssh://127.0.0.1:{server.get_port()}", "firewall")
            arguments = {"command": command, "host_key": host_key.export_public_key().decode()}
            login = Login("user", "", KEY.export_private_key().decode())
            line = Line("key", None, time.monotonic() + 10, lambda _note: None)
            runners = ProtocolRunners(reach=Reach.LAB, monotonic=time.monotonic)
            return await runners.exchange(Request("SSH run", origin, "", arguments=arguments, login=login), line)

    return asyncio.run(exchanged())


async def _perform(process: asyncssh.SSHServerProcess[str]) -> None:
    match process.command:
        case "flood":
            while True:
                process.stdout.write("x" * 60_000)
                await process.stdout.drain()
        case "die":
            process.exit_with_signal("KILL")
        case _:
            process.stdout.write("out")
            process.stderr.write("err")
            process.exit(3)


def test_the_end_of_a_command_is_its_status():
    assert run("fail").body == {"exit": 3, "out": "out", "err": "err"}
    assert (run("die").status, run("die").body) == (500, {"exit": None, "out": "", "err": ""})


def test_a_command_that_says_too_much_without_end_is_ended():
    with pytest.raises(ExchangeError, match="too large"):
        run("flood")


def test_a_host_with_another_key_is_told_nothing():
    with pytest.raises(ExchangeError, match="host key") as caught:
        run("fail", KEY)
    assert not caught.value.sent
