"""What a person does in a window, for tests: presses, types, drops; and a small playbook to do it with."""

from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit
from tests.ui.fakes import RUN

from tocsin.ui.canvas.drop import MIME_TYPE
from tocsin.ui.forms.condition_editor import ConditionEditor
from tocsin.ui.run_dock.approval_card import ApprovalCard
from tocsin.ui.run_dock.words import short_run

LOCKED = f"Locked while {short_run(RUN)} runs"

SMALL = """\
tocsin: 1
id: small
name: Small
nodes:
  start:
    kind: trigger
    event: manual
  look:
    kind: condition
    when: "true"
  ask:
    kind: ask
    ask: approval
    text: "Go on with {{ start.ip }}?"
  done:
    kind: end
  other:
    kind: end
    status: failed
edges:
- start -> look
- look.true -> ask
- look.false -> other
- ask.approved -> done
- ask.rejected -> other
"""


def drop(view, payload, at):
    """Post what the desktop posts when something is dropped: Qt's own drag cannot be driven offscreen."""
    data = QMimeData()
    data.setData(MIME_TYPE, QByteArray(payload.encode()))
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    for event in (
        QDragEnterEvent(at, Qt.DropAction.CopyAction, data, left, none),
        QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, left, none),
    ):
        QApplication.sendEvent(view.viewport(), event)


def double_click(widget, at=None):
    """Press a widget twice, in its middle where no point is given, and let go: Qt's own test keeps the button down."""
    place = at if at is not None else widget.rect().center()
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=place)


def type_into(desk, name, text):
    """Replace what stands in a field by keys, letter by letter, and leave it."""
    view = desk.panels.inspector.find_field(name)
    condition = view.findChild(ConditionEditor)
    if condition is not None and not condition.is_text:
        condition.turn_button.click()
    editor = view.editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    if isinstance(editor, QLineEdit):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    return view


def trigger(desk, action):
    desk.window.commands.get(action).trigger()


def codes(desk):
    return [str(problem.code) for problem in desk.panels.problems.problems]


def press(window, dialog_name, button_name):
    dialog = next(d for d in window.findChildren(QDialog) if d.objectName() == dialog_name and d.isVisible())
    next(b for b in dialog.findChildren(QAbstractButton) if b.objectName() == button_name).click()


def card_on(view):
    """The card of a run's open question that is shown on a canvas, or None."""
    return next((card for card in view.viewport().findChildren(ApprovalCard) if card.isVisible()), None)


def wait_for_card(qtbot, view):
    """Wait until a run asks on a canvas; return the card."""
    qtbot.waitUntil(lambda: card_on(view) is not None)
    return card_on(view)
