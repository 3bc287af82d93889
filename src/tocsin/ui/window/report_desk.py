"""Writes what is to be kept of a run into a file: the Lab's report, and the replay as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.atomic_file import write_atomically
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.events import Event
from tocsin.formats.docs import write_html, write_markdown
from tocsin.ui.asking import Asking
from tocsin.ui.dialogs.file_choice import FileChoice
from tocsin.ui.lab.report import LabReport
from tocsin.ui.ports import HistoryPort
from tocsin.ui.render.film import FilmStock
from tocsin.ui.render.film_work import FilmWork
from tocsin.ui.run_dock.tape import RunTape
from tocsin.ui.widgets.notice_bar import NoticeBar
from tocsin.ui.window.paper_desk import MARKDOWN, PageNotWrittenError

HTML: Final = ".html"
_REFERENCE: Final = frozenset({"r", "n", "t"})


@dataclass(frozen=True, slots=True)
class Archive:
    """Where large values of runs are, and what masks secrets in all that is written."""

    history: HistoryPort | None
    mask: Callable[[Json], Json]


class ReportDesk(QObject):
    """Asks where to, and writes.

    Signals:
        failed: A TocsinError: the file could not be written.
    """

    failed = Signal(object)

    def __init__(self, choice: FileChoice, notice: NoticeBar, archive: Archive, window: QWidget) -> None:
        super().__init__(window)
        self._choice = choice
        self._notice = notice
        self._archive = archive
        self._window = window
        self._asking = Asking(self)
        self._asking.failed.connect(self.failed)

    @Slot(object)
    def keep(self, report: LabReport) -> None:
        """Ask for a file, and write the report to it: HTML or Markdown."""
        self._choice.ask_page(self._window, Path.home() / f"{report.name}{HTML}", partial(self._write, report))

    @Slot(object)
    def keep_film(self, tape: RunTape) -> None:
        """Ask for a file, and write a page to it that plays the run again."""
        name = tape.subject.name or _("Run")
        self._choice.ask_page(
            self._window,
            Path.home() / _("{name} replay{html}").format(name=name, html=HTML),
            partial(self._gather, tape),
        )

    def _write(self, report: LabReport, path: Path) -> None:
        is_markdown = path.suffix.lower() in MARKDOWN
        self._put(path, write_markdown(report.page) if is_markdown else write_html(report.page), _("The report"))

    def _gather(self, tape: RunTape, path: Path) -> None:
        """Load the values that are too large for events, then write."""
        wanted, values = set(references(tape.events)), dict[str, Json]()
        if not wanted or self._archive.history is None:
            self._write_film(tape, path, values)
            return

        def take(key: str, value: Json) -> None:
            values[key] = value
            if len(values) == len(wanted):
                self._write_film(tape, path, values)

        for key in sorted(wanted):
            self._asking.ask(self._archive.history.load_value(key), partial(take, key))

    def _write_film(self, tape: RunTape, path: Path, values: Mapping[str, Json]) -> None:
        stock = FilmStock(tape.subject, tuple(tape.events), lambda key: values.get(key), self._archive.mask)
        work = FilmWork(stock, self)
        work.failed.connect(self.failed)
        work.made.connect(partial(self._put_film, _as_page(path)))

    def _put_film(self, path: Path, page: str) -> None:
        self._put(path, page, _("The replay"))

    def _put(self, path: Path, text: str, what: str) -> None:
        try:
            write_atomically(path, text.encode())
        except OSError as error:
            self.failed.emit(PageNotWrittenError(path, error))
        else:
            self._notice.show_words(_("{what} is in “{name}”.").format(what=what, name=path.name))


def references(events: Iterable[Event]) -> Iterator[str]:
    """Yield the hashes of the values that events keep elsewhere."""
    for event in events:
        yield from _references_in(event.data)


def _references_in(data: Mapping[str, Any]) -> Iterator[str]:
    if frozenset(data) == _REFERENCE:
        yield str(data["r"])
        return
    for part in data.values():
        if isinstance(part, Mapping):
            yield from _references_in(cast("Mapping[str, Any]", part))


def _as_page(path: Path) -> Path:
    """Return a path that a browser opens; what was chosen stays its name, or another file would be written over."""
    return path if path.suffix.lower() == HTML else path.with_name(path.name + HTML)
