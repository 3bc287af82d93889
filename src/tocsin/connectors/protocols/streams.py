"""A connection to a server, by TCP or TLS, to an address that was judged: a name is looked up once (field.md S18)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from tocsin.base.texts import _
from tocsin.connectors.addresses import Reach, is_local
from tocsin.connectors.errors import Cut
from tocsin.connectors.protocols.call import Call, CallError, Server
from tocsin.connectors.trust import trusting
from tocsin.connectors.tunnel import TunnelError, open_tunnel

_ENCRYPTED: Final = frozenset({"ldaps", "smtps", "imaps"})


def is_encrypted(server: Server) -> bool:
    """Tell whether TLS begins with the first byte."""
    return server.scheme in _ENCRYPTED


def server_of(call: Call) -> Server:
    """Return where a call goes.

    Raises:
        CallError: It goes nowhere: the description named no address.
    """
    if call.server is None:
        raise CallError(_("no server is named"), Cut.UNREACHABLE)
    return call.server


async def connected(call: Call) -> socket.socket:
    """Return a socket that is connected to the call's server, at an address where it may be.

    Raises:
        CallError: Its name is not known, leads where it must not, or nothing answers there.
    """
    server, proxy = server_of(call), call.proxy
    if proxy is None:
        return await _reached(server.host, server.port, call, may_be_here=call.reach is Reach.LAB)
    one = await _reached(proxy.host, proxy.port, call, may_be_here=proxy.is_of_system)
    try:
        await open_tunnel(one, proxy, server.host, server.port)
    except TunnelError as error:
        one.close()
        raise CallError(error.reason, Cut.UNREACHABLE) from error
    except BaseException:
        one.close()
        raise
    return one


async def _reached(host: str, port: int, call: Call, *, may_be_here: bool) -> socket.socket:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise CallError(_("its name is not known"), Cut.UNREACHABLE) from error
    if not may_be_here and any(is_local(str(row[4][0]), call.line.local_addresses) for row in found):
        raise CallError(_("its name leads where it must not"), Cut.UNREACHABLE)
    for family, kind, protocol, _unused, address in found:
        one = socket.socket(family, kind, protocol)
        one.settimeout(0)
        try:
            await loop.sock_connect(one, address)
        except OSError:
            one.close()
            continue
        except BaseException:
            one.close()
            raise
        return one
    raise CallError(_("it cannot be reached"), Cut.UNREACHABLE)


def trust_of(call: Call) -> ssl.SSLContext:
    """Return with what the call's TLS is checked.

    Raises:
        CallError: The connection's file of certificates cannot be read.
    """
    try:
        return trusting(call.line.ca_file, call.line.client)
    except OSError as error:
        raise CallError(_("its file of certificates cannot be read"), Cut.UNREACHABLE) from error


@asynccontextmanager
async def streaming(call: Call) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Open a connection to the call's server, encrypted when its scheme says so, and close it.

    Raises:
        CallError: It could not be opened.
    """
    server = server_of(call)
    context = trust_of(call) if is_encrypted(server) else None
    one = await connected(call)
    try:
        reader, writer = await asyncio.open_connection(
            sock=one, ssl=context, server_hostname=server.host if context else None
        )
    except ssl.SSLCertVerificationError as error:
        one.close()
        raise CallError(_("its certificate is not trusted"), Cut.UNREACHABLE) from error
    except OSError as error:
        one.close()
        raise CallError(_("its encryption cannot be used"), Cut.UNREACHABLE) from error
    try:
        yield reader, writer
    finally:
        writer.transport.abort()  # TLS would wait half a minute for the other side's goodbye
        with contextlib.suppress(OSError):
            await writer.wait_closed()
