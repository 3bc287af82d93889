"""What is given to “Run on…” → what a run begins with: an alert, or indicators put where their kind is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from tocsin.base.json_types import Json
from tocsin.services.pasted_alert import read_alert

MOST: Final = 200
"""A text of so many characters at most, in one line, may itself be what is asked for: a host, an account."""
_WORD: Final = re.compile(r"[a-z]+|[0-9]+")
_ASKED_AS: Final[Mapping[str, frozenset[str]]] = {
    "ip": frozenset({"ip", "ipv4", "ipv6", "address", "addr"}),
    "cidr": frozenset({"cidr", "network", "subnet", "range"}),
    "domain": frozenset({"domain", "fqdn", "hostname"}),
    "url": frozenset({"url", "uri", "link"}),
    "email": frozenset({"email", "mail", "sender", "recipient", "upn"}),
    "md5": frozenset({"md", "hash"}),
    "sha1": frozenset({"sha", "hash"}),
    "sha256": frozenset({"sha", "hash"}),
    "cve": frozenset({"cve", "vulnerability"}),
}
"""By the type of an indicator: words in the name or the format of a field that asks for one."""
Prefill = Callable[[Mapping[str, Any]], Mapping[str, Json]]
"""Gives values for the fields of an event, by its schema."""


def prefilled(schema: Mapping[str, Any], text: str) -> dict[str, Json]:
    """Return values for the fields of an event, as far as a text has some; {} where it has none.

    Args:
        schema: What the event must be, a JSON Schema of an object.
        text: An alert as JSON, a row of a table, an indicator, defanged or not, or a name.
    """
    fields = _fields_of(schema)
    found = read_alert(text)
    values: dict[str, Json] = {name: value for name, value in (found.event or {}).items() if name in fields}
    for kind, indicator in found.indicators:
        free = [name for name, field in fields.items() if name not in values and _asks_for(kind, name, field)]
        if free:
            values[free[0]] = indicator
    return values or _only_text(schema, text.strip())


def fitting(schema: Mapping[str, Any], event: Json) -> dict[str, Json]:
    """Return of another run's event what the fields of this one ask for, all of it where no fields are named."""
    if not isinstance(event, Mapping):
        return {}
    fields: Mapping[str, Any] = schema.get("properties", {})
    return {name: value for name, value in event.items() if not fields or name in fields}


def _fields_of(schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The fields that a schema names; one that takes anything (`true`) says nothing of itself."""
    named: Mapping[str, object] = schema.get("properties", {})
    said = {name: cast("Mapping[str, Any]", field) for name, field in named.items() if isinstance(field, Mapping)}
    return {name: said.get(name, {}) for name in named}


def _asks_for(kind: str, name: str, field: Mapping[str, Any]) -> bool:
    said = f"{name} {field.get('format', '')}".casefold()
    return field.get("type", "string") == "string" and not _ASKED_AS[kind].isdisjoint(_WORD.findall(said))


def _only_text(schema: Mapping[str, Any], text: str) -> dict[str, Json]:
    """A short text is what a run begins with where one text is all that it must have."""
    fields = _fields_of(schema)
    wanted = [name for name in schema.get("required", ()) if fields.get(name, {}).get("type", "string") == "string"]
    is_name = bool(text) and len(text) <= MOST and text.isprintable() and not text.startswith(("{", "["))
    return {wanted[0]: text} if is_name and len(wanted) == 1 else {}
