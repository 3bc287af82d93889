"""httpx on aiohttp, exactly: what leaves is what was built, and whether the first byte may have left is known.

Only `http_client` imports this module, and late: it costs a third of a second. The transport of httpx-aiohttp is not
taken as it is, for three reasons (read in its 0.2.0 and in aiohttp 3.14): it lets yarl rewrite the URL, which resolves
`%2e%2e`; it calls a connection that broke after sending a `ConnectTimeout`; and aiohttp sends PUT and DELETE a second
time by itself when the connection breaks.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import aiohttp
import httpx
from aiohttp.abc import ResolveResult
from aiohttp.resolver import ThreadedResolver
from httpx_aiohttp.transport import AiohttpResponseStream, AiohttpTransport
from typing_extensions import override
from yarl import URL

from tocsin.base.texts import _
from tocsin.connectors.addresses import Reach, is_local
from tocsin.connectors.exchange import ClientTls, Line
from tocsin.connectors.proxies import Proxy
from tocsin.connectors.trust import is_refused, refusal_of_certificate, trusting
from tocsin.connectors.tunnel import refusal

WIRE_ERRORS = (httpx.HTTPError, httpx.InvalidURL, aiohttp.ClientError, OSError, TimeoutError, ValueError)
"""Everything that may come out of a client of this module besides answers and cancellation."""
_REASONS = (
    (aiohttp.ClientProxyConnectionError, _("its proxy cannot be reached")),
    (aiohttp.ClientConnectorCertificateError, _("its certificate is not trusted")),
    (ssl.SSLError, _("its encryption cannot be used")),
    (aiohttp.ClientConnectorSSLError, _("its encryption cannot be used")),
    (aiohttp.ClientConnectorDNSError, _("its name is not known, or leads where it must not")),
    (aiohttp.ClientConnectorError, _("it cannot be reached")),
)
_KEEP_ALIVE = 4.0  # servers close idle connections after 5 s and more; a request on one they just closed is lost


@dataclass(slots=True)
class Progress:
    """How far a request got. `sent` is set before the first byte is written, so False is certain."""

    sent: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """How a request goes out, and who learns how far it got."""

    progress: Progress
    proxy: Proxy | None = None


@dataclass(frozen=True, slots=True)
class WireSettings:
    """How a client reaches its server.

    Attributes:
        reach: Where it may go.
        ca_file: A file of certificates to trust besides the system's, or None.
        keep_alive: Whether connections are used again. Not for changes: a reused connection may be half closed, and
            a change on one is uncertain for no good reason.
        local_addresses: The local addresses that may be reached all the same.
        connections: How many at once.
        client: With what it shows who it is in TLS, or None.
        system_proxies: Names of proxies that this computer's settings say: they may be on this computer.
    """

    reach: Reach
    ca_file: str | None = None
    keep_alive: bool = True
    local_addresses: tuple[str, ...] = ()
    connections: int = 100
    client: ClientTls | None = None
    system_proxies: frozenset[str] = frozenset()


class ExactTransport(AiohttpTransport):
    """Sends requests as they are, never twice, without cookies or redirects, and through told proxies only."""

    def __init__(self, settings: WireSettings) -> None:
        context = _trust(settings)
        super().__init__(verify=context, trust_env=False)
        self._settings = settings
        self._context = context
        self._session: aiohttp.ClientSession | None = None

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, as its extension `way` says. Time is the caller's to keep."""
        way = request.extensions["way"]
        proxy: Proxy | None = way.proxy
        session = self._session = self._session or self._new_session()
        answer = await session.request(
            request.method,
            URL(str(request.url), encoded=True),
            headers=request.headers,
            data=request.content or None,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(),
            trace_request_ctx=way.progress,
            proxy=proxy.url if proxy is not None else None,
            proxy_headers={"Proxy-Authorization": proxy.sign_in} if proxy is not None and proxy.user else None,
        )
        stream = AiohttpResponseStream(answer)
        return httpx.Response(answer.status, headers=answer.raw_headers, stream=stream, request=request)

    @override
    async def aclose(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    def _new_session(self) -> aiohttp.ClientSession:
        settings = self._settings
        connector = aiohttp.TCPConnector(
            ssl=self._context,
            limit=settings.connections,
            resolver=_OutsideResolver(settings) if settings.reach is Reach.OUTSIDE else None,
            keepalive_timeout=_KEEP_ALIVE if settings.keep_alive else None,
            force_close=not settings.keep_alive,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            trace_configs=[_progress_trace()],
            middlewares=() if settings.keep_alive else (_never_twice,),
        )


def is_timeout(error: BaseException) -> bool:
    """Tell whether time ran out."""
    return isinstance(_true_error(error), TimeoutError)


def reason_of(error: BaseException, line: Line, origin: str) -> str:
    """Return why no answer came, as the end of a sentence; without addresses, paths or the library's words.

    Args:
        error: What the client raised.
        line: To whom the request went.
        origin: The server's address.
    """
    error = _true_error(error)
    if isinstance(error, TimeoutError):
        return _("it took too long")
    if is_refused(error):
        return refusal_of_certificate(line.client)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return refusal(error.status, line.proxies.get(origin))
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), _("the connection broke"))


def _true_error(error: BaseException) -> BaseException:
    """Return what aiohttp raised. In a stream, httpx-aiohttp renames it, a broken one into a ConnectTimeout."""
    return error.__cause__ or error if isinstance(error, httpx.HTTPError) else error


class _BrokenError(aiohttp.ClientError):
    """A connection broke. Not an OSError, so aiohttp does not send the request a second time by itself."""


async def _never_twice(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _BrokenError(str(error)) from error


class _OutsideResolver(ThreadedResolver):
    """Looks names up, and refuses one that leads to this computer, its link or a metadata service."""

    def __init__(self, settings: WireSettings) -> None:
        super().__init__()
        self._settings = settings

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await super().resolve(host, port, family)
        may_be_here = host in self._settings.system_proxies
        if not may_be_here and any(is_local(one["host"], self._settings.local_addresses) for one in found):
            raise OSError(f"{host} leads to where it must not")
        return found


def _progress_trace() -> aiohttp.TraceConfig:
    async def on_headers_sent(_session: aiohttp.ClientSession, context: SimpleNamespace, _facts: Any) -> None:  # noqa: ANN401  aiohttp's own forms
        if isinstance(context.trace_request_ctx, Progress):
            context.trace_request_ctx.sent = True

    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(on_headers_sent)
    return trace


def _trust(settings: WireSettings) -> ssl.SSLContext:
    """The system's certificates and the connection's own. In the Lab nothing is trusted: there is no TLS."""
    if settings.reach is Reach.LAB:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return trusting(settings.ca_file, settings.client)
