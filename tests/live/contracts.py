"""What each action of the shipped descriptions is called with in the Lab, and what must then be true of the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import ANY

ATTACKER = "203.0.113.66"
World = Mapping[str, Any]
Inputs = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call that succeeded: what it was given, what it gave, and the world around it."""

    inputs: Inputs
    out: Any
    before: World
    after: World


@dataclass(frozen=True)
class Contract:
    """What one action is called with, and what must then be true.

    Attributes:
        inputs: Made from the world before.
        holds: Whether output, inputs and the world before and after agree.
        prepare: Actions of the same product that are performed before, with their inputs.
    """

    inputs: Callable[[World], Inputs]
    holds: Callable[[Call], bool]
    prepare: Callable[[World], list[tuple[str, Inputs]]] = lambda _: []


def _named(rows: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = [row for row in rows.values() if row["name"] == name]
    assert len(found) == 1
    return found[0]


def host(world: World, name: str) -> dict[str, Any]:
    return _named(world["hosts"], name)


def user(world: World, name: str) -> dict[str, Any]:
    return _named(world["users"], name)


def blocked(world: World) -> list[str]:
    return world["aliases"]["tocsin_block"]["entries"]


def as_host(row: dict[str, Any]) -> dict[str, Any]:
    is_critical = any(tag.rpartition("/")[2] == "critical" for tag in row["tags"])
    return {"id": row["id"], "name": row["name"], "ip": row["ip"], "critical": is_critical, "os": row["os"]}


def seen(world: World) -> list[dict[str, Any]]:
    return [as_host(host) for host in world["hosts"].values() if ATTACKER in host["contacted"]]


def by_id(hosts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(hosts, key=lambda host: host["id"])


def _alert_agrees(call: Call) -> bool:
    row = call.before["alerts"][call.inputs["id"]]
    names = ("id", "time", "rule", "severity", "src_ip", "dst_ip", "host", "user")
    return all(call.out[name] == row[name] for name in names)


def only_ticket(world: World) -> dict[str, Any]:
    [ticket] = world["tickets"].values()
    return ticket


def _ticket_agrees(call: Call) -> bool:
    row = only_ticket(call.after)
    labels = [*call.inputs["labels"], "tocsin-key-of-the-attempt"]
    text = row["body"]["content"][0]["content"][0]["text"]
    expected = (call.out["id"], call.inputs["title"], call.inputs["body"], labels)
    return (row["key"], row["title"], text, row["labels"]) == expected


TICKET = {"title": "Contained", "body": "Two “hosts”, one {block}", "labels": ["brute-force"]}
BLOCK = {"address": ATTACKER}
CONTRACTS: dict[str, Contract] = {
    "elasticsearch.get_alert": Contract(lambda w: {"id": next(iter(w["alerts"]))}, _alert_agrees),
    "elasticsearch.add_note": Contract(
        lambda w: {"alert_id": next(iter(w["alerts"])), "text": "No action “yet”\nscore 4"},
        lambda c: [(n["id"], n["alert_id"], n["text"]) for n in c.after["notes"].values()]
        == [(c.out["id"], c.inputs["alert_id"], c.inputs["text"])] and not c.before["notes"],
    ),
    "elasticsearch.list_notes": Contract(
        lambda w: {"alert_id": next(iter(w["alerts"]))},
        lambda c: c.out["notes"] == [{"id": n["id"], "text": n["text"]} for n in c.before["notes"].values()] != [],
        lambda w: [("add_note", {"alert_id": next(iter(w["alerts"])), "text": "one"})],
    ),
    "elasticsearch.health": Contract(lambda _: {}, lambda c: c.out["version"].startswith("9.")),
    "falcon.find_endpoints": Contract(
        lambda _: {"contacted_ip": ATTACKER},
        lambda c: by_id(c.out["hosts"]) == by_id(seen(c.before)) and len(c.out["hosts"]) == 3,
    ),
    "falcon.find_endpoints by name": Contract(
        lambda _: {"name": "ws-0412", "limit": 2},
        lambda c: by_id(c.out["hosts"])
        == by_id([as_host(h) for h in c.before["hosts"].values() if h["name"] == "ws-0412"]) != [],
    ),
    "falcon.get_endpoint": Contract(
        lambda w: {"endpoint_id": host(w, "ws-11")["id"]}, lambda c: c.out == {"state": "normal", "name": "ws-11"}
    ),
    "falcon.isolate_endpoint": Contract(
        lambda w: {"endpoint_id": host(w, "ws-02")["id"]},
        lambda c: host(c.before, "ws-02")["containment"] == "normal"
        and host(c.after, "ws-02")["containment"] in {"containment_pending", "contained"},
    ),
    "falcon.release_endpoint": Contract(
        lambda w: {"endpoint_id": host(w, "ws-02")["id"]},
        lambda c: host(c.before, "ws-02")["containment"] != "normal"
        and host(c.after, "ws-02")["containment"] in {"lift_containment_pending", "normal"},
        lambda w: [("isolate_endpoint", {"endpoint_id": host(w, "ws-02")["id"]})],
    ),
    "falcon.health": Contract(lambda _: {}, lambda c: c.out == {"total": len(c.before["hosts"])}),
    "opnsense.block_address": Contract(
        lambda _: BLOCK,
        lambda c: (blocked(c.before), blocked(c.after), c.out["address"]) == ([], [ATTACKER], ATTACKER),
    ),
    "opnsense.unblock_address": Contract(
        lambda _: BLOCK, lambda c: (blocked(c.before), blocked(c.after)) == ([ATTACKER], []),
        lambda _: [("block_address", BLOCK)],
    ),
    "opnsense.list_blocks": Contract(
        lambda _: {}, lambda c: c.out == {"addresses": [ATTACKER]} == {"addresses": blocked(c.before)},
        lambda _: [("block_address", BLOCK)],
    ),
    "abuseipdb.lookup_ip": Contract(
        lambda _: {"ip": ATTACKER},
        lambda c: {**c.out, "last_reported": ANY} == c.before["reputation"][ATTACKER],
    ),
    "abuseipdb.lookup_ip of a harmless one": Contract(
        lambda _: {"ip": "198.51.100.53"}, lambda c: (c.out["score"], c.out["allow_listed"]) == (0.0, True)
    ),
    "abuseipdb.health": Contract(lambda _: {}, lambda c: c.out == {}),
    "keycloak.find_user": Contract(
        lambda _: {"name": "clerk1"},
        lambda c: c.out == {"id": user(c.before, "clerk1")["id"], "name": "clerk1", "enabled": True},
    ),
    "keycloak.get_user": Contract(
        lambda w: {"user_id": user(w, "leaver")["id"]},
        lambda c: c.out == {"id": c.inputs["user_id"], "name": "leaver", "enabled": False},
    ),
    "keycloak.list_sessions": Contract(
        lambda w: {"user_id": user(w, "clerk1")["id"]},
        lambda c: c.out == {"count": len(user(c.before, "clerk1")["sessions"])} == {"count": 2},
    ),
    "keycloak.end_sessions": Contract(
        lambda w: {"user_id": user(w, "clerk1")["id"]},
        lambda c: c.out == {"ended": 2} and not user(c.after, "clerk1")["sessions"],
    ),
    "keycloak.disable_user": Contract(
        lambda w: {"user_id": user(w, "clerk1")["id"]},
        lambda c: user(c.before, "clerk1")["enabled"] and not user(c.after, "clerk1")["enabled"],
    ),
    "keycloak.enable_user": Contract(
        lambda w: {"user_id": user(w, "leaver")["id"]},
        lambda c: not user(c.before, "leaver")["enabled"] and user(c.after, "leaver")["enabled"],
    ),
    "keycloak.health": Contract(lambda _: {}, lambda c: c.out == {"users": len(c.before["users"])}),
    "jira.create": Contract(lambda _: TICKET, _ticket_agrees),
    "jira.get": Contract(
        lambda w: {"id": only_ticket(w)["key"]},
        lambda c: (c.out["id"], c.out["title"], c.out["status"])
        == (only_ticket(c.before)["key"], only_ticket(c.before)["title"], only_ticket(c.before)["status"]),
        lambda _: [("create", TICKET)],
    ),
    "jira.find_by_label": Contract(
        lambda _: {"label": "brute-force"}, lambda c: c.out == {"ids": [only_ticket(c.before)["key"]]},
        lambda _: [("create", TICKET)],
    ),
    "jira.get_category": Contract(
        lambda w: {"id": only_ticket(w)["key"]}, lambda c: c.out == {"done": False},
        lambda _: [("create", TICKET)],
    ),
    "jira.close": Contract(
        lambda w: {"id": only_ticket(w)["key"]},
        lambda c: (only_ticket(c.before)["status"], only_ticket(c.after)["status"]) == ("To Do", "Done"),
        lambda _: [("create", TICKET)],
    ),
    "jira.health": Contract(lambda _: {}, lambda c: bool(c.out["account"])),
}  # fmt: skip
