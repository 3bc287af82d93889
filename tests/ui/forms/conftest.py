from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtTest import QTest

from tocsin.model.playbook import ActionNode, Edge, EndNode, Graph, Playbook, TriggerNode
from tocsin.ui.expression import make_context
from tocsin.ui.forms.field_view import FieldView
from tocsin.ui.forms.kit import FormKit

ALERT = TriggerNode(event="manual", title="SIEM alert", sample={"src_ip": "203.0.113.66", "score": 92})
PLACE = Playbook(
    id="p",
    graph=Graph(
        nodes={"alert": ALERT, "step": ActionNode(use="firewall.block_address"), "done": EndNode()},
        edges=(Edge(source="alert", target="step"), Edge(source="step", target="done")),
    ),
)


class Document(QObject):
    """Takes what a field tells, and shows it there again, as a session does."""

    def __init__(self, view):
        super().__init__(view)
        self.view, self.values, self.left = view, [], 0
        view.changed.connect(self.on_changed)
        view.left.connect(self.on_left)

    @Slot(object)
    def on_changed(self, view):
        self.values.append(view.value)
        view.show_field(replace(view.field, value=view.value))

    @Slot()
    def on_left(self):
        self.left += 1


@pytest.fixture
def kit(theme, catalogue):
    return FormKit(theme, make_context(PLACE, "step", catalogue, key="with"))


@pytest.fixture
def show(dressed, qtbot, kit):
    """Show a field in a window of its own; what it tells is in `document`."""

    def shown(field, **more):
        view = FieldView(replace(field, value=None), kit, **more)
        view.show_field(field)
        view.document = Document(view)
        view.resize(324, 200)
        qtbot.addWidget(view)
        with qtbot.waitExposed(view):
            view.show()
        return view

    return shown


def retype(widget, text):
    """Replace what stands in a line by keys, and leave it."""
    widget.setFocus()
    widget.selectAll()
    if text:
        QTest.keyClicks(widget, text)
    else:
        QTest.keyClick(widget, Qt.Key.Key_Delete)
    QTest.keyClick(widget, Qt.Key.Key_Return)
