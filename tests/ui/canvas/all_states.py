"""Every kind of node, and every state that one can be in while editing and in a run."""

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.ui.canvas.looks import Look

KINDS = {
    "trigger": {"kind": "trigger", "event": "siem.alert"},
    "reads": {"kind": "action", "use": "edr.find_endpoints"},
    "discloses": {"kind": "action", "use": "threat_intel.lookup_ip"},
    "changes": {"kind": "action", "use": "firewall.block_address"},
    "destroys": {"kind": "action", "use": "edr.isolate_endpoint"},
    "approval": {"kind": "ask", "ask": "approval", "text": "Go on?"},
    "condition": {"kind": "condition", "when": "a.score >= 80.0"},
    "loop": {"kind": "for_each", "in": "a.hosts", "body": {"nodes": {}, "edges": []}},
    "join": {"kind": "join", "need": "every"},
    "call": {"kind": "call", "playbook": "other"},
    "end": {"kind": "end"},
}
STATES = {
    Look.QUEUED: NodeStatus(),
    Look.RUNNING: NodeStatus(state=NodeState.RUNNING),
    Look.WAITS: NodeStatus(state=NodeState.HELD, reason="rate"),
    Look.ASKS: NodeStatus(state=NodeState.HELD, reason="approval"),
    Look.RETRYING: NodeStatus(state=NodeState.RETRYING, attempts=1),
    Look.PAUSED: NodeStatus(state=NodeState.HELD, reason="breakpoint"),
    Look.SUCCEEDED: NodeStatus(state=NodeState.SUCCEEDED),
    Look.ALREADY: NodeStatus(state=NodeState.SUCCEEDED, already=True),
    Look.WOULD: NodeStatus(state=NodeState.SUCCEEDED, via="predicted"),
    Look.UNCERTAIN: NodeStatus(state=NodeState.FAILED, uncertain=True),
    Look.REFUSED: NodeStatus(state=NodeState.FAILED, code="guarded"),
    Look.FAILED: NodeStatus(state=NodeState.FAILED),
    Look.CANCELLED: NodeStatus(state=NodeState.CANCELLED),
    Look.SKIPPED: NodeStatus(state=NodeState.SKIPPED, reason="dead_path"),
}
EDITING = ("idle", "hover", "selected", "invalid", "breakpoint", "off", "not_reached")
ROWS = (*EDITING, *STATES)


def show_state(entry, state):
    """Let a node of a store be in one of `ROWS`."""
    entry.status = STATES.get(state)
    entry.hovered = state == "hover"
    entry.selected = state == "selected"
    entry.invalid, entry.fault = state == "invalid", "Address is empty"
    entry.stops = state in {"breakpoint", Look.PAUSED}
    entry.in_run = entry.aside = state == "not_reached"
    entry.forget_body()
