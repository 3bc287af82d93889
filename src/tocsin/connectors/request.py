"""Makes a request of a plan and the values at hand: each value is encoded for the place it stands in (field.md W9)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, cast
from urllib.parse import quote as percent_encode
from urllib.parse import quote_plus

import orjson

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.addresses import HERE, Origin
from tocsin.connectors.errors import ConnectionFaultError, SlotError
from tocsin.connectors.exchange import Pairs, Request
from tocsin.connectors.plans import BodyKind, RequestPlan
from tocsin.connectors.quoting import Language, quote
from tocsin.connectors.verbs import Verb
from tocsin.expressions import EvaluationError, Scope, Template, render
from tocsin.model.failures import FailureCode

_HEADER: Final = re.compile(r"[\x20-\x7e]*")
_CONTENT_TYPES: Final = {
    BodyKind.JSON: "application/json",
    BodyKind.FORM: "application/x-www-form-urlencoded",
    BodyKind.TEXT: "text/plain; charset=utf-8",
}


def _function(language: Language) -> Callable[..., object]:
    def quoted(*values: object) -> str:
        if len(values) != 1 or not isinstance(values[0], str):
            raise EvaluationError(
                _("quote_{language}() takes one text.").format(language=language), kind=FailureCode.BAD_ARGUMENT
            )
        try:
            return quote(language, values[0])
        except SlotError as error:
            raise EvaluationError(error.message, kind=FailureCode.BAD_INPUT) from error

    return quoted


def _uuid_of(*values: object) -> str:
    """Return the same UUID for the same text (RFC 9562 §5.5), for products that want to be given an object's id."""
    if len(values) != 1 or not isinstance(values[0], str):
        raise EvaluationError(_("uuid_of() takes one text."), kind=FailureCode.BAD_ARGUMENT)
    return str(uuid.uuid5(uuid.NAMESPACE_OID, values[0]))


def _join(*values: object) -> str:
    """Return the texts of a list as one, with the other text between them."""
    items, between = values if len(values) == 2 else (None, None)
    texts = cast("list[object]", items) if isinstance(items, list) else []
    found = [text for text in texts if isinstance(text, str)]
    if not isinstance(items, list) or not isinstance(between, str) or len(found) < len(texts):
        raise EvaluationError(_("join() takes a list of texts and a text."), kind=FailureCode.BAD_ARGUMENT)
    return between.join(found)


SLOT_FUNCTIONS: Final[Mapping[str, Callable[..., object]]] = MappingProxyType(
    {**{f"quote_{language}": _function(language) for language in Language}, "uuid_of": _uuid_of, "join": _join}
)
"""What slots may call besides the functions of every expression, by name."""


def new_scope() -> Scope:
    """Return an empty scope in which the functions of slots are known."""
    return Scope(functions=SLOT_FUNCTIONS)


def build_request(plan: RequestPlan, scope: Scope, *, origins: Mapping[str, Origin], changes: bool) -> Request:
    """Return the request of a plan, not yet signed.

    Args:
        plan: What to ask.
        scope: The values at hand.
        origins: The connection's servers by name.
        changes: Whether it changes something there.

    Raises:
        SlotError: A value cannot stand in its place.
        EvaluationError: An expression ends in an error.
        ConnectionFaultError: The connection does not have the server.
    """
    is_here = plan.verb is not None and plan.verb.is_here
    if plan.at not in origins and not is_here:
        raise ConnectionFaultError(f"addresses.{plan.at}", _("is missing"), hint=_("Open the connection and add it."))
    if plan.verb is not None:
        arguments = _arguments(plan, scope)
        if plan.verb.is_here and plan.at in origins:
            return _asked_of_the_lab(plan.verb, origins[plan.at], arguments, changes=changes)
        origin = HERE if is_here else origins[plan.at]
        return Request(plan.method, origin, "", changes=changes, arguments=arguments)
    body = _body(plan, scope)
    return Request(
        method=plan.method,
        origin=origins[plan.at],
        path="".join(part if isinstance(part, str) else _segments(part, scope) for part in plan.path),
        query=_query(plan.query, scope),
        headers=(*_content_type(plan, body), *_headers(plan.headers, scope)),
        body=body,
        changes=changes,
    )


