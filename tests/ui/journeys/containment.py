"""The containment playbook in shape, as what a person picks, joins and types: what all journeys that draw it follow."""

from dataclasses import dataclass, field
from typing import Final

from tests.ui.hands import card_on
from tests.ui.journeys.hands import press_keys

from tocsin.engine.events import NodeState, RunStatus
from tocsin.model.playbook import walk_graphs
from tocsin.ui.run_dock.follower import RunPhase

RUN_MS: Final = 30_000
LOOP: Final = "for_each"


@dataclass(frozen=True, slots=True)
class Step:
    """One node.

    Attributes:
        id: The id that it gets.
        words: What the node picker is asked for.
        after: The node and the port that it is drawn from; None for what begins a graph.
        aside: How far right of that port it lies when a mouse puts it down.
        below: How far below.
        fields: What is typed into its form, by the field's name.
        frame: The loop that it lies in.
    """

    id: str
    words: str
    after: tuple[str, str] | None = None
    aside: int = 0
    below: int = 56
    fields: dict[str, str] = field(default_factory=dict)
    frame: str | None = None


STEPS: Final = (
    Step("alert", "SIEM alert"),
    Step("lookup_ip", "Look up an address", ("alert", "out"), -260, fields={"with.ip": "{{ alert.src_ip }}"}),
    Step("find_endpoints", "Find endpoints", ("alert", "out"), fields={"with.contacted_ip": "{{ alert.src_ip }}"}),
    Step("find_user", "Find a user", ("alert", "out"), 260, fields={"with.name": "{{ alert.user }}"}),
    Step("join", "Join", ("find_endpoints", "out")),
    Step("condition", "Condition", ("join", "out"), fields={"when": "lookup_ip.score >= 80.0"}),
    Step(
        "block_address",
        "Block address",
        ("condition", "true"),
        fields={"with.address": "{{ alert.src_ip }}", "with.comment": "Tocsin run {{ run.id }}"},
    ),
    Step("end_sessions", "End sessions", ("block_address", "out"), fields={"with.user_id": "{{ find_user.id }}"}),
    Step(
        LOOP, "For each", ("end_sessions", "out"), fields={"in": "find_endpoints.hosts", "as": "host", "key": "host.id"}
    ),
    Step("condition_2", "Condition", fields={"when": "host.critical"}, frame=LOOP),
    Step("ask", "Question", ("condition_2", "true"), fields={"text": "Isolate {{ host.name }}?"}, frame=LOOP),
    Step(
        "isolate_endpoint",
        "Isolate endpoint",
        ("ask", "approved"),
        fields={"with.endpoint_id": "{{ host.id }}"},
        frame=LOOP,
    ),
    Step("condition_3", "Condition", (LOOP, "out"), fields={"when": "for_each.failed == 0"}),
    Step(
        "create",
        "Create ticket",
        ("condition_3", "true"),
        fields={"with.title": "Contained {{ alert.src_ip }}", "with.body": "It is blocked."},
    ),
    Step(
        "add_note",
        "Add a note",
        ("condition", "false"),
        300,
        fields={"with.alert_id": "{{ alert.id }}", "with.text": "No containment."},
    ),
    Step(
        "create_2",
        "Create ticket",
        ("condition_3", "false"),
        260,
        fields={"with.title": "Needs a person: {{ alert.src_ip }}", "with.body": "It could not finish."},
    ),
    Step("end", "End", ("create_2", "out"), fields={"status": "Failed"}),
)
"""Each node with what it is drawn from."""

LINES: Final = (
    ("lookup_ip", "out", "join"),
    ("find_user", "out", "join"),
    ("lookup_ip", "error", "create_2"),
    ("find_endpoints", "error", "create_2"),
    ("find_user", "error", "create_2"),
    ("condition_2", "false", "isolate_endpoint"),
    ("block_address", "error", "create_2"),
    ("end_sessions", "error", "create_2"),
)
"""The lines that are drawn between nodes that are there."""


def drawn_lines():
    """Every line that the finished playbook has, as its edges' keys."""
    after = [(*step.after, step.id) for step in STEPS if step.after is not None]
    return {*after, *LINES}


def lines_of(playbook):
    """The lines that a playbook has, within loops too."""
    return {edge.key for _, graph in walk_graphs(playbook.graph) for edge in graph.edges}


def save_reopen_and_run(desk, qtbot, path):
    """Save what was drawn, close it, open it again, and run it in the Lab; approve what it asks."""
    drawn = desk.window.documents.current.playbook
    assert lines_of(drawn) == drawn_lines()
    desk.choice.chosen = path
    for keys in ("Ctrl+S", "Ctrl+W", "Ctrl+O"):
        press_keys(desk, keys)
    document = desk.window.documents.current
    assert lines_of(document.playbook) == drawn_lines()
    assert document.playbook.layout == drawn.layout
    press_keys(desk, "F5")
    qtbot.waitUntil(lambda: _approve(desk, document.follower), timeout=RUN_MS)
    assert document.follower.progress.status is RunStatus.SUCCEEDED
    assert desk.panels.scene.state_of("block_address") is NodeState.SUCCEEDED
    assert desk.panels.scene.state_of("create") is NodeState.SUCCEEDED


def _approve(desk, follower):
    """Answer what is asked just now; tell whether the run is over."""
    card = card_on(desk.panels.view)
    if card is not None and card.find_button("approved").isEnabled():
        card.find_button("approved").click()
    return follower.phase is RunPhase.OVER
