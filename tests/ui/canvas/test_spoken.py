import pytest

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.formats.playbook_file import load_playbook
from tocsin.services.library import demo_path
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.theme import LIGHT


@pytest.fixture
def scene(qapp, catalogue):
    """The shipped playbook with what every action does."""
    scene = CanvasScene(LIGHT)
    scene.show_playbook(load_playbook(demo_path()).playbook, catalogue)
    yield scene
    scene.deleteLater()


def test_an_action_says_kind_effect_what_is_afterwards_product_and_what_happened_in_this_order(scene):
    status = NodeStatus(state=NodeState.FAILED, uncertain=True, summary="ws-0421 may be isolated")
    scene.show_statuses({"isolate": status})
    words = scene.accessible_name("isolate").split(", ")
    assert words[1:4] == ["action", "destructive", "undoable"]
    assert words[-2:] == ["may have happened", "ws-0421 may be isolated"]
    assert words.index("undoable") < words.index("EDR")


def test_a_state_is_said_in_words_and_none_while_there_is_none(scene):
    assert scene.state_words("isolate") == ""
    scene.show_statuses({"isolate": NodeStatus(state=NodeState.SKIPPED)})
    assert scene.state_words("isolate") == "skipped"
    assert scene.state_words("nobody") == ""
