"""The menu of a product's card: copy, take back what a run changed in a row, fail the product, see its requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tocsin.base.texts import _
from tocsin.engine.undoing import UndoItem
from tocsin.ui.lab.cards import Row
from tocsin.ui.lab.changes import LabUndo, UndoState, undo_state
from tocsin.ui.lab.words import TITLES
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.round_menu import RoundMenu

PRODUCTS: Final = {
    "messages": "graph_mail",
    "posts": "mattermost",
    "mails": "smtp",
    "weaknesses": "nessus",
    "scans": "nessus",
    "jobs": "awx",
    "job_templates": "awx",
    "indicators": "misp",
    "warning_lists": "misp",
    "datasets": "suricata",
    "checks": "openscap",
    "reports": "report_folder",
    "groups": "keycloak",
}
"""The product behind each card that has not the product's own id."""


_REASONS: Final = {
    UndoState.FIXED: _("This change cannot be undone"),
    UndoState.DONE: _("This change was taken back"),
}


class CardDeed(StrEnum):
    """What can be chosen."""

    COPY = "copy"
    UNDO = "undo"
    FAIL = "fail"
    REQUESTS = "requests"


@dataclass(frozen=True, slots=True)
class CardSpot:
    """Where a menu was asked for.

    Attributes:
        card: The card's id.
        row: The row under the pointer or the cursor, or None.
        at: Where on the screen.
    """

    card: str
    row: Row | None
    at: QPoint

    @property
    def product(self) -> str:
        """The id of the product, or "" where the card is of several."""
        name = PRODUCTS.get(self.card, self.card)
        return name if name in TITLES else ""

    @property
    def text(self) -> str:
        """The row as one line, or ""."""
        return "\t".join(cell.words for cell in self.row.cells if cell.words) if self.row else ""


class CardMenu(RoundMenu):
    """Offers what fits a spot; its action says by `data` which CardDeed it is.

    Attributes:
        spot: Where it opens.
        undo: What “Undo” takes back, or None.
    """

    def __init__(self, theme: Theme, spot: CardSpot, undo: LabUndo | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lab-card-menu")
        self.spot, self.undo = spot, undo
        self._theme = theme
        product = TITLES.get(spot.product, "")
        run = spot.row.run.label if spot.row and spot.row.run else ""
        self._offer(CardDeed.COPY, "copy", _("Copy row"), is_on=bool(spot.text))
        self._offer(CardDeed.UNDO, "undo-2", _("Undo this change of {run}").format(run=run), is_on=bool(run and undo))
        self.addSeparator()
        self._offer(CardDeed.FAIL, "triangle-alert", _("Let {product} fail…").format(product=product), is_on=True)
        self._offer(CardDeed.REQUESTS, "server", _("Requests to {product}").format(product=product), is_on=True)
        for action in self._of(CardDeed.FAIL, CardDeed.REQUESTS):
            action.setVisible(bool(product))
        for action in self._of(CardDeed.UNDO):
            action.setVisible(bool(run))

    def show_undos(self, items: Sequence[UndoItem] | None) -> None:
        """Offer no undo of what nothing takes back, or of what was taken back before, and say which it is.

        Args:
            items: What the row's run changed and nobody has taken back yet; None where that is not known.
        """
        reason = _REASONS.get(undo_state(self.undo, items)) if self.undo is not None else None
        if reason is not None:
            action = self.action_of(CardDeed.UNDO)
            action.setText(reason)
            action.setEnabled(False)

    def action_of(self, deed: CardDeed) -> QAction:
        """Return the action of a deed."""
        return next(self._of(deed))

    def _of(self, *deeds: CardDeed) -> Iterator[QAction]:
        return (action for action in self.actions() if action.data() in deeds)

    def _offer(self, deed: CardDeed, icon: str, words: str, *, is_on: bool) -> None:
        action = self.addAction(self._theme.icon(icon), words)
        action.setData(deed)
        action.setEnabled(is_on)
