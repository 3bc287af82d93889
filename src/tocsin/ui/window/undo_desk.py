"""Takes back what a run changed: shows the list, asks once, and lets the undo be seen as the run that it is."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.errors import TocsinError
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, plural
from tocsin.engine.errors import NothingToUndoError
from tocsin.engine.events import LIVE, REHEARSE
from tocsin.engine.undoing import UndoItem
from tocsin.services.runs import StartedRun
from tocsin.ui.bridge import EventBridge
from tocsin.ui.canvas.looks import Look
from tocsin.ui.dialogs.deeds import Deed, DeedList, DeedsDialog
from tocsin.ui.dialogs.frame import Option
from tocsin.ui.lab.changes import LabUndo
from tocsin.ui.run_dock.unsure import UNKNOWN
from tocsin.ui.run_dock.words import counted
from tocsin.ui.theme import Theme
from tocsin.ui.window.arrivals import Arrivals, StoredPorts

Paths = frozenset[str]


class UndoDesk(QObject):
    """Nothing is taken back before a person has seen the list.

    Signals:
        failed: A TocsinError: it cannot be read, or there is nothing to take back.
    """

    failed = Signal(object)

    def __init__(
        self, ports: StoredPorts, arrivals: Arrivals, bridge: EventBridge, theme: Theme, window: QWidget
    ) -> None:
        super().__init__(window)
        self._ports = ports
        self._arrivals = arrivals
        self._bridge = bridge
        self._theme = theme
        self._window = window
        self._is_closed = False

    @Slot(str)
    def offer(self, run: str) -> None:
        """Look what a run changed, and ask whether it shall be taken back."""
        self._look(run, None)

    @Slot(object)
    def offer_some(self, wish: LabUndo) -> None:
        """Do the same for some steps of a run alone."""
        self._look(wish.run, frozenset(wish.paths))

    def close(self) -> None:
        """Expect no answer any more."""
        self._is_closed = True

    def _look(self, run: str, only: Paths | None) -> None:
        future = self._ports.history.changes_of(run)
        future.add_done_callback(partial(self._bridge.deliver, partial(self._on_listed, run, only)))

    def _on_listed(self, run: str, only: Paths | None, future: Future[tuple[UndoItem, ...]]) -> None:
        if self._is_closed or future.cancelled():
            return
        error = future.exception()
        if isinstance(error, TocsinError):
            self.failed.emit(error)
        elif error is not None:
            raise error
        else:
            items = tuple(item for item in future.result() if only is None or item.path in only)
            if any(item.is_undoable for item in items):
                self._ask(run, only, items)
            else:
                self.failed.emit(NothingToUndoError(run))

    def _ask(self, run: str, only: Paths | None, items: Sequence[UndoItem]) -> None:
        count = counted(sum(item.is_undoable for item in items), "change")
        options = (
            Option(_("Cancel")),
            Option(_("Rehearse the undo"), partial(self._undo, run, REHEARSE, only)),
            Option(_("Undo {count}").format(count=count), partial(self._undo, run, LIVE, only)),
        )
        DeedsDialog(undo_list(items), options, self._theme, self._window).open()

    def _undo(self, run: str, mode: str, only: Paths | None) -> None:
        self._arrivals.start(partial(self._start, run, mode, only), verb=_("Undo anyway"))

    def _start(self, run: str, mode: str, only: Paths | None, *, accepts_changes: bool) -> Future[StartedRun]:
        return self._ports.runs.undo(run, by=self._ports.person, mode=mode, accepts_changes=accepts_changes, only=only)


def undo_list(items: Sequence[UndoItem]) -> DeedList:
    """Return what is asked before these changes are taken back, newest first."""
    undoable = sum(item.is_undoable for item in items)
    left = len(items) - undoable
    stays = (
        plural(" {counted} cannot be undone and stays.", " {counted} cannot be undone and stay.", left).format(
            counted=counted(left, "change")
        )
        if left
        else ""
    )
    unsure = sum(item.changed == UNKNOWN for item in items)
    doubt = _(" {unsure} may have happened: undoing is tried all the same.").format(unsure=unsure) if unsure else ""
    return DeedList(
        name="undo-run",
        title=_("Undo all") if len(items) > 1 else _("Undo"),
        sentence=_("Take back {counted}, newest first").format(counted=counted(undoable, "change")),
        deeds=tuple(_deed(item) for item in items),
        hint=_("The undo is a run of its own. When one step fails, the next is still tried.{stays}{doubt}").format(
            stays=stays, doubt=doubt
        ),
    )


def _deed(item: UndoItem) -> Deed:
    how = (
        _("{action} on {connection}").format(action=item.action.replace("_", " "), connection=item.connection)
        if item.is_undoable
        else _("cannot be undone")
    )
    is_unsure = item.changed == UNKNOWN
    look = Look.UNCERTAIN if is_unsure else Look.SUCCEEDED if item.is_undoable else Look.CANCELLED
    return Deed(one_line(item.summary), _("may have happened · {how}").format(how=how) if is_unsure else how, look)
