"""How often connections are looked at, and how the looks at one went."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QWidget

from tocsin.base.texts import _
from tocsin.services.connections import HealthEntry
from tocsin.services.settings import HealthEvery
from tocsin.ui.connections.words import look_words
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.dialogs.welcome_card import plain_label
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.plain_tip import plain_tip
from tocsin.ui.widgets.rows_delegate import RowHeight, RowsDelegate
from tocsin.ui.widgets.segment import Segment

WIDTH: Final = 520
LIST_HEIGHT: Final = 260
PERIODS: Final = (
    (HealthEvery.OFF, _("Off")),
    (HealthEvery.FIVE_MINUTES, _("5 min")),
    (HealthEvery.QUARTER, _("15 min")),
    (HealthEvery.HOUR, _("60 min")),
)
WHAT: Final = _("While Tocsin is open and the vault is not locked: does each one answer and accept its sign-in?")


class HealthPeriod(QWidget):
    """Off, or a period.

    Signals:
        chosen: The HealthEvery that a person chose.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        choices = [(every.name, words) for every, words in PERIODS]
        self.segment = Segment(theme, choices, _("How often connections are looked at"), self)
        self.segment.setToolTip(plain_tip(WHAT))
        self.segment.chosen.connect(self._on_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(plain_label(_("Health checks"), "caption", self))
        row.addWidget(self.segment)
        row.addStretch(1)

    def show_every(self, every: HealthEvery) -> None:
        """Show which period holds."""
        self.segment.set_choice(every.name)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self.chosen.emit(HealthEvery[name])


class HealthHistory(DialogFrame):
    """The looks at one connection, the latest first."""

    def __init__(self, name: str, entries: tuple[HealthEntry, ...], theme: Theme, parent: QWidget) -> None:
        super().__init__("health-history", _("Health"), parent)
        self.add_title(_("How “{name}” did").format(name=name))
        self.looks = QListWidget(self)
        self.looks.setAccessibleName(_("Looks, the latest first"))
        self.looks.setItemDelegate(RowsDelegate(theme, RowHeight.ROOMY_TABLE, self.looks))
        self.looks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.looks.setFixedHeight(theme.px(LIST_HEIGHT))
        for entry in reversed(entries):
            self.looks.addItem(look_words(entry))
            self.looks.item(self.looks.count() - 1).setToolTip(plain_tip(look_words(entry)))
        self.column.addWidget(self.looks)
        close = self.make_button(_("Close"), self.accept)
        self.add_buttons(close, safest=close)
        self.fit(theme.px(WIDTH))
