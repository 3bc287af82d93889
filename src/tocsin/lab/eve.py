"""The file in which intrusion detection writes what it saw: one JSON object a line, as Suricata's EVE output.

What it says follows from the world's traffic alone. It has the traps of the real one: the offset has no colon, severity
1 is worst, `flow_id` is larger than a double holds, and the attacker is `dest_ip` whenever the packet went out. When it
has grown large, or another story begins, it is put aside and a new file is begun: whoever follows it follows the inode.

Source: docs.suricata.io/en/latest/output/eve/eve-json-format.html.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from tocsin.base.json_types import Json
from tocsin.lab.ids import is_listed
from tocsin.lab.seed import hex_id
from tocsin.lab.values import Reputation
from tocsin.lab.watched import Flow, Watched
from tocsin.lab.world import World

LARGEST_FILE: Final = 4 * 1024 * 1024
BAD_SCORE: Final = 80

LISTED: Final = (9_100_001, "Traffic with a listed address", 1)
TOR_EXIT: Final = (9_100_002, "Traffic with a TOR exit", 2)
BAD_NAME: Final = (9_100_003, "Traffic with an address of bad reputation", 2)
"""Each rule's signature id, words and severity."""

_log = logging.getLogger("tocsin.lab")


class EveFile:
    """Follows one world's traffic into a file, once it has one."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._path: Path | None = None
        self._watched: Watched = world.watched
        self._written = 0

    def open(self, path: Path) -> None:
        """Write into a file from now on."""
        self._path = path
        self._begin(path)

    def write(self) -> None:
        """Append what was seen since the last time. What the disk refuses is tried again the next time."""
        try:
            self._write()
        except OSError as error:
            _log.warning("what intrusion detection saw is not written down: %s", error.strerror)

    def _write(self) -> None:
        if self._path is None:
            return
        watched = self._world.watched
        if watched is not self._watched:
            self._put_aside(self._path)
            self._begin(self._path)
            self._watched, self._written = watched, 0
        fresh = min(watched.flows_seen - self._written, len(watched.flows))
        if fresh:
            self._append(self._path, list(watched.flows)[-fresh:])
            self._written = watched.flows_seen

    def _begin(self, path: Path) -> None:
        """Write down what is open when the story begins."""
        path.touch(mode=0o600)
        names = {host.ip: host.name for host in self._world.tables.hosts.values()}
        at = self._world.clock.begun
        rows = self._world.tables.connections.values()
        self._append(path, [Flow(at, names.get(row.dst_ip, ""), row.dst_ip, row.src_ip, fresh=True) for row in rows])

    def _append(self, path: Path, flows: Iterable[Flow]) -> None:
        path.touch(mode=0o600)  # somebody may have swept the folder of passing files
        if path.stat().st_size > LARGEST_FILE:
            self._put_aside(path)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(event, separators=(',', ':'))}\n" for event in self._events(flows))

    @staticmethod
    def _put_aside(path: Path) -> None:
        with suppress(FileNotFoundError):
            path.replace(path.with_name(f"{path.name}.1"))
        path.touch(mode=0o600)

    def _events(self, flows: Iterable[Flow]) -> Iterator[Json]:
        for flow in flows:
            common = self._common(flow)
            yield {**common, "event_type": "flow", "flow": {"state": "new" if flow.fresh else "established"}}
            for number, words, severity in self._signatures(flow.outside):
                alert: Json = {
                    "action": "allowed",
                    "gid": 1,
                    "signature_id": number,
                    "rev": 1,
                    "signature": words,
                    "category": "Potentially Bad Traffic",
                    "severity": severity,
                }
                yield {**common, "event_type": "alert", "alert": alert}

    def _common(self, flow: Flow) -> dict[str, Json]:
        digits = hex_id(self._world.scenario.seed, "flow", flow.host_ip, flow.outside)
        packet = hex_id(self._world.scenario.seed, "packet", flow.host_ip, flow.outside, flow.at)
        ends = [(flow.outside, 443), (flow.host_ip, 49152 + int(digits[:3], 16))]
        (source, source_port), (dest, dest_port) = ends if int(packet[0], 16) % 2 else ends[::-1]
        return {
            "timestamp": datetime.fromisoformat(flow.at).strftime("%Y-%m-%dT%H:%M:%S.%f%z"),
            "flow_id": 1 << 54 | int(digits[:13], 16),
            "in_iface": "wan",
            "src_ip": source,
            "src_port": source_port,
            "dest_ip": dest,
            "dest_port": dest_port,
            "proto": "TCP",
            "app_proto": "tls",
        }

    def _signatures(self, outside: str) -> Iterator[tuple[int, str, int]]:
        known = self._world.tables.reputation.get(outside, Reputation(score=0))
        if is_listed(self._world.tables.datasets.values(), outside):
            yield LISTED
        if known.tor:
            yield TOR_EXIT
        elif known.score >= BAD_SCORE and not known.allow_listed:
            yield BAD_NAME
