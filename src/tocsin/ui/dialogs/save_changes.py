"""What shall become of unsaved changes and of runs that are on: questions before a playbook, or a file, is replaced."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from tocsin.base.texts import _, plural
from tocsin.ui.dialogs.choice import ChoiceDialog, Question, named
from tocsin.ui.dialogs.frame import DialogFrame, Option


def ask_to_save(
    names: Sequence[str], *, on_save: Callable[[], None], on_discard: Callable[[], None], parent: QWidget
) -> DialogFrame:
    """Ask what shall become of the changes of these playbooks; Cancel calls neither. Return the question."""
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
    return _open(ChoiceDialog("save-changes", question, options, parent))


def ask_to_stop(names: Sequence[str], *, on_stop: Callable[[], None], parent: QWidget) -> DialogFrame:
    """Ask whether the runs of these playbooks shall end with what shows them; Cancel calls nothing.

    Return the question.
    """
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
    return _open(ChoiceDialog("stop-runs", question, options, parent))


def tell_open(file: str, *, on_show: Callable[[], None], on_again: Callable[[], None], parent: QWidget) -> None:
    """Say that a file was not written, for another tab shows it; lead there, or to another name."""
    question = Question(
        _("File is open"),
        _("“{file}” is open in another tab.").format(file=file),
        _("Nothing was written. A file is open once, so that no work on it is overwritten by other work."),
    )
    options = (
        Option(_("Cancel")),
        Option(_("Show it"), on_show),
        Option(_("Choose another name"), on_again, is_primary=True),
    )
    ChoiceDialog("file-is-open", question, options, parent).open()


def _open(question: DialogFrame) -> DialogFrame:
    question.open()
    return question
