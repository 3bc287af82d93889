"""Writes the documentation of the playbook that is shown into a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tocsin.base.atomic_file import write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.formats.docs import page_of, write_html, write_markdown
from tocsin.ui.dialogs.file_choice import FileChoice
from tocsin.ui.render import PictureFormat, draw_picture
from tocsin.ui.widgets.notice_bar import NoticeBar
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_documents import OpenDocuments

MARKDOWN: Final = (".md", ".markdown")


class PageNotWrittenError(TocsinError):
    """The disk or the permissions refuse the page."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, path: Path, error: OSError) -> None:
        reason = (error.strerror or "it is refused").lower()
        super().__init__(f"“{path.name}” cannot be written: {reason}.", hint="Choose another place.")


class PaperDesk(QObject):
    """Asks where to, and writes.

    Signals:
        failed: A TocsinError: the page could not be written.
    """

    failed = Signal(object)

    def __init__(self, documents: OpenDocuments, choice: FileChoice, notice: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._documents = documents
        self._choice = choice
        self._notice = notice
        self._window = window

    def export(self) -> None:
        """Ask for a file, and write the documentation to it: HTML, or Markdown with its picture beside it."""
        document = self._documents.current
        folder = document.session.path.parent if document.session.path is not None else Path.home()
        proposal = folder / Path(document.file_name).with_suffix(".html").name
        self._choice.ask_page(self._window, proposal, partial(self._write, document))

    def _write(self, document: Document, path: Path) -> None:
        page = page_of(document.playbook, document.catalogue)
        drawn = draw_picture(document.playbook, PictureFormat.SVG, catalogue=document.catalogue).decode()
        if path.suffix.lower() in MARKDOWN:
            picture = path.with_suffix(".svg")
            files = {picture: drawn, path: write_markdown(page, picture=picture.name)}
        else:
            files = {path: write_html(page, picture=drawn)}
        try:
            for place, text in files.items():
                write_atomically(place, text.encode())
        except OSError as error:
            self.failed.emit(PageNotWrittenError(path, error))
        else:
            self._notice.show_words(f"The documentation is in “{path.name}”.")
