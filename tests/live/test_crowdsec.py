"""CrowdSec's own local API (Debian: crowdsec): block, list, unblock, and a ban out of a log by CrowdSec itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.live.performing import Product
from tests.live.servers import free_port, missing, running

from tocsin.engine.outcomes import Changed, Outcome, Verified

WHY = missing("crowdsec", "cscli")
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)

SYSTEM = Path("/etc/crowdsec")
SECRETS = {"machine_id": "tocsin", "password": "crowd-password"}
BLOCK = {"address": "203.0.113.66", "comment": "run 7"}


def _settings(folder: Path, port: int) -> Path:
    """Copy the system's rules, never its sign-ins, and point everything at this folder."""
    conf, data = folder / "conf", folder / "data"
    for name in ("parsers", "scenarios", "postoverflows", "collections", "patterns"):
        if (SYSTEM / name).is_dir():
            shutil.copytree(SYSTEM / name, conf / name)
    for name in ("profiles.yaml", "simulation.yaml"):
        shutil.copy(SYSTEM / name, conf / name)
    data.mkdir()
    (folder / "log").mkdir()
    (folder / "log" / "auth.log").touch()
    (conf / "acquis.yaml").write_text(f"filenames:\n - {folder}/log/auth.log\nlabels:\n  type: syslog\n")
    (conf / "local_api_credentials.yaml").touch()
    settings = {
        "common": {"daemonize": False, "log_media": "stdout", "log_level": "info", "working_dir": str(folder)},
        "config_paths": {
            "config_dir": f"{conf}/", "data_dir": f"{data}/", "simulation_path": f"{conf}/simulation.yaml",
            "hub_dir": "/var/lib/crowdsec/hub/", "index_path": "/var/lib/crowdsec/hub/.index.json",
            "notification_dir": f"{conf}/notifications/", "plugin_dir": "/usr/lib/crowdsec/plugins/",
        },
        "crowdsec_service": {"acquisition_path": f"{conf}/acquis.yaml", "parser_routines": 1},
        "cscli": {"output": "json", "color": "no"},
        "db_config": {"type": "sqlite", "db_path": f"{data}/crowdsec.db", "use_wal": True},
        "api": {
            "client": {"insecure_skip_verify": False, "credentials_path": f"{conf}/local_api_credentials.yaml"},
            "server": {"listen_uri": f"127.0.0.1:{port}", "profiles_path": f"{conf}/profiles.yaml"},
        },
        "prometheus": {"enabled": False},
    }  # fmt: skip
    path = folder / "config.yaml"
    path.write_text(json.dumps(settings))  # JSON is YAML
    return path


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < ends, "not within half a minute"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def crowdsec(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, Path]]:
    folder, port = tmp_path_factory.mktemp("crowdsec"), free_port()
    config = _settings(folder, port)
    machine = ["machines", "add", SECRETS["machine_id"], "--password", SECRETS["password"]]
    url = ["-u", f"http://127.0.0.1:{port}", "--force"]
    command = ["cscli", "-c", config, *machine, *url]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with running(["crowdsec", "-c", config], port=port, folder=folder) as address:
        yield Product("crowdsec", address, secrets=SECRETS, options={"duration": "1h"}), folder


def test_an_address_is_blocked_listed_and_unblocked(crowdsec):
    product, _ = crowdsec
    assert product.perform("health", {}).outcome is Outcome.SUCCEEDED
    assert product.verify("block_address", BLOCK).result is Verified.NOT_DONE
    blocked = product.perform("block_address", BLOCK)
    assert (blocked.outcome, blocked.changed) == (Outcome.SUCCEEDED, Changed.TRUE), blocked.failure
    assert product.perform("list_blocks", {}).output == {"addresses": [BLOCK["address"]]}
    assert product.verify("block_address", BLOCK).result is Verified.DONE
    assert product.perform("block_address", BLOCK).via_already
    assert blocked.undo
    taken = product.perform(blocked.undo.action, dict(blocked.undo.inputs))
    assert (taken.outcome, taken.changed) == (Outcome.SUCCEEDED, Changed.TRUE), taken.failure
    assert product.perform("list_blocks", {}).output == {"addresses": []}
    assert product.perform(blocked.undo.action, dict(blocked.undo.inputs)).via_already


def test_an_address_of_version_6_is_blocked_and_unblocked(crowdsec):
    product, _ = crowdsec
    assert product.perform("block_address", {"address": "2001:db8::1"}).outcome is Outcome.SUCCEEDED
    assert product.perform("list_blocks", {}).output == {"addresses": ["2001:db8::1"]}
    assert product.perform("unblock_address", {"address": "2001:db8::1"}).outcome is Outcome.SUCCEEDED


def test_a_wrong_password_is_told(crowdsec):
    product, _ = crowdsec
    wrong = Product("crowdsec", product.address, secrets={**SECRETS, "password": "no"}, options={})
    failure = wrong.perform("health", {}).failure
    assert failure
    assert failure.code == "auth"


@pytest.mark.skipif(not (SYSTEM / "scenarios" / "ssh-bf.yaml").exists(), reason="CrowdSec's hub is not installed")
def test_what_crowdsec_finds_in_a_log_is_listed_and_can_be_unblocked(crowdsec):
    product, folder = crowdsec
    _until(lambda: "Starting processing data" in (folder / "server.log").read_text())  # what came before is not read
    stamp = time.strftime("%b %d %H:%M:%S")
    line = f"{stamp} host sshd[1]: Failed password for invalid user x from 198.51.100.9 port 1 ssh2\n"
    with (folder / "log" / "auth.log").open("a") as log:
        log.write(line * 14)
    _until(lambda: "198.51.100.9" in product.perform("list_blocks", {}).output["addresses"])
    taken = product.perform("unblock_address", {"address": "198.51.100.9"})
    assert (taken.outcome, taken.changed) == (Outcome.SUCCEEDED, Changed.TRUE), taken.failure
