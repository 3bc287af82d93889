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
from tocsin.connectors.trust import trusting
from tocsin.model.schemes import PORTS, SafeScheme

_ENCRYPTED: Final = frozenset({"https", "ldaps", "smtps", "imaps"})  # from the first byte on


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
    """Tries one server. Nothing is asked of the product, and no secret leaves. Used once.

    Attributes:
        origin: The server, as it was judged.
        ca_file: A file of certificates to trust besides the system's, or None.
        listed: The local addresses that may be reached all the same.
        timeout: Seconds for each step.
    """

    origin: Origin
    ca_file: str | None = None
    listed: Collection[str] = ()
    timeout: float = 10.0
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
        try:
            found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise _FailedStepError(_("{host} is not known").format(host=self._host)) from error
        addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
        is_lab = urlsplit(self.origin.url).scheme not in set(SafeScheme)
        if not is_lab and any(is_local(address, self.listed) for address in addresses):
            raise _FailedStepError(
                _("{host} leads to this computer, its link or a metadata service").format(host=self._host)
            )
        self._address = addresses[0]
        return ", ".join(addresses)

    async def _connect(self) -> str:
        try:
            _unused, writer = await asyncio.open_connection(self._address, self._port)
        except OSError as error:
            raise _FailedStepError(_("nothing answers at port {port}").format(port=self._port)) from error
        await _close(writer)
        return _("port {port}").format(port=self._port)

    async def _shake_hands(self) -> str:
        try:
            context = trusting(self.ca_file)
        except OSError as error:
            raise _FailedStepError(_("its file of certificates cannot be read")) from error
        try:
            _unused, writer = await asyncio.open_connection(
                self._address, self._port, ssl=context, server_hostname=self._host
            )
        except ssl.SSLCertVerificationError as error:
            raise _FailedStepError(
                _("its certificate is not trusted: {verify_message}").format(verify_message=error.verify_message)
            ) from error
        except OSError as error:
            raise _FailedStepError(_("no encryption could be agreed on")) from error
        certificate: Mapping[str, object] = writer.get_extra_info("peercert")
        await _close(writer)
        return _("certificate until {not_after}").format(not_after=certificate["notAfter"])


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
