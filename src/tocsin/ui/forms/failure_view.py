"""What a failure of a node does, as three choices of which one holds."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.ui.forms.failure import Failure, Fate, fate_edit, offered_targets
from tocsin.ui.widgets.elided_button import ElidedButton
from tocsin.ui.widgets.round_menu import RoundMenu

INDENT: Final = 24
WORDS: Final = {
    Fate.STOP: _("Stop the run"),
    Fate.CONTINUE: _("Go on with a default value"),
    Fate.PATH: _("Take the error path"),
}
NO_TARGET: Final = _("to…")


class FailureView(QWidget):
    """Three radio buttons; the error path says where it leads, and a press on that offers where it could.

    Signals:
        edit_requested: An Edit.
    """

    edit_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failure: Failure | None = None
        self._group = QButtonGroup(self)
        self._buttons = {fate: QRadioButton(words, self) for fate, words in WORDS.items()}
        for place, button in enumerate(self._buttons.values()):
            self._group.addButton(button, place)
        self._path = ElidedButton(self)
        self._path.setProperty("role", "sentence")
        self._path.setAutoDefault(False)
        self._path.setToolTip(_("Choose where the error path leads"))
        self._inner = QVBoxLayout()
        self._arrange()
        QWidget.setTabOrder(self._buttons[Fate.PATH], self._path)
        # Queued: the edit may build the form anew, and Qt still moves the focus among these buttons after the signal.
        self._group.idClicked.connect(self._on_chosen, Qt.ConnectionType.QueuedConnection)
        self._path.clicked.connect(self._on_asked)

    @property
    def fate(self) -> Fate | None:
        """What is shown as what holds."""
        return next((fate for fate, button in self._buttons.items() if button.isChecked()), None)

    @property
    def path_button(self) -> QPushButton:
        """Says where the error path leads, and offers where it could."""
        return self._path

    def button(self, fate: Fate) -> QRadioButton:
        """Return the button of a fate."""
        return self._buttons[fate]

    def set_default_view(self, view: QWidget) -> None:
        """Put the value to go on with under its choice."""
        self._inner.addWidget(view)

    def show_failure(self, failure: Failure) -> None:
        """Show what holds."""
        self._failure = failure
        with QSignalBlocker(self._group):
            self._buttons[failure.fate].setChecked(True)
        self.setFocusProxy(self._buttons[failure.fate])
        self._path.setText(failure.path_words or NO_TARGET)
        self._path.setAccessibleName(f"{WORDS[Fate.PATH]} {failure.path_words or NO_TARGET}")

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        failure, fate = self._failure, list(WORDS)[place]
        if failure is None:
            return
        edit = fate_edit(failure, fate)
        self.show_failure(failure)
        if edit is not None:
            self.edit_requested.emit(edit)
        elif fate is Fate.PATH and failure.fate is not Fate.PATH:
            self._on_asked()

    @Slot()
    def _on_asked(self) -> None:
        if self._failure is None:
            return
        menu = RoundMenu(self)
        for target in offered_targets(self._failure):
            menu.addAction(target.title.replace("&", "&&")).setData(target.id)
        if menu.isEmpty():
            menu.addAction(_("No step can be reached from here")).setEnabled(False)
        menu.triggered.connect(self._on_target)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._path.mapToGlobal(QPoint(0, self._path.height() + 4)))

    @Slot(QAction)
    def _on_target(self, action: QAction) -> None:
        edit = fate_edit(self._failure, Fate.PATH, action.data()) if self._failure else None
        if edit is not None:
            self.edit_requested.emit(edit)

    def _arrange(self) -> None:
        self._inner.setContentsMargins(INDENT, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._buttons[Fate.STOP])
        column.addWidget(self._buttons[Fate.CONTINUE])
        column.addLayout(self._inner)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._buttons[Fate.PATH])
        row.addWidget(self._path)
        row.addStretch(1)
        column.addLayout(row)
