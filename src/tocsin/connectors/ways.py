"""By which way a request leaves: HTTP, or the protocol whose verb it has."""

from __future__ import annotations

from collections.abc import Callable

from tocsin.connectors.addresses import Reach
from tocsin.connectors.exchange import Exchanger, Line, Reply, Request
from tocsin.connectors.protocols.own_runs import TellRuns
from tocsin.connectors.protocols.runners import ProtocolRunners


class Ways:
    """An Exchanger over all ways.

    Args:
        http: Sends what is asked by HTTP.
        reach: Where the environment may go.
        monotonic: Seconds that never go back.
        tell_runs: What knows of Tocsin's own runs, or None.
    """

    def __init__(
        self, http: Exchanger, *, reach: Reach, monotonic: Callable[[], float], tell_runs: TellRuns | None = None
    ) -> None:
        self._http = http
        self._others = ProtocolRunners(reach=reach, monotonic=monotonic, tell_runs=tell_runs)

    async def exchange(self, request: Request, line: Line) -> Reply:
        """Return the answer, whatever its status.

        Raises:
            ExchangeError: None came that could be read to its end.
            SlotError: What is asked cannot be sent.
        """
        way = self._http if request.arguments is None else self._others
        return await way.exchange(request, line)
