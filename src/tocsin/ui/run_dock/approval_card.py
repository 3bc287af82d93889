"""The approval card: what a person must know, and equal buttons to answer with (visual-design.md §9).

A plain widget 262 px wide; whoever shows it places it. The safest answer has the focus, none is the default, a time
that is over approves nothing.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.clock import Clock
from tocsin.base.texts import _
from tocsin.ui.canvas.looks import Look
from tocsin.ui.run_dock.answers import APPROVED, SAFE, Answer, OptionButton, safest
from tocsin.ui.run_dock.approval import Card
from tocsin.ui.run_dock.badge import Badge
from tocsin.ui.run_dock.flow_area import FlowArea
from tocsin.ui.run_dock.form_answer import FormAnswer
from tocsin.ui.run_dock.layouts import empty
from tocsin.ui.run_dock.pieces_label import PiecesLabel
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.floating import Floating
from tocsin.ui.widgets.folding_row import FoldingRow
from tocsin.ui.widgets.second_tick import second_tick
from tocsin.ui.widgets.words import Words

WIDTH: Final = 262
MARGIN: Final = 11
LABELS: Final = 52
BUTTON: Final = 30
SIDE_BY_SIDE: Final = 2
EDGE: Final = 12
"""The least room between the card and the canvas's edges."""
LEAST: Final = 200


