"""What every simulated product has: paths, a sign-in, its vendor's way to say no."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from tocsin.lab.exchange import Answer, BadRequestError, Request
from tocsin.lab.values import Access, Product
from tocsin.lab.world import World


class Wire(StrEnum):
    """What a twin is spoken to in."""

    HTTP = "http"
    SMTP = "smtp"
    SURICATA = "suricata"


@dataclass(frozen=True, slots=True)
class Route:
    """One call that a product takes.

    Attributes:
        method: GET also serves HEAD.
        template: Parts in braces take any text of one segment.
        handle: Answers it.
        changes: Whether it changes something. A search by POST does not.
        signed_in: Whether it wants a sign-in.
    """

    method: str
    template: str
    handle: Callable[[Request], Answer]
    changes: bool = False
    signed_in: bool = True

    def match(self, request: Request) -> Mapping[str, str] | None:
        """Return what the template's braces took, or None when the request is for another route."""
        wanted = self.template.strip("/").split("/")
        if self.method != ("GET" if request.method == "HEAD" else request.method):
            return None
        if len(wanted) != len(request.segments):
            return None
        parts: dict[str, str] = {}
        for pattern, segment in zip(wanted, request.segments, strict=True):
            if pattern.startswith("{"):
                parts[pattern.strip("{}")] = segment
            elif pattern != segment:
                return None
        return parts


class Twin(ABC):
    """One address of one simulated product. What it answers follows from the world alone.

    Attributes:
        product: The id of its connector description.
        category: The description's category.
        address: The name of this server among the product's addresses.
        wire: What it is spoken to in.
        options: What a connection to it needs besides address and sign-in.
    """

    product: ClassVar[Product]
    category: ClassVar[str] = ""
    address: ClassVar[str] = "main"
    wire: ClassVar[Wire] = Wire.HTTP
    options: ClassVar[Mapping[str, str]] = {}

    def __init__(self, world: World, sign_in: Mapping[str, str]) -> None:
        self.world = world
        self.sign_in = sign_in
        self.routes: Sequence[Route] = self.make_routes()

    @abstractmethod
    def make_routes(self) -> Sequence[Route]:
        """Return the calls it takes; the first that fits is used."""

    @abstractmethod
    def is_signed_in(self, request: Request) -> bool:
        """Tell whether the request carries this start's sign-in."""

    @abstractmethod
    def failure(self, status: int, message: str) -> Answer:
        """Return an error in the vendor's own shape."""

    def objection(self, request: Request, route: Route) -> Answer | None:
        """Return the answer to a request that the vendor refuses for its form, or None."""
        del request, route
        return None

    def finished(self, request: Request, answer: Answer) -> Answer:
        """Return the answer with what the vendor puts on every one."""
        del request
        return answer

    def find_route(self, request: Request) -> tuple[Route, Request] | None:
        """Return the route for a request, and the request with its path's parts named."""
        for route in self.routes:
            parts = route.match(request)
            if parts is not None:
                return route, replace(request, parts=parts)
        return None

    def answer(self, request: Request) -> Answer:
        """Answer a request: sign-in, permission, form, then the act itself."""
        return self.finished(request, self._answer(request))

    def _answer(self, request: Request) -> Answer:
        found = self.find_route(request)
        if (found is None or found[0].signed_in) and not self.is_signed_in(request):
            return self.failure(401, "The sign-in is missing or wrong.")
        if found is None:
            return self.failure(404, "There is no such path.")
        route, request = found
        if route.signed_in and not self._may(route):
            return self.failure(403, "The key has no permission for this.")
        objection = self.objection(request, route)
        if objection is not None:
            return objection
        try:
            return route.handle(request)
        except BadRequestError as error:
            return self.failure(400, f"{error}.")

    def _may(self, route: Route) -> bool:
        permission = self.world.tables.permissions.get(self.product)
        access = permission.access if permission is not None else Access.FULL
        return access is Access.FULL or (access is Access.READ and not route.changes)


def same_secret(given: str, expected: str) -> bool:
    """Tell whether two secrets are equal, in a time that does not depend on where they differ."""
    return secrets.compare_digest(given.encode(errors="replace"), expected.encode())
