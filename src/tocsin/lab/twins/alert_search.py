"""How alerts are kept in Elasticsearch; how they and the events beside them are searched, also by Kibana."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from tocsin.base.json_types import Json
from tocsin.lab.exchange import whole_number_in
from tocsin.lab.queries.boolean import BadQueryError, value_at
from tocsin.lab.queries.query_dsl import read_query
from tocsin.lab.twins.event_documents import SIGN_IN_INDEX, TRAFFIC_INDEX, Document, events_in
from tocsin.lab.values import Alert, Product, SearchHealth
from tocsin.lab.world import World

ALERTS_ALIAS = ".alerts-security.alerts-default"
ALERTS_INDEX = ".internal.alerts-security.alerts-default-000001"
RESULT_WINDOW = 10_000
_SEVERITY_WORDS = ((21, "low"), (47, "medium"), (73, "high"), (100, "critical"))
_BODY_KEYS = {"query", "size", "from", "sort", "_source", "track_total_hits", "timeout"}


class WindowError(BadQueryError):
    """`from` plus `size` is more than the result window."""


def has_alerts(pattern: str) -> bool:
    """Tell whether an index expression (a comma-separated list of names and patterns) takes the alerts in."""
    return _takes(pattern, ALERTS_ALIAS) or _takes(pattern, ALERTS_INDEX)


def has_index(pattern: str) -> bool:
    """Tell whether an index expression takes any index in."""
    return has_alerts(pattern) or any(_takes(pattern, name) for name in (TRAFFIC_INDEX, SIGN_IN_INDEX))


def _takes(pattern: str, name: str) -> bool:
    return any(fnmatchcase(name, part) for part in pattern.split(",") if part)


def document(alert: Alert) -> dict[str, Json]:
    """Return an alert's `_source`: its own fields flat with dots, what it copied from the event as nested objects.

    Source: elastic.co/docs/reference/security/fields-and-object-schemas/alert-schema.
    """
    return {
        "@timestamp": alert.time,
        "kibana.alert.uuid": alert.id,
        "kibana.alert.rule.name": alert.rule,
        "kibana.alert.severity": next(word for top, word in _SEVERITY_WORDS if alert.severity <= top),
        "kibana.alert.risk_score": alert.severity,
        "kibana.alert.status": "active",
        "kibana.alert.workflow_status": alert.status,
        "kibana.space_ids": ["default"],
        "event": {"kind": "signal", "category": ["authentication"]},
        "source": {"ip": alert.src_ip},
        "destination": {"ip": alert.dst_ip},
        "host": {"name": alert.host},
        "user": {"name": alert.user},
    }


def find_alerts(world: World, query: Json) -> list[Alert]:
    """Return the alerts that a query takes.

    Raises:
        BadQueryError: The query is not understood.
    """
    matches = read_query(query)
    return [alert for alert in world.tables.alerts.values() if matches({"_id": alert.id, **document(alert)})]


def search(world: World, body: Mapping[str, Json], pattern: str = ALERTS_ALIAS) -> dict[str, Json]:
    """Answer a search of the indices that an expression takes in.

    Raises:
        BadQueryError: The body is not understood; WindowError when it asks beyond the first 10,000.
        BadRequestError: A number is none.
    """
    unknown = set(body) - _BODY_KEYS
    if unknown:
        raise BadQueryError(f"Unknown key for a VALUE in [{min(unknown)}].")
    start, size = whole_number_in(body, "from", 0), whole_number_in(body, "size", 10)
    if start + size > RESULT_WINDOW:
        raise WindowError(
            f"Result window is too large, from + size must be less than or equal to: [{RESULT_WINDOW}] but was "
            f"[{start + size}]."
        )
    if start < 0 or size < 0:
        raise BadQueryError("[from] and [size] cannot be negative")
    matches = read_query(body.get("query", {"match_all": {}}))
    fitting = [row for row in _documents(world, pattern) if matches({"_id": row.id, **row.source})]
    found = _sorted(fitting, body.get("sort", []))
    hits = [_hit(row, keys, body.get("_source", True)) for row, keys in found[start : start + size]]
    return _answer(world.tables.searches.get(Product.ELASTICSEARCH, SearchHealth()), total=len(found), hits=hits)


def _documents(world: World, pattern: str) -> Iterator[Document]:
    if has_alerts(pattern):
        for alert in world.tables.alerts.values():
            yield Document(alert.id, ALERTS_INDEX, document(alert))
    for name in (TRAFFIC_INDEX, SIGN_IN_INDEX):
        if _takes(pattern, name):
            yield from events_in(world, name)


def _answer(health: SearchHealth, *, total: int, hits: Sequence[Json]) -> dict[str, Json]:
    return {
        "took": 1,
        "timed_out": health.timed_out,
        "_shards": {
            "total": 1 + health.failed_shards,
            "successful": 1,
            "skipped": 0,
            "failed": health.failed_shards,
        },
        "hits": {"total": {"value": total, "relation": "eq"}, "max_score": None, "hits": hits},
    }


def _sorted(found: Sequence[Document], sort: Json) -> list[tuple[Document, list[Json]]]:
    wishes = [_sort_wish(part) for part in (sort if isinstance(sort, list) else [sort])]
    rows = [(row, [value_at({"_id": row.id, **row.source}, field) for field, _ in wishes]) for row in found]
    for place, (_, descends) in reversed(list(enumerate(wishes))):
        rows.sort(key=lambda row: _sort_key(row[1][place]), reverse=descends)
    return rows


def _sort_wish(part: Json) -> tuple[str, bool]:
    if isinstance(part, str):
        name, _, order = part.partition(":")
        return name, order == "desc"
    if not isinstance(part, Mapping) or len(part) != 1:
        raise BadQueryError("[sort] must be a field or an object with one field")
    [(field, wish)] = part.items()
    order = wish.get("order", "asc") if isinstance(wish, Mapping) else wish
    if order not in {"asc", "desc"}:
        raise BadQueryError("[sort] order must be asc or desc")
    return field, order == "desc"


def _sort_key(value: Json) -> tuple[float, str]:
    return (value, "") if isinstance(value, int | float) else (0.0, str(value))


def _hit(row: Document, sort: Sequence[Json], wanted: Json) -> Json:
    hit: dict[str, Json] = {"_index": row.index, "_id": row.id, "_score": None}
    source = row.source
    if wanted is True:
        hit["_source"] = source
    elif isinstance(wanted, list):
        hit["_source"] = {name: value for name, value in source.items() if name in wanted}
    elif wanted is not False:
        raise BadQueryError("[_source] must be true, false or a list of fields here")
    return {**hit, "sort": sort} if sort else hit
