"""Steers runs at one step: from here on, this step alone, other data, a pinned output, a breakpoint's condition."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import Final
from weakref import WeakSet

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.texts import _, plural
from tocsin.engine.errors import OtherVersionError
from tocsin.engine.events import FINISHED, LIVE
from tocsin.engine.pins import PINNABLE, PinnedOutput
from tocsin.engine.progress import RunProgress
from tocsin.expressions import ExpressionError, compile_expression
from tocsin.model.playbook import walk_nodes
from tocsin.services.runs import StartAt
from tocsin.ui.dialogs.choice import ChoiceDialog, Question, named
from tocsin.ui.dialogs.frame import Option
from tocsin.ui.dialogs.value_dialog import ValueDialog, ValueQuestion
from tocsin.ui.run_dock.words import short_run
from tocsin.ui.theme import Theme
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.panels import Panels

NO_DATA: Final = _("No run is shown that has ended. Run the playbook, or open a run in History, to use its data.")
IMPORTED: Final = _("This run came out of a file. Its data can be looked at, and not be used for a run.")
NOTHING_GIVEN: Final = _("“{node}” has given nothing in the run that is shown.")
NOT_PINNED: Final = _("Only a step that gives data can be pinned: no question, no branch, no trigger.")
PINNED: Final = _("“{node}” is pinned: rehearsals take this output. A live run never does.")


@dataclass(frozen=True, slots=True)
class _Started:
    """A run of a part that was asked for.

    Attributes:
        document: Of what.
        at: Where it begins.
        mode: live, or rehearse.
    """

    document: Document
    at: StartAt
    mode: str


class ControlDesk(QObject):
    """Works on the one selected step of the playbook in front, with the run that is shown."""

    def __init__(self, documents: OpenDocuments, panels: Panels, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._documents = documents
        self._panels = panels
        self._theme = theme
        self._window = window
        self._heard: WeakSet[Document] = WeakSet()
        self._started: _Started | None = None

    @property
    def _document(self) -> Document:
        return self._documents.current

    def run_from(self, *, is_alone: bool) -> None:
        """Run from the selected step on, or that step alone, with the data of the run that is shown."""
        node, shown = self._node(), self._shown()
        if node is None:
            return
        if self._panels.run.is_imported:
            self._say(IMPORTED)
        elif shown is None or shown.status not in FINISHED:
            if is_alone:
                self._start(StartAt(node, is_alone=True), LIVE)
            else:
                self._say(NO_DATA)
        else:
            self._start(StartAt(node, shown.run, is_alone=is_alone), shown.mode)

    def ask_data(self) -> None:
        """Ask what the selected step of the run that is on shall have given."""
        node = self._node()
        progress = self._document.follower.progress
        if node is None or progress is None:
            return
        output = self._output_of(progress, node)
        if output is None:
            self._say(NOTHING_GIVEN.format(node=node))
            return
        question = ValueQuestion(
            "edit-data",
            _("Edit the data"),
            _("“{node}” gave this:").format(node=node),
            _(
                "The run goes on with what stands here. The record keeps both, and who changed it. "
                "What a step has read already cannot be edited."
            ),
            json.dumps(output, indent=2, ensure_ascii=False),
            _("Use these data"),
            rows=12,
        )
        dialog = ValueDialog(question, _fault_of_json, self._theme, self._window)
        dialog.entered.connect(partial(_edit, self._document, node))
        dialog.open()

    def ask_condition(self) -> None:
        """Ask when runs pause before the selected step."""
        node = self._node()
        if node is None:
            return
        question = ValueQuestion(
            "breakpoint-condition",
            _("Breakpoint condition"),
            _("Pause before “{node}” when this is true:").format(node=node),
            _("An expression over what came before, such as reputation.score > 80.0. Empty pauses always."),
            self._document.breakpoints.condition_of(node),
            _("Set breakpoint"),
        )
        dialog = ValueDialog(question, _fault_of_condition, self._theme, self._window)
        dialog.entered.connect(partial(self._document.breakpoints.set_condition, node))
        dialog.open()

    def toggle_pin(self) -> None:
        """Let the selected step give in rehearsals what it gave in the run that is shown, or be done again."""
        node, shown, document = self._node(), self._shown(), self._document
        if node is None:
            return
        if node in document.pins.words:
            document.pins.unpin(node)
        elif dict(walk_nodes(document.playbook.graph))[node].kind not in PINNABLE:
            self._say(NOT_PINNED)
        else:
            output = self._output_of(shown, node) if shown is not None else None
            if shown is None or output is None:
                self._say(NOTHING_GIVEN.format(node=node))
            else:
                document.pins.pin(node, PinnedOutput(output, source=self._name_of(shown)))
                self._say(PINNED.format(node=node))

    def ask_pin(self) -> None:
        """Ask what the selected step gives in rehearsals; at first what is pinned, or what it gave in the run shown."""
        node, document = self._node(), self._document
        if node is None:
            return
        if dict(walk_nodes(document.playbook.graph))[node].kind not in PINNABLE:
            self._say(NOT_PINNED)
            return
        pin, shown = document.pins.in_playbook(document.playbook).get(node), self._shown()
        given = self._output_of(shown, node) if shown is not None else None
        question = ValueQuestion(
            "pin-output",
            _("Pin an output"),
            _("In rehearsals “{node}” gives this:").format(node=node),
            _("JSON. It is kept beside the file of the playbook. A live run never takes it."),
            json.dumps(pin.output if pin is not None else given, indent=2, ensure_ascii=False),
            _("Pin output"),
            rows=12,
        )
        dialog = ValueDialog(question, _fault_of_json, self._theme, self._window)
        dialog.entered.connect(partial(_pin, document, node))
        dialog.open()

    def _node(self) -> str | None:
        """Return the one selected step, or None."""
        selection = self._document.session.selection
        return next(iter(selection)) if len(selection) == 1 else None

    def _shown(self) -> RunProgress | None:
        moment = self._panels.run.moment
        return moment.progress if moment is not None else None

    def _output_of(self, progress: RunProgress, node: str) -> Json:
        paths = progress.paths_of(node)
        kept = progress.output_of(paths[0]) if paths else None
        found = self._panels.values.find(kept)
        return found.value if found.is_there else None

    def _name_of(self, progress: RunProgress) -> str:
        names = self._panels.names
        return (names.find(progress.run) if names is not None else "") or short_run(progress.run)

    def _start(self, at: StartAt, mode: str) -> None:
        document = self._document
        if document not in self._heard:
            self._heard.add(document)
            document.follower.refused.connect(self._on_refused)
        self._started = _Started(document, at, mode)
        document.run(mode=mode, at=at)

    @Slot(object)
    def _on_refused(self, error: TocsinError) -> None:
        """Ask whether data may be used though their steps are drawn otherwise now."""
        started, self._started = self._started, None
        if started is None or not isinstance(error, OtherVersionError):
            return
        what, listed = named(error.nodes, _("steps"))
        question = Question(
            _("Steps are drawn otherwise now"),
            plural(
                "{what} was drawn otherwise in the run whose data would be used.",
                "{what} were drawn otherwise in the run whose data would be used.",
                len(error.nodes),
            ).format(what=what),
            _("What they gave then may not be what they would give now. Nothing has run yet."),
            listed,
        )
        again = partial(started.document.run, mode=started.mode, at=replace(started.at, accepts_changes=True))
        options = (Option(_("Cancel")), Option(_("Use the data anyway"), again))
        ChoiceDialog("other-version", question, options, self._window).open()

    def _say(self, words: str) -> None:
        self._panels.notice.show_words(words)


def _pin(document: Document, node: str, text: str) -> None:
    document.pins.pin(node, PinnedOutput(json.loads(text)))


def _edit(document: Document, path: str, text: str) -> None:
    document.follower.edit_data(path, json.loads(text))


def _fault_of_json(text: str) -> str:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return _("This is no JSON at line {lineno}, column {colno}.").format(lineno=error.lineno, colno=error.colno)
    except (ValueError, RecursionError):
        return _("This has a number or a nesting that is too large.")
    return ""


def _fault_of_condition(text: str) -> str:
    if not text.strip():
        return ""
    try:
        compile_expression(text.strip())
    except ExpressionError as error:
        return error.message
    return ""
