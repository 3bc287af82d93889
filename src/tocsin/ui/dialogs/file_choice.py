"""Choosing files, as a port: the window asks, a test answers without a dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtWidgets import QFileDialog, QWidget

from tocsin.base.texts import _

FILTER: Final = _("Playbooks (*.yaml *.yml);;All files (*)")
PAGE_FILTER: Final = _("Web page (*.html);;Markdown with a picture beside it (*.md)")
PLAN_FILTER: Final = _("Markdown (*.md);;JSON (*.json)")
LIST_FILTER: Final = _("JSON (*.json)")
PICTURE_FILTER: Final = _("PNG (*.png);;SVG (*.svg);;PDF (*.pdf)")
OnChosen = Callable[[Path], None]


class FileChoice(Protocol):
    """Asks for files. Returns at once; `on_chosen` is called when a file was chosen, and never when not."""

    def ask_open(self, parent: QWidget, folder: Path, on_chosen: OnChosen) -> None:
        """Ask for a file that exists."""
        ...

    def ask_save(self, parent: QWidget, proposal: Path, on_chosen: OnChosen) -> None:
        """Ask where to write; overwriting is confirmed."""
        ...

    def ask_plan(self, parent: QWidget, proposal: Path, on_chosen: OnChosen) -> None:
        """Ask where to write a plan: Markdown or JSON, by the suffix."""
        ...

    def ask_page(self, parent: QWidget, proposal: Path, on_chosen: OnChosen) -> None:
        """Ask where to write documentation: HTML or Markdown, by the suffix."""
        ...

    def ask_picture(self, parent: QWidget, proposal: Path, on_chosen: OnChosen) -> None:
        """Ask where to write a picture: PNG, SVG or PDF, by the suffix."""
        ...


class DialogFileChoice:
    """Asks with the desktop's own dialog."""

    def ask_open(self, parent: QWidget, folder: Path, on_chosen: OnChosen) -> None:
        """Ask for a file that exists."""
        dialog = QFileDialog(parent, _("Open a playbook"), str(folder), FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        _open(dialog, on_chosen)

    def ask_save(self, parent: QWidget, proposal: Path, on_chosen: OnChosen) -> None:
        """Ask where to write; overwriting is confirmed."""
        dialog = QFileDialog(parent, _("Save the playbook"), str(proposal.parent), FILTER)
        _open_to_write(dialog, proposal.name, "yaml", on_chosen)

    def ask_plan(self, parent: QWidget, proposal: Path, on_chosen: OnChosen) -> None:
        """Ask where to write a plan: Markdown or JSON, by the suffix."""
        dialog = QFileDialog(parent, _("Save the plan"), str(proposal.parent), PLAN_FILTER)
        _open_to_write(dialog, proposal.name, "md", on_chosen)

    def ask_page(self, parent: QWidget, proposal: Path, on_chosen: OnChosen) -> None:
        """Ask where to write documentation: HTML or Markdown, by the suffix."""
        dialog = QFileDialog(parent, _("Export the documentation"), str(proposal.parent), PAGE_FILTER)
        _open_to_write(dialog, proposal.name, "html", on_chosen)

    def ask_picture(self, parent: QWidget, proposal: Path, on_chosen: OnChosen) -> None:
        """Ask where to write a picture: PNG, SVG or PDF, by the suffix."""
        dialog = QFileDialog(parent, _("Export the picture"), str(proposal.parent), PICTURE_FILTER)
        _open_to_write(dialog, proposal.name, "png", on_chosen)

    def ask_list(self, parent: QWidget, proposal: Path, on_chosen: OnChosen) -> None:
        """Ask where to write a list as JSON."""
        dialog = QFileDialog(parent, _("Save the list"), str(proposal.parent), LIST_FILTER)
        _open_to_write(dialog, proposal.name, "json", on_chosen)


def _open_to_write(dialog: QFileDialog, name: str, suffix: str, on_chosen: OnChosen) -> None:
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    _open(dialog, on_chosen)


def _open(dialog: QFileDialog, on_chosen: OnChosen) -> None:
    def tell(name: str) -> None:
        on_chosen(Path(name))

    dialog.fileSelected.connect(tell)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
