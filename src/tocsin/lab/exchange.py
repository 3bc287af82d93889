"""A request as a simulated product sees it, and its answer: plain values, so a twin can be tried without a server."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn, cast
from urllib.parse import parse_qs

from tocsin.base.json_types import Json

FORM = "application/x-www-form-urlencoded"


class BadRequestError(ValueError):
    """The request cannot be understood; the text says why, and the twin puts it into its vendor's words."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Attributes:
        path: As sent, percent-encoded, without the query.
        segments: The path's parts, decoded; an encoded slash stays inside its part.
        query: Every value of every parameter.
        headers: By lower-case name.
        parts: What the route's template named.
    """

    method: str
    path: str
    segments: tuple[str, ...] = ()
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    parts: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def base_url(self) -> str:
        """The server's own address as the client called it."""
        return f"http://{self.headers.get('host', '127.0.0.1')}"

    def parameter(self, name: str, default: str = "") -> str:
        """Return the first value of a query parameter."""
        return self.query.get(name, (default,))[0]

    def number(self, name: str, default: int, *, low: int = 0, high: int = 1_000_000) -> int:
        """Return a query parameter as a whole number.

        Raises:
            BadRequestError: It is no number, or outside the limits.
        """
        text = self.parameter(name, str(default))
        if not text.isdecimal() or len(text) > 9 or not low <= int(text) <= high:
            raise BadRequestError(f"{name} must be a number from {low} to {high}")
        return int(text)

    def json(self) -> Json:
        """Return the body as JSON; an empty one is an empty object.

        Raises:
            BadRequestError: It is no JSON.
        """
        if not self.body.strip():
            return {}
        try:
            return cast("Json", json.loads(self.body, parse_constant=_refuse_constant))
        except (ValueError, RecursionError) as error:
            raise BadRequestError("the body is no JSON") from error

    def object(self) -> Mapping[str, Json]:
        """Return the body as a JSON object.

        Raises:
            BadRequestError: It is none.
        """
        return as_object(self.json(), "the body")

    def form(self) -> Mapping[str, str]:
        """Return the fields of a form; of repeated ones the first.

        Raises:
            BadRequestError: The body is no form.
        """
        if not self.headers.get("content-type", "").startswith(FORM):
            raise BadRequestError(f"the content type must be {FORM}")
        try:
            fields = parse_qs(self.body.decode(), keep_blank_values=True, max_num_fields=100)
        except ValueError as error:
            raise BadRequestError("the body is no form") from error
        return {name: values[0] for name, values in fields.items()}

    def basic(self) -> tuple[str, str]:
        """Return user and password of HTTP Basic (RFC 7617), or two empty texts."""
        kind, _, coded = self.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return "", ""
        try:
            user, _, password = base64.b64decode(coded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return user, password

    def bearer(self) -> str:
        """Return the bearer token (RFC 6750), or ""."""
        kind, _, token = self.headers.get("authorization", "").partition(" ")
        return token if kind.lower() == "bearer" else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. The body is JSON, or None for an empty one; `raw` are bytes to be sent in its stead."""

    status: int = 200
    body: Json = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    raw: bytes | None = None

    @property
    def content(self) -> bytes:
        """The body's bytes."""
        if self.raw is not None:
            return self.raw
        return b"" if self.body is None else json.dumps(self.body, separators=(",", ":")).encode()


Take = Callable[[Request], Awaitable[Answer | None]]
"""Takes one request in and gives what to answer, or None: then the connection is cut."""


def as_object(value: Json, name: str) -> Mapping[str, Json]:
    """Return the value if it is an object.

    Raises:
        BadRequestError: It is not.
    """
    if not isinstance(value, Mapping):
        raise BadRequestError(f"{name} must be an object")
    return value


def object_in(data: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    """Return a part that must be an object."""
    return as_object(data.get(name), name)


def text_in(data: Mapping[str, Json], name: str, default: str | None = None) -> str:
    """Return a part that must be a text.

    Raises:
        BadRequestError: It is missing and has no default, or is no text.
    """
    value = data.get(name, default)
    if not isinstance(value, str):
        raise BadRequestError(f"{name} must be a text")
    return value


def texts_in(data: Mapping[str, Json], name: str) -> list[str]:
    """Return a part that must be a list of texts; missing is empty.

    Raises:
        BadRequestError: It is not.
    """
    value = data.get(name, [])
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise BadRequestError(f"{name} must be a list of texts")
    return cast("list[str]", value)


def whole_number_in(data: Mapping[str, Json], name: str, default: int) -> int:
    """Return a part that must be a whole number.

    Raises:
        BadRequestError: It is not.
    """
    value = data.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadRequestError(f"{name} must be a whole number")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
