"""How a request proves who sends it. Tokens are kept until they end, and fetched anew once after a 401."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final, TypeAlias

from tocsin.base.codes import ErrorCode
from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.connectors.connection import OpenConnection
from tocsin.connectors.errors import ConnectorError, DescriptionError
from tocsin.connectors.exchange import Line, Login, Pairs, Reply, Request
from tocsin.connectors.gate import Gate
from tocsin.connectors.plans import compile_request
from tocsin.connectors.request import build_request, header_value
from tocsin.expressions import EvaluationError, Scope, Template, compile_expression, compile_template, evaluate, render
from tocsin.model.catalogue import (
    ApiKeySignIn,
    BasicSignIn,
    BearerSignIn,
    LoginSignIn,
    NoSignIn,
    OAuth2SignIn,
    SessionSignIn,
)

_MARGIN: Final = 5.0  # a token that ends within these seconds is not used: the clock there may differ
_SESSION_LIFE: Final = 600.0

_Lasting: TypeAlias = NoSignIn | ApiKeySignIn | BasicSignIn | BearerSignIn | LoginSignIn


class SignInError(ConnectorError):
    """The product did not give a token.

    Attributes:
        reply: What it answered.
    """

    code = ErrorCode.SIGN_IN_FAILED

    def __init__(self, product: str, reply: Reply) -> None:
        self.product, self.reply = product, reply
        super().__init__(
            _("{product} does not accept the sign-in.").format(product=product),
            hint=_("Open the connection and type it again."),
        )


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request carries.

    Attributes:
        headers: Name and value.
        query: Name and value.
        login: For a protocol with a sign-in of its own.
        renewable: Whether fetching them anew may help after a 401.
    """

    headers: Pairs = field(default=(), repr=False)
    query: Pairs = field(default=(), repr=False)
    login: Login | None = None
    renewable: bool = False

    def sign(self, request: Request) -> Request:
        """Return the request with these on it."""
        headers, query = (*request.headers, *self.headers), (*request.query, *self.query)
        return replace(request, headers=headers, query=query, login=self.login)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str = field(repr=False)
    ends: float
    secrets: Mapping[str, Secret] = field(repr=False)


class SignIns:
    """The tokens of every connection. Belongs to one event loop."""

    def __init__(self, gate: Gate, *, monotonic: Callable[[], float]) -> None:
        self._gate = gate
        self._monotonic = monotonic
        self._tokens: dict[str, _Token] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._lasting: dict[str, tuple[OpenConnection, Credentials]] = {}

    async def credentials(self, connection: OpenConnection, line: Line) -> Credentials:
        """Return what a request to this connection carries; asks for a token when there is none that lives.

        Raises:
            SignInError: The product gave no token.
            ExchangeError: It gave no answer.
            SlotError: A secret cannot stand in a header.
            EvaluationError: An expression of the sign-in ends in an error.
        """
        way = connection.connector.sign_in
        match way:
            case OAuth2SignIn():
                token = await self._token(connection, line)
                return Credentials(headers=_checked(("Authorization", f"Bearer {token}")), renewable=True)
            case SessionSignIn():
                scope = connection.scope()
                scope.bind("token", await self._token(connection, line))
                return Credentials(headers=_checked((way.header, _text(way.value, scope))), renewable=True)
            case _:
                return self._made_of_secrets(way, connection)

    def forget(self, connection: OpenConnection, credentials: Credentials) -> None:
        """Do not use these credentials again; a token that someone else has fetched since is kept."""
        token = self._tokens.get(connection.key)
        if token is not None and any(token.text in value for _unused, value in credentials.headers):
            del self._tokens[connection.key]

    def _made_of_secrets(self, way: _Lasting, connection: OpenConnection) -> Credentials:
        """Return what needs no answer of the product; made once for as long as the secrets are the same."""
        kept = self._lasting.get(connection.key)
        if kept is None or kept[0] is not connection:
            kept = self._lasting[connection.key] = (connection, _made_of_secrets(way, connection))
        return kept[1]

    async def _token(self, connection: OpenConnection, line: Line) -> str:
        async with self._locks.setdefault(connection.key, asyncio.Lock()):
            token = self._tokens.get(connection.key)
            if token is None or token.secrets != connection.secrets or token.ends <= self._monotonic():
                token = self._tokens[connection.key] = await self._fetch(connection, line)
        connection.redactor.learn([token.text])
        return token.text

    async def _fetch(self, connection: OpenConnection, line: Line) -> _Token:
        way = connection.connector.sign_in
        if not isinstance(way, OAuth2SignIn | SessionSignIn):
            raise DescriptionError(connection.connector.id, _("the sign-in"), _("it has no token to fetch"))
        parts: Mapping[str, Any] = {"form": way.form}
        if isinstance(way, SessionSignIn):
            parts = {**parts, "json": way.json_body, "headers": connection.connector.headers}
        plan = compile_request(connection.connector.id, way.at, way.request, parts)
        scope = connection.secret_scope()
        request = build_request(plan, scope, origins=connection.origins, changes=False)
        reply = await self._gate.fetch(request, line)
        return self._read(way, reply, connection)

    def _read(self, way: OAuth2SignIn | SessionSignIn, reply: Reply, connection: OpenConnection) -> _Token:
        if not 200 <= reply.status < 300 or reply.unreadable:
            raise SignInError(connection.connector.title, reply)
        scope = connection.scope()
        for name, value in (("status", reply.status), ("headers", reply.headers), ("body", reply.body)):
            scope.bind(name, value)
        try:
            token = evaluate(compile_expression(way.token), scope)
            life = evaluate(compile_expression(way.expires_in), scope) if isinstance(way, OAuth2SignIn) else None
        except EvaluationError as error:
            raise SignInError(connection.connector.title, reply) from error
        if not isinstance(token, str) or not token:
            raise SignInError(connection.connector.title, reply)
        seconds = float(life) if isinstance(life, int | float) else _SESSION_LIFE
        return _Token(token, self._monotonic() + seconds - _MARGIN, connection.secrets)


def _made_of_secrets(way: _Lasting, connection: OpenConnection) -> Credentials:
    match way:
        case NoSignIn():
            return Credentials()
        case ApiKeySignIn():
            pair = (way.name, _text(way.value, connection.secret_scope()))
            return Credentials(headers=_checked(pair)) if way.place == "header" else Credentials(query=(pair,))
        case BasicSignIn():
            return _basic(way, connection)
        case BearerSignIn():
            token = _text(way.token, connection.secret_scope())
            return Credentials(headers=_checked(("Authorization", f"Bearer {token}")))
        case LoginSignIn():
            scope = connection.secret_scope()
            return Credentials(login=Login(*(_text(part, scope) for part in (way.user, way.password, way.key))))


def _basic(way: BasicSignIn, connection: OpenConnection) -> Credentials:
    scope = connection.secret_scope()
    pair = f"{_text(way.user, scope)}:{_text(way.password, scope)}"
    coded = base64.b64encode(pair.encode()).decode()
    connection.redactor.learn([pair, coded])
    return Credentials(headers=(("Authorization", f"Basic {coded}"),))


def _checked(pair: tuple[str, str]) -> Pairs:
    return ((pair[0], header_value(pair[0], pair[1])),)


def _text(template: str, scope: Scope) -> str:
    return str(render(_compiled(template), scope))


@lru_cache(maxsize=100)
def _compiled(template: str) -> Template:
    """A description's text, which is rendered at every request; no secret is in it."""
    return compile_template(template)
