"""The panel at the right: the form of the selected node, or of the playbook when nothing is selected."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Node, Playbook, walk_nodes
from tocsin.model.problems import Problem
from tocsin.ui.forms.factory import head_form, node_form
from tocsin.ui.forms.field_view import FieldView
from tocsin.ui.forms.fields import Form
from tocsin.ui.forms.form_view import FormView


class InspectorPanel(QFrame):
    """Shows one form at a time.

    Signals:
        edit_requested: An Edit.
        gesture_ended: The typing in a field is over.
    """

    edit_requested = Signal(object)
    gesture_ended = Signal()

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setProperty("role", "panel")
        self._catalogue = catalogue
        self._problems: tuple[Problem, ...] = ()
        self._owner = ""
        self._title = self._label("title")
        self._subtitle = self._label("caption")
        self._several = self._label("hint")
        self._several.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._form = FormView(self)
        self._form.edit_requested.connect(self.edit_requested)
        self._form.gesture_ended.connect(self.gesture_ended)
        self._pages = QStackedWidget(self)
        self._arrange()

    @property
    def owner(self) -> str:
        """The id of the node that is shown; "" for the playbook, or when several are selected."""
        return self._owner

    @property
    def title(self) -> str:
        """The headline."""
        return self._title.text()

    def find_field(self, name: str) -> FieldView | None:
        """Return the field at a place such as `with.ip`, or None."""
        return self._form.find_field(name)

    def show_selection(self, playbook: Playbook, selection: frozenset[str]) -> None:
        """Show the one selected node, the playbook when none is, or how many are. Edges have no settings."""
        nodes = {name: node for name, node in walk_nodes(playbook.graph) if name in selection} if selection else {}
        if len(nodes) > 1:
            self._show_count(len(nodes))
            return
        name, node = next(iter(nodes.items()), ("", None))
        form = head_form(playbook) if node is None else node_form(name, node, playbook, self._catalogue)
        self._show_form(form)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Put problems under the fields that they name."""
        self._problems = tuple(problems)
        self._form.show_problems(problem for problem in self._problems if problem.node == self._owner)

    def show_refusal(self, text: str) -> None:
        """Say under the field that was typed into last why its edit was refused."""
        self._form.show_refusal(text)

    def set_locked(self, locked: bool) -> None:
        """Let nobody type while a run is on."""
        self._form.set_locked(locked)

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field, if it is there."""
        self._form.focus_field(name)

    def _show_form(self, form: Form) -> None:
        self._owner = form.owner
        self._title.setText(form.title)
        self._subtitle.setText(form.subtitle)
        self._form.show_form(form)
        self._form.show_problems(problem for problem in self._problems if problem.node == self._owner)
        self._pages.setCurrentIndex(0)

    def _show_count(self, count: int) -> None:
        self._owner = ""
        self._title.setText(f"{count} steps")
        self._subtitle.setText("Selected together")
        self._several.setText("Select one step to see its settings.")
        self._pages.setCurrentIndex(1)

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _arrange(self) -> None:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._form)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages.addWidget(scroll)
        self._pages.addWidget(self._several)
        head = QVBoxLayout()
        head.setContentsMargins(14, 10, 14, 6)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._subtitle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)


def find_node(playbook: Playbook, name: str) -> Node | None:
    """Return a node, in whatever graph it lies, or None."""
    return next((node for known, node in walk_nodes(playbook.graph) if known == name), None)
