"""A value and the functions that are applied to it, each with what it gives; or the text that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.expressions.chain_shapes import UNKNOWN, shape_of_chain, shape_of_source
from tocsin.expressions.chains import Chain, Link, LinkKind, free_name, read_chain, write_chain
from tocsin.expressions.inference import JsonSchema
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.expression.editor import DELAY_MS
from tocsin.ui.expression.evaluator import Trial, Tried
from tocsin.ui.expression.values import in_braces
from tocsin.ui.forms.chain_card import LinkCard
from tocsin.ui.forms.chain_menu import function_menu
from tocsin.ui.forms.chain_values import read_value, text_of_source
from tocsin.ui.forms.chain_words import usual_said
from tocsin.ui.forms.editor import FieldEditor, MakeEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.movable_row import GAP
from tocsin.ui.forms.movable_rows import MovableRowsEditor
from tocsin.ui.forms.reading import REQUIRED, Reading
from tocsin.ui.widgets.link_button import LinkButton

_AS_TEXT: Final = _("Edit as text")
_AS_FUNCTIONS: Final = _("Edit as functions")
_ONE_VALUE: Final = _("Functions apply to one value: leave only that in the field.")


class ChainEditor(MovableRowsEditor[LinkCard]):
    """Where the value comes from, a row for each function, and what adds one. The document holds the text."""

    def __init__(self, field: FormField, kit: FormKit, make: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, make, parent)
        self._is_text = False
        self._shown: tuple[str, Chain] | None = None
        self._begun: set[LinkCard] = set()
        self._trials: dict[Trial, LinkCard] = {}
        self._source = make(replace(field, kind=FieldKind.TEXT, value=None), kit, self)
        self._make_add(_("Add function"))
        self._turn = LinkButton(_AS_TEXT, self, is_in_row=True)
        self._turn.clicked.connect(self._on_turn)
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._ask)
        self._arrange()
        self._source.entered.connect(self._on_source)
        self._source.left.connect(self.left)
        self._hear(kit.context)
        self.setFocusProxy(self._source)

    @property
    def source(self) -> FieldEditor:
        """Where it is written what the functions are applied to, or all of it as text."""
        return self._source

    @property
    def turn_button(self) -> QPushButton:
        """What turns functions into text and back."""
        return self._turn

    @property
    @override
    def typed(self) -> str:
        return "" if self._cards else self._source.typed

    @override
    def reading(self) -> Reading:
        links: list[Link] = []
        for card in self._cards:
            read = card.read()
            if isinstance(read, Link):
                links.append(read)
            elif card not in self._begun:
                return read
        if not links:
            return self._source.reading()
        chain = self._chain(links)
        if chain is None:
            return Reading(fault=self._source.reading().fault or _ONE_VALUE)
        if self._shown is not None and chain == self._shown[1]:
            return Reading(self._shown[0])  # as it was written
        return Reading(in_braces(write_chain(chain)))

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        chain = read_value(field.value)
        is_chain = chain is not None and bool(chain.links) and not self._is_text
        self._clear()
        self._shown = None
        source = field.value
        if is_chain and chain is not None and isinstance(field.value, str):
            self._shown = (field.value, chain)
            source = text_of_source(chain.source)
            for place, link in enumerate(chain.links):
                self._append(link, Chain(chain.source, chain.links[:place]))
        self._source.show_field(replace(field, kind=FieldKind.TEXT, value=source))
        self._fit()
        self._delay.start()

    @override
    def set_problem(self, text: str) -> None:
        self._source.set_problem(text if not self._cards or self._source.reading().fault else "")

    @override
    def set_context(self, context: ExpressionContext | None) -> None:
        self._leave(self._kit.context)
        super().set_context(context)
        self._hear(context)
        self._source.set_context(context)
        for card in self._cards:
            card.set_context(context)
        self._delay.start()

    @override
    def set_as_text(self, is_text: bool) -> None:
        super().set_as_text(is_text)
        self._source.set_as_text(is_text)

    @override
    def accept_value(self, path: str) -> bool:
        return self._source.accept_value(path)

    def _chain(self, links: Sequence[Link]) -> Chain | None:
        """Return the chain of some functions, if the source is one value."""
        source = read_value(self._source.reading().value)
        return None if source is None else Chain(write_chain(source), tuple(links))

    def _complete(self) -> list[tuple[LinkCard, Link]]:
        found = ((card, card.read()) for card in self._cards)
        return [(card, link) for card, link in found if isinstance(link, Link)]

    def _shape_of(self, chain: Chain) -> JsonSchema:
        context, whole = self._kit.context, read_chain(write_chain(chain))
        if context is None or whole is None:
            return UNKNOWN
        return shape_of_chain(whole, context.faces.shape_of(whole.source) or shape_of_source(whole.source))

    def _arrange(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self._add)
        foot.addStretch(1)
        foot.addWidget(self._turn)
        self._column.addWidget(self._source)
        self._column.addLayout(self._rows)
        self._column.addLayout(foot)

    def _append(self, link: Link, before: Chain) -> LinkCard:
        card = LinkCard(link, self._shape_of(before), self._kit, self._make, self)
        self._hold(card)
        return card

    @override
    def _let_go(self, card: LinkCard) -> None:
        super()._let_go(card)
        self._begun.discard(card)
        self._trials = {trial: one for trial, one in self._trials.items() if one is not card}

    def _fit(self) -> None:
        """Offer what can be done: a function where there is one value, the other form where it says the same."""
        source = self._source.reading().value
        is_value = source is None or read_value(source) is not None
        self._add.setEnabled(is_value)
        self._add.setToolTip("" if is_value else _ONE_VALUE)
        chain = read_value(source) if not self._cards else None
        is_written = chain is not None and bool(chain.links)
        self._turn.setText(_AS_TEXT if self._cards else _AS_FUNCTIONS)
        self._turn.setVisible(bool(self._cards) or is_written)

    @override
    def _tell(self) -> None:
        self._fit()
        super()._tell()

    def _hear(self, context: ExpressionContext | None) -> None:
        if context is not None:
            context.evaluator.tried.connect(self._on_tried)
            context.evaluator.samples_changed.connect(self._ask)

    def _leave(self, context: ExpressionContext | None) -> None:
        if context is not None:
            context.evaluator.tried.disconnect(self._on_tried)
            context.evaluator.samples_changed.disconnect(self._ask)

    @Slot()
    def _ask(self) -> None:
        """Ask what the value is after each function."""
        self._delay.stop()
        context, links = self._kit.context, list[Link]()
        self._trials = {}
        for card, link in self._complete():
            links.append(link)
            chain = self._chain(links)
            if context is not None and chain is not None:
                trial = Trial(context.point, in_braces(write_chain(chain)), is_template=True)
                self._trials[trial] = card
        for trial in tuple(self._trials):
            if context is not None:
                context.evaluator.try_text(trial)

    @Slot(object)
    def _on_tried(self, tried: Tried) -> None:
        card = self._trials.get(tried.trial)
        if card is not None:
            card.show_outcome(tried.outcome)

    @Slot()
    def _on_source(self) -> None:
        self._fit()
        self._on_entered()

    @Slot()
    @override
    def _on_entered(self) -> None:
        self._begun = {card for card in self._begun if isinstance(card.read(), Reading)}
        self._delay.start()
        self.entered.emit()

    @Slot()
    @override
    def _on_add(self) -> None:
        chain = self._chain([link for _unused, link in self._complete()])
        shape = self._shape_of(chain) if chain is not None else UNKNOWN
        menu = function_menu(shape, self)
        menu.triggered.connect(self._on_chosen)
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height() + GAP)))

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self.add_function(LinkKind(action.data()))

    def add_function(self, kind: LinkKind) -> None:
        """Apply one more function; it waits until it is told all that it needs."""
        before = self._chain([link for _unused, link in self._complete()]) or Chain("''")
        self._is_text = False
        card = self._append(Link(kind, usual_said(kind, free_name(before))), before)
        card.show()
        if isinstance(card.read(), Reading):
            self._begun.add(card)
        card.focus_first()
        self._fit()
        self._on_entered()
        if card not in self._begun:
            self.left.emit()

    @Slot()
    def _on_turn(self) -> None:
        reading = self.reading()
        if reading.fault and reading.fault != REQUIRED:
            return
        self._is_text = bool(self._cards)
        self.show_field(replace(self._field, value=reading.value))
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)
