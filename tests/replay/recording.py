"""Runs as they were written down: one line of JSON an event, beside the playbook and the values they name.

`python -m tests.replay.recording NAME` makes a new one of the shipped containment playbook. Those that are there stay
as they are: later versions must read what earlier ones wrote.
"""

import base64
import json
import sys
from pathlib import Path

from tests.helpers.runs import Driver, answered

from tocsin.connectors import load_catalogue
from tocsin.engine.events import Event, EventType
from tocsin.engine.outcomes import Answer, Changed, Outcome, UndoStep
from tocsin.formats import load_playbook
from tocsin.model.document import from_document, to_document
from tocsin.model.environment import Environment

FOLDER = Path(__file__).parent / "runs"
PLAYBOOK = Path(__file__).parents[2] / "playbooks" / "contain-suspicious-ip.yaml"
PRODUCTS = ("elasticsearch", "falcon", "opnsense", "abuseipdb", "keycloak", "jira")
HOSTS = [
    {"id": f"h{n}", "name": f"ws-0{n}", "ip": f"10.20.1.{n}", "critical": n == 3, "os": "Windows 11"} for n in (1, 2, 3)
]
OUTPUTS = {
    "reputation": {"score": 97.0, "reports": 412, "tor": True, "allow_listed": False},
    "endpoints": {"hosts": HOSTS},
    "account": {"id": "u1", "name": "clerk1", "enabled": True},
    "block": {"address": "203.0.113.66", "id": "tocsin_block/203.0.113.66"},
    "sessions": {"ended": 2},
    "ticket": {"id": "SEC-1", "url": "https://example.atlassian.net/browse/SEC-1"},
}


def load_recording(name):
    """Return (playbook, events, values by hash) of a recorded run."""
    folder = FOLDER / name
    playbook = from_document(json.loads((folder / "playbook.json").read_text(encoding="utf-8")))
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    return (
        playbook,
        [_event(json.loads(line)) for line in lines],
        {key: json.loads(base64.b64decode(v)) for key, v in values.items()},
    )


def _event(line):
    return Event(
        line["run"],
        line["seq"],
        line["at"],
        EventType(line["type"]),
        line["path"],
        line["data"],
        line["cause"],
        line["by"],
    )


def _answer(intent):
    if intent.node == "reputation" and intent.n == 1:
        return answered(Outcome.FAILED, code="rate_limit", retry_after=2.0)
    undo = UndoStep("unblock_address", "fw", {"address": "203.0.113.66"}) if intent.node == "block" else None
    changed = Changed.FALSE if intent.effect == "read" else Changed.TRUE
    output = OUTPUTS.get(intent.node, {"endpoint_id": intent.inputs.get("endpoint_id")})
    return Answer(Outcome.SUCCEEDED, output=output, changed=changed, undo=undo, summary=f"{intent.node} done")


def record(name):
    """Run the shipped playbook and write the run down."""
    connections = {product: {"connector": product} for product in PRODUCTS}
    environment = Environment.model_validate(
        {"id": "lab", "networks": ["10.0.0.0/8"], "connections": connections}, strict=False
    )
    playbook = load_playbook(PLAYBOOK).playbook
    run = Driver(
        playbook,
        answers=_answer,
        persons=lambda _: ("approved", None),
        catalogue=load_catalogue(),
        environment=environment,
        run="019a0000-0000-7000-8000-000000000001",
    ).run()
    folder = FOLDER / name
    folder.mkdir(parents=True)
    (folder / "playbook.json").write_text(json.dumps(to_document(playbook), indent=1), encoding="utf-8")
    lines = [{"v": 1, **{key: getattr(event, key) for key in Event.__slots__}} for event in run.events]
    (folder / "events.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    values = {key: base64.b64encode(data).decode() for key, data in run.values.items()}
    (folder / "values.json").write_text(json.dumps(values, indent=1), encoding="utf-8")


if __name__ == "__main__":
    record(sys.argv[1])
