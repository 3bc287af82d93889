"""A question with a few answers, each of which calls something. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from tocsin.base.texts import quoted
from tocsin.ui.dialogs.frame import DialogFrame, Option

WIDTH: Final = 440


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        title: Of the dialog.
        sentence: What is so.
        hint: What it means.
        names: What it is about, listed, when that is more than one.
    """

    title: str
    sentence: str
    hint: str
    names: Sequence[str] = ()


class ChoiceDialog(DialogFrame):
    """Asks once, does one thing, and is gone. Escape does nothing but close it."""

    def __init__(self, name: str, question: Question, options: Sequence[Option], parent: QWidget) -> None:
        super().__init__(name, question.title, parent)
        self.add_title(question.sentence)
        for listed in question.names:
            self.add_words(listed, "row")
        self.add_words(question.hint, "hint")
        self.add_options(options)
        self.fit(WIDTH)


def named(names: Sequence[str], many: str) -> tuple[str, tuple[str, ...]]:
    """Return what a sentence calls these, and what is listed below it: “db-01”, or “3 steps” and each of them.

    Args:
        names: What it is about, at least one.
        many: What they are, said of more than one: “steps”.
    """
    called = tuple(quoted(name) for name in names)
    return (called[0], ()) if len(called) == 1 else (f"{len(called)} {many}", called)
