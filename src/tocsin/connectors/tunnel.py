"""A tunnel through a proxy (RFC 9110 §9.3.6), for what is not spoken by the HTTP client."""

from __future__ import annotations

import asyncio
import socket
from typing import Final

from tocsin.base.texts import _
from tocsin.connectors.proxies import Proxy

_MOST: Final = 16 * 1024
_END: Final = b"\r\n\r\n"
_WANTS_SIGN_IN: Final = 407


class TunnelError(OSError):
    """A proxy did not open a tunnel; `reason` ends a sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


async def open_tunnel(one: socket.socket, proxy: Proxy, host: str, port: int) -> None:
    """Let a socket that is connected to a proxy lead to a server.

    Raises:
        TunnelError: The proxy refuses.
        OSError: The connection broke.
    """
    loop = asyncio.get_running_loop()
    server = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {server} HTTP/1.1", f"Host: {server}"]
    if proxy.user:
        lines.append(f"Proxy-Authorization: {proxy.sign_in}")
    await loop.sock_sendall(one, "\r\n".join(lines).encode() + _END)
    head = b""
    while not head.endswith(_END):  # byte for byte: what follows belongs to the server
        byte = await loop.sock_recv(one, 1)
        if not byte or len(head) > _MOST:
            raise TunnelError(_("its proxy does not speak HTTP"))
        head += byte
    status = head.split(b" ", 2)[1:2]
    code = int(status[0]) if status and status[0].isdigit() else 0
    if not 200 <= code < 300:
        raise TunnelError(refusal(code, proxy))


def refusal(status: int, proxy: Proxy | None) -> str:
    """Return why a proxy opened no tunnel, as the end of a sentence."""
    if status != _WANTS_SIGN_IN:
        return _("its proxy refused to pass the connection on (status {status})").format(status=status)
    if proxy is not None and proxy.user:
        return _("its proxy does not accept the sign-in")
    return _("its proxy wants a sign-in")
