"""Nessus, as much as scans and their results (vendor-api.md §7).

Sources: developer.tenable.com/reference/navigate; PyPI pytenable, `tenable/nessus/scans.py`, for the paths the vendor's
own client takes.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, Request
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.upkeep import found_on, look_at_scan, scan_uuid, start_scan, stop_scan
from tocsin.lab.upkeep_values import Scan, Weakness
from tocsin.lab.values import Host, Product
from tocsin.lab.world import World

SCAN_INFORMATION = 19506
"""The check that says how a host was scanned. Where it is missing, the host did not answer."""

SEVERITIES = ("info", "low", "medium", "high", "critical")
_KEYS = re.compile(r"accessKey=([^;]*);\s*secretKey=([^;]*);?")
_OnScan = Callable[[Scan, Request], Answer]


class Nessus(Twin):
    """The scanner. It finds what is not patched on the hosts that it reaches."""

    product = Product.NESSUS
    category = "vulnerability"

    def __init__(self, world: World) -> None:
        super().__init__(world, {"access_key": secrets.token_hex(32), "secret_key": secrets.token_hex(32)})

    @override
    def make_routes(self) -> Sequence[Route]:
        scan = "/scans/{id}"
        return (
            Route("GET", "/server/status", self._status, signed_in=False),
            Route("GET", "/server/properties", self._properties),
            Route("GET", "/scans", self._scans),
            Route("GET", scan, partial(self._on_scan, self._details)),
            Route("POST", f"{scan}/launch", partial(self._on_scan, self._launch), changes=True),
            Route("POST", f"{scan}/stop", partial(self._on_scan, self._stop), changes=True),
            Route("GET", f"{scan}/hosts/{{host}}", partial(self._on_scan, self._host)),
            Route("GET", f"{scan}/hosts/{{host}}/plugins/{{plugin}}", partial(self._on_scan, self._plugin)),
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        given = _KEYS.fullmatch(request.headers.get("x-apikeys", ""))
        if given is None:
            return False
        access, secret = given.groups()
        return same_secret(access, self.sign_in["access_key"]) and same_secret(secret, self.sign_in["secret_key"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        """A licence that lets programs only read says 412, where others say 403."""
        words = {401: "Invalid Credentials", 403: "API is not available", 404: "The requested file was not found."}
        return Answer(412 if status == 403 else status, {"error": words.get(status, message)})

    def _status(self, request: Request) -> Answer:
        del request
        return Answer(200, {"code": 200, "progress": None, "status": "ready"})

    def _properties(self, request: Request) -> Answer:
        del request
        return Answer(200, {"nessus_type": "Nessus", "server_version": "10.9.1", "license": {"type": "tocsin-lab"}})

    def _scans(self, request: Request) -> Answer:
        """List the scans; `null` when there is none."""
        del request
        rows: list[Json] = [
            {"id": int(scan.id), "name": scan.name, "status": scan.state, "uuid": scan_uuid(self.world, scan)}
            for scan in self.world.tables.scans.values()
        ]
        return Answer(200, {"folders": [], "scans": rows or None, "timestamp": _seconds(self.world.now)})

    def _on_scan(self, act: _OnScan, request: Request) -> Answer:
        scan = self.world.tables.scans.get(request.parts["id"])
        return act(scan, request) if scan is not None else self.failure(404, "")

    def _details(self, scan: Scan, request: Request) -> Answer:
        del request
        scan = look_at_scan(self.world, scan)
        hosts = [self._host_row(scan, host) for host in self._answered(scan)]
        info: Json = {
            "object_id": int(scan.id),
            "name": scan.name,
            "status": scan.state,
            "hostcount": len(hosts),
            "targets": ",".join(self.world.tables.hosts[key].ip for key in scan.targets),
            "scan_start": _seconds(scan.started) if scan.started else None,
        }
        history: list[Json] = [{"history_id": scan.runs, "status": scan.state}] if scan.runs else []
        body: Json = {
            "info": info,
            "hosts": hosts or None,
            "vulnerabilities": self._summary(scan) or None,
            "history": history,
        }
        return Answer(200, body)

    def _summary(self, scan: Scan) -> list[Json]:
        """Return each check with how often it found something."""
        rows = [row for host in self._answered(scan) for row in found_on(self.world, scan, host.id)]
        by_plugin = {row.plugin: row for row in rows}
        return [
            {**_finding(row), "count": sum(other.plugin == plugin for other in rows)}
            for plugin, row in sorted(by_plugin.items())
        ]

    def _launch(self, scan: Scan, request: Request) -> Answer:
        request.object()
        return Answer(200, {"scan_uuid": scan_uuid(self.world, start_scan(self.world, scan))})

    def _stop(self, scan: Scan, request: Request) -> Answer:
        del request
        stop_scan(self.world, scan)
        return Answer(200, {})

    def _host(self, scan: Scan, request: Request) -> Answer:
        """Say what was found on one host; CVEs are in the checks' own details."""
        host = self._find_host(scan, request)
        if host is None:
            return self.failure(404, "")
        rows: list[Json] = [
            {"plugin_id": SCAN_INFORMATION, "plugin_name": "Nessus Scan Information", "severity": 0, "count": 1},
            *({**_finding(row), "count": 1} for row in found_on(self.world, scan, host.id)),
        ]
        info: Json = {"host-ip": host.ip, "host-fqdn": host.name, "operating-system": host.os}
        return Answer(200, {"info": info, "vulnerabilities": rows, "compliance": []})

    def _plugin(self, scan: Scan, request: Request) -> Answer:
        host = self._find_host(scan, request)
        rows = found_on(self.world, scan, host.id) if host is not None else []
        row = next((row for row in rows if str(row.plugin) == request.parts["plugin"]), None)
        if row is None:
            return self.failure(404, "")
        references: Json = {"ref": [{"name": "cve", "values": {"value": [row.cve]}}]}
        attributes: Json = {"plugin_name": row.title, "risk_information": {}, "ref_information": references}
        return Answer(200, {"info": {"plugindescription": {"pluginattributes": attributes}}, "outputs": []})

    def _answered(self, scan: Scan) -> list[Host]:
        return [self.world.tables.hosts[key] for key in scan.answered if key in self.world.tables.hosts]

    def _find_host(self, scan: Scan, request: Request) -> Host | None:
        wanted = request.parts["host"]
        return next((host for host in self._answered(scan) if str(_host_number(scan, host)) == wanted), None)

    def _host_row(self, scan: Scan, host: Host) -> Mapping[str, Json]:
        severities = [row.severity for row in found_on(self.world, scan, host.id)]
        counts: dict[str, Json] = {name: severities.count(number) for number, name in enumerate(SEVERITIES)}
        return {"host_id": _host_number(scan, host), "hostname": host.name, **counts}


def _host_number(scan: Scan, host: Host) -> int:
    """Return the number that a scan gives a host: 2 for its first target."""
    return scan.targets.index(host.id) + 2


def _finding(row: Weakness) -> dict[str, Json]:
    return {"plugin_id": row.plugin, "plugin_name": row.title, "severity": row.severity}


def _seconds(time: str) -> int:
    return int(datetime.fromisoformat(time).timestamp())
