"""Every panel of a window, by name: what the desks work on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.services.samples import Answers
from tocsin.ui.bridge import EventBridge
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.expression.evaluator import AnswersInPlace, Evaluator
from tocsin.ui.history.names import RunNames
from tocsin.ui.history.panel import HistoryPanel
from tocsin.ui.inspector.panel import InspectorPanel
from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.node_list.entries import sections_of
from tocsin.ui.node_list.panel import NodeListPanel
from tocsin.ui.ports import WindowServices
from tocsin.ui.problems.panel import ProblemsPanel
from tocsin.ui.run_dock.kept_values import KeptValues
from tocsin.ui.run_dock.panel import RunPanel
from tocsin.ui.run_dock.run_bar import RunBar
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.notice_bar import NoticeBar
from tocsin.ui.window.canvas_stack import Canvas, CanvasStack
from tocsin.ui.window.document_bar import DocumentBar
from tocsin.ui.window.file_notice import FileNotice

LAB = _("Lab")


@dataclass(frozen=True, slots=True)
class Panels:
    """The parts of one window. They know nothing of each other; all but the canvases show the current playbook."""

    nodes: NodeListPanel
    document: DocumentBar
    notice: NoticeBar
    file: FileNotice
    run_bar: RunBar
    canvases: CanvasStack
    inspector: InspectorPanel
    problems: ProblemsPanel
    run: RunPanel
    history: HistoryPanel | None
    lab: LabPanel | None
    values: KeptValues
    names: RunNames | None
    evaluator: Evaluator

    @property
    def scene(self) -> CanvasScene:
        """The picture that is shown."""
        return self.canvases.current.scene

    @property
    def view(self) -> CanvasView:
        """The view onto it."""
        return self.canvases.current.view


def make_panels(window: QWidget, services: WindowServices, bridge: EventBridge, theme: Theme) -> Panels:
    """Return the panels, owned by the window."""
    values = KeptValues(services.history, bridge, window)
    samples = services.samples or AnswersInPlace(Answers())
    evaluator = Evaluator(samples, bridge.deliver, window)
    history = HistoryPanel(theme, services.history, bridge, window) if services.history is not None else None
    return Panels(
        nodes=NodeListPanel(sections_of(services.catalogue), theme, window),
        document=DocumentBar(theme, window),
        notice=NoticeBar(window),
        file=FileNotice(window),
        run_bar=RunBar(theme, LAB, window),
        canvases=CanvasStack(window),
        inspector=InspectorPanel(services.catalogue, theme, window, evaluator=evaluator),
        problems=ProblemsPanel(theme, window),
        run=RunPanel(theme, window, values=values),
        history=history,
        lab=LabPanel(theme, services.lab, window, you=services.person) if services.lab is not None else None,
        values=values,
        names=RunNames(services.history, bridge, window) if services.history is not None else None,
        evaluator=evaluator,
    )


def make_canvas(theme: Theme, stack: CanvasStack) -> Canvas:
    """Return a canvas for one playbook, owned by the stack."""
    scene = CanvasScene(theme.tokens, stack)
    return Canvas(scene, CanvasView(scene, stack, theme=theme))


def make_centre(panels: Panels, window: QWidget) -> QWidget:
    """Return the window's middle: the tabs, what is said of the playbook in front, its canvas."""
    centre = QWidget(window)
    column = QVBoxLayout(centre)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in (panels.document, panels.notice, panels.file, panels.run_bar):
        column.addWidget(widget)
    column.addWidget(panels.canvases, 1)
    return centre
