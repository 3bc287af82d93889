"""The cards of a run's open questions on one canvas: one is shown beside its step, the others wait behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.clock import Clock
from tocsin.ui.run_dock.approval import Card
from tocsin.ui.run_dock.approval_card import ApprovalCard
from tocsin.ui.theme import Theme


class CardPlace(Protocol):
    """Where cards are shown: a canvas's floats."""

    def show_beside(self, widget: QWidget, node_id: str) -> None:
        """Show a widget beside a node, or at the canvas's edge when that is out of view."""
        ...

    def hide(self, widget: QWidget) -> None:
        """Show a widget no longer."""
        ...


class QuestionCards(QObject):
    """Shows one card at a time. It lives with its canvas.

    Signals:
        answered: Answer.
        node_requested: The id of the step that asks.
    """

    answered = Signal(object)
    node_requested = Signal(str)

    def __init__(self, theme: Theme, place: CardPlace, canvas: QWidget, *, clock: Clock | None = None) -> None:
        """Make no card yet.

        Args:
            theme: The look.
            place: Where on the canvas.
            canvas: The widget that owns the card.
            clock: Gives the time of now.
        """
        super().__init__(canvas)
        self._place = place
        self._cards: tuple[Card, ...] = ()
        self._card = ApprovalCard(theme, canvas, clock=clock)
        self._card.answered.connect(self.answered)
        self._card.node_requested.connect(self.node_requested)
        self._card.next_requested.connect(self.show_next)

    @property
    def card(self) -> ApprovalCard:
        """The card; hidden while nothing is asked."""
        return self._card

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these questions: the one that is shown already, else the oldest."""
        self._cards = tuple(cards)
        shown = self._card.shown
        self._show(shown.question.ask if shown is not None else "")

    @Slot(str)
    def choose(self, ask: str) -> None:
        """Show the card of another open question."""
        self._show(ask)

    @Slot()
    def show_next(self) -> None:
        """Show the card of the next open question, after the last one the first."""
        shown = self._card.shown
        asks = [card.question.ask for card in self._cards]
        place = asks.index(shown.question.ask) if shown is not None and shown.question.ask in asks else -1
        if asks:
            self._show(asks[(place + 1) % len(asks)])

    def allow_answer(self) -> None:
        """Let the person answer again: what they chose was not taken."""
        self._card.allow_answer()

    def _show(self, ask: str) -> None:
        wanted = [card for card in self._cards if card.question.ask == ask] or list(self._cards)
        before = self._card.shown
        if not wanted:
            self._card.show_card(None)
            self._place.hide(self._card)
            return
        self._card.show_card(wanted[0])
        if before is None or before.question.ask != wanted[0].question.ask:
            self._place.show_beside(self._card, wanted[0].question.node)
