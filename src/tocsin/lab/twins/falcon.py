"""CrowdStrike Falcon: hosts, containment, alerts, and who saw an indicator (vendor-api.md §2).

Sources: falconpy.io and its endpoint tables (PyPI crowdstrike-falconpy, `_endpoint/_hosts.py`, `_alerts.py`, `_ioc.py`,
`_oauth2.py`). `X-Cs-Region` is left out on purpose: falconpy would follow it to that region's cloud.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Mapping, Sequence

from typing_extensions import override

from tocsin.base.clock import Clock
from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, BadRequestError, Request, as_object, text_in, texts_in
from tocsin.lab.queries.boolean import BadQueryError
from tocsin.lab.queries.fql import read_fql
from tocsin.lab.seed import hex_id
from tocsin.lab.tokens import Tokens
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.twins.falcon_records import (
    ALERT_FIELDS,
    ALERT_STATUS,
    DEVICE_FIELDS,
    INDICATOR_TYPES,
    alert_record,
    device_record,
    sorted_records,
)
from tocsin.lab.values import Host, Product
from tocsin.lab.world import World

TOKEN_SECONDS = 1799
RATE_LIMIT = 6000
VENDOR_WORDS = {
    401: "access denied, invalid bearer token",
    403: "access denied, authorization failed",
    404: "404: Page Not Found",
}


class Falcon(Twin):
    """The EDR. Hosts and their containment are the world's."""

    product = Product.FALCON
    category = "edr"

    def __init__(self, world: World, *, clock: Clock) -> None:
        self._tokens = Tokens(seconds=TOKEN_SECONDS, monotonic=clock.monotonic)
        self._customer = hex_id(world.scenario.seed, "customer")
        super().__init__(world, {"client_id": secrets.token_hex(16), "client_secret": secrets.token_urlsafe(30)})

    @override
    def make_routes(self) -> Sequence[Route]:
        details = "/devices/entities/devices/v2"
        return (
            Route("POST", "/oauth2/token", self._token, signed_in=False),
            Route("POST", "/oauth2/revoke", self._revoke, signed_in=False),
            Route("GET", "/devices/queries/devices/v1", self._device_ids),
            Route("POST", details, self._devices_by_body),
            Route("GET", details, self._devices_by_query),
            Route("GET", "/devices/combined/devices/v1", self._devices_combined),
            Route("POST", "/devices/entities/devices-actions/v2", self._act, changes=True),
            Route("GET", "/iocs/queries/indicators/devices/v1", self._who_saw),
            Route("GET", "/alerts/queries/alerts/v2", self._alert_ids),
            Route("POST", "/alerts/entities/alerts/v2", self._alerts),
            Route("PATCH", "/alerts/entities/alerts/v3", self._update_alerts, changes=True),
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        return self._tokens.is_valid(request.bearer())

    @override
    def failure(self, status: int, message: str) -> Answer:
        return self._envelope([], status=status, errors=[_error(status, VENDOR_WORDS.get(status, message))])

    @override
    def finished(self, request: Request, answer: Answer) -> Answer:
        limits = {"X-Ratelimit-Limit": str(RATE_LIMIT), "X-Ratelimit-Remaining": str(RATE_LIMIT - 1)}
        return Answer(answer.status, answer.body, {**limits, **answer.headers})

    def _envelope(
        self,
        resources: Sequence[Json],
        *,
        status: int = 200,
        errors: Sequence[Json] = (),
        page: Mapping[str, Json] | None = None,
    ) -> Answer:
        meta: dict[str, Json] = {"query_time": 0.001, "powered_by": "lab", "trace_id": secrets.token_hex(16)}
        if page is not None:
            meta["pagination"] = page
        return Answer(status, {"meta": meta, "resources": list(resources), "errors": list(errors)})

    # Sign-in

    def _token(self, request: Request) -> Answer:
        form = request.form()
        known = same_secret(form.get("client_id", ""), self.sign_in["client_id"])
        if not (known and same_secret(form.get("client_secret", ""), self.sign_in["client_secret"])):
            return self._envelope([], status=401, errors=[_error(401, "access denied, invalid client")])
        body: Json = {"access_token": self._tokens.issue(), "token_type": "bearer", "expires_in": TOKEN_SECONDS}
        return Answer(201, body)

    def _revoke(self, request: Request) -> Answer:
        self._tokens.revoke(request.form().get("token", ""))
        return self._envelope([])

    # Devices

    def _device_ids(self, request: Request) -> Answer:
        records = self._find_devices(request)
        offset, limit = request.number("offset", 0), request.number("limit", 100, low=1, high=5000)
        page: Json = {"offset": offset, "limit": limit, "total": len(records)}
        return self._envelope([row["device_id"] for row in records[offset : offset + limit]], page=page)

    def _devices_by_body(self, request: Request) -> Answer:
        return self._devices(_ids_in(request, "ids", most=5000))

    def _devices_by_query(self, request: Request) -> Answer:
        ids = request.query.get("ids", ())
        if not 1 <= len(ids) <= 100:
            raise BadRequestError("ids must be 1 to 100 ids")
        return self._devices(ids)

    def _devices(self, ids: Sequence[str]) -> Answer:
        """Give details of the hosts that are known; an unknown id is an error entry in an answer of 200."""
        hosts = self.world.read_hosts(ids)
        records: list[Json] = [device_record(host, self._customer) for host in hosts]
        errors = [_error(404, "Device not found", key) for key in ids if key not in self.world.tables.hosts]
        return self._envelope(records, errors=errors)

    def _devices_combined(self, request: Request) -> Answer:
        """Give full records, page by page; `offset` is whatever the page before said, and opaque."""
        self.world.read_hosts(list(self.world.tables.hosts))
        records = self._find_devices(request)
        start, limit = _start_of(request.parameter("offset")), request.number("limit", 100, low=1, high=10_000)
        shown = [_only_fields(row, request.parameter("fields")) for row in records[start : start + limit]]
        following = _offset_of(start + limit) if start + limit < len(records) else ""
        return self._envelope(shown, page={"limit": limit, "total": len(records), "offset": following})

    def _find_devices(self, request: Request) -> list[dict[str, Json]]:
        matches = _filter(request.parameter("filter"), DEVICE_FIELDS)
        records = [device_record(host, self._customer) for host in self.world.tables.hosts.values()]
        return sorted_records([row for row in records if matches(row)], request.parameter("sort"), DEVICE_FIELDS)

    def _act(self, request: Request) -> Answer:
        """Take an order. 202 says only that it was taken: whether it is done, the device's status tells."""
        acts: Mapping[str, Callable[[Host], bool]] = {
            "contain": self.world.contain,
            "lift_containment": self.world.lift_containment,
        }
        name = request.parameter("action_name")
        if name not in acts:
            raise BadRequestError(f"Invalid action_name “{name}” provided")
        resources, errors = list[Json](), list[Json]()
        for key in _ids_in(request, "ids", most=100):
            host = self.world.tables.hosts.get(key)
            if host is None:
                errors.append(_error(404, "Device not found", key))
            elif acts[name](host):
                resources.append({"id": key, "path": f"/devices/entities/devices/v1?ids={key}"})
            else:
                errors.append(_error(409, "Device has another action pending", key))
        return self._envelope(resources, status=202, errors=errors)

    def _who_saw(self, request: Request) -> Answer:
        kind, value = request.parameter("type"), request.parameter("value")
        if kind not in INDICATOR_TYPES or not value:
            raise BadRequestError("type and value are required")
        seen = [host.id for host in self.world.tables.hosts.values() if value in host.contacted]
        limit = request.number("limit", 100, low=1, high=5000)
        return self._envelope(seen[:limit], page={"limit": limit, "total": len(seen), "offset": ""})

    # Alerts

    def _alert_ids(self, request: Request) -> Answer:
        matches = _filter(request.parameter("filter"), ALERT_FIELDS)
        records = [row for row in self._alert_records() if matches(row)]
        records = sorted_records(records, request.parameter("sort"), ALERT_FIELDS)
        offset, limit = request.number("offset", 0), request.number("limit", 100, low=1, high=10_000)
        page: Json = {"offset": offset, "limit": limit, "total": len(records)}
        return self._envelope([row["composite_id"] for row in records[offset : offset + limit]], page=page)

    def _alerts(self, request: Request) -> Answer:
        ids = _ids_in(request, "composite_ids", most=1000)
        known = {str(row["composite_id"]): row for row in self._alert_records()}
        errors = [_error(404, "Alert not found", key) for key in ids if key not in known]
        return self._envelope([known[key] for key in ids if key in known], errors=errors)

    def _update_alerts(self, request: Request) -> Answer:
        ids = _ids_in(request, "composite_ids", most=1000)
        parameters = request.object().get("action_parameters")
        if not isinstance(parameters, list) or len(parameters) != 1:
            raise BadRequestError("action_parameters must be a list of one here")
        order = as_object(parameters[0], "action_parameters")
        if text_in(order, "name") != "update_status":
            raise BadRequestError("the Lab knows the action update_status only")
        words = {word: status for status, word in ALERT_STATUS.items()}
        if text_in(order, "value") not in words:
            raise BadRequestError("the status is not known")
        known = {str(row["composite_id"]): str(row["id"]) for row in self._alert_records()}
        status = words[text_in(order, "value")]
        updated = self.world.set_alert_status([known[key] for key in ids if key in known], status, by=self.product)
        answer = self._envelope([], errors=[_error(404, "Alert not found", key) for key in ids if key not in known])
        meta = {**as_object(as_object(answer.body, "body")["meta"], "meta"), "writes": {"resources_affected": updated}}
        return Answer(200, {**as_object(answer.body, "body"), "meta": meta})

    def _alert_records(self) -> list[dict[str, Json]]:
        hosts = {host.name: host for host in self.world.tables.hosts.values()}
        alerts = self.world.tables.alerts.values()
        return [alert_record(alert, hosts.get(alert.host), self._customer) for alert in alerts]


def _filter(text: str, fields: Sequence[str]) -> Callable[[Mapping[str, Json]], bool]:
    try:
        return read_fql(text, fields=fields)
    except BadQueryError as error:
        raise BadRequestError(f"invalid filter: {error}") from error


def _ids_in(request: Request, name: str, *, most: int) -> list[str]:
    ids = texts_in(request.object(), name)
    if not 1 <= len(ids) <= most:
        raise BadRequestError(f"{name} must be 1 to {most} ids")
    return ids


def _error(code: int, message: str, key: str = "") -> Json:
    return {"code": code, "message": message, "id": key} if key else {"code": code, "message": message}


def _offset_of(start: int) -> str:
    return base64.urlsafe_b64encode(f"after:{start}".encode()).decode()


def _start_of(offset: str) -> int:
    if not offset:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(offset.encode()).decode().partition(":")
    except ValueError as error:
        raise BadRequestError("offset is not one that was given") from error
    if word != "after" or not number.isdecimal():
        raise BadRequestError("offset is not one that was given")
    return int(number)


def _only_fields(record: dict[str, Json], fields: str) -> dict[str, Json]:
    names = {name.strip() for name in fields.split(",") if name.strip()}
    return {name: value for name, value in record.items() if name in names} if names else record
