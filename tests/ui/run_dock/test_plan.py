import json

import pytest
from tests.ui.run_dock.rehearsals import HARMLESS, SUBJECT, rehearsed
from tests.ui.run_dock.stories import moment_of

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas.looks import EdgeState, Look
from tocsin.ui.run_dock.edge_states import EdgeStates
from tocsin.ui.run_dock.plan import CountKind, make_plan
from tocsin.ui.run_dock.plan_file import PlanHead, PlanNotWrittenError, plan_markdown, save_plan
from tocsin.ui.run_dock.subject import RunSubject

HEAD = PlanHead("R-220", "Contain", "lab", 1_000_000)


@pytest.fixture(scope="module")
def events():
    return rehearsed().events


@pytest.fixture(scope="module")
def plan(events):
    return make_plan(SUBJECT, events, moment_of(events).progress)


def test_the_rows_say_what_was_read_and_what_would_be_done_in_order(plan):
    assert [(row.number, row.node, row.look) for row in plan.rows] == [
        (0, "find", Look.SUCCEEDED),
        (1, "score", Look.WOULD),
        (2, "block", Look.WOULD),
        (3, "confirm", Look.WOULD),
        (4, "wipe", Look.WOULD),
    ]
    assert plan.rows[2].text == "Would block an address: 203.0.113.66 on Toy"


def test_a_row_says_by_which_product_and_whether_it_can_be_undone(plan):
    _, score, block, _, wipe = plan.rows
    assert block.aside == "General toy · undoable"
    assert wipe.aside == "General toy · cannot be undone"
    assert "not asked in a rehearsal" in score.aside
    assert (block.effect, wipe.effect) == (Effect.CHANGE, Effect.DESTRUCTIVE)


def test_what_nobody_answered_is_assumed_and_what_follows_rests_on_it(plan):
    assert [row.node for row in plan.rows if row.is_assumed] == ["score", "confirm"]
    assert [(row.node, row.ground) for row in plan.rows if row.rests_on] == [
        ("block", "rests on 1"),
        ("confirm", "rests on 1"),
        ("wipe", "rests on 1 and 3"),
    ]
    assert plan.rows[4].spoken.startswith("4, Would isolate an endpoint: db-01 on Toy, General toy · cannot be undone")


def test_it_is_counted_by_kind(plan):
    assert plan.counts == (
        (CountKind.READ, 1),
        (CountKind.CHANGE, 2),
        (CountKind.ASSUMED, 2),
        (CountKind.SKIPPED, 2),
    )


def test_a_playbook_that_changes_nothing_has_an_empty_plan():
    events = rehearsed(HARMLESS).events
    plan = make_plan(RunSubject(HARMLESS), events, moment_of(events).progress)
    assert (plan.rows, plan.changes, plan.counts) == ((), (), ())
    assert "This run would change nothing." in plan_markdown(HEAD, plan)


def test_a_plan_is_saved_for_people_and_for_programs(plan, tmp_path):
    save_plan(tmp_path / "plan.md", HEAD, plan)
    text = (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert text.startswith("# Contain: what would happen\n")
    assert "\n2. Would block an address: 203.0.113.66 on Toy (General toy · undoable; rests on 1)\n" in text
    save_plan(tmp_path / "plan.json", HEAD, plan)
    saved = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert [step["number"] for step in saved["steps"]] == [1, 2, 3, 4]
    assert "inputs" not in saved["steps"][0]


def test_data_of_the_run_is_no_markup_in_the_file(plan):
    assert "a\\*b\\_c" in plan_markdown(PlanHead("R-1", "a*b_c", "lab", 1), plan)


def test_a_file_that_cannot_be_written_is_told(plan, tmp_path):
    with pytest.raises(PlanNotWrittenError, match=r"“plan\.md” cannot be written"):
        save_plan(tmp_path / "nowhere" / "plan.md", HEAD, plan)


def test_edges_after_a_guess_would_be_taken(events):
    progress = moment_of(events).progress
    states = EdgeStates(SUBJECT.playbook).around(progress.statuses, progress)
    assert states["alert -> find"] is EdgeState.TAKEN
    assert states["risky.true -> block"] is EdgeState.WOULD
    assert states["risky.false -> note"] is EdgeState.SKIPPED
