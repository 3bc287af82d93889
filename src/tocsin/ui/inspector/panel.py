"""The panel at the right: the selected node, what several share, or the playbook when nothing is selected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Playbook
from tocsin.model.problems import Problem, Severity
from tocsin.services.samples import reads_alike
from tocsin.ui.expression import Evaluator, ExpressionContext, make_context
from tocsin.ui.forms.field_view import FieldView
from tocsin.ui.forms.form_parts import SIDE
from tocsin.ui.forms.form_view import FormView, ReadAt
from tocsin.ui.inspector.about import AboutNode
from tocsin.ui.inspector.head import InspectorHead
from tocsin.ui.inspector.notes_tab import NotesTab
from tocsin.ui.inspector.output_tab import OutputTab
from tocsin.ui.inspector.subject import find_node, subject_of
from tocsin.ui.inspector.tab_row import Tab, TabRow
from tocsin.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class RunValues:
    """What the nodes gave in a run.

    Attributes:
        outputs: Node's id → its output.
        source: How the run is called, "R-217".
    """

    outputs: Mapping[str, Json] = field(default_factory=dict[str, Json])
    source: str = ""


class InspectorPanel(QFrame):
    """Shows one form at a time, and of one node also its output and its notes.

    Signals:
        edit_requested: An Edit.
        gesture_ended: The typing in a field is over.
        use_chosen: A Use: a person wants to go to the field that reads the node.
        dismissed: Escape was pressed where nothing else wants it: back to where the node was chosen.
        menu_requested: Where on the screen the menu of what is selected goes, a QPoint.
    """

    edit_requested = Signal(object)
    gesture_ended = Signal()
    use_chosen = Signal(object)
    dismissed = Signal()
    menu_requested = Signal(QPoint)

    def __init__(
        self, catalogue: Catalogue, theme: Theme, parent: QWidget | None = None, *, evaluator: Evaluator | None = None
    ) -> None:
        """Make an empty panel.

        Args:
            catalogue: What products can do.
            theme: The look.
            parent: The widget around it.
            evaluator: Who says what expressions give; None works it out in place.
        """
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setProperty("role", "panel")
        self._catalogue = catalogue
        self._problems: tuple[Problem, ...] = ()
        self._owner = ""
        self._run = RunValues()
        self._evaluator = evaluator
        self._reading: tuple[Playbook, str, ReadAt] | None = None
        self._head = InspectorHead(theme, self)
        self._tabs = TabRow(theme, self)
        self._form = FormView(theme, self)
        self._about = AboutNode(catalogue, theme, self)
        self._output = OutputTab(theme, self)
        self._notes = NotesTab(self)
        self._pages = QStackedWidget(self)
        self._arrange()
        self._head.menu_requested.connect(self.menu_requested)
        for part in (self._form, self._notes):
            part.edit_requested.connect(self.edit_requested)
            part.gesture_ended.connect(self.gesture_ended)
        self._about.use_chosen.connect(self.use_chosen)
        self._tabs.chosen.connect(self._on_tab)
        self._tabs.as_text_changed.connect(self._form.set_as_text)

    @property
    def owner(self) -> str:
        """The id of the node that is shown; "" for the playbook, or when several are selected."""
        return self._owner

    @property
    def title(self) -> str:
        """The headline."""
        return self._head.title

    @property
    def head(self) -> InspectorHead:
        """The tile, the title and what can be done."""
        return self._head

    @property
    def form(self) -> FormView:
        """The settings."""
        return self._form

    @property
    def about(self) -> AboutNode:
        """What the node does to the world, and who reads it."""
        return self._about

    @property
    def output(self) -> OutputTab:
        """The last output."""
        return self._output

    @property
    def notes(self) -> NotesTab:
        """The notes."""
        return self._notes

    @property
    def tabs(self) -> TabRow:
        """What chooses between them."""
        return self._tabs

    def add_action(self, action: QAction, icon: str) -> None:
        """Offer something to do with the selected node, at the right of the head."""
        self._head.add_action(action, icon)

    def find_field(self, name: str) -> FieldView | None:
        """Return the field at a place such as `with.ip`, or None."""
        return self._form.find_field(name)

    def show_selection(self, playbook: Playbook, selection: frozenset[str]) -> None:
        """Show the one selected node, what several share, or the playbook when none is selected."""
        subject = subject_of(playbook, selection, self._catalogue)
        form = subject.form
        self._owner = form.owner
        self._head.show_words(form.title, form.subtitle, subject.face)
        self._form.show_form(form, self._read_at(playbook) if len(form.owners) == 1 else None)
        self._about.show_node(form.owner, find_node(playbook, form.owner) if form.owner else None, playbook)
        self._show_form_problems()
        self._notes.show_note(form)
        self._show_output()
        self._tabs.setVisible(form.note is not None)
        self._tabs.set_has_values(self._form.has_values)
        if form.note is None:
            self._tabs.set_tab(Tab.SETTINGS)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Put problems under the fields that they name; a remark does not make a field wrong."""
        self._problems = tuple(problem for problem in problems if problem.severity is not Severity.INFO)
        self._show_form_problems()

    def show_run(self, run: RunValues) -> None:
        """Show what the nodes gave in a run."""
        self._run = run
        self._show_output()

    def show_refusal(self, text: str) -> None:
        """Say under the field that was typed into last why its edit was refused."""
        self._form.show_refusal(text)

    def set_locked(self, locked: bool) -> None:
        """Let nobody type while a run is on."""
        self._form.set_locked(locked)
        self._notes.set_locked(locked)

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field, if it is there."""
        is_note = name == "note"
        self._tabs.set_tab(Tab.NOTES if is_note else Tab.SETTINGS)
        if is_note:
            self._notes.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._form.focus_field(name)

    def focus_first(self) -> None:
        """Put the cursor into the first setting."""
        self._tabs.set_tab(Tab.SETTINGS)
        self._form.focus_first()

    def _read_at(self, playbook: Playbook) -> ReadAt:
        """Return where fields are read; the same as before while the same can be read there."""
        if self._reading is not None:
            before, owner, read_at = self._reading
            if owner == self._owner and reads_alike(before, playbook, owner):
                return read_at
        read_at = partial(self._make_context, playbook, self._owner)
        self._reading = (playbook, self._owner, read_at)
        return read_at

    def _make_context(self, playbook: Playbook, owner: str, key: str) -> ExpressionContext:
        return make_context(playbook, owner, self._catalogue, self._evaluator, key)

    def _show_form_problems(self) -> None:
        self._form.show_problems(problem for problem in self._problems if problem.node == self._owner)

    def _show_output(self) -> None:
        if self._owner in self._run.outputs:
            self._output.show_output(self._owner, self._head.title, self._run.outputs[self._owner], self._run.source)
        else:
            self._output.show_nothing()

    @Slot(int)
    def _on_tab(self, tab: int) -> None:
        self._pages.setCurrentIndex(tab)

    def _arrange(self) -> None:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(self)
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 0, 0, SIDE)
        lines.setSpacing(0)
        lines.addWidget(self._form)
        lines.addWidget(self._about)
        lines.addStretch(1)
        scroll.setWidget(page)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for page in (scroll, self._output, self._notes):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
