"""Writes the documentation of the playbook that is shown into a file, and its picture."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tocsin.base.atomic_file import write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.formats.docs import page_of, write_html, write_markdown
from tocsin.ui.dialogs.file_choice import FileChoice
from tocsin.ui.render import PictureFormat, draw_picture
from tocsin.ui.widgets.notice_bar import NoticeBar
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_documents import OpenDocuments

MARKDOWN: Final = (".md", ".markdown")


class PageNotWrittenError(TocsinError):
    """The disk or the permissions refuse the page, or the picture."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, path: Path, error: OSError) -> None:
        reason = (error.strerror or _("it is refused")).lower()
        super().__init__(
            _("“{name}” cannot be written: {reason}.").format(name=path.name, reason=reason),
            hint=_("Choose another place."),
        )


class UnknownPictureError(TocsinError):
    """A picture's name ends as no picture's does."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("“{name}” is no picture.").format(name=path.name), hint=_("Let the name end in .png, .svg or .pdf.")
        )


class PaperDesk(QObject):
    """Asks where to, and writes.

    Signals:
        failed: A TocsinError: the page or the picture could not be written.
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
        self._choice.ask_page(self._window, _beside(document, ".html"), partial(self._write, document))

    def export_picture(self) -> None:
        """Ask for a file, and draw the playbook into it as it looks in the light: PNG, SVG or PDF by the suffix."""
        document = self._documents.current
        self._choice.ask_picture(self._window, _beside(document, ".png"), partial(self._draw, document))

    def _draw(self, document: Document, path: Path) -> None:
        suffix = path.suffix.lower().removeprefix(".")
        if suffix not in set(PictureFormat):
            self.failed.emit(UnknownPictureError(path))
            return
        drawn = draw_picture(document.playbook, PictureFormat(suffix), catalogue=document.catalogue)
        self._put({path: drawn}, _("The picture is in “{name}”.").format(name=path.name))

    def _write(self, document: Document, path: Path) -> None:
        page = page_of(document.playbook, document.catalogue)
        drawn = draw_picture(document.playbook, PictureFormat.SVG, catalogue=document.catalogue).decode()
        if path.suffix.lower() in MARKDOWN:
            picture = path.with_suffix(".svg")
            files = {picture: drawn, path: write_markdown(page, picture=picture.name)}
        else:
            files = {path: write_html(page, picture=drawn)}
        texts = {place: text.encode() for place, text in files.items()}
        self._put(texts, _("The documentation is in “{name}”.").format(name=path.name))

    def _put(self, files: Mapping[Path, bytes], said: str) -> None:
        """Write files, each whole or not at all; say so, or why not."""
        for place, content in files.items():
            try:
                write_atomically(place, content)
            except OSError as error:
                self.failed.emit(PageNotWrittenError(place, error))
                return
        self._notice.show_words(said)


def _beside(document: Document, suffix: str) -> Path:
    """Return the file's name with another suffix, in its folder; at home where it has none."""
    folder = document.session.path.parent if document.session.path is not None else Path.home()
    return folder / Path(document.file_name).with_suffix(suffix).name
