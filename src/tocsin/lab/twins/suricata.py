"""Suricata's control socket (vendor-api.md §4): a command is one request; `lab.lines.suricata` speaks the protocol.

A set that no rule tests takes values and finds nothing; one that does not last loses them at a reload. Sources:
docs.suricata.io/en/latest/rules/datasets.html and unix-socket.html; github.com/OISF/suricata,
`src/runmode-unix-socket.c`.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Final

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, Request, text_in, whole_number_in
from tocsin.lab.ids import add_value, reload_rules, remove_value, save_sets
from tocsin.lab.ids_values import Dataset
from tocsin.lab.seed import LISTED_SET
from tocsin.lab.twin import Route, Twin, Wire
from tocsin.lab.values import Product
from tocsin.lab.world import World

VERSION: Final = "8.0.4 RELEASE"
COMMAND: Final = "COMMAND"
_HEX_DIGITS: Final = {"md5": 32, "sha256": 64}
_OnSet = Callable[[Dataset, str], Answer]


class Suricata(Twin):
    """The intrusion detection. Nobody signs in: who may open the socket may do everything."""

    product = Product.SURICATA
    category = "ids"
    wire: ClassVar[Wire] = Wire.SURICATA
    options: ClassVar[Mapping[str, str]] = {"dataset": LISTED_SET}

    def __init__(self, world: World) -> None:
        super().__init__(world, {})

    @override
    def make_routes(self) -> Sequence[Route]:
        return (
            self._route("version", lambda _: _ok(VERSION)),
            self._route("uptime", self._uptime),
            self._route("command-list", self._commands),
            self._route("ruleset-stats", self._stats),
            self._route("ruleset-failed-rules", lambda _: _ok([])),
            self._route("ruleset-reload-rules", self._reload, changes=True),
            self._route("ruleset-reload-nonblocking", self._reload, changes=True),
            self._route("dataset-add", partial(self._on_value, self._add), changes=True),
            self._route("dataset-remove", partial(self._on_value, self._remove), changes=True),
            self._route("dataset-lookup", partial(self._on_value, self._look_up)),
            self._route("dataset-clear", self._clear, changes=True),
            self._route("dataset-dump", self._dump, changes=True),
            self._route("add-hostbit", self._add_hostbit, changes=True),
        )

    @staticmethod
    def _route(command: str, handle: Callable[[Request], Answer], *, changes: bool = False) -> Route:
        return Route(COMMAND, f"/{command}", handle, changes=changes)

    @override
    def is_signed_in(self, request: Request) -> bool:
        del request
        return True

    @override
    def failure(self, status: int, message: str) -> Answer:
        return _no("Unknown command" if status == 404 else message, status=status)

    def _uptime(self, request: Request) -> Answer:
        del request
        return _ok(self.world.clock.minutes * 60)

    def _commands(self, request: Request) -> Answer:
        del request
        names: list[Json] = [route.template.strip("/") for route in self.routes]
        return _ok({"count": len(names), "commands": names})

    def _stats(self, request: Request) -> Answer:
        del request
        loaded = 3 + sum(row.tested for row in self.world.tables.datasets.values())
        return _ok([{"id": 0, "rules_loaded": loaded, "rules_failed": 0, "rules_skipped": 0}])

    def _reload(self, request: Request) -> Answer:
        del request
        reload_rules(self.world)
        return _ok("done")

    def _on_value(self, act: _OnSet, request: Request) -> Answer:
        given = request.object()
        row = self._find_set(request)
        if row is None:
            return _no("set not found or wrong type")
        value = _readable(text_in(given, "datavalue"), row.kind)
        return act(row, value) if value is not None else _no("failed to parse data")

    def _find_set(self, request: Request) -> Dataset | None:
        given = request.object()
        row = self.world.tables.datasets.get(text_in(given, "setname"))
        return row if row is not None and row.kind == text_in(given, "settype") else None

    def _add(self, row: Dataset, value: str) -> Answer:
        return _ok("data added" if add_value(self.world, row, value) else "data already in set")

    def _remove(self, row: Dataset, value: str) -> Answer:
        return _ok("data removed") if remove_value(self.world, row, value) else _no("failed to remove data")

    def _look_up(self, row: Dataset, value: str) -> Answer:
        return _ok("item found in set") if value in row.entries else _no("item not found in set")

    def _clear(self, request: Request) -> Answer:
        row = self._find_set(request)
        if row is None:
            return _no("set not found or wrong type")
        for value in row.entries:
            remove_value(self.world, self.world.tables.datasets[row.name], value)
        return _ok("dataset cleared")

    def _dump(self, request: Request) -> Answer:
        del request
        save_sets(self.world)
        return _ok("datasets dump done")

    def _add_hostbit(self, request: Request) -> Answer:
        """Say yes to a mark that no rule of the Lab tests, so that nothing follows from it."""
        given = request.object()
        text_in(given, "hostbit")
        if _address(text_in(given, "ipaddress")) is None or whole_number_in(given, "expire", 0) <= 0:
            return _no("arguments are not valid")
        return _ok("hostbit added")


def _ok(message: Json) -> Answer:
    return Answer(200, {"message": message, "return": "OK"})


def _no(message: str, *, status: int = 200) -> Answer:
    return Answer(status, {"message": message, "return": "NOK"})


def _readable(value: str, kind: str) -> str | None:
    """Return a value as the set keeps it, or None when it is not written as the type wants it."""
    if kind in {"ip", "ipv4"}:
        return _address(value)
    if kind in _HEX_DIGITS:
        return value.lower() if re.fullmatch(f"[0-9a-fA-F]{{{_HEX_DIGITS[kind]}}}", value) else None
    try:
        base64.b64decode(value, validate=True)
    except binascii.Error:
        return None
    return value


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
