"""What shall become of unsaved changes and of runs that are on: questions before a playbook or a window goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from tocsin.ui.dialogs.choice import ChoiceDialog, Question, named
from tocsin.ui.dialogs.frame import Option


def ask_to_save(
    names: Sequence[str], *, on_save: Callable[[], None], on_discard: Callable[[], None], parent: QWidget
) -> None:
    """Ask what shall become of the changes of these playbooks; Cancel calls neither."""
    what, listed = named(names, "playbooks")
    sentence = f"{what} {'have' if listed else 'has'} changes that are not saved."
    question = Question("Unsaved changes", sentence, "Discarding them cannot be undone.", listed)
    every = " all" if listed else ""
    options = (
        Option("Cancel"),
        Option(f"Discard{every} changes", on_discard),
        Option(f"Save{every} changes", on_save, is_primary=True),
    )
    ChoiceDialog("save-changes", question, options, parent).open()


def ask_to_stop(names: Sequence[str], *, on_stop: Callable[[], None], parent: QWidget) -> None:
    """Ask whether the runs of these playbooks shall end with what shows them; Cancel calls nothing."""
    what, listed = named(names, "playbooks")
    many = "s" if listed else ""
    question = Question(
        f"Run{many} in progress",
        f"{what} {'run' if listed else 'runs'}.",
        "Closing stops what runs. What was done stays in the history.",
        listed,
    )
    options = (Option("Keep open", is_primary=True), Option(f"Stop run{many} and close", on_stop))
    ChoiceDialog("stop-runs", question, options, parent).open()
