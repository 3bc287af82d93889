import pytest
from PySide6.QtCore import QObject, Slot

from tocsin.base.clock import Clock
from tocsin.base.errors import TocsinError
from tocsin.base.resources import data_folder
from tocsin.edits import RenameNode, node_at
from tocsin.services.editing import EditorSession
from tocsin.ui.inspector.panel import InspectorPanel

CONTAINMENT = "contain-suspicious-ip.yaml"


class Desk(QObject):
    """A session and an inspector on it, as the window wires them."""

    def __init__(self, panel, session):
        super().__init__(panel)
        self.panel, self.session, self.edits = panel, session, []
        panel.edit_requested.connect(self.on_edit)
        panel.gesture_ended.connect(self.on_gesture_ended)

    def select(self, *names):
        self.session.select(names)
        self.show()

    def show(self):
        self.panel.show_selection(self.session.playbook, self.session.selection)

    def node(self, name):
        return node_at(self.session.playbook, name)

    def undo(self):
        self.session.undo()
        self.show()

    @Slot(object)
    def on_edit(self, edit):
        self.edits.append(edit)
        try:
            self.session.apply(edit)
        except TocsinError as error:
            self.panel.show_refusal(error.message)
            return
        if isinstance(edit, RenameNode):
            self.session.select((edit.new,))
        self.show()

    @Slot()
    def on_gesture_ended(self):
        self.session.end_gesture()


@pytest.fixture
def desk(dressed, theme, qtbot, catalogue):
    """The containment playbook in an inspector of the design's size."""
    session = EditorSession(clock=Clock())
    session.open(data_folder("playbooks") / CONTAINMENT)
    panel = InspectorPanel(catalogue, theme)
    qtbot.addWidget(panel)
    panel.resize(352, 824)
    desk = Desk(panel, session)
    desk.show()
    with qtbot.waitExposed(panel):
        panel.show()
    return desk
