"""What lets requests out: reads freely, a change only with a Pass for exactly this attempt (definitions.md D10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from tocsin.base.texts import _
from tocsin.connectors.errors import ExchangeError, NoPassError
from tocsin.connectors.exchange import Exchanger, Line, Reply, Request
from tocsin.engine.outcomes import Intent, Pass

IDEMPOTENCY_HEADER: Final = "Idempotency-Key"


class Gate:
    """The only way to an Exchanger."""

    def __init__(self, exchanger: Exchanger, *, monotonic: Callable[[], float]) -> None:
        self._exchanger = exchanger
        self._monotonic = monotonic

    async def fetch(self, request: Request, line: Line) -> Reply:
        """Send a request that changes nothing.

        Raises:
            NoPassError: It is one that changes something.
            ExchangeError: No answer came that could be read.
        """
        if request.changes:
            raise NoPassError(_("it is described as one that changes something, in an action that only reads"))
        return await self._exchange(request, line)

    async def send_change(self, request: Request, line: Line, *, intent: Intent, grant: Pass | None) -> Reply:
        """Send a request that changes something: the one function that does.

        It carries the intent's idempotency key, the same for every attempt.

        Raises:
            NoPassError: There is no Pass, it is for something else, or its time is over.
            ExchangeError: No answer came that could be read.
        """
        self._ensure_granted(intent, grant)
        headers = (*request.headers, (IDEMPOTENCY_HEADER, intent.idempotency_key))
        return await self._exchange(replace(request, headers=headers), line)

    async def _exchange(self, request: Request, line: Line) -> Reply:
        try:
            reply = await self._exchanger.exchange(request, line)
        except ExchangeError as error:
            line.record(error.note)
            raise
        line.record(reply.note)
        return reply

    def _ensure_granted(self, intent: Intent, grant: Pass | None) -> None:
        if grant is None:
            raise NoPassError(_("nobody gave leave for it"))
        wanted = (intent.run, intent.path, intent.n, intent.inputs_hash)
        if (grant.run, grant.path, grant.n, grant.inputs_hash) != wanted:
            raise NoPassError(_("the leave was given for something else"))
        if self._monotonic() > grant.expires:
            raise NoPassError(_("the leave for it is too old"))
