"""The containment playbook is drawn from nothing by keys: on the canvas, and again in the Outline."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from tests.ui.journeys.containment import LINES, STEPS, save_reopen_and_run
from tests.ui.journeys.hands import press_keys, write

from tocsin.ui.canvas.flow import flow_order
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.forms.condition_editor import ConditionEditor
from tocsin.ui.outline.panel import LINE_ROLE, NODE_ROLE

KEY = Qt.Key
MOST = 120


def press(key):
    """Press a key where it would arrive."""
    popup = QApplication.activePopupWidget()
    QTest.keyClick((popup.focusWidget() or popup) if popup else QApplication.focusWidget(), key)


def press_until(key, is_there):
    for _ in range(MOST):
        if is_there():
            return
        press(key)
    pytest.fail("This key does not lead there.")


def pick(words):
    """Type into the picker that is open, and take the first that it finds."""
    assert QApplication.activePopupWidget() is not None
    write_into_popup(words)
    press(KEY.Key_Return)


def write_into_popup(words):
    QTest.keyClicks(QApplication.activePopupWidget().focusWidget(), words)


def come_back(desk):
    """Let the window be the active one again, as a desktop does when a popup goes."""
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)


class Canvas:
    """How one goes about on the canvas."""

    def __init__(self, desk, qtbot):
        self.desk = desk
        self.qtbot = qtbot
        self.scene = desk.panels.scene
        self.hints = []
        self.scene.hint_changed.connect(self.hints.append)

    def is_here(self):
        return isinstance(QApplication.focusWidget(), CanvasView)

    def select(self, node):
        if self.scene.selection() == {node}:
            return
        order = flow_order(self.scene.store.playbook.graph)
        chosen = self.scene.selected_nodes()
        if len(chosen) != 1:
            press(KEY.Key_Escape)
        is_before = len(chosen) == 1 and order.index(node) < order.index(chosen[0])
        press_until(KEY.Key_Backtab if is_before else KEY.Key_Tab, lambda: self.scene.selection() == {node})

    def is_seen(self, node):
        return self.desk.panels.view.seen().contains(self.scene.place_of(node))

    def join(self, source, port, target):
        self.select(source)
        press(KEY.Key_C)
        ports = self.scene.store.nodes[source].ports
        for _ in range(ports.index(port)):
            press(KEY.Key_Right)
        title = self.scene.store.nodes[target].face.title
        QTest.keyClicks(QApplication.focusWidget(), title[0].lower())
        press_until(KEY.Key_Down, lambda: self.hints[-1].endswith(f"“{title}”."))
        self.qtbot.waitUntil(lambda: self.is_seen(target))
        press(KEY.Key_Return)


class Outline(Canvas):
    """How one goes about in the Outline."""

    def __init__(self, desk, qtbot):
        super().__init__(desk, qtbot)
        press_keys(desk, "F3")
        self.tree = QApplication.focusWidget()
        assert self.tree.accessibleName() == "Outline"

    def is_here(self):
        return QApplication.focusWidget() is self.tree

    def select(self, node):
        if self.scene.selection() == {node}:
            return
        names = []
        index = self.tree.model().index(0, 0)
        while index.isValid():
            names.append(None if index.data(LINE_ROLE) else index.data(NODE_ROLE))
            index = self.tree.indexBelow(index)
        chosen = self.scene.selected_nodes()
        if len(chosen) != 1:
            press(KEY.Key_Home)
        is_above = len(chosen) == 1 and names.index(node) < names.index(chosen[0])
        press_until(KEY.Key_Up if is_above else KEY.Key_Down, lambda: self.scene.selection() == {node})

    def join(self, source, port, target):
        self.select(source)
        press(KEY.Key_C)
        name = "then" if port == "out" else port
        pick(f"{name} {self.scene.store.nodes[target].face.title}")
        come_back(self.desk)


def draw(desk, way, step):
    """Add a node after the one that is selected; into a loop that is selected and empty; or as the first."""
    nodes = desk.window.documents.current.canvas.scene.store.nodes
    if step.after is not None or step.frame is not None:
        way.select(step.after[0] if step.after else step.frame)
    press(KEY.Key_A)
    pick(step.words)
    assert step.id in nodes
    assert nodes[step.id].frame == step.frame
    come_back(desk)
    assert way.is_here()
    way.qtbot.waitUntil(lambda: way.is_seen(step.id))


def fill(desk, way, step):
    """Open a node, go to its fields with Tab, type, and come back with Escape."""
    if not step.fields:
        return
    way.select(step.id)
    press(KEY.Key_Return)
    inspector = desk.panels.inspector
    assert inspector.owner == step.id
    for name, words in step.fields.items():
        field = inspector.find_field(name)
        condition = field.findChild(ConditionEditor)
        if condition is not None and not condition.is_text:
            press_until(KEY.Key_Tab, condition.turn_button.hasFocus)
            press(KEY.Key_Space)
        press_until(KEY.Key_Tab, lambda field=field: field.editor.hasFocus())
        if isinstance(field.editor, QComboBox):
            press_until(KEY.Key_Down, lambda box=field.editor, words=words: box.currentText() == words)
        else:
            press_keys(desk, "Ctrl+A")
            write(words)
    press_until(KEY.Key_Escape, way.is_here)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("way_of", [Canvas, Outline])
def test_the_containment_playbook_is_drawn_by_keys_saved_opened_again_and_run_to_success(
    start, qtbot, tmp_path, way_of
):
    desk = start()
    press_keys(desk, "Ctrl+N")
    way = way_of(desk, qtbot)
    for step in STEPS:
        draw(desk, way, step)
    for line in LINES:
        way.join(*line)
    for step in STEPS:
        fill(desk, way, step)
    save_reopen_and_run(desk, qtbot, tmp_path / "drawn.yaml")
