"""What shall become of unsaved changes and of runs that are on: questions before a playbook or a window goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from tocsin.base.texts import _, plural
from tocsin.ui.dialogs.choice import ChoiceDialog, Question, named
from tocsin.ui.dialogs.frame import Option


def ask_to_save(
    names: Sequence[str], *, on_save: Callable[[], None], on_discard: Callable[[], None], parent: QWidget
) -> None:
    """Ask what shall become of the changes of these playbooks; Cancel calls neither."""
    what, listed = named(names, _("playbooks"))
    sentence = plural("{what} has changes that are not saved.", "{what} have changes that are not saved.", len(names))
    question = Question(
        _("Unsaved changes"), sentence.format(what=what), _("Discarding them cannot be undone."), listed
    )
    options = (
        Option(_("Cancel")),
        Option(_("Discard all changes") if listed else _("Discard changes"), on_discard),
        Option(_("Save all changes") if listed else _("Save changes"), on_save, is_primary=True),
    )
    ChoiceDialog("save-changes", question, options, parent).open()


def ask_to_stop(names: Sequence[str], *, on_stop: Callable[[], None], parent: QWidget) -> None:
    """Ask whether the runs of these playbooks shall end with what shows them; Cancel calls nothing."""
    what, listed = named(names, _("playbooks"))
    question = Question(
        plural("Run in progress", "Runs in progress", len(names)),
        plural("{what} runs.", "{what} run.", len(names)).format(what=what),
        _("Closing stops what runs. What was done stays in the history."),
        listed,
    )
    options = (
        Option(_("Keep open"), is_primary=True),
        Option(plural("Stop run and close", "Stop runs and close", len(names)), on_stop),
    )
    ChoiceDialog("stop-runs", question, options, parent).open()
