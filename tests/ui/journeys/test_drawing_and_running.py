from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar
from tests.ui.hands import card_on, codes, drop
from tests.ui.journeys.hands import click, click_node, connect_by_mouse, press_keys, type_over, write

from tocsin.engine.events import NodeState
from tocsin.services.library import demo_path
from tocsin.ui.inspector.tab_row import Tab
from tocsin.ui.run_dock.follower import RunPhase
from tocsin.ui.window.docks import RUN

RUN_MS = 20_000
HOST = "{{ find_endpoints.hosts[0].id }}"


def nodes(desk):
    return desk.window.documents.current.playbook.graph.nodes


def draw(desk):
    """Drag three steps in, join them by their ports, fill their forms."""
    view = desk.panels.view
    for payload, y in (
        ("trigger:manual", 60),
        ("action:edr.find_endpoints", 180),
        ("action:edr.isolate_endpoint", 400),
    ):
        drop(view, payload, QPoint(300, y))
    connect_by_mouse(desk, "start", "out", "find_endpoints")
    connect_by_mouse(desk, "find_endpoints", "out", "isolate_endpoint")
    click_node(desk, "find_endpoints")
    type_over(desk, "with.contacted_ip", "198.51.100.9")
    click_node(desk, "isolate_endpoint")
    type_over(desk, "with.endpoint_id", HOST)


def mend(desk, qtbot, code):
    """Open the problems with a key, go to the one that has this code, and press the button that mends it."""
    panel = desk.panels.problems
    qtbot.waitUntil(lambda: code in codes(desk))
    press_keys(desk, "Ctrl+1")
    while panel.current is None or panel.current.code != code:
        press_keys(desk, "F4")
    mends = panel.findChild(QPushButton, "fix-problem")
    qtbot.waitUntil(lambda: mends.width() >= mends.minimumSizeHint().width())  # the dock has glided to its width
    click(mends)
    qtbot.waitUntil(lambda: code not in codes(desk))


def wait_for_question(desk, qtbot):
    """Wait until the run asks here; return the card at the node."""
    qtbot.waitUntil(lambda: card_on(desk.panels.view) is not None, timeout=RUN_MS)
    card = card_on(desk.panels.view)
    qtbot.waitUntil(card.find_button("rejected").hasFocus)
    return card


def wait_for_end(desk, qtbot):
    follower = desk.window.documents.current.follower
    qtbot.waitUntil(lambda: follower.phase is RunPhase.OVER, timeout=RUN_MS)


def show_output(desk, node):
    """Open the Output tab of a node with the mouse; return what it shows."""
    inspector = desk.panels.inspector
    if not desk.window.frame.is_inspector_shown:
        press_keys(desk, "Ctrl+I")
    click_node(desk, node)
    bar = inspector.tabs.findChild(QTabBar)
    click(bar, bar.tabRect(Tab.OUTPUT).center())
    return "" if inspector.output.is_empty else inspector.output.tree.text


def press_while_enabled(desk, keys, action):
    desk.panels.view.setFocus()
    while desk.window.commands.get(action).isEnabled():
        press_keys(desk, keys)


def test_a_playbook_is_drawn_mended_run_approved_looked_at_undone_saved_and_opened_again(start, qtbot, tmp_path):
    desk = start()
    press_keys(desk, "Ctrl+N")
    draw(desk)
    assert nodes(desk)["isolate_endpoint"].inputs == {"endpoint_id": HOST}
    qtbot.waitUntil(lambda: codes(desk) == ["TOC-C016", "TOC-C048"])  # the checks have heard of all that was typed
    mend(desk, qtbot, "TOC-C016")  # nobody approves what is destructive
    mend(desk, qtbot, "TOC-C048")  # which of several hosts comes first is chance
    assert codes(desk) == []
    press_keys(desk, "F5")
    click(wait_for_question(desk, qtbot).find_button("approved"))
    wait_for_end(desk, qtbot)
    assert desk.panels.scene.state_of("isolate_endpoint") is NodeState.SUCCEEDED
    assert '"hosts"' in show_output(desk, "find_endpoints")
    assert "Output in R-1" in [label.text() for label in desk.panels.inspector.output.findChildren(QLabel)]
    drawn = desk.window.documents.current.playbook
    press_while_enabled(desk, "Ctrl+Z", "edit.undo")
    assert not nodes(desk)
    press_while_enabled(desk, "Ctrl+Shift+Z", "edit.redo")
    assert desk.window.documents.current.playbook == drawn
    desk.choice.chosen = tmp_path / "drawn.yaml"
    press_keys(desk, "Ctrl+S")
    press_keys(desk, "Ctrl+W")
    press_keys(desk, "Ctrl+O")
    opened = desk.window.documents.current.playbook
    assert (opened.graph.nodes, opened.layout) == (drawn.graph.nodes, drawn.layout)
    assert {edge.text for edge in opened.graph.edges} == {edge.text for edge in drawn.graph.edges}  # a file sorts them


def test_a_critical_host_is_isolated_only_after_its_name_was_typed(start, qtbot):
    desk = start()
    desk.choice.chosen = demo_path()
    press_keys(desk, "Ctrl+O")
    press_keys(desk, "F5")
    card = wait_for_question(desk, qtbot)
    name, approve = card.shown.typed, card.find_button("approved")
    assert name
    click(approve)
    assert card.isVisible()
    click(card.typed)
    write(name[:-1])
    assert not approve.isEnabled()
    write(name[-1])
    click(approve)
    wait_for_end(desk, qtbot)
    assert desk.panels.scene.state_of("isolate") is NodeState.SUCCEEDED
    assert not card.isVisible()


def test_a_run_that_is_stopped_is_in_the_history_and_is_shown_again_as_it_was(start, qtbot):
    desk = start()
    desk.choice.chosen = demo_path()
    press_keys(desk, "Ctrl+O")
    press_keys(desk, "F5")
    card = wait_for_question(desk, qtbot)
    press_keys(desk, "Shift+F5")
    wait_for_end(desk, qtbot)
    assert not card.isVisible()
    press_keys(desk, "Ctrl+L")
    press_keys(desk, "Ctrl+3")
    listed = desk.panels.history.view
    qtbot.waitUntil(lambda: listed.model().rowCount() == 1)
    listed.setFocus()
    press_keys(desk, "Down")
    press_keys(desk, "Return")
    qtbot.waitUntil(lambda: desk.window.dock.page == RUN)
    assert desk.panels.run.status.startswith("Cancelled")
    assert desk.panels.scene.state_of("block") is NodeState.SUCCEEDED
