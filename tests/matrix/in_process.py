"""A Lab without sockets: a request goes straight to its twin, and waiting only moves a clock."""

import json
from dataclasses import replace
from urllib.parse import parse_qs, unquote

from tocsin.base.clock import Clock
from tocsin.connectors.errors import Cut, ExchangeError
from tocsin.connectors.exchange import Reply
from tocsin.connectors.http_client import MAX_BODY
from tocsin.connectors.strict_json import UnreadableError, read_json
from tocsin.engine.outcomes import RequestNote
from tocsin.lab.addresses import LabAddresses, ProductAddress
from tocsin.lab.exchange import Request
from tocsin.lab.life import Life
from tocsin.lab.reception import Reception
from tocsin.lab.twin import Wire
from tocsin.lab.twins import make_twins
from tocsin.lab.twins.suricata import COMMAND
from tocsin.lab.values import Product
from tocsin.lab.world import World

BEGUN = 1_795_489_200_000_000
ONE_ANSWER = 0.001


class FakeTime:
    """A clock that goes on when somebody waits, and at no other time."""

    def __init__(self):
        self.micros = 0

    @property
    def clock(self):
        return Clock(utc_micros=lambda: BEGUN + self.micros, monotonic=self.monotonic)

    def monotonic(self):
        return self.micros / 1_000_000

    def pass_by(self, seconds):
        self.micros += round(seconds * 1_000_000)

    async def sleep(self, seconds):
        self.pass_by(seconds)


class LabInProcess:
    """The twins over one world, as an Exchanger that knows them by the host of their address."""

    def __init__(self, scenario, time):
        self.time = time
        self.world = World(scenario, clock=time.clock)
        self.reception = Reception(catch_up=Life(self.world).catch_up)
        twins = make_twins(self.world, clock=time.clock)
        http = (twin for twin in twins if twin.wire is Wire.HTTP)
        self._by_host = {f"127.0.0.1:{port}": twin for port, twin in enumerate(http, start=1)}
        self._sensor = next(twin for twin in twins if twin.wire is Wire.SURICATA)

    @property
    def addresses(self):
        """The Lab as a connection needs it; there is no control address."""
        urls = {(twin.product, twin.address): f"http://{host}" for host, twin in self._by_host.items()}
        products = {
            twin.product: ProductAddress(
                category=twin.category,
                url=urls[twin.product, "main"],
                addresses={name: url for (product, name), url in urls.items() if product is twin.product},
                options=twin.options,
                sign_in=twin.sign_in,
            )
            for twin in self._by_host.values()
            if twin.address == "main"
        }
        products[self._sensor.product] = ProductAddress(
            category=self._sensor.category, url="", addresses={}, options=self._sensor.options, sign_in={}
        )
        return LabAddresses(self.world.scenario.id, self.world.scenario.seed, "", "", products)

    async def exchange(self, request, line):
        """Answer a request, as `HttpClients` or `ProtocolRunners` would bring it."""
        twin = self._by_host.get(request.origin.host, self._sensor)
        outcome = self.reception.receive(twin, _commanded(request) if twin is self._sensor else _arrived(request))
        self.time.pass_by(ONE_ANSWER)
        if outcome.wait_seconds > line.deadline - self.time.monotonic():
            self.time.pass_by(max(line.deadline - self.time.monotonic(), 0))
            raise self._cut(request, Cut.TIMEOUT)
        self.time.pass_by(outcome.wait_seconds)
        if outcome.answer is None:
            raise self._cut(request, Cut.BROKEN)
        reply = self._reply(request, outcome.answer)
        return reply if twin is not self._sensor else self._said(request, reply)

    def _reply(self, request, answer):
        data = answer.content
        if len(data) > MAX_BODY:
            raise self._cut(request, Cut.UNREADABLE)
        try:
            body, unreadable = (read_json(data) if data.strip() else None), ""
        except UnreadableError as error:
            body, unreadable = None, str(error)
        headers = {name.lower(): text for name, text in answer.headers.items()}
        note = RequestNote(request.method, request.origin.host, request.path, answer.status, 1.0, len(data))
        return Reply(answer.status, headers, body, unreadable, note)

    def _said(self, request, reply):
        """The answer of the socket, which has no status but its word."""
        word = reply.body.get("return") if isinstance(reply.body, dict) else None
        if word not in {"OK", "NOK"}:
            raise self._cut(request, Cut.UNREADABLE)
        return replace(reply, status=200 if word == "OK" else 400)

    def changes(self):
        """What products changed, as the control address tells it."""
        return [_told(change) for change in self.world.changes if change.product is not Product.CONTROL]

    def requests(self):
        """What products were asked, as the control address tells it."""
        return [
            {"product": row.product, "changes": row.changes, "status": row.status, "headers": dict(row.headers)}
            for row in self.reception.requests
        ]

    @staticmethod
    def _cut(request, cut):
        note = RequestNote(request.method, request.origin.host, request.path, None, 1.0, 0)
        return ExchangeError("no answer came", cut=cut, sent=True, note=note)


def _arrived(request):
    url = request.url.removeprefix(request.origin.url)
    path, _, query = url.partition("?")
    return Request(
        method=request.method,
        path=path,
        segments=tuple(unquote(part) for part in path.strip("/").split("/")),
        query={name: tuple(values) for name, values in parse_qs(query, keep_blank_values=True).items()},
        headers={"host": request.origin.host, "accept": "application/json"} | _headers(request),
        body=request.body or b"",
    )


def _headers(request):
    return {name.lower(): text for name, text in request.headers}


def _commanded(request):
    command, body = request.arguments["command"], json.dumps(request.arguments["arguments"]).encode()
    return Request(COMMAND, f"/{command}", (command,), headers=_headers(request), body=body)


def _told(change):
    names = ("product", "what", "table", "key", "cause")
    return {name: getattr(change, name) for name in names}
