"""Every panel of a window, by name: what the desks work on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

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
from tocsin.ui.window.document_bar import DocumentBar

LAB = "Lab"


@dataclass(frozen=True, slots=True)
class Panels:
    """The parts of one window. They know nothing of each other."""

    scene: CanvasScene
    nodes: NodeListPanel
    document: DocumentBar
    notice: NoticeBar
    run_bar: RunBar
    question: QuestionBar
    view: CanvasView
    inspector: InspectorPanel
    problems: ProblemsPanel
    run: RunPanel


def make_panels(window: QWidget, catalogue: Catalogue, theme: Theme) -> Panels:
    """Return the panels, owned by the window."""
    scene = CanvasScene(theme.tokens, window)
    return Panels(  # made in the order in which Tab goes round
        scene=scene,
        nodes=NodeListPanel(sections_of(catalogue), theme, window),
        document=DocumentBar(window),
        notice=NoticeBar(window),
        run_bar=RunBar(environment=LAB, parent=window),
        question=QuestionBar(theme, window),
        view=CanvasView(scene, window),
        inspector=InspectorPanel(catalogue, window),
        problems=ProblemsPanel(theme, window),
        run=RunPanel(theme, window),
    )
