"""What a person answers, and the equal buttons that answers are given with. There is no default, nothing is hasty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.progress import QuestionOption
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.button_icon import show_icon
from tocsin.ui.widgets.plain_tip import plain_tip

SAFE: Final = frozenset({"rejected", "reject", "no", "leave", "skip"})
APPROVED: Final = "approved"
ICON: Final = 14


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person chose. `form` is None unless a form was asked for."""

    question: str
    option: str
    form: Json = None
    reason: str = ""


class OptionButton(QPushButton):
    """One option. All look alike and none is the default.

    Signals:
        chosen: The option's id.
    """

    chosen = Signal(str)

    def __init__(self, option: QuestionOption, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_(option.title).replace("&", "&&"), parent)
        self._option = option
        self._theme = theme
        self.setObjectName(f"answer-{option.id}")
        self.setAccessibleName(_(option.title))
        self.setToolTip(plain_tip(_("Answers “{title}”").format(title=_(option.title))))
        self.setAutoDefault(False)
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def option(self) -> QuestionOption:
        """The answer that it gives."""
        return self._option

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._option.id)

    @Slot()
    def _tint(self) -> None:
        name = "x" if self._option.id in SAFE else "check" if self._option.id == APPROVED else ""
        if name:
            edge = self._theme.px(ICON)
            show_icon(self, self._theme.icon(name, edge), edge)


def safest(options: Sequence[QuestionOption]) -> str | None:
    """Return the option that does least: one that says no, else the last that is not marked as dangerous."""
    known = [option.id for option in options if option.id in SAFE]
    plain = [option.id for option in options if option.style != "danger"]
    return next(iter([*known, *reversed(plain)]), options[0].id if options else None)
