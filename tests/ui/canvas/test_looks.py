import pytest

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.model.playbook import Kind
from tocsin.ui.canvas.looks import STYLES, EdgeState, Glyph, Look, edge_style, look_of
from tocsin.ui.canvas.subtitles import subtitle_of


@pytest.mark.parametrize(
    ("status", "kind", "look"),
    [
        (NodeStatus(), Kind.ACTION, Look.QUEUED),
        (NodeStatus(state=NodeState.RUNNING), Kind.ACTION, Look.RUNNING),
        (NodeStatus(state=NodeState.WAITING), Kind.ASK, Look.ASKS),
        (NodeStatus(state=NodeState.WAITING), Kind.WAIT, Look.WAITS),
        (NodeStatus(state=NodeState.RETRYING), Kind.ACTION, Look.RETRYING),
        (NodeStatus(state=NodeState.HELD, reason="breakpoint"), Kind.ACTION, Look.PAUSED),
        (NodeStatus(state=NodeState.HELD, reason="rate"), Kind.ACTION, Look.WAITS),
        (NodeStatus(state=NodeState.HELD, reason="uncertain"), Kind.ACTION, Look.ASKS),
        (NodeStatus(state=NodeState.SUCCEEDED), Kind.ACTION, Look.SUCCEEDED),
        (NodeStatus(state=NodeState.FAILED), Kind.ACTION, Look.FAILED),
        (NodeStatus(state=NodeState.FAILED, uncertain=True), Kind.ACTION, Look.UNCERTAIN),
        (NodeStatus(state=NodeState.SKIPPED), Kind.ACTION, Look.SKIPPED),
        (NodeStatus(state=NodeState.SKIPPED, reason="disabled"), Kind.ACTION, Look.OFF),
        (NodeStatus(state=NodeState.CANCELLED), Kind.ACTION, Look.CANCELLED),
    ],
)
def test_a_state_has_a_look(status, kind, look):
    assert look_of(status, kind) is look


def test_every_look_has_a_style_and_every_state_a_sign_besides_its_colour():
    assert set(STYLES) == set(Look)
    silent = {look for look, style in STYLES.items() if style.glyph is Glyph.NONE}
    assert silent == {Look.IDLE, Look.OFF, Look.NOT_REACHED}


def test_what_happened_is_said_where_something_did():
    failed = NodeStatus(state=NodeState.FAILED, summary="Firewall said no: rule full")
    assert subtitle_of(failed, Kind.ACTION, "Edge firewall") == "Firewall said no: rule full"
    assert subtitle_of(NodeStatus(state=NodeState.SUCCEEDED), Kind.ACTION, "Edge firewall") == "Edge firewall"


@pytest.mark.parametrize(
    ("reason", "words"), [("dead_path", "Skipped: other branch"), ("from_a_newer_version", "Skipped")]
)
def test_why_a_node_was_skipped_is_said_as_far_as_it_is_known(reason, words):
    assert subtitle_of(NodeStatus(state=NodeState.SKIPPED, reason=reason), Kind.ACTION, "x") == words


def test_a_selected_error_edge_keeps_its_dashes():
    assert edge_style(EdgeState.IDLE, error=True, selected=True).dashes == (5, 3)
