"""MISP, as much as attributes and warning lists (vendor-api.md §5). A wrong key is a 403; no “Bearer” stands before it.

Sources: misp-project.org/openapi; github.com/MISP/misp-book, automation/README.md; PyPI pymisp, `api.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar, Final

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, BadRequestError, Request, text_in, texts_in, whole_number_in
from tocsin.lab.seed import FEED_EVENT, OWN_EVENT, before_alert
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.upkeep import add_indicator, delete_indicator
from tocsin.lab.upkeep_values import Indicator
from tocsin.lab.values import Product
from tocsin.lab.world import World

VERSION: Final = "2.5.34"
EVENTS: Final = {OWN_EVENT: "Seen by ourselves", FEED_EVENT: "Feed of the sector"}
CATEGORIES: Final = {"sha256": "Payload delivery", "sha1": "Payload delivery", "md5": "Payload delivery"}
KINDS: Final = ("ip-src", "ip-dst", "ip-src|port", "ip-dst|port", "domain", "url", "md5", "sha1", "sha256")
_SEARCH: Final = frozenset(
    {
        "returnFormat",
        "value",
        "type",
        "to_ids",
        "includeEventTags",
        "enforceWarninglist",
        "eventid",
        "timestamp",
        "deleted",
        "limit",
        "page",
    }
)
_SPANS: Final = {"d": 24 * 60, "h": 60, "m": 1}
_REFUSED_KEY = (
    "Authentication failed. Please make sure you pass the API key of an API enabled user along in the Authorization "
    "header."
)


class Misp(Twin):
    """The place where threats are shared. Its attributes are the world's indicators."""

    product = Product.MISP
    category = "threat_intel"
    options: ClassVar[Mapping[str, str]] = {"event": OWN_EVENT}

    def __init__(self, world: World) -> None:
        super().__init__(world, {"key": secrets.token_urlsafe(30)[:40]})

    @override
    def make_routes(self) -> Sequence[Route]:
        return (
            Route("GET", "/servers/getVersion", self._version),
            Route("GET", "/users/view/me", self._me),
            Route("POST", "/attributes/restSearch", self._search),
            Route("GET", "/attributes/view/{id}", partial(self._on_attribute, self._view)),
            Route("POST", "/attributes/add/{event}", self._add, changes=True),
            Route("POST", "/attributes/delete/{id}", partial(self._on_attribute, self._delete), changes=True),
            Route("POST", "/warninglists/checkValue", self._check_value),
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        return same_secret(request.headers.get("authorization", ""), self.sign_in["key"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        if status == 401:
            status, message = 403, _REFUSED_KEY
        elif status == 403:
            message = "You do not have permission to use this functionality."
        return Answer(status, {"name": message, "message": message, "url": ""})

    @override
    def objection(self, request: Request, route: Route) -> Answer | None:
        """Whoever does not ask for JSON is shown a page."""
        del route
        if "json" in request.headers.get("accept", ""):
            return None
        return Answer(
            200, headers={"content-type": "text/html; charset=UTF-8"}, raw=b"<!DOCTYPE html><title>MISP</title>"
        )

    def _version(self, request: Request) -> Answer:
        del request
        body: Json = {
            "version": VERSION,
            "pymisp_recommended_version": VERSION,
            "perm_sync": False,
            "perm_sighting": True,
            "perm_galaxy_editor": False,
        }
        return Answer(200, body)

    def _me(self, request: Request) -> Answer:
        """Say who the key is of: what the usual client asks before anything else."""
        del request
        user: Json = {"id": "2", "org_id": "1", "email": "tocsin@example.com", "role_id": "3"}
        role: Json = {"id": "3", "name": "User", "perm_add": True, "perm_modify": True, "perm_auth": True}
        return Answer(200, {"User": user, "Role": role, "UserSetting": {}})

    def _search(self, request: Request) -> Answer:
        wishes = request.object()
        unknown = sorted(name for name, wish in wishes.items() if wish and name not in _SEARCH)  # clients send noes too
        if unknown:
            raise BadRequestError(f"Invalid filter: {unknown[0]}")
        if text_in(wishes, "returnFormat") != "json":
            raise BadRequestError("the Lab only returns json")
        found = [row for row in self.world.tables.indicators.values() if self._fits(row, wishes)]
        limit, page = whole_number_in(wishes, "limit", len(found) or 1), max(whole_number_in(wishes, "page", 1), 1)
        shown = found[(page - 1) * limit : page * limit]
        return Answer(200, {"response": {"Attribute": [self._attribute(row, with_tags=True) for row in shown]}})

    def _fits(self, row: Indicator, wishes: Mapping[str, Json]) -> bool:
        if row.deleted and not wishes.get("deleted"):
            return False
        if "to_ids" in wishes and bool(whole_number_in(wishes, "to_ids", 1)) is not row.detect:
            return False
        if wishes.get("enforceWarninglist") and self._lists_with(row.value):
            return False
        if "timestamp" in wishes and not self._is_from(row, texts_in(wishes, "timestamp")):
            return False
        fields = {"value": row.value, "type": row.kind, "eventid": row.event}
        return all(text in _as_texts(wishes[name]) for name, text in fields.items() if name in wishes)

    def _is_from(self, row: Indicator, spans: Sequence[str]) -> bool:
        """Tell whether it was last changed between two spans ago, such as `["30d", "7d"]`."""
        if len(spans) != 2:
            raise BadRequestError("timestamp must be two spans here")
        earliest, latest = (self._ago(span) for span in spans)
        return earliest <= row.changed and (row.changed <= latest or spans[1] == "0d")

    def _ago(self, span: str) -> str:
        """Return the moment a span ago, counted back from the story's alert as all seeded times are."""
        number, unit = span[:-1], span[-1:]
        if unit not in _SPANS or not number.isdecimal() or len(number) > 6:
            raise BadRequestError("a span must be like 30d, 12h or 45m")
        return before_alert(self.world.scenario, minutes=int(number) * _SPANS[unit])

    def _on_attribute(self, act: Callable[[Indicator], Answer], request: Request) -> Answer:
        row = self.world.tables.indicators.get(request.parts["id"])
        return act(row) if row is not None else self.failure(404, "Invalid attribute")

    def _view(self, row: Indicator) -> Answer:
        return Answer(200, {"Attribute": self._attribute(row)})

    def _add(self, request: Request) -> Answer:
        event = request.parts["event"]
        if event not in EVENTS:
            return self.failure(404, "Invalid event")
        if event != OWN_EVENT:
            return self.failure(403, "You do not have permission to do that.")
        body = request.object()
        kind, value = text_in(body, "type"), text_in(body, "value").strip()
        known = self.world.tables.indicators.values()
        errors: dict[str, Json] = {}
        if kind not in KINDS:
            errors["type"] = ["Options depend on the selected category."]
        if not value:
            errors["value"] = ["Value is empty."]
        if any((row.event, row.kind, row.value, row.deleted) == (event, kind, value, False) for row in known):
            errors["value"] = ["A similar attribute already exists for this event."]
        if text_in(body, "category", _category_of(kind)) != _category_of(kind):
            errors["category"] = ["Options depend on the selected type."]
        if errors:
            said: Json = {"saved": False, "name": "Could not add Attribute", "message": "Could not add Attribute"}
            return Answer(403, {**said, "url": "/attributes/add", "errors": errors})
        return Answer(
            200, {"Attribute": self._attribute(add_indicator(self.world, _indicator(event, kind, value, body)))}
        )

    def _delete(self, row: Indicator) -> Answer:
        delete_indicator(self.world, row)
        return Answer(200, {"message": "Attribute deleted."})

    def _check_value(self, request: Request) -> Answer:
        """Say which warning lists know the values as harmless: an object, or an empty list when none does."""
        values = request.json()
        if not isinstance(values, list):
            raise BadRequestError("the body must be a list")
        hits = {value: rows for value in map(str, values) if (rows := self._lists_with(value))}
        return Answer(200, hits or [])

    def _lists_with(self, value: str) -> list[Json]:
        lists = self.world.tables.warning_lists.values()
        return [{"id": row.id, "name": row.name} for row in lists if value in row.values]

    def _attribute(self, row: Indicator, *, with_tags: bool = False) -> dict[str, Json]:
        """Return an attribute; numbers are texts."""
        shown: dict[str, Json] = {
            "id": row.id,
            "event_id": row.event,
            "type": row.kind,
            "category": _category_of(row.kind),
            "value": row.value,
            "to_ids": row.detect,
            "timestamp": str(int(datetime.fromisoformat(row.changed).timestamp())),
            "comment": row.comment,
            "deleted": row.deleted,
            "distribution": "0",
            "Event": {"id": row.event, "info": EVENTS[row.event]},
        }
        return {**shown, "Tag": [{"name": tag} for tag in row.tags]} if with_tags and row.tags else shown


def _indicator(event: str, kind: str, value: str, body: Mapping[str, Json]) -> Indicator:
    if text_in(body, "distribution", "5") != "0":
        raise BadRequestError("the Lab shares nothing: send distribution 0")
    return Indicator(
        id="",
        event=event,
        kind=kind,
        value=value,
        changed="",
        comment=text_in(body, "comment", ""),
        detect=body.get("to_ids", True) is True,
    )


def _category_of(kind: str) -> str:
    return CATEGORIES.get(kind, "Network activity")


def _as_texts(value: Json) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list) else [str(value)]
