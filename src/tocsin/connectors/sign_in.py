"""How a request proves who sends it. Tokens are kept until they end, and fetched anew once after a 401.

A token is asked for once for everyone who waits for it, on a task of its own: who is stopped meanwhile must not lose
the next refresh token, which the product gives only once.
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final, TypeAlias

from tocsin.base.codes import ErrorCode
from tocsin.base.secret import Secret, SecretUnusableError
from tocsin.base.texts import _
from tocsin.connectors.connection import OpenConnection, find_secrets
from tocsin.connectors.errors import ConnectorError
from tocsin.connectors.exchange import Line, Login, Pairs, Reply, Request
from tocsin.connectors.gate import Gate
from tocsin.connectors.plans import compile_request
from tocsin.connectors.renewals import Renewals
from tocsin.connectors.request import build_request, header_value
from tocsin.engine.ports import Secrets
from tocsin.expressions import EvaluationError, Scope, Template, compile_expression, compile_template, evaluate, render
from tocsin.model.catalogue import (
    ApiKeySignIn,
    BasicSignIn,
    BearerSignIn,
    LoginSignIn,
    NoSignIn,
    OAuth2RefreshSignIn,
    OAuth2SignIn,
    SessionSignIn,
)

_log = logging.getLogger("tocsin.connectors")
_MARGIN: Final = 5.0  # a token that ends within these seconds is not used: the clock there may differ
_SESSION_LIFE: Final = 600.0
_LAST_WAIT: Final = 2.0

_Fetching: TypeAlias = OAuth2SignIn | OAuth2RefreshSignIn | SessionSignIn
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


@dataclass(frozen=True, slots=True)
class _Renewal:
    """What came in the place of a secret; it counts for as long as the old one is still found where that is kept."""

    old: Secret
    new: Secret


class SignIns:
    """The tokens of every connection. Belongs to one event loop.

    Args:
        gate: Lets the requests out.
        monotonic: Seconds that never go back.
        secrets: Where a refresh token is found as it is now: another process may have renewed it.
        renewals: Keeps what comes in its place.
    """

    def __init__(self, gate: Gate, *, monotonic: Callable[[], float], secrets: Secrets, renewals: Renewals) -> None:
        self._gate = gate
        self._monotonic = monotonic
        self._secrets = secrets
        self._renewals = renewals
        self._tokens: dict[str, _Token] = {}
        self._fetching: dict[str, asyncio.Task[_Token]] = {}
        self._renewed: dict[str, _Renewal] = {}
        self._lasting: dict[str, tuple[OpenConnection, Credentials]] = {}

    async def credentials(self, connection: OpenConnection, line: Line) -> Credentials:
        """Return what a request to this connection carries; asks for a token when there is none that lives.

        Raises:
            SignInError: The product gave no token.
            ExchangeError: It gave no answer.
            SlotError: A secret cannot stand in a header.
            EvaluationError: An expression of the sign-in ends in an error.
            SecretUnusableError: A secret that is renewed cannot be found any more.
        """
        way = connection.connector.sign_in
        match way:
            case OAuth2SignIn() | OAuth2RefreshSignIn():
                token = await self._token(way, connection, line)
                return Credentials(headers=_checked(("Authorization", f"Bearer {token}")), renewable=True)
            case SessionSignIn():
                scope = connection.scope()
                scope.bind("token", await self._token(way, connection, line))
                return Credentials(headers=_checked((way.header, _text(way.value, scope))), renewable=True)
            case _:
                return self._made_of_secrets(way, connection)

    def forget(self, connection: OpenConnection, credentials: Credentials) -> None:
        """Do not use these credentials again; a token that someone else has fetched since is kept."""
        token = self._tokens.get(connection.key)
        if token is not None and any(token.text in value for _unused, value in credentials.headers):
            del self._tokens[connection.key]

    async def aclose(self) -> None:
        """Let what is being fetched come to its end, for two seconds at most."""
        tasks = list(self._fetching.values())
        if tasks:
            _unused, late = await asyncio.wait(tasks, timeout=_LAST_WAIT)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _made_of_secrets(self, way: _Lasting, connection: OpenConnection) -> Credentials:
        """Return what needs no answer of the product; made once for as long as the secrets are the same."""
        kept = self._lasting.get(connection.key)
        if kept is None or kept[0] is not connection:
            kept = self._lasting[connection.key] = (connection, _made_of_secrets(way, connection))
        return kept[1]

    async def _token(self, way: _Fetching, connection: OpenConnection, line: Line) -> str:
        if isinstance(way, OAuth2RefreshSignIn):
            connection = self._as_now(way, connection)
        token = self._tokens.get(connection.key)
        if token is None or token.secrets != connection.secrets or token.ends <= self._monotonic():
            token = await self._fetched(way, connection, line)
        connection.redactor.learn([token.text])
        return token.text

    async def _fetched(self, way: _Fetching, connection: OpenConnection, line: Line) -> _Token:
        """Ask for a token, or wait for the one that is being asked for."""
        key = connection.key
        task = self._fetching.get(key)
        if task is None:
            is_renewed = isinstance(way, OAuth2RefreshSignIn)
            asked = self._renew(way, connection, line) if is_renewed else self._fetch(way, connection, line)
            task = self._fetching[key] = asyncio.create_task(asked)
            task.add_done_callback(lambda done: self._settle(key, done))
        return await asyncio.shield(task)

    def _settle(self, key: str, task: asyncio.Task[_Token]) -> None:
        del self._fetching[key]
        if not task.cancelled() and task.exception() is None:
            self._tokens[key] = task.result()

    async def _fetch(self, way: _Fetching, connection: OpenConnection, line: Line) -> _Token:
        started = self._monotonic()
        return self._read(way, await self._asked(way, connection, line), connection, started)

    async def _renew(self, way: OAuth2RefreshSignIn, connection: OpenConnection, line: Line) -> _Token:
        """Use a refresh token, as the only one who does, and keep what comes in its place before anything else."""
        async with self._renewals.alone(connection.id):
            connection = self._as_now(way, connection)
            started = self._monotonic()
            reply = await self._asked(way, connection, line)
            new = _find_new(way, reply, connection)
            if new is not None and new != connection.secrets[way.renews]:
                await self._keep(way, connection, new)
                connection = replace(connection, secrets={**connection.secrets, way.renews: new})
            return self._read(way, reply, connection, started)

    def _as_now(self, way: OAuth2RefreshSignIn, connection: OpenConnection) -> OpenConnection:
        """Return the connection with its secrets as they are now: since it was opened they may have been renewed."""
        found = find_secrets(connection.target.binding, self._secrets)
        renewed = self._renewed.get(connection.key)
        if renewed is not None and found[way.renews] == renewed.old:
            found[way.renews] = renewed.new
        return connection if found == connection.secrets else replace(connection, secrets=found)

    async def _keep(self, way: OAuth2RefreshSignIn, connection: OpenConnection, new: Secret) -> None:
        """Keep what came in the place of a secret; remembered first, since the vault may be locked by now."""
        connection.redactor.learn([new.reveal()])
        used, before = connection.secrets[way.renews], self._renewed.get(connection.key)
        old = before.old if before is not None and before.new == used else used
        self._renewed[connection.key] = _Renewal(old, new)
        try:
            asked = (connection.id, connection.target.binding.connection, way.renews, new)
            await asyncio.to_thread(self._renewals.keep, *asked)
        except SecretUnusableError as error:
            _log.warning(
                "%s of %s was renewed and is known until Tocsin ends only: %s", way.renews, connection.id, error
            )

    async def _asked(self, way: _Fetching, connection: OpenConnection, line: Line) -> Reply:
        parts: Mapping[str, Any] = {"form": way.form}
        if isinstance(way, SessionSignIn):
            parts = {**parts, "json": way.json_body, "headers": connection.connector.headers}
        plan = compile_request(connection.connector.id, way.at, way.request, parts)
        request = build_request(plan, connection.secret_scope(), origins=connection.origins, changes=False)
        reply = await self._gate.fetch(request, line)
        if not 200 <= reply.status < 300 or reply.unreadable:
            raise SignInError(connection.connector.title, reply)
        return reply

    def _read(self, way: _Fetching, reply: Reply, connection: OpenConnection, started: float) -> _Token:
        token = _find_value(way.token, reply, connection)
        if not isinstance(token, str) or not token:
            raise SignInError(connection.connector.title, reply)
        life = None if isinstance(way, SessionSignIn) else _find_value(way.expires_in, reply, connection)
        seconds = float(life) if isinstance(life, int | float) else _SESSION_LIFE
        return _Token(token, started + seconds - _MARGIN, connection.secrets)


def _find_new(way: OAuth2RefreshSignIn, reply: Reply, connection: OpenConnection) -> Secret | None:
    new = _find_value(way.refresh_token, reply, connection)
    return Secret(new) if isinstance(new, str) and new else None


def _find_value(expression: str, reply: Reply, connection: OpenConnection) -> object:
    """Return what an expression finds in an answer, or None when it is not there."""
    scope = connection.scope()
    for name, value in (("status", reply.status), ("headers", reply.headers), ("body", reply.body)):
        scope.bind(name, value)
    try:
        return evaluate(compile_expression(expression), scope)
    except EvaluationError:
        return None


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
