from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tocsin.connectors.addresses import Reach
from tocsin.connectors.exchange import Line
from tocsin.connectors.protocols import suricata
from tocsin.connectors.protocols.call import Call, CallError, Progress


def _event(number: int, kind: str = "alert", source: str = "203.0.113.66") -> str:
    return json.dumps({"event_type": kind, "src_ip": source, "dest_ip": "10.0.0.5", "n": number, "pad": "x" * 3000})


def _read(path: Path, limit: int, address: str = "203.0.113.66"):
    arguments = {"path": str(path), "event": "alert", "address": address, "limit": limit}
    line = Line("key", None, 0.0, lambda note: None)
    call = Call("read_log", arguments, None, None, line, Reach.OUTSIDE, 5.0)
    return asyncio.run(suricata.perform(call, Progress())).body


def test_the_newest_events_of_the_kind_and_address_come_first_over_blocks(tmp_path):
    lines = [_event(n, "alert" if n % 2 else "flow", "203.0.113.66" if n % 3 else "198.51.100.9") for n in range(1000)]
    (tmp_path / "eve.json").write_text("\n".join(lines) + "\n" + '{"event_type": "al')
    wanted = [n for n in reversed(range(1000)) if n % 2 and n % 3]
    found = _read(tmp_path / "eve.json", 10)
    assert ([event["n"] for event in found["events"]], found["complete"]) == (wanted[:10], False)
    all_of_them = _read(tmp_path / "eve.json", 1000)
    assert ([event["n"] for event in all_of_them["events"]], all_of_them["complete"]) == (wanted, True)


def test_a_destination_counts_and_no_address_is_any(tmp_path):
    (tmp_path / "eve.json").write_text(_event(1))
    assert len(_read(tmp_path / "eve.json", 5, "10.0.0.5")["events"]) == 1
    assert len(_read(tmp_path / "eve.json", 5, "")["events"]) == 1
    assert _read(tmp_path / "eve.json", 5, "10.0.0.6")["events"] == []


def test_a_log_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CallError, match="its log cannot be read"):
        _read(tmp_path / "none", 5)
