import pytest
from tests.ui.run_dock.stories import PLAYBOOK, SUBJECT, ended, isolating, moment_of

from tocsin.engine.moments import moment_at
from tocsin.engine.progress import RunProgress
from tocsin.ui.canvas.looks import Look
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.run_dock.canvas_replay import CanvasReplay
from tocsin.ui.run_dock.findings import findings, next_finding
from tocsin.ui.run_dock.reasons import branch_reason, edge_reasons
from tocsin.ui.run_dock.timeline_rows import item_looks


def explained(*operands):
    return {"operands": [{"expr": text, "value": {"v": value}} for text, value in operands]}


@pytest.mark.parametrize(
    ("operands", "reason"),
    [
        ([("reputation.score >= 80.0", True), ("reputation.score", 97.0)], "score 97 ≥ 80"),
        ([("reputation.score >= 80.0", False), ("reputation.score", 12.5)], "score 12.5 < 80"),
        ([("a.ok", True), ("hosts.failed == 0", True), ("hosts.failed", 0)], "failed 0 = 0"),
        ([("alert.id == 'AL-1'", False), ("alert.id", "x")], "id x ≠ AL-1"),
        ([("host.critical", False)], "not critical"),
        ([("is_internal(alert.src_ip)", True)], "is_internal(alert.src_ip)"),
        ([], ""),
    ],
)
def test_what_decided_is_said_in_a_few_words(operands, reason):
    assert branch_reason(explained(*operands)) == reason
    assert branch_reason(None) == ""


@pytest.mark.parametrize(
    ("port", "reason"), [("true", "score 80 ≥ 80"), ("false", "score 22 < 80"), ("x", "score 22 < 80")]
)
def test_where_one_of_two_was_enough_it_is_the_one_that_is_told(port, reason):
    known = explained(
        ("public.score >= 80.0", False), ("public.score", 22.0), ("shared.score >= 80.0", True), ("shared.score", 80.0)
    )
    assert branch_reason(known, port=port) == reason


def test_edges_say_why_they_were_taken_and_in_a_loop_by_whom():
    assert edge_reasons(SUBJECT, moment_of(isolating().events)) == {
        "risky.true -> hosts": "id AL-1 = AL-1",
        "critical.true -> confirm": "db-01",
        "critical.false -> isolate": "2",
    }


def test_a_loop_says_how_its_items_stand():
    moment = moment_of(isolating().events)
    assert [look.value for look in item_looks("hosts", SUBJECT, moment)][1:] == ["uncertain", "asks"]


def test_what_must_be_looked_at_comes_in_the_order_in_which_it_matters():
    found = findings(moment_of(isolating().events).progress)
    assert found == ("isolate", "confirm")
    assert [next_finding(found, current, 1) for current in ("", "isolate", "confirm")] == [
        "isolate",
        "confirm",
        "isolate",
    ]
    assert [next_finding(found, current, -1) for current in ("", "isolate")] == ["confirm", "confirm"]
    assert next_finding((), "isolate", 1) is None
    assert findings(RunProgress("r")) == ()


def test_a_moment_is_shown_on_a_canvas_forwards_and_backwards_alike(dressed, theme):
    events = ended().events

    def picture_of(*moments):
        scene = CanvasScene(theme.tokens)
        scene.show_playbook(PLAYBOOK)
        replay = CanvasReplay(scene, SUBJECT)
        for index in moments:
            replay.show(moment_at(events, index))
        nodes = {name: (entry.look, entry.items) for name, entry in scene.store.nodes.items()}
        edges = {text: entry.state for text, entry in scene.store.edges.items()}
        scene.deleteLater()
        return nodes, edges

    late, middle = len(events), len(events) // 2
    assert picture_of(late)[0]["risky"][0] is Look.SUCCEEDED
    for wanted, detour in ((middle, late), (late, middle)):
        direct, around = picture_of(wanted), picture_of(detour, wanted)
        assert direct[1] == around[1]
        assert {name: look for name, (look, _) in direct[0].items()} == {n: look for n, (look, _) in around[0].items()}
