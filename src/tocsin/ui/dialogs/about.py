"""What Tocsin is, which version, and under which licences it and what travels with it stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tocsin import __version__
from tocsin.base.errors import MissingDataError
from tocsin.base.resources import resource_path
from tocsin.base.texts import _
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.dialogs.welcome_card import SoftTile, plain_label
from tocsin.ui.theme import Theme

WIDTH: Final = 460
LOGO: Final = (46, 24)
TEXT_HEIGHT: Final = 200


@dataclass(frozen=True, slots=True)
class Part:
    """Something that travels with Tocsin.

    Attributes:
        name: What it is called.
        use: What it is here.
        licence: The licence's name.
        text: Where the licence's text is under `resources/`; empty where it is not among the data.
    """

    name: str
    use: str
    licence: str
    text: tuple[str, ...] = ()


PARTS: Final = (
    Part("Tocsin", _("this program"), "Apache License 2.0"),
    Part("Inter", _("font for words"), "SIL Open Font License 1.1", ("fonts", "Inter-OFL.txt")),
    Part("JetBrains Mono", _("font for code"), "SIL Open Font License 1.1", ("fonts", "JetBrainsMono-OFL.txt")),
    Part("Lucide", _("icons"), "ISC License", ("icons", "LICENSE.txt")),
    Part("Qt for Python", _("windows"), "GNU LGPL 3.0"),
)


class AboutDialog(DialogFrame):
    """Tells; has nothing to decide."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("about", _("About Tocsin"), parent)
        self.setMinimumWidth(WIDTH)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(_("Licence that is shown"))
        for part in PARTS:
            if part.text:
                self.choice.addItem(f"{part.name}: {part.licence}", part)
        self.choice.currentIndexChanged.connect(self._show_text)
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(_("Text of the licence"))
        self.text.setReadOnly(True)
        self.text.setFixedHeight(TEXT_HEIGHT)
        self.text.setTabChangesFocus(True)
        self.column.addLayout(self._head(theme))
        self.column.addLayout(self._table())
        self.column.addWidget(self.choice)
        self.column.addWidget(self.text)
        close = self.make_button(_("Close"), self.accept)
        self.add_buttons(close, safest=close)
        self._show_text()

    def _head(self, theme: Theme) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(plain_label(_("Tocsin {version__}").format(version__=__version__), "dialog-title", self))
        words.addWidget(plain_label(_("Draw and run security playbooks."), "quiet", self))
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(SoftTile(theme, "bell", LOGO, self))
        head.addLayout(words, 1)
        return head

    def _table(self) -> QGridLayout:
        table = QGridLayout()
        table.setHorizontalSpacing(16)
        table.setVerticalSpacing(4)
        for row, part in enumerate(PARTS):
            for column, (words, role) in enumerate(
                ((part.name, "caption"), (part.use, "quiet"), (part.licence, "quiet"))
            ):
                table.addWidget(plain_label(words, role, self), row, column)
        table.setColumnStretch(2, 1)
        return table

    @Slot()
    def _show_text(self) -> None:
        part: Part = self.choice.currentData()
        try:
            self.text.setPlainText(resource_path(*part.text).read_text(encoding="utf-8"))
        except (MissingDataError, OSError):
            self.text.setPlainText(_("The text is missing from this installation."))
