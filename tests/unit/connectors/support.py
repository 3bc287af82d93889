"""Products that answer as a test says, and descriptions small enough to see through."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from tocsin.base.json_types import Json
from tocsin.base.secret import Secret
from tocsin.connectors.errors import Cut, ExchangeError
from tocsin.connectors.exchange import Line, Reply, Request
from tocsin.connectors.registry import load_catalogue
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.connectors.strict_json import read_json
from tocsin.engine.outcomes import Answer, Intent, Pass, RequestNote, Verdict
from tocsin.model.bindings import Binding
from tocsin.model.catalogue import Catalogue, Connector
from tocsin.model.environment import Connection

NOTHING = {"type": "object", "properties": {}}
ANYTHING: dict[str, Any] = {}


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def as_connector(data: Mapping[str, Any]) -> Connector:
    own = {key: value for key, value in data.items() if key != "tocsin_connector"}
    return Connector.model_validate_json(json.dumps(own))


def action(*steps: Mapping[str, Any], effect: str = "change", **more: Any) -> dict[str, Any]:
    return {
        "title": "Act",
        "effect": effect,
        "inputs": {"type": "object"},
        "output_schema": ANYTHING,
        "steps": list(steps) or [{"name": "go", "request": "POST /go"}],
        "sample": {},
        **more,
    }


LOOK = action({"name": "look", "request": "GET /look"}, effect="read", output={"is": "body.is"})


def toy(**more: Any) -> Connector:
    """One product with a look, and the actions and the head that the test gives."""
    actions = {"look": LOOK, **more.pop("actions", {})}
    data = {
        "id": "toy",
        "title": "Toy",
        "category": "general",
        "docs": "https://docs.example.com/",
        "addresses": {"main": {"title": "Address"}},
        "sign_in": {"kind": "none"},
        "health": "look",
        "actions": actions,
        **more,
    }
    return as_connector(data)


class Keys:
    """Secrets by field."""

    def __init__(self, **secrets: str) -> None:
        self._secrets = secrets

    def find(self, _connection_id: str, _connection: Connection, field: str) -> Secret | None:
        return Secret(self._secrets[field]) if field in self._secrets else None

    def change(self, **secrets: str) -> None:
        self._secrets |= secrets


class Script:
    """An exchanger that answers each request by the next line of a script, and keeps what was asked."""

    def __init__(self, *lines: Callable[[Request], Reply]) -> None:
        self.requests: list[Request] = []
        self.lines = list(lines)

    async def exchange(self, request: Request, _line: Line) -> Reply:
        self.requests.append(request)
        return self.lines.pop(0)(request)

    @property
    def asked(self) -> list[str]:
        return [f"{request.method} {request.path}" for request in self.requests]


def note(request: Request, status: int | None) -> RequestNote:
    return RequestNote(request.method, request.origin.host, request.path, status, 1.0, 0)


def says(
    body: Json = None, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Callable[[Request], Reply]:
    return lambda request: Reply(status, headers or {}, body, "", note(request, status))


def babbles(data: bytes, *, status: int = 200) -> Callable[[Request], Reply]:
    """Answers with bytes that are no JSON."""

    def line(request: Request) -> Reply:
        try:
            read_json(data)
        except ValueError as error:
            return Reply(status, {}, None, str(error), note(request, status))
        raise AssertionError("this is JSON")

    return line


def breaks(*, sent: bool, cut: Cut = Cut.BROKEN) -> Callable[[Request], Reply]:
    def line(request: Request) -> Reply:
        raise ExchangeError("the connection broke", cut=cut, sent=sent, note=note(request, None))

    return line


def make_intent(connector: Connector, name: str, inputs: Mapping[str, Json] | None = None, **more: Any) -> Intent:
    connection = Connection(
        connector=connector.id,
        addresses=more.get("addresses", dict.fromkeys(connector.addresses, "https://toy.example.com")),
        options=more.get("options", {}),
    )
    return Intent(
        run="run",
        path="node",
        n=1,
        node="node",
        use=f"{connector.id}.{name}",
        binding=Binding("conn", connection, connector, name),
        effect=connector.actions[name].effect,
        inputs=inputs or {},
        inputs_hash="hash",
        idempotency_key="key",
        timeout=more.get("timeout", 30.0),
    )


GRANT = Pass("run", "node", 1, "hash", expires=100.0)


def make_performer(
    script: Script, *, environment: str = "production", keys: Keys | None = None
) -> DeclarativePerformer:
    """A performer at whose clock it is always 50."""

    async def no_sleep(seconds: float) -> None:
        return None

    around = Surroundings(environment, keys or Keys(), catalogue().vocabulary)
    return DeclarativePerformer(around, exchanger=script, monotonic=lambda: 50.0, sleep=no_sleep)


def perform(script: Script, intent: Intent, *, grant: Pass | None = GRANT, **more: Any) -> Answer:
    return asyncio.run(make_performer(script, **more).perform(intent, grant=grant))


def verify(script: Script, intent: Intent, **more: Any) -> Verdict:
    return asyncio.run(make_performer(script, **more).verify(intent))
