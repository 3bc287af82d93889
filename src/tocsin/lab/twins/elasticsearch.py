"""Elasticsearch 9, as much as holds the alerts (vendor-api.md §1).

Sources: elastic.co/docs/api/doc/elasticsearch; elasticsearch-py 9, `_sync/client/_base.py` for what the official
client insists on: the header `X-Elastic-Product`, and its own media type in the answer.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Sequence

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, Request
from tocsin.lab.queries.boolean import BadQueryError
from tocsin.lab.seed import hex_id
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.twins.alert_search import (
    ALERTS_ALIAS,
    ALERTS_INDEX,
    WindowError,
    document,
    has_alerts,
    has_index,
    search,
)
from tocsin.lab.values import Product
from tocsin.lab.world import World

VERSION = "9.1.2"
KEY_NAME = "tocsin"
_COMPATIBLE = re.compile(r"application/vnd\.elasticsearch\+json;\s*compatible-with=([0-9]+)")


def new_api_key() -> str:
    """Return an API key as the create call encodes it: Base64 of `id:key`."""
    return base64.b64encode(f"{secrets.token_hex(10)}:{secrets.token_urlsafe(22)}".encode()).decode()


def is_api_key(request: Request, expected: str) -> bool:
    """Tell whether the request carries this API key; Kibana takes the same header."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    return kind.lower() == "apikey" and same_secret(given, expected)


class Elasticsearch(Twin):
    """The SIEM's store."""

    product = Product.ELASTICSEARCH
    category = "siem"

    def __init__(self, world: World) -> None:
        super().__init__(world, {"api_key": new_api_key()})

    @override
    def make_routes(self) -> Sequence[Route]:
        return (
            Route("GET", "/", self._info),
            Route("GET", "/_security/_authenticate", self._authenticate),
            Route("GET", "/{index}/_search", self._search),
            Route("POST", "/{index}/_search", self._search),
            Route("GET", "/{index}/_doc/{id}", self._get),
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        return is_api_key(request, self.sign_in["api_key"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        kinds = {401: "security_exception", 403: "security_exception", 400: "parsing_exception"}
        return _error(status, kinds.get(status, "exception"), message)

    @override
    def objection(self, request: Request, route: Route) -> Answer | None:
        del route
        asked = _COMPATIBLE.search(request.headers.get("accept", ""))
        if asked is not None and asked.group(1) not in {"8", "9"}:
            return _error(400, "media_type_header_exception", "A compatible version is required on Accept header.")
        kind = request.headers.get("content-type", "application/json")
        if request.body and not (kind.startswith("application/json") or _COMPATIBLE.match(kind)):
            return _error(406, "media_type_header_exception", "Content-Type header is not supported.")
        return None

    @override
    def finished(self, request: Request, answer: Answer) -> Answer:
        asked = _COMPATIBLE.search(request.headers.get("accept", ""))
        number = asked.group(1) if asked is not None else ""
        kind = f"application/vnd.elasticsearch+json;compatible-with={number}" if number else "application/json"
        return Answer(
            answer.status, answer.body, {**answer.headers, "X-Elastic-Product": "Elasticsearch", "content-type": kind}
        )

    def _info(self, request: Request) -> Answer:
        del request
        version: Json = {
            "number": VERSION,
            "build_flavor": "default",
            "build_type": "docker",
            "build_snapshot": False,
            "lucene_version": "10.2.2",
            "minimum_wire_compatibility_version": "8.19.0",
            "minimum_index_compatibility_version": "8.0.0",
        }
        cluster = hex_id(self.world.scenario.seed, "cluster")[:22]
        body: Json = {
            "name": "lab",
            "cluster_name": "tocsin-lab",
            "cluster_uuid": cluster,
            "version": version,
            "tagline": "You Know, for Search",
        }
        return Answer(200, body)

    def _authenticate(self, request: Request) -> Answer:
        del request
        key_id = base64.b64decode(self.sign_in["api_key"]).decode().partition(":")[0]
        body: Json = {
            "username": KEY_NAME,
            "roles": [],
            "full_name": None,
            "email": None,
            "metadata": {},
            "enabled": True,
            "authentication_realm": {"name": "_es_api_key", "type": "_es_api_key"},
            "lookup_realm": {"name": "_es_api_key", "type": "_es_api_key"},
            "authentication_type": "api_key",
            "api_key": {"id": key_id, "name": KEY_NAME},
        }
        return Answer(200, body)

    def _search(self, request: Request) -> Answer:
        index = request.parts["index"]
        if not has_index(index):
            if "*" not in index:
                return _error(404, "index_not_found_exception", f"no such index [{index}]")
            return Answer(200, search(self.world, {"query": {"ids": {"values": []}}}))
        body = dict(request.object())
        for name in ("from", "size"):
            if name in request.query:
                body[name] = request.number(name, 0)
        return search_answer(self.world, body, index)

    def _get(self, request: Request) -> Answer:
        index, key = request.parts["index"], request.parts["id"]
        if not has_alerts(index):
            return _error(404, "index_not_found_exception", f"no such index [{index}]")
        alert = self.world.tables.alerts.get(key)
        if alert is None:
            return Answer(404, {"_index": ALERTS_INDEX, "_id": key, "found": False})
        return Answer(
            200, {"_index": ALERTS_INDEX, "_id": key, "_version": 1, "found": True, "_source": document(alert)}
        )


def search_answer(world: World, body: dict[str, Json], index: str = ALERTS_ALIAS) -> Answer:
    """Answer a search of an index, in Elasticsearch's words when it is refused."""
    try:
        return Answer(200, search(world, body, index))
    except WindowError as error:
        return _error(400, "search_phase_execution_exception", str(error), cause="illegal_argument_exception")
    except BadQueryError as error:
        return _error(400, "parsing_exception", str(error))


def _error(status: int, kind: str, reason: str, *, cause: str = "") -> Answer:
    root: Json = {"type": cause or kind, "reason": reason}
    headers = {"WWW-Authenticate": "ApiKey"} if status == 401 else {}
    return Answer(status, {"error": {"root_cause": [root], "type": kind, "reason": reason}, "status": status}, headers)
