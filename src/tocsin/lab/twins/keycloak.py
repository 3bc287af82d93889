"""Keycloak's admin API (vendor-api.md §8).

Sources: keycloak.org/docs-api/latest/rest-api; github.com/keycloak/keycloak, UserResource.java and UsersResource.java;
PyPI python-keycloak, `urls_patterns.py`, for the paths the usual client takes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from typing_extensions import override

from tocsin.base.clock import Clock
from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, BadRequestError, Request, as_object, text_in
from tocsin.lab.tokens import Tokens
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.values import Group, Product, Session, User
from tocsin.lab.world import World

REALM = "example"
TOKEN_SECONDS = 60
MOST_USERS = 100
WRITABLE = {"email": "email", "firstName": "first_name", "lastName": "last_name"}
"""Text fields of a user that can be written, and the world's names for them."""


class Keycloak(Twin):
    """The identity provider. Accounts and sessions are the world's."""

    product = Product.KEYCLOAK
    category = "identity"
    options: ClassVar[Mapping[str, str]] = {"realm": REALM}

    def __init__(self, world: World, *, clock: Clock) -> None:
        self._tokens = Tokens(seconds=TOKEN_SECONDS, monotonic=clock.monotonic)
        super().__init__(world, {"client_id": "tocsin", "client_secret": secrets.token_urlsafe(30)})

    @override
    def make_routes(self) -> Sequence[Route]:
        users = f"/admin/realms/{REALM}/users"
        return (
            Route("POST", "/realms/{realm}/protocol/openid-connect/token", self._token, signed_in=False),
            Route("GET", users, self._find),
            Route("POST", users, self._create, changes=True),
            Route("GET", f"{users}/count", self._count),
            Route("GET", f"{users}/{{id}}", self._get),
            Route("PUT", f"{users}/{{id}}", self._update, changes=True),
            Route("DELETE", f"{users}/{{id}}", self._delete, changes=True),
            Route("GET", f"{users}/{{id}}/sessions", self._sessions),
            Route("POST", f"{users}/{{id}}/logout", self._logout, changes=True),
            Route("GET", f"{users}/{{id}}/groups", self._groups_of),
            Route("PUT", f"{users}/{{id}}/groups/{{group}}", self._join_group, changes=True),
            Route("DELETE", f"{users}/{{id}}/groups/{{group}}", self._leave_group, changes=True),
            Route("GET", f"/admin/realms/{REALM}/groups", self._groups),
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        return self._tokens.is_valid(request.bearer())

    @override
    def failure(self, status: int, message: str) -> Answer:
        words = {401: "HTTP 401 Unauthorized", 403: "HTTP 403 Forbidden", 404: "HTTP 404 Not Found"}
        return Answer(status, {"error": words.get(status, message)})

    def _token(self, request: Request) -> Answer:
        if request.parts["realm"] != REALM:
            return Answer(404, {"error": "Realm does not exist"})
        form = request.form()
        if form.get("grant_type") != "client_credentials":
            description = "Unsupported grant_type"
            return Answer(400, {"error": "unsupported_grant_type", "error_description": description})
        known = same_secret(form.get("client_id", ""), self.sign_in["client_id"])
        if not (known and same_secret(form.get("client_secret", ""), self.sign_in["client_secret"])):
            description = "Invalid client or Invalid client credentials"
            return Answer(401, {"error": "unauthorized_client", "error_description": description})
        body: Json = {
            "access_token": self._tokens.issue(),
            "expires_in": TOKEN_SECONDS,
            "refresh_expires_in": 0,
            "token_type": "Bearer",
            "not-before-policy": 0,
            "scope": "profile email",
        }
        return Answer(200, body)

    def _find(self, request: Request) -> Answer:
        first, most = request.number("first", 0), request.number("max", MOST_USERS)
        found = self._matching(request)
        return Answer(200, [_representation(user) for user in found[first : first + most]])

    def _count(self, request: Request) -> Answer:
        return Answer(200, len(self._matching(request)))

    def _matching(self, request: Request) -> list[User]:
        """Return the users that fit, by name. Without `exact=true` a part of the name is enough."""
        exact = request.parameter("exact").lower() == "true"
        wishes = {
            name: request.parameter(name).lower() for name in ("username", "email", "search") if name in request.query
        }
        enabled = request.parameter("enabled").lower()

        def fits(user: User) -> bool:
            texts = {"username": [user.name], "email": [user.email], "search": [user.name, user.email]}
            if enabled and str(user.enabled).lower() != enabled:
                return False
            return all(
                any(text.lower() == wish if exact else wish in text.lower() for text in texts[name])
                for name, wish in wishes.items()
            )

        return sorted((user for user in self.world.tables.users.values() if fits(user)), key=lambda user: user.name)

    def _get(self, request: Request) -> Answer:
        user = self._user(request)
        return Answer(200, _representation(user)) if user is not None else _no_user()

    def _update(self, request: Request) -> Answer:
        """Write the fields that are there and not null; `attributes` replaces all of them."""
        user = self._user(request)
        if user is None:
            return _no_user()
        if user.federated:
            return Answer(400, {"errorMessage": "User is read only!"})
        changed = _changed_fields(request.object())
        if "name" in changed and changed.pop("name") != user.name:
            return Answer(400, {"errorMessage": "error-user-attribute-read-only"})
        self.world.update_user(replace(user, **changed))
        return Answer(204)

    def _create(self, request: Request) -> Answer:
        """Create a user; the new id is in the Location header only."""
        facts = _changed_fields(request.object())
        name = facts.pop("name", "")
        if not name:
            return Answer(400, {"errorMessage": "User name is missing"})
        email = facts.setdefault("email", "")
        for user in self.world.tables.users.values():
            if user.name == name:
                return Answer(409, {"errorMessage": "User exists with same username"})
            if email and user.email == email:
                return Answer(409, {"errorMessage": "User exists with same email"})
        user = self.world.create_user(name, {"enabled": False, **facts})
        return Answer(201, headers={"Location": f"{request.base_url}/admin/realms/{REALM}/users/{user.id}"})

    def _delete(self, request: Request) -> Answer:
        user = self._user(request)
        if user is None:
            return _no_user()
        self.world.delete_user(user)
        return Answer(204)

    def _sessions(self, request: Request) -> Answer:
        user = self._user(request)
        return Answer(200, [_session(user, session) for session in user.sessions]) if user is not None else _no_user()

    def _logout(self, request: Request) -> Answer:
        user = self._user(request)
        if user is None:
            return _no_user()
        self.world.end_sessions(user)
        return Answer(204)

    def _groups(self, request: Request) -> Answer:
        wish, exact = request.parameter("search"), request.parameter("exact").lower() == "true"
        groups = self.world.tables.groups.values()
        found = [group for group in groups if (group.name == wish if exact else wish.lower() in group.name.lower())]
        return Answer(200, [_group(group) for group in found])

    def _groups_of(self, request: Request) -> Answer:
        user = self._user(request)
        if user is None:
            return _no_user()
        first, most = request.number("first", 0), request.number("max", MOST_USERS)
        groups = [group for key in user.groups if (group := self.world.tables.groups.get(key))]
        return Answer(200, [_group(group) for group in groups[first : first + most]])

    def _join_group(self, request: Request) -> Answer:
        return self._change_group(request, lambda user, key: (*user.groups, key) if key not in user.groups else None)

    def _leave_group(self, request: Request) -> Answer:
        """Says nothing else when the user was not in it."""
        return self._change_group(
            request,
            lambda user, key: tuple(other for other in user.groups if other != key) if key in user.groups else None,
        )

    def _change_group(self, request: Request, change: Callable[[User, str], tuple[str, ...] | None]) -> Answer:
        user, group = self._user(request), self.world.tables.groups.get(request.parts["group"])
        if user is None:
            return _no_user()
        if group is None:
            return Answer(404, {"error": "Group not found"})
        groups = change(user, group.id)
        if groups is not None:
            self.world.update_user(replace(user, groups=groups))
        return Answer(204)

    def _user(self, request: Request) -> User | None:
        return self.world.tables.users.get(request.parts["id"])


def _changed_fields(body: Mapping[str, Json]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name, value in body.items():
        if value is None or name == "id":
            continue
        if name == "username":
            changed["name"] = text_in(body, name).lower()
        elif name == "enabled" and isinstance(value, bool):
            changed["enabled"] = value
        elif name == "attributes":
            changed["attributes"] = as_object(value, name)
        elif name in WRITABLE:
            changed[WRITABLE[name]] = text_in(body, name)
        else:
            raise BadRequestError(f"Unrecognized field “{name}”")
    return changed


def _no_user() -> Answer:
    return Answer(404, {"error": "User not found"})


def _group(group: Group) -> Json:
    return {"id": group.id, "name": group.name, "path": f"/{group.name}", "subGroups": []}


def _representation(user: User) -> Json:
    shown: dict[str, Json] = {
        "id": user.id,
        "username": user.name,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "email": user.email,
        "emailVerified": False,
        "enabled": user.enabled,
        "attributes": user.attributes,
        "notBefore": _seconds(user.not_before) if user.not_before else 0,
    }
    return {**shown, "federationLink": "directory"} if user.federated else shown


def _session(user: User, session: Session) -> Json:
    started = _seconds(session.started) * 1000
    return {
        "id": session.id,
        "username": user.name,
        "userId": user.id,
        "ipAddress": session.ip,
        "start": started,
        "lastAccess": started,
        "rememberMe": False,
        "clients": {},
    }


def _seconds(time: str) -> int:
    return int(datetime.fromisoformat(time).timestamp())
