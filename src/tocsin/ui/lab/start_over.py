"""Asks before the Lab's world is put back: what is in it is gone then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from tocsin.base.texts import _
from tocsin.ui.dialogs.choice import ChoiceDialog, Question
from tocsin.ui.dialogs.frame import Option

HINT: Final = _("Every product of the Lab goes back to the start of its story. Runs keep their records.")


def ask_to_start_over(question: str, act: str, *, on_agreed: Callable[[], None], parent: QWidget) -> None:
    """Ask once; Cancel has the focus.

    Args:
        question: What is asked.
        act: What the button says that agrees, a verb and an object.
        on_agreed: Follows when the person agrees.
        parent: What it stands over.
    """
    options = (Option(_("Cancel")), Option(act, on_agreed))
    ChoiceDialog("lab-start-over", Question(act, question, HINT), options, parent).open()
