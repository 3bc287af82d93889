"""OPNsense, as its core controllers answer: most failures are HTTP 200 (vendor-api.md §3).

Sources: github.com/opnsense/core, Firewall/Api/AliasUtilController.php and AliasController.php,
Diagnostics/Api/FirewallController.php; docs.opnsense.org/development/api/core/firewall.html.
"""

from __future__ import annotations

import ipaddress
import re
import secrets
from collections.abc import Mapping, Sequence
from typing import ClassVar

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.exchange import FORM, Answer, BadRequestError, Request, object_in, text_in, whole_number_in
from tocsin.lab.seed import BLOCK_ALIAS, uuid_id
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.values import Alias, Product
from tocsin.lab.world import World

ALIAS_KINDS = ("host", "network", "external")
_ALIAS_NAME = re.compile(r"[A-Za-z0-9_]{1,31}")
_ADDRESS = re.compile(r"[0-9a-f:./_]+")


class Opnsense(Twin):
    """The firewall. Its aliases and open connections are the world's."""

    product = Product.OPNSENSE
    category = "firewall"
    options: ClassVar[Mapping[str, str]] = {"alias": BLOCK_ALIAS}

    def __init__(self, world: World) -> None:
        super().__init__(world, {"key": secrets.token_urlsafe(40), "secret": secrets.token_urlsafe(40)})

    @override
    def make_routes(self) -> Sequence[Route]:
        util, alias = "/api/firewall/alias_util", "/api/firewall/alias"
        return (
            Route("GET", f"{util}/aliases", self._aliases),
            Route("POST", f"{util}/add/{{alias}}", self._add, changes=True),
            Route("POST", f"{util}/delete/{{alias}}", self._delete, changes=True),
            Route("GET", f"{util}/list/{{alias}}", self._list),
            Route("POST", f"{util}/list/{{alias}}", self._list),
            Route("POST", f"{util}/find_references", self._find_references),
            Route("GET", f"{alias}/get_alias_u_u_i_d/{{name}}", self._alias_id),
            Route("POST", f"{alias}/add_item", self._add_item, changes=True),
            Route("POST", f"{alias}/reconfigure", self._reconfigure, changes=True),
            Route("GET", "/api/firewall/filter/search_rule", self._rules),
            Route("POST", "/api/firewall/filter/search_rule", self._rules),
            Route("POST", "/api/diagnostics/firewall/query_states", self._states),
            Route("POST", "/api/diagnostics/firewall/kill_states", self._kill_states, changes=True),
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        key, secret = request.basic()
        return same_secret(key, self.sign_in["key"]) and same_secret(secret, self.sign_in["secret"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        vendor_words = {401: "Authentication Failed", 403: "Forbidden"}
        return Answer(status, {"status": status, "message": vendor_words.get(status, message)})

    @override
    def objection(self, request: Request, route: Route) -> Answer | None:
        """A POST that calls itself JSON must be JSON, and an empty body is none."""
        del route
        if request.method != "POST" or "json" not in request.headers.get("content-type", ""):
            return None
        try:
            valid = bool(request.body.strip()) and isinstance(request.json(), Mapping)
        except BadRequestError:
            valid = False
        return None if valid else self.failure(400, "Invalid JSON syntax")

    def _aliases(self, request: Request) -> Answer:
        del request
        return Answer(200, sorted(self.world.tables.aliases))

    def _add(self, request: Request) -> Answer:
        alias = self.world.tables.aliases.get(request.parts["alias"])
        if alias is None:
            return _unknown_alias(request)
        address = _address(text_in(_fields(request), "address", ""), kind=alias.kind)
        if address is None:
            return Answer(200, {"status": "not_an_address"})
        self.world.block(alias, address)
        return Answer(200, {"status": "done"})

    def _delete(self, request: Request) -> Answer:
        """Says “done” also when the address was not there."""
        alias = self.world.tables.aliases.get(request.parts["alias"])
        if alias is None:
            return _unknown_alias(request)
        address = _address(text_in(_fields(request), "address", ""), kind=alias.kind)
        if address is None:
            return Answer(200, {"status": "not_an_address"})
        self.world.unblock(alias, address)
        return Answer(200, {"status": "done"})

    def _list(self, request: Request) -> Answer:
        alias = self.world.tables.aliases.get(request.parts["alias"])
        return _page(request, [_entry(address) for address in alias.entries] if alias is not None else [], key="ip")

    def _find_references(self, request: Request) -> Answer:
        address = text_in(_fields(request), "ip", "")
        matches = [alias.name for alias in self.world.tables.aliases.values() if address in alias.entries]
        return Answer(200, {"status": "ok", "matches": matches})

    def _alias_id(self, request: Request) -> Answer:
        alias = self.world.tables.aliases.get(request.parts["name"])
        return Answer(200, {"uuid": alias.id} if alias is not None else [])

    def _add_item(self, request: Request) -> Answer:
        item = object_in(request.object(), "alias")
        name, kind = text_in(item, "name", ""), text_in(item, "type", "")
        entries = [line for line in text_in(item, "content", "").splitlines() if line]
        addresses = [_address(entry, kind=kind) for entry in entries]
        faults = self._faults_of(name, kind, entries, addresses)
        if faults:
            return Answer(200, {"result": "failed", "validations": faults})
        alias = self.world.add_alias(
            name,
            kind=kind,
            entries=[address for address in addresses if address is not None],
            description=text_in(item, "description", ""),
        )
        return Answer(200, {"result": "saved", "uuid": alias.id})

    def _faults_of(
        self, name: str, kind: str, entries: Sequence[str], addresses: Sequence[str | None]
    ) -> dict[str, Json]:
        faults: dict[str, Json] = {}
        if not _ALIAS_NAME.fullmatch(name):
            faults["alias.name"] = "The name must be less than 32 characters long and have letters, digits and _ only."
        elif name in self.world.tables.aliases:
            faults["alias.name"] = "An alias with this name already exists."
        if kind not in ALIAS_KINDS:
            faults["alias.type"] = "Option not in list."
        bad = [entry for entry, address in zip(entries, addresses, strict=True) if address is None]
        if bad:
            faults["alias.content"] = f"Entry “{bad[0]}” is not a valid address."
        return faults

    def _reconfigure(self, request: Request) -> Answer:
        """Applies the saved aliases. Here they are in force at once, so there is nothing to do."""
        del request
        return Answer(200, {"status": "ok"})

    def _rules(self, request: Request) -> Answer:
        blocking = (alias for alias in self.world.tables.aliases.values() if alias.blocks)
        return _page(request, [_rule(self.world.scenario.seed, alias) for alias in blocking], key="source_net")

    def _states(self, request: Request) -> Answer:
        rows: list[Json] = [
            {
                "id": row.id,
                "src_addr": row.src_ip,
                "dst_addr": row.dst_ip,
                "proto": "tcp",
                "state": "ESTABLISHED:ESTABLISHED",
            }
            for row in self.world.tables.connections.values()
        ]
        return _page(request, rows, key="src_addr", also="dst_addr")

    def _kill_states(self, request: Request) -> Answer:
        address = text_in(_fields(request), "filter", "").strip()
        if not address:
            return Answer(200, {"result": "failed", "message": "a filter is required"})
        return Answer(200, {"result": "ok", "dropped_states": self.world.kill_connections(address)})


def _fields(request: Request) -> Mapping[str, Json]:
    return request.form() if request.headers.get("content-type", "").startswith(FORM) else request.object()


def _unknown_alias(request: Request) -> Answer:
    return Answer(200, {"status": "failed", "status_msg": f"alias {request.parts['alias']} does not exist"})


def _address(text: str, *, kind: str) -> str | None:
    """Return the address as the packet filter keeps it, or None when the API refuses it.

    Upper-case IPv6 and host names do not pass the character filter. An alias of type `network` gets its prefix added.
    """
    if not _ADDRESS.fullmatch(text):
        return None
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    alone = network.prefixlen == network.max_prefixlen
    return str(network.network_address) if alone and kind != "network" else str(network)


def _entry(address: str) -> Json:
    return {"ip": address, "in_block_p": 0, "in_block_b": 0, "out_block_p": 0, "out_block_b": 0}


def _rule(seed: int, alias: Alias) -> Json:
    return {
        "uuid": uuid_id(seed, "rule", alias.name),
        "enabled": "1",
        "action": "block",
        "interface": "wan",
        "direction": "in",
        "ipprotocol": "inet",
        "source_net": alias.name,
        "destination_net": "any",
        "description": f"Block {alias.name}",
    }


def _page(request: Request, rows: Sequence[Json], *, key: str, also: str = "") -> Answer:
    """Return one page of a grid: `current` counts from 1, a `rowCount` of -1 is all."""
    fields: Mapping[str, Json] = _fields(request) if request.method == "POST" else {}
    phrase = text_in(fields, "searchPhrase", "")
    found = [row for row in rows if isinstance(row, Mapping) and phrase in f"{row[key]} {row.get(also, '')}"]
    current = max(whole_number_in(fields, "current", 1), 1)
    count = whole_number_in(fields, "rowCount", -1)
    shown = found if count < 0 else found[(current - 1) * count : current * count]
    return Answer(200, {"total": len(found), "rowCount": len(shown), "current": current, "rows": shown})
