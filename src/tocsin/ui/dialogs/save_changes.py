"""What shall become of unsaved changes and of runs that are on: questions before a playbook or a window goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from tocsin.ui.dialogs.choice import ChoiceDialog, Option, Question


def ask_to_save(
    names: Sequence[str], *, on_save: Callable[[], None], on_discard: Callable[[], None], parent: QWidget
) -> None:
    """Ask what shall become of the changes of these playbooks; Cancel calls neither."""
    sentence = f"“{names[0]}” has changes that are not saved."
    if len(names) > 1:
        sentence = f"{len(names)} playbooks have changes that are not saved."
    question = Question(
        "Unsaved changes",
        sentence,
        "Discarding them cannot be undone.",
        [f"“{name}”" for name in names] if len(names) > 1 else (),
    )
    every = " all" if len(names) > 1 else ""
    options = (
        Option("Cancel"),
        Option(f"Discard{every} changes", on_discard),
        Option(f"Save{every} changes", on_save, is_primary=True),
    )
    ChoiceDialog("save-changes", question, options, parent).open()


def ask_to_stop(names: Sequence[str], *, on_stop: Callable[[], None], parent: QWidget) -> None:
    """Ask whether the runs of these playbooks shall end with what shows them; Cancel calls nothing."""
    is_one = len(names) == 1
    question = Question(
        "Run in progress" if is_one else "Runs in progress",
        f"“{names[0]}” runs." if is_one else f"{len(names)} playbooks run.",
        "Closing stops what runs. What was done stays in the history.",
        () if is_one else [f"“{name}”" for name in names],
    )
    options = (
        Option("Keep open", is_primary=True),
        Option("Stop run and close" if is_one else "Stop runs and close", on_stop),
    )
    ChoiceDialog("stop-runs", question, options, parent).open()
