"""The “+” under a node, lines let go on the ground, and what is shown while a line is drawn."""

import pytest
from tests.ui.canvas.conftest import centre

from tocsin.edits import SetField
from tocsin.ui.canvas.drop import AddRequest
from tocsin.ui.canvas.fits import find_misfit, find_unfit
from tocsin.ui.canvas.node_paint import Fit


@pytest.fixture
def wanted(hands):
    asked = []
    hands.scene.add_requested.connect(asked.append)
    return asked


def test_the_node_under_the_pointer_offers_a_plus_under_its_main_output(hands):
    hands.move(*centre(hands.scene, "block"))
    body = hands.scene.store.nodes["block"].body
    assert body.plus == (112, 48 + 2)
    hands.move(-300, 0)
    assert hands.scene.store.nodes["block"].body.plus is None


def test_nothing_is_offered_while_the_canvas_is_locked(hands):
    hands.scene.set_locked(True)
    hands.move(*centre(hands.scene, "block"))
    assert hands.scene.store.nodes["block"].body.plus is None


def test_a_click_on_it_asks_for_a_node_there(hands, wanted):
    x, y = hands.scene.store.nodes["block"].port_point("out")
    hands.drag((x, y + 3), (x, y + 3))
    assert wanted == [AddRequest("block", "out")]


def test_a_line_let_go_on_the_ground_asks_for_a_node_there(hands, wanted):
    start = hands.scene.store.nodes["hosts"].port_point("out")
    hands.drag(start, (start[0] + 30, start[1] + 30), (403, 517))
    assert wanted == [AddRequest("hosts", "out", (400, 520))]


def test_within_a_loop_the_place_is_the_loops_own(hands, wanted):
    frame, start = hands.scene.place_of("hosts"), hands.scene.store.nodes["critical"].port_point("false")
    hands.drag(start, (start[0] + 20, start[1] + 20), (frame.left() + 20, frame.bottom() - 8))
    (request,) = wanted
    assert (request.node, request.port) == ("critical", "false")
    assert request.at[1] == round((frame.bottom() - 8 - frame.top()) / 8) * 8


def test_while_a_line_is_drawn_ports_that_cannot_fit_step_back(hands):
    start = hands.scene.store.nodes["block"].port_point("error")
    hands.press(start[0] + 4, start[1])
    hands.move(start[0] + 60, start[1] + 40)
    fits = {name: entry.fit for name, entry in hands.scene.store.nodes.items()}
    assert fits["done"] is Fit.FITS
    assert {fits[name] for name in ("start", "risky", "block", "isolate")} == {Fit.UNFIT}
    hands.release(start[0] + 60, start[1] + 40)
    assert {entry.fit for entry in hands.scene.store.nodes.values()} == {Fit.NO_LINE}


@pytest.mark.parametrize(
    ("source", "port"), [("start", "out"), ("risky", "true"), ("block", "error"), ("hosts", "out")]
)
def test_all_at_once_finds_what_one_by_one_does(scene, source, port):
    one_by_one = {name for name in scene.store.nodes if find_misfit(scene.store, source, port, name) is not None}
    assert find_unfit(scene.store, source, port) == one_by_one


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (("block", "out", "start"), "A trigger has no input."),
        (("block", "error", "done"), "“Shut it out” goes on after an error: nothing leaves by its error port."),
        (("block", "out", "block"), "A node cannot lead to itself."),
        (
            ("block", "out", "isolate"),
            "“Isolate endpoint” is inside “For each host”: a line cannot enter or leave a frame.",
        ),
        (("hosts", "out", "risky"), "This would make a loop. Use For each or While for that."),
    ],
)
def test_why_a_line_may_not_be_drawn_is_said_with_the_titles_of_nodes(scene, playbook, key, words):
    titled = SetField("block", ("title",), "Shut it out").apply(playbook)
    scene.show_playbook(SetField("block", ("on_error",), "continue").apply(titled))
    assert find_misfit(scene.store, *key) == words
