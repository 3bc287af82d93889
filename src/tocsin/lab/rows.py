"""The tables of the world and their way into JSON and back. What comes in from the control address is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from tocsin.base.errors import did_you_mean
from tocsin.base.json_types import Json
from tocsin.lab.audit_values import Check, Report
from tocsin.lab.ids_values import Dataset
from tocsin.lab.told_values import Mail, Post
from tocsin.lab.upkeep_values import Indicator, Job, JobTemplate, Message, Scan, WarningList, Weakness
from tocsin.lab.values import (
    Alert,
    Alias,
    Connection,
    Group,
    Host,
    Note,
    Permission,
    Quota,
    Reputation,
    SearchHealth,
    Ticket,
    User,
)

Row = TypeVar("Row")


class BadRowError(ValueError):
    """What was sent cannot be a row of the world; the text says which part and why."""


@dataclass(slots=True)
class Tables:
    """Every row of the world by its key: an id, a name (aliases), an address (reputation) or a product."""

    hosts: dict[str, Host] = field(default_factory=dict[str, Host])
    users: dict[str, User] = field(default_factory=dict[str, User])
    alerts: dict[str, Alert] = field(default_factory=dict[str, Alert])
    notes: dict[str, Note] = field(default_factory=dict[str, Note])
    aliases: dict[str, Alias] = field(default_factory=dict[str, Alias])
    connections: dict[str, Connection] = field(default_factory=dict[str, Connection])
    reputation: dict[str, Reputation] = field(default_factory=dict[str, Reputation])
    tickets: dict[str, Ticket] = field(default_factory=dict[str, Ticket])
    quotas: dict[str, Quota] = field(default_factory=dict[str, Quota])
    searches: dict[str, SearchHealth] = field(default_factory=dict[str, SearchHealth])
    permissions: dict[str, Permission] = field(default_factory=dict[str, Permission])
    groups: dict[str, Group] = field(default_factory=dict[str, Group])
    weaknesses: dict[str, Weakness] = field(default_factory=dict[str, Weakness])
    scans: dict[str, Scan] = field(default_factory=dict[str, Scan])
    job_templates: dict[str, JobTemplate] = field(default_factory=dict[str, JobTemplate])
    jobs: dict[str, Job] = field(default_factory=dict[str, Job])
    indicators: dict[str, Indicator] = field(default_factory=dict[str, Indicator])
    warning_lists: dict[str, WarningList] = field(default_factory=dict[str, WarningList])
    messages: dict[str, Message] = field(default_factory=dict[str, Message])
    posts: dict[str, Post] = field(default_factory=dict[str, Post])
    mails: dict[str, Mail] = field(default_factory=dict[str, Mail])
    datasets: dict[str, Dataset] = field(default_factory=dict[str, Dataset])
    checks: dict[str, Check] = field(default_factory=dict[str, Check])
    reports: dict[str, Report] = field(default_factory=dict[str, Report])


ROW_TYPES: Mapping[str, type[Any]] = {
    "hosts": Host,
    "users": User,
    "alerts": Alert,
    "notes": Note,
    "aliases": Alias,
    "connections": Connection,
    "reputation": Reputation,
    "tickets": Ticket,
    "quotas": Quota,
    "searches": SearchHealth,
    "permissions": Permission,
    "groups": Group,
    "weaknesses": Weakness,
    "scans": Scan,
    "job_templates": JobTemplate,
    "jobs": Job,
    "indicators": Indicator,
    "warning_lists": WarningList,
    "messages": Message,
    "posts": Post,
    "mails": Mail,
    "datasets": Dataset,
    "checks": Check,
    "reports": Report,
}
_FREE_FORM = {"Json": object}  # such a field takes any JSON
_KEY_FIELDS = {
    "aliases": "name",
    "datasets": "name",
    "reports": "name",
    "tickets": "key",
    "reputation": "",
    "quotas": "",
    "searches": "",
    "permissions": "",
}


def to_json(row: object) -> Json:
    """Return a row as JSON data; null for None."""
    return None if row is None else cast("Json", asdict(cast("Any", row)))


def amended(table: str, key: str, row: object | None, patch: Json) -> object:
    """Return the row with the given fields changed, or a new row when there was none.

    Raises:
        BadRowError: A field is unknown, missing or of the wrong type, or the key would change.
    """
    where = f"{table}/{key}"
    if not isinstance(patch, Mapping):
        raise BadRowError(f"“{where}” must be an object or null")
    key_field = _KEY_FIELDS.get(table, "id")
    given: dict[str, Json] = {key_field: key, **patch} if key_field else dict(patch)
    if key_field and given[key_field] != key:
        raise BadRowError(f"“{where}/{key_field}” is the row's key and cannot change")
    row_type = ROW_TYPES[table]
    if row is None:
        return make(row_type, given, where=where)
    return replace(cast("Any", row), **_read_fields(row_type, given, where))


def make(row_type: type[Row], data: Mapping[str, Json], *, where: str) -> Row:
    """Return a value of a frozen dataclass read from JSON.

    Raises:
        BadRowError: A field is unknown, missing or of the wrong type.
    """
    values = _read_fields(row_type, data, where)
    for part in fields(cast("Any", row_type)):
        if part.name not in values and part.default is MISSING and part.default_factory is MISSING:
            raise BadRowError(f"“{where}/{part.name}” is missing")
    return row_type(**values)


def _read_fields(row_type: type[Any], data: Mapping[str, Json], where: str) -> dict[str, Any]:
    hints = get_type_hints(row_type, localns=_FREE_FORM)
    values: dict[str, Any] = {}
    for name, value in data.items():
        if name not in hints:
            raise BadRowError(f"“{where}/{name}” is not known here. {did_you_mean(name, hints)}".rstrip())
        values[name] = _read(hints[name], value, f"{where}/{name}")
    return values


def _read(hint: object, value: Json, where: str) -> object:
    if get_origin(hint) is tuple:
        return _read_items(get_args(hint)[0], value, where)
    if isinstance(hint, UnionType):
        hint = get_args(hint)[0] if value is not None else type(None)
    if hint is object:
        return value
    kind = cast("type[object]", hint)
    if is_dataclass(hint) and isinstance(value, Mapping):
        return make(kind, value, where=where)
    if issubclass(kind, StrEnum) and isinstance(value, str) and value in set(kind):
        return kind(value)
    if type(value) is kind:
        return value
    raise BadRowError(f"“{where}” must be {_words_for(kind)}")


def _read_items(hint: object, value: Json, where: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise BadRowError(f"“{where}” must be a list")
    return tuple(_read(hint, part, f"{where}/{index}") for index, part in enumerate(value))


def _words_for(hint: type[object]) -> str:
    if issubclass(hint, StrEnum):
        return "one of " + ", ".join(hint)
    words: Mapping[type[object], str] = {str: "a text", int: "a whole number", bool: "true or false"}
    return words.get(hint, "an object")
