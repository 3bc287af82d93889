"""Every environment side by side, and the connections of the one that is chosen: tested, changed, copied, removed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.model.catalogue import Catalogue
from tocsin.services.connections import ConnectionRow, EnvironmentView, HealthEntry, Overview, TrialReport
from tocsin.ui.asking import Asking
from tocsin.ui.connections.connection_card import ConnectionCard
from tocsin.ui.connections.environment_row import EnvironmentList, EnvironmentRow
from tocsin.ui.connections.faces import faces_of
from tocsin.ui.connections.health_view import HealthHistory, HealthPeriod
from tocsin.ui.connections.health_watch import HealthWatch
from tocsin.ui.connections.labels import wrapping
from tocsin.ui.connections.new_environment import NewEnvironment, NewEnvironmentDialog
from tocsin.ui.connections.setup import ROOM, SavedConnection, SetUpDialog, SetUpPlace
from tocsin.ui.connections.unlocking import Unlocking
from tocsin.ui.connections.words import readiness_words
from tocsin.ui.dialogs.choice import ChoiceDialog, Question
from tocsin.ui.dialogs.frame import DialogFrame, Option
from tocsin.ui.dialogs.welcome_card import plain_label
from tocsin.ui.ports import ConnectionsPort
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.marks import set_mark
from tocsin.vault import VaultState

SIZE: Final = QSize(900, 570)
LIST_WIDTH: Final = 230
NO_ENVIRONMENT: Final = _("Only the Lab is there, which connects its products itself.")
NO_CONNECTION: Final = _("No product is connected here yet.")
CONNECT: Final = _("Connect a product…")


class EnvironmentsDialog(DialogFrame):
    """Looks anew after everything that it does.

    Args:
        port: The connections.
        catalogue: Every product.
        file: One in the workspace.
        theme: How it looks.
        parent: The window.

    Signals:
        changed: Something of the environments is another now.
    """

    changed = Signal()

    def __init__(self, port: ConnectionsPort, catalogue: Catalogue, file: str, theme: Theme, parent: QWidget) -> None:
        super().__init__("environments", _("Connections"), parent)
        self._port, self._catalogue, self._file, self._theme = port, catalogue, file, theme
        self._overview = Overview()
        self._chosen = ""
        self._cards: dict[str, ConnectionCard] = {}
        self._tests: dict[str, Future[TrialReport]] = {}
        self._unlocking = Unlocking(port, theme, self)
        self._asking = Asking(self)
        for asking in (self._asking, self._unlocking):
            asking.failed.connect(self._on_failed)
        self._unlocking.given_up.connect(self._show)
        self._list = EnvironmentList(theme, self)
        self._list.chosen.connect(self._on_chosen)
        self._title = plain_label("", "dialog-title", self)
        self._line = plain_label("", "quiet", self)
        self._connect = self.make_button(CONNECT, self.connect_product)
        self._body = QWidget(self)
        self._body.setObjectName("connections-body")
        self._column = QVBoxLayout(self._body)
        self._empty = EmptyState(theme, "plug", "", CONNECT, self)
        self._empty.asked.connect(self.connect_product)
        self._pages = QStackedWidget(self)
        self._said = wrapping("", "quiet", self)
        self._looks: tuple[HealthEntry, ...] = ()
        self._period = HealthPeriod(theme, self)
        self._period.hide()
        self._lock = self.make_button(_("Lock the vault now"), self._on_lock)
        self._lock.hide()
        self._arrange()
        wanted = QSize(theme.px(SIZE.width()), theme.px(SIZE.height()))
        self.resize(wanted.boundedTo(parent.window().size() - ROOM))
        self.finished.connect(self._on_finished)

    @property
    def rows(self) -> list[EnvironmentRow]:
        """The environments, in order."""
        return self._list.rows

    @property
    def cards(self) -> list[ConnectionCard]:
        """The connections of the chosen environment, in order."""
        return list(self._cards.values())

    @property
    def period(self) -> HealthPeriod:
        """How often connections are looked at; hidden without a watch."""
        return self._period

    @property
    def lock_button(self) -> QPushButton:
        """Locks the vault; hidden where that would mean nothing."""
        return self._lock

    @property
    def said(self) -> str:
        """What was done last, or why it could not be."""
        return self._said.text()

    def follow(self, watch: HealthWatch) -> None:
        """Show how often the watch looks, let that be chosen, and show what it saw."""
        self._period.show_every(watch.every)
        self._period.chosen.connect(watch.set_every)
        self._period.show()
        watch.changed.connect(self._period.show_every)
        watch.failed.connect(self._on_failed)
        watch.looked.connect(self._on_looked)

    def open_with(self, environment: str, *, asks_new: bool = False) -> None:
        """Show itself with the connections of an environment; of the first one where there is none of that id.

        Args:
            environment: Its id.
            asks_new: Ask for a new environment at once.
        """
        self._chosen = environment
        self.open()
        self._look(self._on_first_overview if asks_new else self._on_overview)

    @Slot()
    def connect_product(self) -> None:
        """Connect a product in the chosen environment."""
        self._set_up(None)

    @Slot()
    def ask_environment(self) -> None:
        """Ask for a new environment."""
        dialog = NewEnvironmentDialog(self._overview.environments, self._theme, self)
        making = Asking(dialog)
        dialog.asked.connect(partial(self._make, dialog, making))
        making.failed.connect(partial(_show_fault, dialog))
        dialog.open()

    def _arrange(self) -> None:
        new = self.make_button(_("New environment…"), self.ask_environment)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(plain_label(_("Environments"), "caption", self))
        left.addWidget(self._list)
        left.addStretch(1)
        left.addWidget(new)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._line)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self._connect, 0, Qt.AlignmentFlag.AlignTop)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(_("Connections"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._body)
        self._pages.addWidget(scroll)
        self._pages.addWidget(self._empty)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addLayout(head)
        right.addWidget(self._pages, 1)
        right.addWidget(self._period)
        right.addWidget(self._said)
        self._said.hide()
        side = QWidget(self)
        side.setFixedWidth(self._theme.px(LIST_WIDTH))
        left.setContentsMargins(0, 0, 0, 0)
        side.setLayout(left)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(side)
        columns.addLayout(right, 1)
        self.column.addLayout(columns, 1)
        close = self.make_button(_("Close"), self.accept)
        self.add_buttons(close, safest=close, left=self._lock)

    def _look(self, on_answer: Callable[[Overview], None] | None = None) -> None:
        self._asking.ask(self._port.look(self._file, with_uses=True), on_answer or self._on_overview)

    def _on_first_overview(self, overview: Overview) -> None:
        self._on_overview(overview)
        self.ask_environment()

    def _on_overview(self, overview: Overview) -> None:
        self._overview = overview
        if overview.find(self._chosen) is None:
            self._chosen = overview.environments[0].id if overview.environments else ""
        self._lock.setVisible(overview.has_passphrase and overview.vault is VaultState.OPEN)
        self._show()
        self._look_back()

    def _look_back(self) -> None:
        """Fetch how the chosen environment's connections did."""
        if self._view is not None:
            self._asking.ask(self._port.health_before(self._chosen), partial(self._on_looks, self._chosen))

    def _on_looks(self, environment: str, looks: tuple[HealthEntry, ...]) -> None:
        if environment == self._chosen:
            self._looks = looks
            self._show_health()

    def _show_health(self) -> None:
        for name, card in self._cards.items():
            card.show_health(self._looks_at(name))

    def _looks_at(self, name: str) -> tuple[HealthEntry, ...]:
        return tuple(entry for entry in self._looks if (entry.environment, entry.connection) == (self._chosen, name))

    def _show_history(self, name: str) -> None:
        HealthHistory(name, self._looks_at(name), self._theme, self).open()

    @Slot(object)
    def _on_looked(self, entry: HealthEntry) -> None:
        if entry.environment == self._chosen:
            self._looks = (*self._looks, entry)
            self._show_health()

    @property
    def _view(self) -> EnvironmentView | None:
        return self._overview.find(self._chosen)

    @Slot()
    def _show(self) -> None:
        self._list.show_faces(faces_of(self._overview.environments), self._chosen)
        view = self._view
        self._title.setText(view.title if view else _("Connections"))
        self._line.setText(readiness_words(view) if view else "")
        rows = view.rows if view else ()
        self._connect.setVisible(bool(rows))
        self._show_cards(rows)
        self._empty.set_line((view.fault or NO_CONNECTION) if view else NO_ENVIRONMENT)
        self._empty.set_action("" if view and view.fault else CONNECT)
        self._pages.setCurrentIndex(0 if rows else 1)

    def _show_cards(self, rows: tuple[ConnectionRow, ...]) -> None:
        for card in self._cards.values():
            card.hide()
            card.deleteLater()
        self._cards = {}
        faces = tuple(
            face
            for face in faces_of([view for view in self._overview.environments if not view.fault])
            if face.id != self._chosen
        )
        for place, row in enumerate(rows):
            card = ConnectionCard(row, self._catalogue, self._theme, self._body)
            card.set_targets(faces)
            card.show_trial(self._overview.trials.get((row.environment, row.id)))
            if row.id in self._tests:
                card.show_testing()
            card.test_requested.connect(partial(self._test, row))
            card.cancel_requested.connect(partial(self._cancel, row.id))
            card.edit_requested.connect(partial(self._set_up, row))
            card.copy_requested.connect(partial(self._copy, row))
            card.remove_requested.connect(partial(self._ask_removal, row))
            card.history_requested.connect(partial(self._show_history, row.id))
            card.show_health(self._looks_at(row.id))
            self._cards[row.id] = card
            self._column.insertWidget(place, card)

    def _say(self, text: str, *, is_fault: bool = False) -> None:
        set_mark(self._said, "role", "problem" if is_fault else "quiet")
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._said.setVisible(bool(text))

    def _done(self, text: str) -> None:
        self._say(text)
        self.changed.emit()
        self._look()

    def _test(self, row: ConnectionRow) -> None:
        self._cards[row.id].show_testing()
        self._unlocking.when_usable(row.environment, self._file, partial(self._begin_test, row))

    def _begin_test(self, row: ConnectionRow) -> None:
        test = self._tests[row.id] = self._port.test(row.environment, row.id, self._file)
        self._asking.ask(test, partial(self._on_report, row.id))

    def _on_report(self, name: str, _report: TrialReport) -> None:
        self._tests.pop(name, None)
        self._look()

    def _cancel(self, name: str) -> None:
        test = self._tests.pop(name, None)
        if test is not None:
            test.cancel()
        if name in self._cards:
            self._cards[name].show_untested(_("The test was cancelled."))

    def _set_up(self, row: ConnectionRow | None) -> None:
        place = SetUpPlace(self._file, self._overview, self._chosen)
        dialog = SetUpDialog(self._port, self._catalogue, place, self._theme, self)
        dialog.saved.connect(self._on_saved)
        dialog.open()
        if row is not None:
            dialog.show_row(row)

    @Slot(object)
    def _on_saved(self, saved: SavedConnection) -> None:
        self._chosen = saved.environment
        self._done(_("“{id}” is saved in {environment}.").format(id=saved.id, environment=saved.environment))

    def _copy(self, row: ConnectionRow, target: str) -> None:
        copying = self._port.copy(row.environment, (row.id,), target, self._file)
        self._asking.ask(copying, partial(self._on_copied, row.id, target))

    def _on_copied(self, name: str, target: str, copied: tuple[str, ...]) -> None:
        said = (
            _("“{name}” is in {target} now. Type its secrets there.").format(name=name, target=target)
            if copied
            else _("{target} has a “{name}” already.").format(target=target, name=name)
        )
        self._done(said)

    def _ask_removal(self, row: ConnectionRow) -> None:
        used = (
            _(" {count} of your playbooks cannot run there then.").format(count=len(row.used_by)) if row.used_by else ""
        )
        question = Question(
            _("Remove the connection"),
            _("Remove “{id}” from {environment}?").format(id=row.id, environment=row.environment),
            _("Its secrets go with it and cannot be brought back.{used}").format(used=used),
        )
        options = (Option(_("Cancel")), Option(_("Remove connection"), partial(self._remove, row)))
        ChoiceDialog("remove-connection", question, options, self).open()

    def _remove(self, row: ConnectionRow) -> None:
        self._cancel(row.id)
        removing = self._port.remove(row.environment, row.id, self._file)
        self._asking.ask(removing, partial(self._on_removed, row.id))

    def _on_removed(self, name: str, roles: tuple[str, ...]) -> None:
        left = _(" Nobody plays these roles now: {roles}.").format(roles=", ".join(roles)) if roles else ""
        self._done(_("“{name}” and its secrets are gone.{left}").format(name=name, left=left))

    def _make(self, dialog: NewEnvironmentDialog, making: Asking, new: NewEnvironment) -> None:
        future = self._port.create(new.title, self._file, like=new.like)
        making.ask(future, partial(self._on_made, dialog, new.title))

    def _on_made(self, dialog: NewEnvironmentDialog, title: str, name: str) -> None:
        dialog.accept()
        self._chosen = name
        self._done(_("{title} is there.").format(title=title))

    @Slot(str)
    def _on_chosen(self, environment: str) -> None:
        self._chosen = environment
        self._say("")
        self._show()
        self._look_back()

    @Slot()
    def _on_lock(self) -> None:
        self._asking.ask(self._port.lock_vault(), self._on_locked)

    def _on_locked(self, _nothing: None) -> None:
        self._done(_("The vault is locked. Its passphrase is asked for when it is needed next."))

    @Slot(object)
    def _on_failed(self, error: TocsinError) -> None:
        self._tests.clear()
        self._say(f"{error.message} {error.hint}".strip(), is_fault=True)
        self._show()

    @Slot()
    def _on_finished(self) -> None:
        for name in list(self._tests):
            self._cancel(name)


def _show_fault(dialog: NewEnvironmentDialog, error: TocsinError) -> None:
    dialog.show_fault(f"{error.message} {error.hint}".strip())
