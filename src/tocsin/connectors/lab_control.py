"""The Lab's control address, as the faces use it (definitions.md D5). Plain HTTP to 127.0.0.1 and nowhere else."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from tocsin.base.json_types import Json
from tocsin.connectors.errors import LabGoneError

SECONDS = 5.0
LOOPBACK = "127.0.0.1"


class LabControl:
    """Speaks to a running Lab.

    Args:
        url: Its control address.
        token: The token of this start.
    """

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.hostname != LOOPBACK or parts.port is None:
            raise LabGoneError
        self._port = parts.port
        self._token = token
        self._world: tuple[bytes, dict[str, Any]] = (b"", {})

    def answers(self) -> bool:
        """Tell whether the Lab is there."""
        try:
            self._ask("GET", "/changes")
        except LabGoneError:
            return False
        return True

    def inject(self, alert: Mapping[str, Json]) -> Mapping[str, Any]:
        """Let an alert come in, and return it as the SIEM keeps it."""
        return self._ask("POST", "/inject", {"alert": alert})

    def changes(self) -> list[dict[str, Any]]:
        """Return what was changed in the Lab since it started or was reset."""
        return self._ask("GET", "/changes")

    def world(self) -> dict[str, Any]:
        """Return the whole world: scenario, seed, then each table as an object by key; the same one while it is."""
        data = self._read("GET", "/world")
        if data != self._world[0]:
            self._world = data, json.loads(data)
        return self._world[1]

    def clock(self) -> dict[str, Any]:
        """Return the world's time: `now` and `begun`, RFC 3339, and the whole `minutes` between."""
        return self._ask("GET", "/clock")

    def put_forward(self, seconds: int) -> dict[str, Any]:
        """Let time go by in the world at once, at most a week, and return its clock."""
        return self._ask("POST", "/clock", {"seconds": seconds})

    def faults(self) -> list[dict[str, Any]]:
        """Return the failures that are still to happen."""
        return self._ask("GET", "/faults")

    def plant(self, fault: Mapping[str, Json]) -> None:
        """Let calls of a product fail; one for the same product and path is replaced."""
        self._ask("PUT", "/faults", fault)

    def clear_faults(self) -> None:
        """Let nothing fail any more."""
        self._ask("DELETE", "/faults")

    def requests(self, text: str = "", most: int | None = None) -> list[dict[str, Any]]:
        """Return the last requests that the products got, oldest first; no body and no secret is kept of them.

        Args:
            text: Only those in whose product, method, path and status each of these words is found.
            most: So many of the newest; None is all that are kept.
        """
        asked = {"text": text, **({} if most is None else {"most": str(most)})}
        return self._ask("GET", f"/requests?{urlencode(asked)}")

    def reset(self, scenario: str | None = None) -> None:
        """Put the world back to the start of its scenario, or of another one; faults and requests are forgotten."""
        self._ask("POST", "/reset", {"scenario": scenario} if scenario else None)

    def _ask(self, method: str, path: str, body: Json = None) -> Any:  # noqa: ANN401  what JSON holds
        data = self._read(method, path, body)
        return json.loads(data) if data else None

    def _read(self, method: str, path: str, body: Json = None) -> bytes:
        connection = http.client.HTTPConnection(LOOPBACK, self._port, timeout=SECONDS)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise LabGoneError from error
        finally:
            connection.close()
        if answer.status >= http.client.BAD_REQUEST:
            raise LabGoneError
        return data
