"""What each action of the shipped descriptions is called with in the Lab, and what must then be true of the world."""

from __future__ import annotations

import hashlib
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


def open_connections(world: World) -> int:
    return sum(ATTACKER in {row["src_ip"], row["dst_ip"]} for row in world["connections"].values())


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


def comments(world: World) -> list[str]:
    return [row["body"]["content"][0]["content"][0]["text"] for row in only_ticket(world)["comments"]]


def _ticket_agrees(call: Call) -> bool:
    row = only_ticket(call.after)
    labels = [*call.inputs["labels"], "tocsin-key-of-the-attempt"]
    text = row["body"]["content"][0]["content"][0]["text"]
    expected = (call.out["id"], call.inputs["title"], call.inputs["body"], labels)
    return (row["key"], row["title"], text, row["labels"]) == expected


def file_server(world: World) -> dict[str, Any]:
    return host(world, "file-01")


def scan_state(world: World) -> str:
    return world["scans"]["12"]["state"]


def found_by_scan(world: World) -> list[dict[str, Any]]:
    return [world["weaknesses"][key] for key in world["scans"]["12"]["found"]]


def _scan_agrees(call: Call) -> bool:
    severities = [row["severity"] for row in found_by_scan(call.after)]
    counts = (len(call.after["scans"]["12"]["answered"]), severities.count(4), severities.count(3))
    return (
        call.out == dict(zip(("state", "hosts", "critical", "high"), ("done", *counts), strict=True)) and counts[1] == 1
    )


def _findings_agree(call: Call) -> bool:
    rows = [row for row in found_by_scan(call.before) if row["host"] == file_server(call.before)["id"]]
    told = [{"check": str(row["plugin"]), "title": row["title"], "severity": row["severity"]} for row in rows]
    return call.out == {"ip": "10.20.0.11", "scanned": True, "findings": told} and len(told) == 2


def indicators(world: World, value: str) -> list[dict[str, Any]]:
    return [row for row in world["indicators"].values() if row["value"] == value and not row["deleted"]]


def groups_of(world: World, name: str) -> list[str]:
    return [world["groups"][key]["name"] for key in user(world, name)["groups"]]


def listed(world: World) -> list[str]:
    return world["datasets"]["tocsin-listed"]["entries"]


def said(world: World) -> list[dict[str, Any]]:
    return [row for row in world["posts"].values() if not row["deleted"]]


def invoice(world: World) -> dict[str, Any]:
    box = [row for row in world["messages"].values() if row["mailbox"] == "clerk1@example.com"]
    return next(row for row in box if row["sender"] == BILLING)


def mail_of(world: World) -> dict[str, str]:
    return {"mailbox": "clerk1@example.com", "message_id": invoice(world)["id"]}


