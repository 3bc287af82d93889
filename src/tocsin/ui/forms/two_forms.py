"""An editor in two forms: rows, and a text that says the same; one of them is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.forms.editor import FieldEditor
from tocsin.ui.forms.reading import Reading
from tocsin.ui.widgets.link_button import LinkButton
from tocsin.ui.widgets.plain_tip import plain_tip

_AS_TEXT: Final = _("Edit as text")
_AS_ROWS: Final = _("Edit as rows")


class TwoFormEditor(FieldEditor):
    """Knows which form is shown, and offers the other where it can say the same.

    A class of this kind makes its rows, then its text, then calls `_begin`: keys go through them in that order. It says
    what the rows say (`_read_rows`), whether rows can say the text (`_can_be_rows`), and what a turn does (`_on_turn`).
    """

    _text: FieldEditor
    _turn: LinkButton
    _too_rich: str

    def _begin(self, text: FieldEditor, too_rich: str) -> None:
        """Make the button that turns one into the other; `too_rich` says why rows cannot say a text."""
        self._text = text
        self._too_rich = too_rich
        self._turn = LinkButton(_AS_TEXT, self, is_in_row=True)
        self._turn.clicked.connect(self._on_turn)

    @property
    def turn_button(self) -> QPushButton:
        """What turns rows into text and back."""
        return self._turn

    @property
    def is_text(self) -> bool:
        """The text is shown."""
        return not self._text.isHidden()

    @property
    @override
    def typed(self) -> str:
        return self._text.typed if self.is_text else ""

    @override
    def reading(self) -> Reading:
        return self._text.reading() if self.is_text else self._read_rows()

    def _read_rows(self) -> Reading:
        raise NotImplementedError

    def _can_be_rows(self) -> bool:
        raise NotImplementedError

    def _fit_turn(self) -> None:
        can_turn = not self.is_text or self._can_be_rows()
        self._turn.setText(_AS_ROWS if self.is_text else _AS_TEXT)
        self._turn.setEnabled(can_turn)
        self._turn.setToolTip("" if can_turn else plain_tip(self._too_rich))

    @Slot()
    def _on_turn(self) -> None:
        raise NotImplementedError
