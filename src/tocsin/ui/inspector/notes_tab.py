"""What people wrote about a node, as plain text: Markdown stays as it is written."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.ui.forms.changes import edit_of
from tocsin.ui.forms.fields import Form, FormField
from tocsin.ui.forms.text_editor import TextInput

MARGINS = (14, 12, 14, 14)


class NotesTab(QWidget):
    """One large field.

    Signals:
        edit_requested: An Edit.
        gesture_ended: The typing is over.
    """

    edit_requested = Signal(object)
    gesture_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: FormField | None = None
        self._owners: tuple[str, ...] = ()
        self._input = TextInput(self, is_tall=True)
        self._input.setObjectName("field-note")
        self._input.setAccessibleName(_("Note"))
        self._input.setPlaceholderText(_("Why this step is here, what to look out for"))
        self._input.edited.connect(self._on_edited)
        self._input.left.connect(self.gesture_ended)
        column = QVBoxLayout(self)
        column.setContentsMargins(*MARGINS)
        column.addWidget(self._input)
        self.setFocusProxy(self._input)

    @property
    def editor(self) -> TextInput:
        """Where the note is written."""
        return self._input

    def show_note(self, form: Form) -> None:
        """Show the note of a node; what stands here already is left alone, so that the cursor stays."""
        self._field, self._owners = form.note, form.owners
        text = form.note.value if form.note is not None and isinstance(form.note.value, str) else ""
        if text != self._input.text():
            self._input.set_text(text)

    def set_locked(self, locked: bool) -> None:
        """Let nobody write while a run is on."""
        self._input.setEnabled(not locked)

    @Slot()
    def _on_edited(self) -> None:
        if self._field is not None:
            self.edit_requested.emit(edit_of(self._owners, self._field, self._input.text() or None))
