"""Every request that the Lab's products got, newest first, with a line to search in them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.services.lab_desk import LabRequest
from tocsin.ui.lab.card import MOST_ROWS, TableCard
from tocsin.ui.lab.cards import Card, Cell, Column, Level, Manner, Row, WorldState
from tocsin.ui.lab.words import TITLES, clock_time, count_of, time_column
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.search_field import SearchField

ID: Final = "requests"
TITLE: Final = _("Requests")
PAUSE_MS: Final = 200
"""So long nobody types before it is searched."""
LEAST_ROWS: Final = 4
"""The table is so high at least, that it does not jump while somebody searches."""
NONE: Final = _("No product was asked for anything yet.")
HINT: Final = _("Search requests: product, path, answer, run")
_COLUMNS: Final = (
    Column(time_column()),
    Column(_("Product")),
    Column(_("Asked")),
    Column(_("Path"), stretches=True),
    Column(_("Answer")),
)


def requests_card(requests: tuple[LabRequest, ...]) -> Card:
    """Return the requests as a card."""
    rows = tuple(_row(number, request) for number, request in enumerate(requests))
    return Card(
        ID,
        TITLE,
        "server",
        _("{count_of}, newest first").format(count_of=count_of(len(rows), "request")),
        _COLUMNS,
        rows,
    )


def _row(number: int, request: LabRequest) -> Row:
    if request.status is None:
        state = WorldState(_("cut off"), Level.CUT_OFF, "ban")
    elif request.status >= 400:
        state = WorldState(str(request.status), Level.CUT_OFF, "x")
    else:
        state = WorldState(str(request.status), Level.NORMAL, "check")
    cells = (
        Cell(clock_time(request.at), Manner.CODE_QUIET),
        Cell(TITLES.get(request.product, request.product)),
        Cell(request.method, Manner.CODE if request.changes else Manner.CODE_QUIET),
        Cell(request.path, Manner.CODE, remark=_("change") if request.changes else ""),
        Cell(state=state, run=request.run),
    )
    return Row((ID, str(number)), cells)


class RequestsView(TableCard):
    """The requests in their table.

    Signals:
        search_asked: The words that are searched for now; "" for all.
    """

    search_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, requests_card(()), parent, line=NONE)
        self.setObjectName("lab-requests")
        self.search = SearchField(theme, HINT, parent=self)
        self.search.setMaximumWidth(360)
        self._head.add(self.search)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._on_pause)
        self.search.textChanged.connect(self._on_typed)

    @property
    def empty_line(self) -> str:
        """What is said where nothing is shown."""
        return self._empty.line

    @property
    def wanted(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    def show_requests(self, requests: tuple[LabRequest, ...]) -> None:
        """Show what was found."""
        self._empty.set_line(_("No request matches “{wanted}”.").format(wanted=self.wanted) if self.wanted else NONE)
        self.show_card(requests_card(requests))

    @override
    def _height_of(self, rows: int) -> int:
        return self._table.height_for(min(max(rows, LEAST_ROWS), MOST_ROWS))

    @Slot()
    def _on_typed(self) -> None:
        self._pause.start()

    @Slot()
    def _on_pause(self) -> None:
        self.search_asked.emit(self.wanted)