BILLING = "billing@example.net"
MAIL = {"to": ["clerk1@example.com"], "subject": "Contained", "text": "The address is blocked."}
WATCHED = {"address": ATTACKER}
SAID = "Blocked 203[.]0[.]113[.]66, tell <team>"
SCAN = {"scan_id": "12"}
SCANNED = [("start_scan", SCAN), ("get_scan", SCAN), ("get_scan", SCAN)]
PATCH = {"template": "7", "hosts": ["file-01", "ws-0412"]}
JOB = {"job": "41"}
PATCHED = [("run_job", PATCH), *[("get_job", JOB)] * 3]
NEW = "203.0.113.7"
ADDED = {"type": "ip", "value": NEW, "comment": "run 7"}
HASH = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f"
NEWCOMER = {"name": "newcomer", "email": "newcomer@example.com", "first_name": "New", "last_name": "Comer"}
TICKET = {"title": "Contained", "body": "Two “hosts”, one {block}", "labels": ["brute-force"]}
BLOCK = {"address": ATTACKER}
REPORT = {"name": "evidence.md", "text": "# Evidence\n“met”\n"}
DIGEST = hashlib.sha256(REPORT["text"].encode()).hexdigest()
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
    "opnsense.end_connections": Contract(
        lambda _: BLOCK,
        lambda c: (open_connections(c.before), open_connections(c.after), c.out) == (3, 0, {"ended": 3}),
    ),
    "opnsense.list_connections": Contract(
        lambda _: BLOCK, lambda c: c.out == {"open": open_connections(c.before)} == {"open": 3}
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
    "keycloak.list_users": Contract(
        lambda _: {"name": "clerk1"}, lambda c: c.out == {"ids": [user(c.before, "clerk1")["id"]]}
    ),
    "keycloak.create_user": Contract(
        lambda _: NEWCOMER,
        lambda c: {**user(c.after, "newcomer"), "id": c.out["user_id"]} == user(c.after, "newcomer")
        and [user(c.after, "newcomer")[part] for part in ("email", "first_name", "last_name", "enabled")]
        == [NEWCOMER["email"], "New", "Comer", True],
        lambda _: [("create_user", {**NEWCOMER, "name": "newcomer10", "email": "newcomer10@example.com"})],
    ),
    "keycloak.list_groups": Contract(
        lambda w: {"user_id": user(w, "clerk1")["id"]}, lambda c: c.out == {"groups": ["staff"]}
    ),
    "keycloak.add_to_group": Contract(
        lambda w: {"user_id": user(w, "clerk10")["id"], "group": "staff"},
        lambda c: (groups_of(c.before, "clerk10"), groups_of(c.after, "clerk10")) == ([], ["staff"]),
    ),
    "keycloak.remove_from_group": Contract(
        lambda w: {"user_id": user(w, "clerk1")["id"], "group": "staff"},
        lambda c: (groups_of(c.before, "clerk1"), groups_of(c.after, "clerk1")) == (["staff"], []),
    ),
    "nessus.get_scan": Contract(lambda _: SCAN, _scan_agrees, lambda _: SCANNED),
    "nessus.list_hosts": Contract(
        lambda _: SCAN,
        lambda c: {row["name"]: (row["critical"], row["high"]) for row in c.out["hosts"]}
        == {"file-01": (1, 0), "dc-01": (0, 0)},
        lambda _: SCANNED,
    ),
    "nessus.list_findings": Contract(
        lambda w: {**SCAN, "host_id": str(w["scans"]["12"]["targets"].index(file_server(w)["id"]) + 2)},
        _findings_agree, lambda _: SCANNED,
    ),
    "nessus.start_scan": Contract(
        lambda _: SCAN, lambda c: (scan_state(c.before), scan_state(c.after)) == ("empty", "running")
    ),
    "nessus.stop_scan": Contract(
        lambda _: SCAN,
        lambda c: (scan_state(c.before), scan_state(c.after)) == ("running", "canceled"),
        lambda _: [("start_scan", SCAN)],
    ),
    "nessus.list_scans": Contract(lambda _: {}, lambda c: c.out == {"scans": [{"id": "12", "name": "Servers weekly"}]}),
    "nessus.health": Contract(lambda _: {}, lambda c: c.out == {"status": "ready"}),
    "awx.run_job": Contract(
        lambda _: PATCH,
        lambda c: not c.before["jobs"] and c.after["jobs"][c.out["job"]]["limit"] == "file-01,ws-0412"
        and len(c.after["jobs"][c.out["job"]]["hosts"]) == 3,
    ),
    "awx.get_job": Contract(
        lambda _: JOB,
        lambda c: c.out == {"state": "done"} and c.after["jobs"]["41"]["state"] == "successful"
        and [row["cve"] for row in c.after["weaknesses"].values() if row["mended"]] == ["CVE-2026-90001"],
        lambda _: PATCHED,
    ),
    "awx.list_hosts": Contract(
        lambda _: JOB,
        lambda c: sorted((row["name"], row["reached"], row["failed"]) for row in c.out["hosts"])
        == [("file-01", True, False), ("ws-0412", False, True), ("ws-0412", True, False)],
        lambda _: PATCHED,
    ),
    "awx.list_jobs": Contract(
        lambda _: {"template": "7"},
        lambda c: [(row["id"], row["limit"]) for row in c.out["jobs"]] == [("42", "ws-02"), ("41", "file-01,ws-0412")],
        lambda _: [("run_job", PATCH), ("run_job", {"template": "7", "hosts": ["ws-02"]})],
    ),
    "awx.cancel_job": Contract(
        lambda _: JOB,
        lambda c: (c.before["jobs"]["41"]["state"], c.after["jobs"]["41"]["state"]) == ("pending", "canceled"),
        lambda _: [("run_job", PATCH)],
    ),
    "awx.health": Contract(lambda _: {}, lambda c: c.out == {"user": "tocsin"}),
    "misp.lookup_ip": Contract(
        lambda _: {"ip": ATTACKER},
        lambda c: c.out == {"score": 80.0, "reports": 1, "tor": True, "allow_listed": False}
        and len(indicators(c.before, ATTACKER)) == 1,
    ),
    "misp.lookup_ip of a poisoned one": Contract(
        lambda _: {"ip": "198.51.100.53"},
        lambda c: (c.out["score"], c.out["reports"], c.out["allow_listed"]) == (0.0, 1, True),
    ),
    "misp.lookup_hash": Contract(
        lambda _: {"hash": HASH}, lambda c: c.out == {"known": True, "score": 80.0, "name": "Seen by ourselves"},
        lambda _: [("add_indicator", {"type": "sha256", "value": HASH, "comment": ""})],
    ),
    "misp.find_indicators": Contract(
        lambda _: {"type": "ip", "value": NEW}, lambda c: c.out == {"ids": [indicators(c.before, NEW)[0]["id"]]},
        lambda _: [("add_indicator", ADDED), ("add_indicator", {**ADDED, "value": "203.0.113.8"})],
    ),
    "misp.list_indicators": Contract(
        lambda _: {"type": "ip", "min_days": 0, "max_days": 30, "limit": 200},
        lambda c: [row["value"] for row in c.out["indicators"]] == [ATTACKER, "198.51.100.53"],
        lambda _: [("add_indicator", {"type": "domain", "value": "bad.example", "comment": ""})],
    ),
    "misp.list_indicators of old ones": Contract(
        lambda _: {"type": "ip", "min_days": 31, "max_days": 3650, "limit": 200},
        lambda c: [row["value"] for row in c.out["indicators"]] == ["203.0.113.99"],
    ),
    "misp.add_indicator": Contract(
        lambda _: ADDED,
        lambda c: [(row["id"], row["kind"], row["comment"], row["detect"]) for row in indicators(c.after, NEW)]
        == [(c.out["id"], "ip-dst", "run 7", True)] and not indicators(c.before, NEW),
    ),
    "misp.delete_indicator": Contract(
        lambda w: {"id": next(row["id"] for row in w["indicators"].values() if row["value"] == NEW)},
        lambda c: bool(indicators(c.before, NEW)) and not indicators(c.after, NEW),
        lambda _: [("add_indicator", ADDED)],
    ),
    "misp.get_indicator": Contract(
        lambda w: {"id": indicators(w, ATTACKER)[0]["id"]}, lambda c: c.out == {"value": ATTACKER, "deleted": False}
    ),
    "graph_mail.find_messages": Contract(
        lambda _: {"mailbox": "clerk1@example.com", "sender": BILLING},
        lambda c: c.out == {"messages": [{"id": invoice(c.before)["id"], "subject": "Your invoice"}]},
    ),
    "graph_mail.get_message": Contract(
        mail_of,
        lambda c: [c.out[part] for part in ("id", "sender", "subject", "text")]
        == [invoice(c.before)[part] for part in ("id", "sender", "subject", "text")],
    ),
    "graph_mail.get_place": Contract(
        mail_of, lambda c: c.out == {"quarantined": True},
        lambda w: [("quarantine_message", mail_of(w))],
    ),
    "graph_mail.is_there": Contract(mail_of, lambda c: c.out == {"there": True}),
    "graph_mail.quarantine_message": Contract(
        mail_of,
        lambda c: (invoice(c.before)["folder"], invoice(c.after)["folder"]) == ("inbox", "junkemail"),
    ),
    "graph_mail.restore_message": Contract(
        mail_of,
        lambda c: (invoice(c.before)["folder"], invoice(c.after)["folder"]) == ("junkemail", "inbox"),
        lambda w: [("quarantine_message", mail_of(w))],
    ),
    "graph_mail.purge_message": Contract(
        mail_of,
        lambda c: set(c.before["messages"]) - set(c.after["messages"]) == {c.inputs["message_id"]},
    ),
    "graph_mail.health": Contract(lambda _: {}, lambda c: c.out == {}),
    "mattermost.post": Contract(
        lambda _: {"text": SAID},
        lambda c: [(row["id"], row["text"], row["props"]) for row in said(c.after)]
        == [(c.out["id"], SAID, {"tocsin": "key-of-the-attempt"})] and not said(c.before),
    ),
    "mattermost.delete": Contract(
        lambda w: {"id": said(w)[0]["id"]}, lambda c: bool(said(c.before)) and not said(c.after),
        lambda _: [("post", {"text": SAID})],
    ),
    "mattermost.list_posts": Contract(
        lambda _: {},
        lambda c: c.out["posts"]
        == [{"id": row["id"], "text": row["text"], "key": row["props"]["tocsin"]} for row in said(c.before)[::-1]]
        and len(c.out["posts"]) == 2,
        lambda _: [("post", {"text": SAID}), ("post", {"text": "Second"})],
    ),
    "smtp.send_mail": Contract(
        lambda _: MAIL,
        lambda c: [(m["recipients"], m["subject"], m["text"], m["message_id"]) for m in c.after["mails"].values()]
        == [(MAIL["to"], MAIL["subject"], MAIL["text"], c.out["id"])] and not c.before["mails"],
    ),
    "smtp.health": Contract(lambda _: {}, lambda c: c.out == {}),
    "suricata.watch_address": Contract(
        lambda _: WATCHED, lambda c: (listed(c.before), listed(c.after)) == ([], [ATTACKER])
    ),
    "suricata.unwatch_address": Contract(
        lambda _: WATCHED, lambda c: (listed(c.before), listed(c.after)) == ([ATTACKER], []),
        lambda _: [("watch_address", WATCHED)],
    ),
    "suricata.get_watch": Contract(
        lambda _: WATCHED, lambda c: c.out == {"watched": True}, lambda _: [("watch_address", WATCHED)]
    ),
    "suricata.list_alerts": Contract(
        lambda _: {**WATCHED, "limit": 2},
        lambda c: [(row["rule"], row["severity"]) for row in c.out["alerts"]] == [("Traffic with a TOR exit", 60)] * 2
        and all(ATTACKER in {row["src_ip"], row["dst_ip"]} for row in c.out["alerts"]) and not c.out["complete"],
    ),
    "suricata.reload_rules": Contract(
        lambda _: {}, lambda c: (listed(c.after), listed(c.before)) == ([ATTACKER], [ATTACKER]),
        lambda _: [("watch_address", WATCHED)],
    ),
    "suricata.health": Contract(lambda _: {}, lambda c: c.out["version"].startswith("8.")),
    "openscap.check_compliance": Contract(
        lambda _: {"profile": "xccdf_org.ssgproject.content_profile_standard"},
        lambda c: c.out == {"score": 100.0, "passed": len(c.before["checks"]), "failed": [], "unread": []},
    ),
    "openscap.health": Contract(lambda _: {}, lambda c: c.out == {}),
    "report_folder.write_report": Contract(
        lambda _: REPORT,
        lambda c: c.after["reports"][REPORT["name"]]["text"] == REPORT["text"] and not c.before["reports"]
        and c.out["path"].endswith("/evidence.md") and c.out["sha256"] == DIGEST,
    ),
    "report_folder.remove_report": Contract(
        lambda _: {"name": REPORT["name"], "sha256": DIGEST},
        lambda c: bool(c.before["reports"]) and not c.after["reports"],
        lambda _: [("write_report", REPORT)],
    ),
    "report_folder.look_at_report": Contract(
        lambda _: {"name": REPORT["name"]},
        lambda c: (c.out["there"], c.out["sha256"]) == (True, DIGEST),
        lambda _: [("write_report", REPORT)],
    ),
    "report_folder.health": Contract(lambda _: {}, lambda c: c.out == {}),
    "mattermost.health": Contract(lambda _: {}, lambda c: c.out == {"user": "tocsin"}),
    "misp.health": Contract(lambda _: {}, lambda c: c.out["version"].startswith("2.5")),
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
    "jira.comment": Contract(
        lambda w: {"id": only_ticket(w)["key"], "text": "Nothing “more”\nto do"},
        lambda c: (comments(c.before), comments(c.after), c.out)
        == ([], [c.inputs["text"]], {"id": c.inputs["id"]}),
        lambda _: [("create", TICKET)],
    ),
    "jira.list_comments": Contract(
        lambda w: {"id": only_ticket(w)["key"]}, lambda c: c.out == {"texts": ["one"]} == {"texts": comments(c.before)},
        lambda w: [("create", TICKET), ("comment", {"id": f"SEC-{1 + len(w['tickets'])}", "text": "one"})],
    ),
    "jira.close": Contract(
        lambda w: {"id": only_ticket(w)["key"]},
        lambda c: (only_ticket(c.before)["status"], only_ticket(c.after)["status"]) == ("To Do", "Done"),
        lambda _: [("create", TICKET)],
    ),
    "jira.health": Contract(lambda _: {}, lambda c: bool(c.out["account"])),
}  # fmt: skip
