"""The checks after one edit, as they run while somebody draws (issue 5, “Problems, live”).

The playbook has containment segments one after another, each of 18 nodes with a loop, a question and every kind of
reading; each run changes one thing, as a hand would, and checks the result whole. `first_ms` is a playbook that was
never seen. The window never waits for any of it: `services.problems` has a thread of its own.
"""

import statistics
import time

from tocsin.checks import check_playbook
from tocsin.connectors import load_catalogue
from tocsin.edits import Connect, Disconnect, Edit, MoveNodes, RenameNode, SetField
from tocsin.model.document import from_document
from tocsin.model.playbook import Playbook

SEGMENT = 18
SIZES = (300, 1000)
FIGURES = {"300": {"after_an_edit_ms": 100}}
RUNS = 40


def run() -> dict:
    """Return medians for each size by kind of edit, and the figures they are held against."""
    catalogue = load_catalogue([])
    return {
        "bench": "checks",
        "nodes": {str(size): _measure(playbook_of(size), catalogue) for size in SIZES},
        "figures": FIGURES,
    }


def playbook_of(count: int) -> Playbook:
    """Return a playbook of about so many nodes that the checks find nothing wrong with, but no bound missing."""
    nodes = {"alert": {"kind": "trigger", "event": "siem.alert"}}
    edges: list[str] = []
    before = "alert"
    for number in range(max(1, (count - 1) // SEGMENT)):
        more, lines = _segment(number, before)
        nodes |= more
        edges += lines
        before = f"met_{number}"
    layout = {name: [index % 12 * 280, index // 12 * 120] for index, name in enumerate(nodes)}
    document = {"tocsin": 1, "id": "bench", "nodes": nodes, "edges": edges, "layout": layout}
    return from_document(document)


def _segment(n: int, before: str) -> tuple[dict, list[str]]:
    def ticket(title: str) -> dict:
        return {"kind": "action", "use": "ticketing.create", "with": {"title": title, "body": "{{ alert.id }}"}}

    host = {
        f"critical_{n}": {"kind": "condition", "when": f"host_{n}.critical"},
        f"confirm_{n}": {"kind": "ask", "ask": "approval", "text": f"{{{{ host_{n}.name }}}}?", "expires": "4h"},
        f"isolate_{n}": {
            "kind": "action",
            "use": "edr.isolate_endpoint",
            "with": {"endpoint_id": f"{{{{ host_{n}.id }}}}", "comment": "{{ run.id }}"},
            "unattended": "Hosts that are not critical may be cut off at once.",
        },
        f"left_{n}": {"kind": "end"},
    }
    inner = [
        f"critical_{n}.true -> confirm_{n}",
        f"critical_{n}.false -> isolate_{n}",
        f"confirm_{n}.approved -> isolate_{n}",
        f"confirm_{n}.rejected -> left_{n}",
        f"confirm_{n}.expired -> left_{n}",
    ]
    contacted = {"contacted_ip": "{{ alert.src_ip }}"}
    asked = {"ip": "{{ alert.src_ip }}"}
    address = {"address": "{{ alert.src_ip }}", "comment": "{{ run.id }}"}
    scored = f"reputation_{n}.score >= 80.0 && !is_internal(alert.src_ip)"
    nodes = {
        f"reputation_{n}": {"kind": "action", "use": "threat_intel.lookup_ip", "with": asked},
        f"endpoints_{n}": {"kind": "action", "use": "edr.find_endpoints", "with": contacted},
        f"user_{n}": {"kind": "action", "use": "identity.find_user", "with": {"name": "{{ alert.user }}"}},
        f"gathered_{n}": {"kind": "join", "need": "every"},
        f"risky_{n}": {"kind": "condition", "when": scored},
        f"block_{n}": {"kind": "action", "use": "firewall.block_address", "with": address},
        f"sessions_{n}": {
            "kind": "action",
            "use": "identity.end_sessions",
            "with": {"user_id": f"{{{{ user_{n}.id }}}}"},
        },
        f"hosts_{n}": {
            "kind": "for_each",
            "in": f"endpoints_{n}.hosts",
            "as": f"host_{n}",
            "max": 5,
            "on_item_error": "continue",
            "collect": f"{{'name': host_{n}.name, 'isolated': has(nodes.isolate_{n}.output)}}",
            "body": {"nodes": host, "edges": inner},
        },
        f"ticket_{n}": ticket(f"Blocked {{{{ block_{n}.address }}}}, {{{{ to_json(hosts_{n}.results) }}}}"),
        f"comment_{n}": {
            "kind": "action",
            "use": "siem.add_note",
            "with": {"alert_id": "{{ alert.id }}", "text": f"Score {{{{ reputation_{n}.score }}}}"},
        },
        f"person_{n}": ticket("{{ alert.src_ip }} needs a person"),
        f"stopped_{n}": {"kind": "end", "status": "failed"},
        f"met_{n}": {"kind": "join", "need": "all"},
    }
    looked_up = (f"reputation_{n}", f"endpoints_{n}", f"user_{n}")
    edges = [line for look in looked_up for line in (f"{before} -> {look}", f"{look} -> gathered_{n}")]
    edges += [f"{look}.error -> person_{n}" for look in looked_up]
    edges += [
        f"gathered_{n} -> risky_{n}",
        f"risky_{n}.true -> block_{n}",
        f"risky_{n}.false -> comment_{n}",
        f"block_{n} -> sessions_{n}",
        f"block_{n}.error -> person_{n}",
        f"sessions_{n} -> hosts_{n}",
        f"hosts_{n} -> ticket_{n}",
        f"ticket_{n} -> met_{n}",
        f"comment_{n} -> met_{n}",
        f"person_{n} -> stopped_{n}",
    ]
    return nodes, edges


def _measure(playbook: Playbook, catalogue) -> dict:
    start = time.perf_counter()
    found = check_playbook(playbook, catalogue)
    first = (time.perf_counter() - start) * 1000
    by_edit = {name: _after(playbook, edit, catalogue) for name, edit in _edits(playbook).items()}
    return {
        "problems": len(found),
        "first_ms": round(first, 1),
        "after_an_edit_ms": max(by_edit.values()),
        "by_edit_ms": by_edit,
    }


def _edits(playbook: Playbook) -> dict[str, list[Edit]]:
    """Return edits by kind. Each makes a playbook that the memory of the checks has not seen."""
    turns = range(RUNS)
    drawn = playbook.graph.edges[-RUNS:]
    return {
        "type": [SetField("comment_0", ("with", "text"), f"{turn}: {{{{ reputation_0.score }}}}") for turn in turns],
        "connect": [edit for edge in drawn for edit in (Disconnect(None, edge), Connect(None, edge))][:RUNS],
        "rename": [RenameNode(_name(turn), _name(turn + 1)) for turn in turns],
        "move": [MoveNodes({"block_0": (8 * turn, 8)}) for turn in turns],
    }


def _name(turn: int) -> str:
    return f"block_{chr(97 + turn // 26)}{chr(97 + turn % 26)}" if turn else "block_0"


def _after(playbook: Playbook, edits: list[Edit], catalogue) -> float:
    taken: list[float] = []
    for edit in edits:
        playbook = edit.apply(playbook)
        start = time.perf_counter()
        check_playbook(playbook, catalogue)
        taken.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(taken), 2)