class ApprovalCard(Floating):
    """Shows one open question.

    Signals:
        answered: Answer.
        node_requested: The id of the step that asks.
        next_requested: Another open question is to be shown.
    """

    answered = Signal(object)
    node_requested = Signal(str)
    next_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(theme, _("Question of the run"), parent)
        self.setObjectName("approval-card")
        self._clock = clock or Clock()
        self._card: Card | None = None
        self._buttons: dict[str, OptionButton] = {}
        self._form: FormAnswer | None = None
        self._is_sent = False
        self._title, self._left = self._make_label("panel-title"), self._make_label("hint")
        self._title.setWordWrap(True)
        self._middle = QWidget(self)
        self._column, self._lines, self._row = QVBoxLayout(self), QGridLayout(self._middle), QVBoxLayout()
        self._area = FlowArea(self._middle, _("What is asked"), self)
        self._prompt = PiecesLabel(theme, self)
        self._typed, self._reason = QLineEdit(self), QLineEdit(self)
        self._add_reason = self._make_link(_("Add a reason"))
        self._show_step = self._make_link(_("Show step"))
        self._next = self._make_link(_("Next question"))
        self._tick = second_tick(self)
        self._tick.timeout.connect(self._refresh_time)
        self._arrange()
        self._connect()
        theme.changed.connect(self._on_theme)
        self._on_theme()
        if parent is not None:
            parent.installEventFilter(self)
        self.hide()

    @property
    def shown(self) -> Card | None:
        """The question that is shown, or None."""
        return self._card

    @property
    def text(self) -> str:
        """What is asked, as it is read."""
        return self._card.lines[0].text if self._card is not None else ""

    @property
    def countdown(self) -> str:
        """How long there is time, in words."""
        return self._left.text()

    @property
    def typed(self) -> QLineEdit:
        """Where the target's name is typed; hidden where nothing need be."""
        return self._typed

    def find_button(self, option: str) -> OptionButton | None:
        """Return the button of an answer, or None."""
        return self._buttons.get(option)

    def show_card(self, card: Card | None) -> None:
        """Show a question, or none. The same one again keeps what was typed."""
        before, self._card = self._card, card
        is_same = card is not None and before is not None and card.question.ask == before.question.ask
        if card is None:
            self.hide()
            self._clear()
            return
        if not is_same:
            self._clear()
            self._fill(card)
        if before is None or not is_same or card.lines != before.lines or card.typed != before.typed:
            self._fill_lines(card)
        self._next.setVisible(card.count > 1)
        self._next.setText(_("Next of {count} questions").format(count=card.count))
        self._refresh_time()
        self._fit()
        if not is_same:
            self.show()
            self._fit()  # answers that have no room beside each other stand below each other only now
            self._focus_safest()

    def allow_answer(self) -> None:
        """Let the person answer again: what they chose was not taken."""
        self._is_sent = False
        self._refresh_buttons()

    @Slot()
    def choose_safest(self) -> None:
        """Give the answer that does least."""
        option = safest(self._card.question.options) if self._card is not None else None
        if option is not None:
            self._buttons[option].click()

    @Slot()
    def choose_approval(self) -> None:
        """Give the answer that approves, if it can be given now."""
        button = self._buttons.get(APPROVED)
        if button is not None:
            button.click()

    def _make_label(self, role: str) -> Words:
        label = Words(parent=self)
        label.setProperty("role", role)
        return label

    def _make_link(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("role", "link")
        button.setAutoDefault(False)
        return button

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Badge(self._theme, Look.ASKS, self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._left)
        head.addLayout(words, 1)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(2)
        self._lines.setVerticalSpacing(6)
        self._lines.setColumnStretch(1, 1)
        links = QHBoxLayout()
        links.addWidget(self._add_reason)
        links.addStretch(1)
        links.addWidget(self._show_step)
        column = self._column
        column.setContentsMargins(MARGIN, MARGIN - 1, MARGIN, MARGIN - 3)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._area)
        for widget in (self._prompt, self._typed, self._reason):
            column.addWidget(widget)
        column.addLayout(self._row)
        column.addLayout(links)
        column.addWidget(self._next, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.setSpacing(8)
        self._reason.setPlaceholderText(_("Reason"))
        self._reason.setAccessibleName(_("Reason for the answer"))
        self._reason.hide()

    def _connect(self) -> None:
        self._typed.textChanged.connect(self._refresh_buttons)
        self._add_reason.clicked.connect(self._on_add_reason)
        self._show_step.clicked.connect(self._on_show_step)
        self._next.clicked.connect(self.next_requested)

    def _fill(self, card: Card) -> None:
        self._is_sent = False
        self._title.setText(card.title)
        self.setAccessibleName(f"{card.title}: {card.lines[0].text}")
        if card.question.form is not None:
            self._form = FormAnswer(card.question.form, self._theme, self)
            self._row.addWidget(self._form)
        self._fill_options(card)

    def _fill_lines(self, card: Card) -> None:
        empty(self._lines)
        for row, line in enumerate(card.lines):
            name = self._make_label("quiet")
            name.setText(line.label)
            words = PiecesLabel(self._theme, self)
            words.show_pieces(line.pieces)
            self._lines.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(words, row, 1)
            for label in (name, words):
                label.show()  # in a card that is seen already a layout leaves them out until Qt shows them, later
        self._lines.setColumnMinimumWidth(0, self._theme.px(LABELS))
        self._prompt.show_pieces(card.prompt)
        self._typed.setAccessibleName(self._prompt.text)
        self._typed.setPlaceholderText(_("Name"))
        self._prompt.setVisible(bool(card.typed))
        self._typed.setVisible(bool(card.typed))

    def _fill_options(self, card: Card) -> None:
        """Equal buttons: two side by side where their words have room, the safest first; else one under the other."""
        options = sorted(card.question.options, key=lambda option: option.id not in SAFE)
        for option in options:
            button = OptionButton(option, self._theme, self)
            button.setMinimumHeight(self._theme.px(BUTTON))
            button.chosen.connect(self._on_chosen)
            self._buttons[option.id] = button
        buttons = tuple(self._buttons.values())
        if len(buttons) == SIDE_BY_SIDE:
            self._row.addWidget(FoldingRow(buttons, self, fills=True))
            return
        for button in buttons:
            self._row.addWidget(button)

    def _clear(self) -> None:
        empty(self._lines)
        empty(self._row)
        self._buttons = {}
        self._form = None
        self._typed.clear()
        self._reason.clear()
        self._reason.hide()
        self._add_reason.show()

    def _focus_safest(self) -> None:
        option = safest(self._card.question.options) if self._card is not None else None
        if option is not None:
            self._buttons[option].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _refresh_time(self) -> None:
        if self._card is not None:
            self._left.setText(self._card.left(self._clock.utc_micros()))
            self._refresh_buttons()

    @Slot()
    def _refresh_buttons(self) -> None:
        card = self._card
        if card is None:
            return
        is_open = not self._is_sent and not card.is_over(self._clock.utc_micros())
        is_typed = not card.typed or self._typed.text() == card.typed
        for button in self._buttons.values():
            button.setEnabled(is_open and (is_typed or button.option.style != "danger"))

    def _fit(self) -> None:
        """Be as high as the content, but never higher than the canvas: then the middle scrolls and the buttons stay."""
        parent = self.parentWidget()
        if parent is not None:
            self.setMaximumHeight(max(LEAST, parent.height() - 2 * EDGE))
        self._area.updateGeometry()
        self._column.activate()  # what lies in layouts within it is else as high as it was
        self.adjustSize()

    @Slot()
    def _on_add_reason(self) -> None:
        self._add_reason.hide()
        self._reason.show()
        self._reason.setFocus()
        self._fit()

    @Slot()
    def _on_show_step(self) -> None:
        if self._card is not None:
            self.node_requested.emit(self._card.question.node)

    @Slot(str)
    def _on_chosen(self, option: str) -> None:
        if self._card is None or (self._form is not None and not self._form.ensure_complete()):
            return
        self._is_sent = True
        self._refresh_buttons()
        form = self._form.value if self._form is not None else None
        self.answered.emit(Answer(self._card.question.ask, option, form, self._reason.text().strip()))

    @Slot()
    def _on_theme(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH))
        self._fit()

    @override
    def border(self) -> str:
        return self._theme.tokens.waiting

    @override
    def sizeHint(self) -> QSize:
        width = self._theme.px(WIDTH)
        return QSize(width, min(self._column.totalHeightForWidth(width), self.maximumHeight()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._card is not None and self._card.question.expires is not None:
            self._tick.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.parent():
            self._fit()
        return super().eventFilter(watched, event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        super().hideEvent(event)
