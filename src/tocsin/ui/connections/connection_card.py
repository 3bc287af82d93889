"""One connection among those of an environment: the product, its address, its secrets, who uses it, its last test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from tocsin.base.texts import _, quoted
from tocsin.model.catalogue import Catalogue
from tocsin.services.connections import ConnectionRow, HealthEntry, LastTrial
from tocsin.ui.canvas.faces import category_icon
from tocsin.ui.canvas.looks import Look
from tocsin.ui.connections import words
from tocsin.ui.connections.faces import EnvironmentFace
from tocsin.ui.connections.labels import wrapping
from tocsin.ui.dialogs.welcome_card import SoftTile, plain_label
from tocsin.ui.run_dock.badge import Badge
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.chip import Chip, ChipFace, Tone
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.link_button import LinkButton
from tocsin.ui.widgets.round_menu import RoundMenu

TILE: Final = (32, 16)
MENU_GAP: Final = 4


class ConnectionCard(QFrame):
    """What can be done with a connection is at the card's end.

    Signals:
        test_requested, cancel_requested, edit_requested, remove_requested: Of this connection.
        history_requested: Of its looks.
        copy_requested: The id of the environment that it shall be copied to.
    """

    test_requested = Signal()
    cancel_requested = Signal()
    edit_requested = Signal()
    remove_requested = Signal()
    history_requested = Signal()
    copy_requested = Signal(str)

    def __init__(self, row: ConnectionRow, catalogue: Catalogue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._theme = theme
        self._is_testing = False
        self.setProperty("role", "card")
        self.setObjectName(f"connection-{row.id}")
        self.setAccessibleName(f"{row.title or row.connection.connector}, {quoted(row.id)}")
        known = catalogue.connectors.get(row.connection.connector)
        self._icon = category_icon(known.category if known is not None else "general")
        self._badge = Badge(theme, Look.SKIPPED, self)
        self._trial = wrapping("", "quiet", self)
        self._health = ElidedLabel("", self, role="quiet")
        self._history = LinkButton(_("History…"), self)
        self._history.setAccessibleName(_("Health of {name}").format(name=row.id))
        self._history.clicked.connect(self.history_requested)
        self._test = self._make_button(_("Test"), self._on_test)
        self._edit = self._make_button(_("Edit…"), self.edit_requested.emit)
        self._edit.setEnabled(known is not None)
        self._copy = self._make_button(_("Copy to…"), self._on_copy)
        self._remove = self._make_button(_("Remove…"), self.remove_requested.emit)
        self._targets = RoundMenu(self)
        self._targets.triggered.connect(self._on_target)
        self._arrange()
        self.show_trial(None)
        self.show_health(())

    @property
    def test_button(self) -> QPushButton:
        """Begins a test, or ends the one that is on."""
        return self._test

    @property
    def edit_button(self) -> QPushButton:
        """Opens the connection's form."""
        return self._edit

    @property
    def remove_button(self) -> QPushButton:
        """Takes the connection away, after a question."""
        return self._remove

    @property
    def history_button(self) -> QPushButton:
        """Shows the looks that were; hidden where there was none."""
        return self._history

    @property
    def health_words(self) -> str:
        """How the looks went, or ""."""
        return self._health.text()

    @property
    def targets(self) -> QMenu:
        """Where the connection can be copied to."""
        return self._targets

    @property
    def trial_words(self) -> str:
        """How its last test went."""
        return self._trial.text()

    def set_targets(self, faces: tuple[EnvironmentFace, ...]) -> None:
        """Offer these environments to copy to."""
        self._targets.clear()
        for face in faces:
            self._targets.addAction(self._theme.icon(face.icon), face.title).setObjectName(face.id)
        self._copy.setEnabled(bool(faces))
        self._copy.setToolTip("" if faces else _("There is no other environment yet."))

    def show_trial(self, trial: LastTrial | None) -> None:
        """Say how the last test went."""
        is_well = trial is not None and trial.report.failed is None
        look = Look.SKIPPED if trial is None else Look.SUCCEEDED if is_well else Look.FAILED
        self._show(look, words.trial_words(trial), is_testing=False)

    def show_health(self, entries: Sequence[HealthEntry]) -> None:
        """Say how the looks at it went."""
        self._health.set_text(words.health_words(entries))
        for widget in (self._health, self._history):
            widget.setVisible(bool(entries))

    def show_testing(self) -> None:
        """Say that a test is on."""
        self._show(Look.RUNNING, _("Testing…"), is_testing=True)

    def show_untested(self, text: str) -> None:
        """Say why there is no result."""
        self._show(Look.SKIPPED, text, is_testing=False)

    def _show(self, look: Look, text: str, *, is_testing: bool) -> None:
        self._is_testing = is_testing
        self._badge.set_look(look)
        self._trial.setText(text)
        self._test.setText(_("Cancel test") if is_testing else _("Test"))
        self._name_buttons()

    def _name_buttons(self) -> None:
        for button in (self._test, self._edit, self._copy, self._remove):
            button.setAccessibleName(f"{button.text().rstrip('…')}: {self.row.id}")

    def _make_button(self, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("small", True)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _arrange(self) -> None:
        row = self.row
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(plain_label(row.title or row.connection.connector, "panel-title", self))
        title.addWidget(plain_label(row.id, "code", self))
        title.addStretch(1)
        tone = Tone.SUCCEEDED if row.is_ready else Tone.PROBLEM
        title.addWidget(Chip(self._theme, ChipFace(words.secret_words(row), tone), self))
        facts = QVBoxLayout()
        facts.setSpacing(3)
        facts.addLayout(title)
        for text in (", ".join(row.connection.addresses.values()) or _("No address"), words.use_words(row)):
            facts.addWidget(ElidedLabel(text, self, role="quiet"))
        health = QHBoxLayout()
        health.setSpacing(8)
        health.addWidget(self._health, 1)
        health.addWidget(self._history)
        facts.addLayout(health)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        last.addWidget(self._trial, 1)
        for button in (self._test, self._edit, self._copy, self._remove):
            last.addWidget(button)
        facts.addSpacing(4)
        facts.addLayout(last)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(12, 11, 12, 11)
        whole.setSpacing(12)
        whole.addWidget(SoftTile(self._theme, self._icon, TILE, self), 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(facts, 1)

    @Slot()
    def _on_test(self) -> None:
        (self.cancel_requested if self._is_testing else self.test_requested).emit()

    @Slot()
    def _on_copy(self) -> None:
        self._targets.popup(self._copy.mapToGlobal(QPoint(0, self._copy.height() + MENU_GAP)))

    @Slot(QAction)
    def _on_target(self, action: QAction) -> None:
        self.copy_requested.emit(action.objectName())
