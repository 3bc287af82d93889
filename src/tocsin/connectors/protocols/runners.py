"""Sends requests of other protocols than HTTP. The late door to them: each is imported when it is first spoken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import PurePath
from urllib.parse import urlsplit

from tocsin.base.texts import _
from tocsin.connectors.addresses import Origin, Reach
from tocsin.connectors.errors import Cut, DescriptionError, ExchangeError
from tocsin.connectors.exchange import Line, Reply, Request
from tocsin.connectors.gate import IDEMPOTENCY_HEADER
from tocsin.connectors.protocols.call import Call, CallError, Perform, Progress, Server, Told
from tocsin.connectors.protocols.own_runs import OWN, OwnRuns, TellRuns
from tocsin.connectors.verbs import find_verb
from tocsin.engine.outcomes import RequestNote
from tocsin.model.environment import LAB_FOLDER
from tocsin.model.schemes import PORTS


class ProtocolRunners:
    """An Exchanger: each request has a connection of its own.

    Args:
        reach: Where the environment may go.
        monotonic: Seconds that never go back.
        tell_runs: What knows of Tocsin's own runs, or None.
    """

    def __init__(self, *, reach: Reach, monotonic: Callable[[], float], tell_runs: TellRuns | None = None) -> None:
        self._reach = reach
        self._own = OwnRuns(tell_runs)
        self._monotonic = monotonic

    async def exchange(self, request: Request, line: Line) -> Reply:
        """Return the answer, whatever its status.

        Raises:
            ExchangeError: None came that could be read to its end within the line's deadline and 8 MiB.
            SlotError: An argument cannot be sent.
        """
        started = self._monotonic()
        progress = Progress()
        seconds = line.deadline - started
        verb = find_verb(request.method)
        if verb is None:
            raise DescriptionError("", f"“{request.method}”", _("no protocol has this verb"))
        arguments = request.arguments or {}
        server, mark = _server(request.origin), self._mark(request)
        proxy = line.proxies.get(request.origin.url)
        call = Call(verb.name, arguments, server, request.login, line, self._reach, seconds, mark, proxy)
        if verb.is_here and self._reach is Reach.LAB and not _is_of_lab(verb.protocol, call):
            end = (_("the Lab does nothing on this computer"), Cut.UNREACHABLE)
            raise self._broken(request, started, progress, end)
        try:
            async with asyncio.timeout(seconds):
                perform = self._own.perform if verb.protocol == OWN else _performer(verb.protocol)
                told = await perform(call, progress)
        except CallError as error:
            cut = error.cut if progress.sent else Cut.UNREACHABLE
            raise self._broken(request, started, progress, (error.reason, cut)) from error
        except TimeoutError as error:
            cut = Cut.TIMEOUT if progress.sent else Cut.UNREACHABLE
            raise self._broken(request, started, progress, (_("it took too long"), cut)) from error
        except OSError as error:
            cut = Cut.BROKEN if progress.sent else Cut.UNREACHABLE
            raise self._broken(request, started, progress, (_("the connection broke"), cut)) from error
        return Reply(told.status, {}, told.body, "", self._note(request, started, told))

    def _mark(self, request: Request) -> str:
        return dict(request.headers).get(IDEMPOTENCY_HEADER, "") if self._reach is Reach.LAB else ""

    def _broken(self, request: Request, started: float, progress: Progress, end: tuple[str, Cut]) -> ExchangeError:
        reason, cut = end
        return ExchangeError(reason, cut=cut, sent=progress.sent, note=self._note(request, started))

    def _note(self, request: Request, started: float, told: Told | None = None) -> RequestNote:
        milliseconds = round((self._monotonic() - started) * 1000, 1)
        status, size = (told.status, told.size) if told else (None, 0)
        return RequestNote(request.method, request.origin.host, request.path, status, milliseconds, size)


def _is_of_lab(protocol: str, call: Call) -> bool:
    """Tell whether it touches nothing else here in the Lab: own runs, or the one file that lies in a Lab's folder."""
    if protocol != "SURICATA":
        return protocol == OWN
    name = call.arguments.get("socket", call.arguments.get("path"))
    path = PurePath(name) if isinstance(name, str) else PurePath()
    return path.is_absolute() and ".." not in path.parts and path.parent.name.startswith(LAB_FOLDER)


def _performer(protocol: str) -> Perform:
    match protocol:
        case "LDAP":
            from tocsin.connectors.protocols.ldap import perform
        case "SMTP":
            from tocsin.connectors.protocols.smtp import perform
        case "IMAP":
            from tocsin.connectors.protocols.imap import perform
        case "SSH":
            from tocsin.connectors.protocols.ssh import perform
        case _:
            return _performer_here(protocol)
    return perform


def _performer_here(protocol: str) -> Perform:
    match protocol:
        case "SURICATA":
            from tocsin.connectors.protocols.suricata import perform
        case "PROGRAM":
            from tocsin.connectors.protocols.programs import perform
        case "DNS":
            from tocsin.connectors.protocols.dns_names import perform
        case "FILE":
            from tocsin.connectors.protocols.files import perform
        case _:
            raise DescriptionError("", f"“{protocol}”", _("it is no protocol that is spoken here"))
    return perform


def _server(origin: Origin) -> Server | None:
    parts = urlsplit(origin.url)
    if not parts.hostname:
        return None
    return Server(parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme])
