"""A rehearsal to be shown, made by the real conductor: a look, a withheld look-up, changes, and a question."""

from tests.helpers.runs import Driver, action, playbook_of, test_catalogue

from tocsin.engine.events import REHEARSE
from tocsin.ui.run_dock.subject import RunSubject

NAMED = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
CATALOGUE = test_catalogue(
    tell=action("Look up a reputation", discloses="public", inputs=NAMED, sample={"score": 92}),
    block=action("Block an address", "change", inputs=NAMED, sample={"id": 7}, undo={"action": "look"}),
    wipe=action("Isolate an endpoint", "destructive", inputs=NAMED, sample={}),
)
NODES = {
    "alert": {"kind": "trigger", "event": "manual", "title": "SIEM alert", "sample": {"ip": "203.0.113.66"}},
    "find": {"kind": "action", "use": "toy.look", "title": "Find hosts"},
    "score": {"kind": "action", "use": "toy.tell", "title": "Look up reputation", "with": {"name": "{{ alert.ip }}"}},
    "risky": {"kind": "condition", "when": "score.score > 80", "title": "Risky?"},
    "block": {"kind": "action", "use": "toy.block", "title": "Block address", "with": {"name": "{{ alert.ip }}"}},
    "confirm": {"kind": "ask", "ask": "approval", "text": "Isolate db-01?", "title": "Ask first"},
    "wipe": {"kind": "action", "use": "toy.wipe", "title": "Isolate", "with": {"name": "db-01"}},
    "note": {"kind": "set", "values": {"x": 1}, "title": "Note"},
    "spared": {"kind": "set", "values": {"x": 1}, "title": "Left alone"},
}
EDGES = [
    "alert -> find",
    "find -> score",
    "score -> risky",
    "risky.true -> block",
    "risky.false -> note",
    "block -> confirm",
    "confirm.approved -> wipe",
    "confirm.rejected -> spared",
]
PLAYBOOK = playbook_of(NODES, EDGES, name="Contain")
SUBJECT = RunSubject(PLAYBOOK, CATALOGUE, person="user:local", name="R-220")
HARMLESS = playbook_of({name: NODES[name] for name in ("alert", "note")}, ["alert -> note"], name="Harmless")


def rehearsed(playbook=PLAYBOOK):
    """A rehearsal to its end."""
    return Driver(playbook, catalogue=CATALOGUE, mode=REHEARSE).run()
