"""Reads an alert that a person pasted: some product's JSON, brought into the form that playbooks expect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.strict_json import UnreadableError, read_json
from tocsin.expressions.errors import EvaluationError
from tocsin.expressions.indicators import extract_indicators

MOST_CHARACTERS: Final = 200_000
MOST_LEVELS: Final = 20
WRAPPERS: Final = ("alert", "_source", "event", "data")
"""Keys under which products put the alert itself, with the rest about its delivery beside it."""

# Of each part of an alert, the paths under which products tell it, ours first: Elastic Common Schema, Suricata, Wazuh.
_PATHS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "_id", "kibana.alert.uuid", "event.id", "alert_id", "uuid"),
    "time": ("time", "@timestamp", "timestamp", "event.created"),
    "rule": (
        "rule",
        "kibana.alert.rule.name",
        "rule.name",
        "rule.description",
        "alert.signature",
        "signature",
        "title",
    ),
    "severity": ("severity", "kibana.alert.risk_score", "risk_score", "event.severity", "rule.level"),
    "src_ip": ("src_ip", "source.ip", "srcip", "source_ip", "client.ip", "data.srcip", "remote_ip"),
    "dst_ip": ("dst_ip", "destination.ip", "dstip", "dest_ip", "destination_ip", "server.ip", "data.dstip"),
    "host": ("host", "host.name", "hostname", "agent.name", "host.hostname", "computer"),
    "user": ("user", "user.name", "username", "account", "data.dstuser", "data.srcuser"),
}


@dataclass(frozen=True, slots=True)
class PastedAlert:
    """What was found in a pasted text.

    Attributes:
        event: The alert as a run can start with it; None when there is none.
        indicators: What is in the text, as (type, value), sorted.
        fault: Why there is no event, in a sentence; "" else.
    """

    event: Mapping[str, Json] | None = None
    indicators: tuple[tuple[str, str], ...] = ()
    fault: str = ""


def read_alert(text: str) -> PastedAlert:
    """Return what is in a text. Evaluates nothing and sends nothing."""
    if len(text) > MOST_CHARACTERS:
        return PastedAlert(fault=_("The text is too long for one alert."))
    try:
        value = read_json(text.encode(errors="replace"))
    except UnreadableError as error:
        return PastedAlert(
            indicators=_indicators(text), fault=_("This is no alert: {error}. Copy it as JSON.").format(error=error)
        )
    found = _indicators("\n".join(_texts(value)))
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, Mapping):
        return PastedAlert(indicators=found, fault=_("This JSON is no alert: an alert is an object with fields."))
    event = _event_of(value)
    if not event:
        return PastedAlert(indicators=found, fault=_("None of its fields is one that an alert has."))
    event["raw"] = value
    return PastedAlert(event, found)


def _event_of(value: Mapping[str, Json]) -> dict[str, Json]:
    """Read the alert where it is; in a wrapper's part where the whole tells less."""
    wrapped = (value.get(key) for key in WRAPPERS)
    candidates = [value, *(part for part in wrapped if isinstance(part, Mapping))]
    return max((_parts_of(candidate) for candidate in candidates), key=len)


def _parts_of(value: Mapping[str, Json]) -> dict[str, Json]:
    flat = dict(_flattened(value, "", 0))
    parts: dict[str, Json] = {}
    for name, paths in _PATHS.items():
        told = (flat[path] for path in paths if path in flat and _fits(name, flat[path]))
        first = next(told, None)
        if first is not None:
            parts[name] = first
    return parts


def _fits(name: str, value: Json) -> bool:
    if name == "severity":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str) and value != ""


def _flattened(value: Mapping[str, Json], prefix: str, depth: int) -> list[tuple[str, Json]]:
    """Return every plain value by its path: products write `source.ip` as one key or as two."""
    found: list[tuple[str, Json]] = []
    for key, part in value.items():
        if isinstance(part, Mapping):
            if depth < MOST_LEVELS:
                found += _flattened(part, f"{prefix}{key}.", depth + 1)
        else:
            found.append((f"{prefix}{key}", part))
    return found


def _texts(value: Json) -> Iterator[str]:
    """Yield the texts in a value, without its keys: `rule.name` there is no domain."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _indicators(text: str) -> tuple[tuple[str, str], ...]:
    try:
        return tuple((found["type"], found["value"]) for found in extract_indicators(text))
    except EvaluationError:
        return ()
