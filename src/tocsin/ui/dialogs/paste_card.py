"""The card on the welcome page that takes an alert and offers the playbooks that fit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.services.library import Fit, Fits
from tocsin.ui.dialogs.welcome_card import WelcomeCard, plain_label
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.widgets.button_icon import show_icon
from tocsin.ui.widgets.folding_row import FoldingRow

TITLE: Final = _("Paste an alert")
WORDS: Final = _(
    "JSON of one alert, as your product gives it. Tocsin finds the indicators and offers playbooks that fit. "
    "Nothing is sent."
)
FIELD_HEIGHT: Final = 64
MOST_INDICATORS: Final = 4


@dataclass(frozen=True, slots=True)
class PastedStart:
    """A template and the event that it can start with."""

    template: str
    event: Mapping[str, Json]


class PasteCard(WelcomeCard):
    """Takes a text; says what is in it and what fits.

    Signals:
        text_given: The text that shall be looked through.
        sample_asked: The person wants to see it with a sample.
        start_chosen: The PastedStart that was chosen.
    """

    text_given = Signal(str)
    sample_asked = Signal()
    start_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "clipboard-list", (TITLE, WORDS), parent)
        self.field = QPlainTextEdit(self)
        self.field.setAccessibleName(_("Alert as JSON"))
        self.field.setPlaceholderText(_("Paste here"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(FIELD_HEIGHT)
        self.field.textChanged.connect(self._on_text)
        self.look_through = QPushButton(_("Find what fits"), self)
        self.look_through.setProperty("role", "primary")
        self.look_through.setAutoDefault(False)
        self.look_through.setEnabled(False)
        self.look_through.clicked.connect(self._on_find)
        self.sample = QPushButton(_("Try with a sample"), self)
        self.sample.setAutoDefault(False)
        self.sample.clicked.connect(self.sample_asked)
        for button in (self.look_through, self.sample):
            button.setProperty("small", True)
        self._found = plain_label("", "quiet", self)
        self._found.setWordWrap(True)
        self._found.hide()
        self._offers = QVBoxLayout()
        self._offers.setSpacing(6)
        self.column.addWidget(self.field)
        self.column.addWidget(FoldingRow((self.look_through, self.sample), self))
        self.column.addWidget(self._found)
        self.column.addLayout(self._offers)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def said(self) -> str:
        """What the card says of the text; "" before it was looked through."""
        return self._found.text() if self._found.isVisibleTo(self) else ""

    @property
    def offers(self) -> list[QPushButton]:
        """A button for each template that fits."""
        items = (self._offers.itemAt(place) for place in range(self._offers.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), QPushButton)]

    def take_clipboard(self) -> None:
        """Put what the clipboard holds into the field, with the focus in it."""
        self.field.selectAll()
        self.field.paste()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_text(self, text: str) -> None:
        """Put a text into the field and have it looked through."""
        self.field.setPlainText(text)
        self._on_find()

    def show_fits(self, fits: Fits) -> None:
        """Say what was found, and offer what fits."""
        self._clear()
        alert = fits.alert
        values = [value for _unused, value in alert.indicators]
        more = (
            _(" and {count} more").format(count=len(values) - MOST_INDICATORS) if len(values) > MOST_INDICATORS else ""
        )
        found = (
            _("Found {values}{more}. ").format(values=", ".join(values[:MOST_INDICATORS]), more=more)
            if values
            else _("No indicator found. ")
        )
        self._found.setText(alert.fault or found + self._lacking(fits.fits))
        self._found.show()
        for fit in fits.fits:
            if not fit.lacks and alert.event is not None:
                self._offer(fit, alert.event)

    def _lacking(self, fits: tuple[Fit, ...]) -> str:
        if any(not fit.lacks for fit in fits):
            return ""
        nearest = next(iter(fits), None)
        if nearest is None:
            return _("No template begins with an alert.")
        return _("No template fits. “{name}” also needs {lacks}.").format(
            name=nearest.playbook.name, lacks=", ".join(nearest.lacks)
        )

    def _offer(self, fit: Fit, event: Mapping[str, Json]) -> None:
        name = fit.playbook.name.replace("&", "&&")
        button = QPushButton(_("Use “{name}” with this alert").format(name=name), self)
        button.setAutoDefault(False)
        button.clicked.connect(partial(self.start_chosen.emit, PastedStart(fit.playbook.id, event)))
        self._offers.addWidget(button)

    def _clear(self) -> None:
        while (item := self._offers.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._found.hide()

    @Slot()
    def _tint(self) -> None:
        tokens, edge, ratio = self.theme.tokens, self.theme.px(14), self.devicePixelRatioF()
        icon = QIcon(icon_pixmap("search", tokens.on_accent, edge, ratio))
        icon.addPixmap(icon_pixmap("search", tokens.text3, edge, ratio), QIcon.Mode.Disabled)
        show_icon(self.look_through, icon, edge)

    @Slot()
    def _on_text(self) -> None:
        self.look_through.setEnabled(bool(self.field.toPlainText().strip()))
        self._clear()

    @Slot()
    def _on_find(self) -> None:
        text = self.field.toPlainText()
        if text.strip():
            self.text_given.emit(text)
