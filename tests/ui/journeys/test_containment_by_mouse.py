"""The containment playbook is drawn from nothing with the mouse; only words are typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from tests.ui.hands import double_click
from tests.ui.journeys.containment import LINES, LOOP, STEPS, save_reopen_and_run
from tests.ui.journeys.hands import (
    bring_into_view,
    click,
    click_node,
    drag,
    on_view,
    press_keys,
    write,
)

from tocsin.ui.forms.condition_editor import ConditionEditor


def pick(words):
    """Type into the picker that is open, and take the first that it finds."""
    assert QApplication.activePopupWidget() is not None
    write(words)
    press_popup_enter()


def press_popup_enter():
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup.focusWidget(), Qt.Key.Key_Return)


def store(desk):
    return desk.window.documents.current.canvas.scene.store


def draw(desk, step):
    """Put a node down: on the empty canvas, into a frame that is empty, or at the end of a line from a port."""
    view = desk.panels.view
    if step.after is None and step.frame is None:
        begin = next(one for one in view.findChildren(QPushButton) if one.text() == "Add trigger")
        click(begin)
    elif step.after is None:
        place = desk.panels.scene.place_of(step.frame)
        at = (place.center().x(), place.bottom() - 40)
        bring_into_view(desk, at)
        double_click(view.viewport(), on_view(view, at))
    else:
        node, port = step.after
        x, y = store(desk).nodes[node].port_point(port)
        end = (x + step.aside, y + step.below)
        bring_into_view(desk, (x, y), end)
        drag(view, (x, y), end)
    pick(step.words)
    assert step.id in store(desk).nodes


def join(desk, line):
    """Draw a line from a port to a node that is there."""
    source, port, target = line
    view = desk.panels.view
    begin, entry = store(desk).nodes[source].port_point(port), store(desk).nodes[target]
    bring_into_view(desk, begin, entry.anchor)
    drag(view, begin, (entry.anchor[0], entry.anchor[1] + 12))


def fill(desk, step):
    """Select a node with the mouse and type into its fields."""
    bring_into_view(desk, desk.panels.scene.place_of(step.id).center().toTuple())
    if step.frame is None and step.id == LOOP:
        x, y = desk.panels.scene.place_of(step.id).topLeft().toTuple()
        bring_into_view(desk, (x + 30, y + 12))
        click(desk.panels.view.viewport(), on_view(desk.panels.view, (x + 30, y + 12)))
    else:
        click_node(desk, step.id)
    assert desk.panels.inspector.owner == step.id
    for name, words in step.fields.items():
        enter(desk, name, words)


def enter(desk, name, words):
    field = desk.panels.inspector.find_field(name)
    condition = field.findChild(ConditionEditor)
    if condition is not None and not condition.is_text:
        click(condition.turn_button)
    if isinstance(field.editor, QComboBox):
        click(field.editor)
        choose(field.editor, words)
        return
    click(field.editor)
    press_keys(desk, "Ctrl+A")
    write(words)
    press_keys(desk, "Tab")


def choose(box, words):
    """Go down the list of a box that is open to an entry, and take it."""
    listed = box.view()
    for _ in range(box.count()):
        if listed.currentIndex().data() == words:
            break
        QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    box.window().activateWindow()  # as a desktop does when a popup goes
    assert QTest.qWaitForWindowActive(box.window())


@pytest.mark.timeout(240)
def test_the_containment_playbook_is_drawn_with_the_mouse_saved_opened_again_and_run_to_success(start, qtbot, tmp_path):
    desk = start()
    press_keys(desk, "Ctrl+N")
    for step in STEPS:
        draw(desk, step)
    for line in LINES:
        join(desk, line)
    for step in STEPS:
        fill(desk, step)
    save_reopen_and_run(desk, qtbot, tmp_path / "drawn.yaml")
