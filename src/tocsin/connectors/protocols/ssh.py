"""Commands on another computer (SSH, RFC 4254): signed in by key, to a host whose own key is known beforehand.

Nothing of this computer's own configuration, agent or list of hosts is used, and no unknown host is ever accepted.
The far side is a shell: the description writes the command, and quotes what stands in it (`quote_shell`).
"""

from __future__ import annotations

import asyncio
from typing import Final

import asyncssh

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import Cut
from tocsin.connectors.pem import key_in_lines
from tocsin.connectors.protocols.call import MAX_ANSWER, Call, CallError, Progress, Told
from tocsin.connectors.protocols.streams import connected

_NOT_STARTED: Final = {126: 403, 127: 404}  # POSIX, “Shell Command Language” §2.8.2: cannot be run, is not there


async def perform(call: Call, progress: Progress) -> Told:
    """Run a command and wait for its end.

    Takes `command` and `host_key` (a line as in known_hosts, without the host), and gives `{exit, out, err}`; `exit` is
    null when a signal ended it. Status 200 is exit 0; 403 and 404 a command that could not be run; 500 any other end.

    Raises:
        CallError: The host has another key, or no answer came.
    """
    command = call.text("command")
    login = call.login
    try:
        trusted = asyncssh.import_public_key(call.text("host_key"))
    except asyncssh.KeyImportError as error:
        raise CallError(_("the host key of the connection cannot be read"), Cut.UNREACHABLE) from error
    nothing: list[asyncssh.SSHKey] = []
    try:
        key = asyncssh.import_private_key(key_in_lines(login.key if login else ""))
    except asyncssh.KeyImportError:
        return Told(401, {"message": _("the private key cannot be read")})
    settings = asyncssh.SSHClientConnectionOptions(
        username=login.user if login else "",
        client_keys=[key],
        known_hosts=([trusted], nothing, nothing),
        config=None,
        agent_path=None,
        preferred_auth="publickey",
    )
    one = await connected(call)
    try:
        async with asyncssh.connect(sock=one, options=settings) as connection:
            progress.sent = True
            return await _ended(connection, command)
    except asyncssh.HostKeyNotVerifiable as error:
        raise CallError(_("its host key is not the one that is known"), Cut.UNREACHABLE) from error
    except asyncssh.PermissionDenied:
        return Told(401, {"message": _("the key is not accepted")})
    except asyncssh.Error as error:
        raise CallError(_("the connection broke")) from error
    finally:
        one.close()


async def _ended(connection: asyncssh.SSHClientConnection, command: str) -> Told:
    async with connection.create_process(command, stdin=asyncssh.DEVNULL, encoding=None) as process:
        out, err = await asyncio.gather(_read(process.stdout), _read(process.stderr))
        await process.wait_closed()
        code = process.exit_status if process.exit_signal is None else None
    body: dict[str, Json] = {"exit": code, "out": out.decode("utf-8", "replace"), "err": err.decode("utf-8", "replace")}
    status = 200 if code == 0 else _NOT_STARTED.get(code or 0, 500)
    return Told(status, body, len(out) + len(err))


async def _read(stream: asyncssh.SSHReader[bytes]) -> bytes:
    data = bytearray()
    while chunk := await stream.read(64 * 1024):
        data += chunk
        if len(data) > MAX_ANSWER:
            raise CallError(_("the answer is too large"), Cut.UNREADABLE)
    return bytes(data)
