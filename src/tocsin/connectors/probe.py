"""Tries how far a server is reached, one step after the other: its name, a connection, its certificate."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from tocsin.base.texts import _
from tocsin.connectors.addresses import Origin, is_local
from tocsin.connectors.errors import ConnectionFaultError
from tocsin.connectors.exchange import ClientTls
from tocsin.connectors.proxies import Proxy
from tocsin.connectors.trust import is_refused, refusal_of_certificate, trusting
from tocsin.connectors.tunnel import TunnelError, open_tunnel
from tocsin.model.schemes import PORTS, SafeScheme

_ENCRYPTED: Final = frozenset({"https", "ldaps", "smtps", "imaps"})  # from the first byte on
_AFTERWARDS: Final = 0.3


class ProbeStep(StrEnum):
    """What is tried, in this order."""

    NAME = "name"
    TCP = "tcp"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Probed:
    """How a step went.

    Attributes:
        detail: What was found: addresses, or until when the certificate holds; of a failure the reason.
        seconds: How long it took.
    """

    step: ProbeStep
    ok: bool
    detail: str
    seconds: float


class _FailedStepError(Exception):
    """A step failed, for the reason that this says."""


@dataclass(slots=True)
class Probe:
    """Tries one server. Nothing is asked of the product, and no secret leaves for it. Used once.

    Attributes:
        origin: The server, as it was judged.
        ca_file: A file of certificates to trust besides the system's, or None.
        listed: The local addresses that may be reached all the same.
        timeout: Seconds for each step.
        proxy: Through whom it is reached, or None: then that one's name is looked up.
        client: With what the connection shows who it is in TLS, or None.
    """

    origin: Origin
    ca_file: str | None = None
    listed: Collection[str] = ()
    timeout: float = 10.0
    proxy: Proxy | None = None
    client: ClientTls | None = None
    _address: str = ""

    async def run(self) -> tuple[Probed, ...]:
        """Return how the steps went, up to and with the first that failed. TLS is tried where it comes first."""
        ways = {ProbeStep.NAME: self._look_up, ProbeStep.TCP: self._connect, ProbeStep.TLS: self._shake_hands}
        if urlsplit(self.origin.url).scheme not in _ENCRYPTED:
            del ways[ProbeStep.TLS]
        done: list[Probed] = []
        for step, way in ways.items():
            started = time.monotonic()
            try:
                async with asyncio.timeout(self.timeout):
                    detail = await way()
            except _FailedStepError as error:
                return (*done, Probed(step, ok=False, detail=str(error), seconds=time.monotonic() - started))
            except TimeoutError:
                return (*done, Probed(step, ok=False, detail=_("it took too long"), seconds=time.monotonic() - started))
            done.append(Probed(step, ok=True, detail=detail, seconds=time.monotonic() - started))
        return tuple(done)

    @property
    def _host(self) -> str:
        return urlsplit(self.origin.url).hostname or ""

    @property
    def _port(self) -> int:
        parts = urlsplit(self.origin.url)
        return parts.port or PORTS[parts.scheme]

    async def _look_up(self) -> str:
        loop = asyncio.get_running_loop()
        host, port = (self.proxy.host, self.proxy.port) if self.proxy is not None else (self._host, self._port)
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise _FailedStepError(_("{host} is not known").format(host=host)) from error
        addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
        is_lab = urlsplit(self.origin.url).scheme not in set(SafeScheme)
        may_be_here = is_lab if self.proxy is None else self.proxy.is_of_system
        if not may_be_here and any(is_local(address, self.listed) for address in addresses):
            raise _FailedStepError(_("{host} leads to this computer, its link or a metadata service").format(host=host))
        self._address = addresses[0]
        told = ", ".join(addresses)
        return _("proxy {host}: {told}").format(host=host, told=told) if self.proxy is not None else told

    async def _connect(self) -> str:
        (await self._open()).close()
        if self.proxy is None:
            return _("port {port}").format(port=self._port)
        return _("port {port} through the proxy").format(port=self._port)

    async def _open(self) -> socket.socket:
        """Return a socket that leads to the server."""
        loop = asyncio.get_running_loop()
        port = self._port if self.proxy is None else self.proxy.port
        one = socket.socket(socket.AF_INET6 if ":" in self._address else socket.AF_INET)
        one.settimeout(0)
        try:
            await loop.sock_connect(one, (self._address, port))
            if self.proxy is not None:
                await open_tunnel(one, self.proxy, self._host, self._port)
        except TunnelError as error:
            one.close()
            raise _FailedStepError(error.reason) from error
        except OSError as error:
            one.close()
            raise _FailedStepError(_("nothing answers at port {port}").format(port=port)) from error
        except BaseException:
            one.close()
            raise
        return one

    async def _shake_hands(self) -> str:
        try:
            context = trusting(self.ca_file, self.client)
        except OSError as error:
            raise _FailedStepError(_("its file of certificates cannot be read")) from error
        except ConnectionFaultError as error:
            raise _FailedStepError(f"{error.field} {error.reason}") from error
        one = await self._open()
        try:
            reader, writer = await asyncio.open_connection(sock=one, ssl=context, server_hostname=self._host)
            await self._hear_of_client(reader)
        except ssl.SSLCertVerificationError as error:
            raise _FailedStepError(
                _("its certificate is not trusted: {verify_message}").format(verify_message=error.verify_message)
            ) from error
        except OSError as error:
            reason = refusal_of_certificate(self.client) if is_refused(error) else _("no encryption could be agreed on")
            raise _FailedStepError(reason) from error
        finally:
            one.close()
        certificate: Mapping[str, object] = writer.get_extra_info("peercert")
        await _close(writer)
        return _("certificate until {not_after}").format(not_after=certificate["notAfter"])

    async def _hear_of_client(self, reader: asyncio.StreamReader) -> None:
        """Wait a moment for a server that does not accept the client's certificate: TLS 1.3 says so afterwards."""
        if self.client is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(reader.read(1), _AFTERWARDS)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