def _asked_of_the_lab(verb: Verb, origin: Origin, arguments: Mapping[str, Json], *, changes: bool) -> Request:
    """Return a verb of this computer as the Lab is asked it: nowhere else does it have a server."""
    path = f"/{verb.protocol.lower()}/{verb.name}"
    headers = (("Content-Type", _CONTENT_TYPES[BodyKind.JSON]),)
    return Request("POST", origin, path, headers=headers, body=_json(arguments), changes=changes)


def header_value(name: str, text: str) -> str:
    """Return a text that may stand in a header.

    Raises:
        SlotError: It has line ends, control characters or what is not ASCII (RFC 9110 §5.5).
    """
    if not _HEADER.fullmatch(text):
        raise SlotError(_("the header “{name}”").format(name=name), _("has a character that a header cannot have"))
    return text


def _segments(slot: Template, scope: Scope) -> str:
    """Return what stands there, each with its slash: one text, or an item each when the slot gives a list."""
    value = render(slot, scope)
    texts = [_text(part, _("the path")) for part in (value if isinstance(value, list) else [value])]
    if not texts or not {"", ".", ".."}.isdisjoint(texts):
        raise SlotError(_("the path"), _("is empty or climbs"))
    return "".join(f"/{percent_encode(_encodable(text, _('the path')), safe='')}" for text in texts)


def _query(values: Mapping[str, Template] | Template, scope: Scope) -> Pairs:
    """A query that is one slot gives a map of all its parameters."""
    if isinstance(values, Mapping):
        return _pairs({name: render(value, scope) for name, value in values.items()}, "query")
    value = render(values, scope)
    if not isinstance(value, Mapping):
        raise SlotError(_("the query"), _("is no map of parameters"))
    return tuple((_encodable(name, _("the query")), text) for name, text in _pairs(value, "query"))


def _pairs(values: Mapping[str, Json], place: str) -> Pairs:
    """A parameter that is null is left out."""
    return tuple((name, _pair_text(value, place, name)) for name, value in values.items() if value is not None)


def _pair_text(value: Json, place: str, name: str) -> str:
    if isinstance(value, str) and value.isascii():  # most are; nothing is to be said of them
        return value
    place = f"{place} “{name}”"
    return _encodable(_text(value, place), place)


def _headers(values: Mapping[str, Template], scope: Scope) -> Pairs:
    if not values:
        return ()
    rendered = {name: render(value, scope) for name, value in values.items()}
    return tuple((name, header_value(name, text)) for name, text in _pairs(rendered, _("the header")))


def _arguments(plan: RequestPlan, scope: Scope) -> Mapping[str, Json]:
    value: Json = render(plan.body[1], scope) if plan.body is not None else {}
    if not isinstance(value, Mapping):
        raise SlotError(_("what is asked"), _("is no map of arguments"))
    return value


def _body(plan: RequestPlan, scope: Scope) -> bytes | None:
    if plan.body is None:
        return None
    kind, template = plan.body
    value = render(template, scope)
    if kind is BodyKind.JSON:
        return _json(value)
    if kind is BodyKind.FORM and isinstance(value, Mapping):
        fields = (
            (name, _text(part, _("the field “{name}”").format(name=name)))
            for name, part in value.items()
            if part is not None
        )
        return "&".join(f"{quote_plus(name)}={quote_plus(_encodable(text, name))}" for name, text in fields).encode()
    return _encodable(_text(value, _("the body")), _("the body")).encode()


def _json(value: Json) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError as error:
        raise SlotError(_("the body"), _("cannot be written as JSON")) from error


def _content_type(plan: RequestPlan, body: bytes | None) -> Pairs:
    named = {name.lower() for name in plan.headers}
    if plan.body is None or body is None or "content-type" in named:
        return ()
    return (("Content-Type", _CONTENT_TYPES[plan.body[0]]),)


def _text(value: Json, place: str) -> str:
    """Return a value as text; a whole double without its point, as CEL's string() writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    raise SlotError(place, _("is nothing, a list or a map, and only text can stand there"))


def _encodable(text: str, place: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SlotError(place, _("has half a character")) from error
    return text
