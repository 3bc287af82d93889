"""The bar that says what another program did to the playbook's file, and asks which of the two shall stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.services.claims import Claim
from tocsin.services.editing import FileState
from tocsin.ui.run_dock.words import date_words
from tocsin.ui.widgets.plain_tip import plain_tip
from tocsin.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class FileStanding:
    """How a playbook's file stands.

    Attributes:
        file: Its name.
        state: Whether it is as it was.
        copy: The name of what a sync tool kept beside it, or "".
        others: Who else has it open.
    """

    file: str
    state: FileState
    copy: str = ""
    others: Sequence[Claim] = ()


class FileNotice(QFrame):
    """Stays until it is settled; it blocks nothing.

    Signals:
        compare_requested: Show what differs.
        reload_requested: Show what the file holds now.
        keep_requested: What is drawn stands.
    """

    compare_requested = Signal()
    reload_requested = Signal()
    keep_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("file-notice")
        self.setProperty("role", "banner")
        self._text = Words(parent=self)
        self._text.setWordWrap(True)
        self._compare = self._button(_("Compare"), "compare-file", _("Shows what differs, step by step"))
        self._compare.clicked.connect(self.compare_requested)
        self._reload = self._button(_("Reload"), "reload-file", _("Shows what the file holds now"))
        self._keep = self._button(
            _("Keep mine"), "keep-mine", _("What is drawn stands; the next save writes it to the file")
        )
        self._reload.clicked.connect(self.reload_requested)
        self._keep.clicked.connect(self.keep_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self._compare)
        row.addWidget(self._reload)
        row.addWidget(self._keep)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says; "" when there is nothing to settle."""
        return "" if self.isHidden() else self._text.text()

    def show_standing(self, standing: FileStanding, *, is_dirty: bool, is_locked: bool) -> None:
        """Say how a playbook's file stands.

        Args:
            standing: How.
            is_dirty: The playbook has changes that reloading would drop.
            is_locked: A run is on: nothing can be reloaded now.
        """
        state, has_copy = standing.state, standing.state is FileState.SAME and bool(standing.copy)
        self._text.setText(_words(standing, is_dirty=is_dirty))
        self._text.setAccessibleName(self._text.text())
        self._compare.setVisible(state is FileState.CHANGED or has_copy)
        self._reload.setVisible(state is FileState.CHANGED)
        self._reload.setEnabled(not is_locked)
        self._keep.setHidden(state in {FileState.PROTECTED, FileState.SAME})
        self.setVisible(bool(self._text.text()))

    def _button(self, text: str, name: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.setToolTip(plain_tip(tip))
        return button


def _words(standing: FileStanding, *, is_dirty: bool) -> str:
    """Return what there is to say; "" where nothing is."""
    file = standing.file
    match standing.state:
        case FileState.GONE:
            return _("“{file}” is no longer where it was. Saving writes it again.").format(file=file)
        case FileState.PROTECTED:
            return _("“{file}” is read-only. Saving asks for another name.").format(file=file)
        case FileState.CHANGED:
            said = _("Another program has changed “{file}”.").format(file=file)
            return _("{said} Reloading it drops your unsaved changes.").format(said=said) if is_dirty else said
        case FileState.SAME if standing.copy:
            return _copy_words(file, standing.copy)
        case FileState.SAME:
            return _shared_words(file, standing.others[0]) if standing.others else ""


def _copy_words(file: str, copy: str) -> str:
    said = _("Two people saved “{file}” at once: “{copy}” lies beside it.").format(file=file, copy=copy)
    return _("{said} Compare them; when the copy is deleted, this goes.").format(said=said)


def _shared_words(file: str, other: Claim) -> str:
    said = _("{person} on {computer} has “{file}” open, since {when}.").format(
        person=one_line(other.person) or _("Somebody"),
        computer=one_line(other.computer),
        file=file,
        when=date_words(other.since),
    )
    return _("{said} If they save first, yours is held back and you are asked.").format(said=said)
