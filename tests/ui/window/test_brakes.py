import pytest
from tests.ui.fakes import CREATED, RUN, finished, settled
from tests.ui.hands import trigger

from tocsin.edits import RemoveNodes
from tocsin.ui.canvas.looks import Look
from tocsin.ui.run_dock.keyed_button import KeyedButton

PAUSED = ("run.paused", "", {"reason": "", "by": "user:local"})
RESUMED = ("run.resumed", "", {"reason": "continue", "epoch": 1, "uncertain": []})
HELD = ("node.held", "ask", {"reason": "breakpoint", "until": None})


@pytest.fixture
def paused(running, qtbot):
    """The window while the small playbook's run stands still."""
    running.runs.tell(CREATED, settled("start"), PAUSED)
    qtbot.waitUntil(lambda: "paused" in running.panels.run_bar.text)
    return running


def marked(desk):
    return {name for name, entry in desk.panels.scene.store.nodes.items() if entry.stops}


def title(desk, name):
    return desk.window.commands.get(name).text()


def test_f8_pauses_and_lets_go_on(running, qtbot):
    trigger(running, "run.pause")
    running.runs.tell(CREATED, PAUSED)
    qtbot.waitUntil(lambda: title(running, "run.pause") == "Resume")
    assert running.panels.run_bar.badge.look is Look.PAUSED
    trigger(running, "run.pause")
    running.runs.tell(RESUMED)
    qtbot.waitUntil(lambda: title(running, "run.pause") == "Pause")
    assert running.runs.moved == [("pause", RUN), ("go on", RUN)]
    assert "running" in running.panels.run_bar.text


def test_f10_lets_one_step_of_a_paused_run_start(paused):
    trigger(paused, "run.step")
    assert paused.runs.moved == [("step", RUN)]


def test_f10_pauses_a_run_that_is_on(running):
    trigger(running, "run.step")
    assert running.runs.moved == [("pause", RUN)]


def test_f10_begins_a_run_that_is_paused(opened):
    trigger(opened, "run.step")
    trigger(opened, "run.step")
    assert [request.paused for request in opened.runs.requests] == [True]


def test_f5_begins_a_run_that_is_not(opened):
    trigger(opened, "run.run")
    assert [(request.paused, request.breakpoints) for request in opened.runs.requests] == [(False, {})]


def test_f9_sets_a_breakpoint_on_what_is_selected_and_takes_it_away(opened):
    opened.session.select(["ask"])
    trigger(opened, "run.breakpoint")
    assert marked(opened) == {"ask"}
    opened.session.select(["ask", "look"])
    trigger(opened, "run.breakpoint")
    assert marked(opened) == {"ask", "look"}
    trigger(opened, "run.breakpoint")
    assert marked(opened) == set()


def test_a_run_is_told_its_breakpoints_at_its_start_and_while_it_is_on(opened, qtbot):
    opened.session.select(["ask"])
    trigger(opened, "run.breakpoint")
    trigger(opened, "run.run")
    assert opened.runs.requests[0].breakpoints == {"ask": ""}
    qtbot.waitUntil(lambda: opened.window.documents.current.follower.phase == "on")
    opened.session.select(["done"])
    trigger(opened, "run.breakpoint")
    assert opened.runs.moved == [("breakpoints", RUN, {"ask": "", "done": ""})]


def test_a_breakpoint_outlives_the_run_and_goes_with_its_node(opened, qtbot):
    opened.session.select(["ask"])
    trigger(opened, "run.breakpoint")
    opened.session.apply(RemoveNodes(("ask",)))
    trigger(opened, "run.run")
    assert opened.runs.requests[0].breakpoints == {}
    opened.runs.tell(CREATED, finished())
    qtbot.waitUntil(lambda: not opened.window.documents.current.is_running)
    opened.session.undo()
    assert marked(opened) == {"ask"}


def test_a_node_at_its_breakpoint_looks_paused(paused, qtbot):
    paused.runs.tell(HELD)
    entry = paused.panels.scene.store.nodes["ask"]
    qtbot.waitUntil(lambda: entry.status is not None)
    assert entry.body.look is Look.PAUSED


def test_the_bar_shows_the_keys_while_a_run_is_on(paused):
    keys = {button.accessibleName(): button.key for button in paused.panels.run_bar.findChildren(KeyedButton)}
    assert keys == {"Resume": "F8", "Step": "F10"}
    assert all(button.isVisible() for button in paused.panels.run_bar.findChildren(KeyedButton))


def test_stopping_ends_the_pause(paused, qtbot):
    paused.runs.tell(("run.cancel_requested", "", {"by": "user:local", "reason": "", "force": False}))
    qtbot.waitUntil(lambda: title(paused, "run.pause") == "Pause")
