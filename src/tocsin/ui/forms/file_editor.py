"""A file by its path: typed, dropped, or picked in the desktop's own dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.forms.fields import FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.line_editor import LineEditor
from tocsin.ui.forms.line_input import REACH, EndButton


class FileEditor(LineEditor):
    """A line with a button at its end that asks for a file."""

    def __init__(self, field: FormField, kit: FormKit, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._pick = EndButton(
            kit.theme, "folder", _("Choose a file for “{title}”…").format(title=field.title), self._input
        )
        self._pick.clicked.connect(self._on_asked)
        self._input.set_end(self._pick, reach=REACH)

    @property
    def pick_button(self) -> EndButton:
        """What asks for a file."""
        return self._pick

    @override
    def _on_stepped(self, step: int) -> None:
        if step < 0:
            self._on_asked()

    @Slot()
    def _on_asked(self) -> None:
        folder = Path(self.typed).parent if self.typed.strip() else Path.home()
        dialog = QFileDialog(self, _("Choose a file for “{title}”").format(title=self._field.title), str(folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
