"""Every panel of a window, by name: what the desks work on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tocsin.model.catalogue import Catalogue
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.inspector.panel import InspectorPanel
from tocsin.ui.node_list.entries import sections_of
from tocsin.ui.node_list.panel import NodeListPanel
from tocsin.ui.problems.panel import ProblemsPanel
from tocsin.ui.run_dock.panel import RunPanel
from tocsin.ui.run_dock.question_bar import QuestionBar
from tocsin.ui.run_dock.run_bar import RunBar
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.notice_bar import NoticeBar
from tocsin.ui.window.canvas_stack import Canvas, CanvasStack
from tocsin.ui.window.document_bar import DocumentBar
from tocsin.ui.window.file_notice import FileNotice

LAB = "Lab"


@dataclass(frozen=True, slots=True)
class Panels:
    """The parts of one window. They know nothing of each other; all but the canvases show the current playbook."""

    nodes: NodeListPanel
    document: DocumentBar
    notice: NoticeBar
    file: FileNotice
    run_bar: RunBar
    question: QuestionBar
    canvases: CanvasStack
    inspector: InspectorPanel
    problems: ProblemsPanel
    run: RunPanel

    @property
    def scene(self) -> CanvasScene:
        """The picture that is shown."""
        return self.canvases.current.scene

    @property
    def view(self) -> CanvasView:
        """The view onto it."""
        return self.canvases.current.view


def make_panels(window: QWidget, catalogue: Catalogue, theme: Theme) -> Panels:
    """Return the panels, owned by the window."""
    return Panels(  # made in the order in which Tab goes round
        nodes=NodeListPanel(sections_of(catalogue), theme, window),
        document=DocumentBar(theme, window),
        notice=NoticeBar(window),
        file=FileNotice(window),
        run_bar=RunBar(theme, LAB, window),
        question=QuestionBar(theme, window),
        canvases=CanvasStack(window),
        inspector=InspectorPanel(catalogue, theme, window),
        problems=ProblemsPanel(theme, window),
        run=RunPanel(theme, window),
    )


def make_canvas(theme: Theme, stack: CanvasStack) -> Canvas:
    """Return a canvas for one playbook, owned by the stack."""
    scene = CanvasScene(theme.tokens, stack)
    return Canvas(scene, CanvasView(scene, stack))


def make_centre(panels: Panels, window: QWidget) -> QWidget:
    """Return the window's middle: the tabs, what is said of the playbook in front, its canvas."""
    centre = QWidget(window)
    column = QVBoxLayout(centre)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in (panels.document, panels.notice, panels.file, panels.run_bar, panels.question):
        column.addWidget(widget)
    column.addWidget(panels.canvases, 1)
    return centre
