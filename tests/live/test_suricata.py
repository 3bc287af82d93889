"""A real Suricata (Debian backports): an address on its list raises an alert out of a capture, another does not."""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.live.performing import Product
from tests.live.servers import missing
from tests.unit.connectors.protocols.hostile import HOSTILE

from tocsin.engine.outcomes import Changed, Outcome, Verified

WHY = missing("suricata", "suricatasc") or ("" if hasattr(socket, "AF_UNIX") else "needs Unix sockets")
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)

WATCHED = "203.0.113.66"
RULE = 'alert ip any any -> any any (msg:"Watched address"; ip.src; dataset:isset,tocsin,type ip; sid:1; rev:1;)\n'


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < ends, "not within half a minute"
        time.sleep(0.05)


def capture(path: Path, sender: str) -> Path:
    """Write one UDP packet as a capture file (pcap, link type raw IP)."""
    data = struct.pack("!HHHH", 4000, 53, 13, 0) + b"hello"
    head = struct.pack(
        "!BBHHHBBH4s4s", 0x45, 0, 20 + len(data), 1, 0, 64, 17, 0, *map(socket.inet_aton, (sender, "10.0.0.5"))
    )
    total = sum(struct.unpack("!10H", head))
    total = (total & 0xFFFF) + (total >> 16)
    packet = head[:10] + struct.pack("!H", ~total & 0xFFFF) + head[12:] + data
    start = struct.pack("<IHHiIIIIIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101, 1_795_000_000, 0, len(packet), len(packet))
    path.write_bytes(start + packet)
    return path


class Sensor:
    """The running Suricata and where it writes."""

    def __init__(self, folder: Path, place: Path) -> None:
        self.folder = folder
        self.place = place  # a socket's path may be no longer than some hundred characters

    @property
    def product(self) -> Product:
        options = {"socket": str(self.place), "log": str(self.folder / "eve.json")}
        return Product("suricata", "", secrets={}, options=options, outside={})

    def sees(self, sender: str) -> None:
        """Let it look through a capture of one packet, to the end."""
        out = self.folder / f"out-{time.monotonic_ns()}"
        out.mkdir()
        seen = capture(out / "one.pcap", sender)
        command = ["suricatasc", "-c", f"pcap-file {seen} {out}", str(self.place)]
        subprocess.run(command, check=True, capture_output=True, timeout=30)
        until(lambda: '"event_type":"stats"' in _text(out / "eve.json"))
        with (self.folder / "eve.json").open("a") as log:
            log.write(_text(out / "eve.json"))


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


@pytest.fixture(scope="module")
def sensor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sensor]:
    folder = tmp_path_factory.mktemp("suricata")
    place = Path(f"/tmp/tocsin-suricata-{time.monotonic_ns()}.socket")  # noqa: S108  short, and this test's alone
    (folder / "lab.rules").write_text(RULE)
    settings = "/etc/suricata/suricata.yaml"
    command = ["suricata", f"--unix-socket={place}", "-S", "lab.rules", "-l", ".", "-c", settings]
    with (folder / "server.log").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
        try:
            until(lambda: place.exists() or process.poll() is not None)
            assert process.poll() is None, (folder / "server.log").read_text()
            yield Sensor(folder, place)
        finally:
            process.terminate()
            process.wait(20)
            place.unlink(missing_ok=True)
            shutil.rmtree(folder)


def test_an_address_that_is_watched_raises_an_alert_and_one_that_is_not_does_not(sensor):
    product = sensor.product
    assert product.perform("health", {}).output["version"]
    assert product.perform("get_watch", {"address": WATCHED}).output == {"watched": False}
    watched = product.perform("watch_address", {"address": WATCHED})
    assert (watched.outcome, watched.changed) == (Outcome.SUCCEEDED, Changed.TRUE), watched.failure
    assert product.verify("watch_address", {"address": WATCHED}).result is Verified.DONE
    assert product.perform("watch_address", {"address": WATCHED}).via_already
    sensor.sees(WATCHED)
    (alert,) = product.perform("list_alerts", {"address": WATCHED}).output["alerts"]
    assert (alert["rule"], alert["src_ip"], alert["dst_ip"]) == ("Watched address", WATCHED, "10.0.0.5")
    assert watched.undo
    assert product.perform(watched.undo.action, dict(watched.undo.inputs)).changed is Changed.TRUE
    sensor.sees(WATCHED)
    seen = product.perform("list_alerts", {"address": WATCHED}).output
    assert (len(seen["alerts"]), seen["complete"]) == (1, True)


def test_a_dataset_that_is_not_there_is_told(sensor):
    product = sensor.product
    options = {**product.options, "dataset": "no"}
    failure = (
        Product("suricata", "", secrets={}, options=options, outside={})
        .perform("watch_address", {"address": WATCHED})
        .failure
    )
    assert failure
    assert failure.code == "not_found"


def test_a_hostile_text_is_no_address_and_nothing_is_asked(sensor):
    ends = {sensor.product.perform("watch_address", {"address": text}).outcome for text in HOSTILE}
    assert ends == {Outcome.NOT_SENT}


def test_where_nobody_listens_nothing_was_sent(sensor):
    options = {**sensor.product.options, "socket": str(sensor.folder / "none")}
    answer = Product("suricata", "", secrets={}, options=options, outside={}).perform("reload_rules", {})
    assert answer.outcome is Outcome.NOT_SENT
    assert answer.failure
    assert "nobody listens at its socket" in answer.failure.message
