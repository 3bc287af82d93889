"""What the canvas says of steps that gave an earlier run's data, and of those that a person gave others."""

from tests.ui.fakes import CREATED, settled

from tocsin.ui.canvas.tags import Tag

EARLIER = "01890a5d-1111-774b-bcce-b302099a8057"


def _carried(path):
    kind, path, data = settled(path, summary="score 92")
    return (kind, path, {**data, "via": "carried", "from": {"run": EARLIER, "seq": 7}})


def test_a_carried_step_names_the_run_that_gave_its_data(running, qtbot):
    running.runs.tell(CREATED, _carried("look"))
    nodes = running.panels.scene.store.nodes
    qtbot.waitUntil(lambda: nodes["look"].subtitle() == "From run 01890a5d-1111 · score 92")


def test_an_edited_step_has_a_tag(running, qtbot):
    edited = ("node.edited", "look", {"before": {"v": 1}, "after": {"v": 2}})
    running.runs.tell(CREATED, settled("look"), edited)
    qtbot.waitUntil(lambda: running.panels.scene.store.nodes["look"].tag is Tag.EDITED)
