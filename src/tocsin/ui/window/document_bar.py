"""The strip over the canvas: which playbook it is, and why it cannot be changed just now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabBar, QWidget

DIRTY_MARK = " •"


class DocumentBar(QWidget):
    """One tab for the one playbook, and a line at the right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("document-bar")
        self._tab = QTabBar(self)
        self._tab.setAccessibleName("Playbooks")
        self._tab.setExpanding(False)
        self._tab.setDrawBase(False)
        self._tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tab.addTab("")
        self._lock = QLabel(self)
        self._lock.setObjectName("lock-text")
        self._lock.setProperty("role", "hint")
        self._lock.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.addWidget(self._tab)
        row.addStretch(1)
        row.addWidget(self._lock)

    @property
    def text(self) -> str:
        """What the tab says."""
        return self._tab.tabText(0).replace("&&", "&")

    @property
    def lock_text(self) -> str:
        """Why the playbook cannot be changed; "" when it can."""
        return self._lock.text()

    def show_document(self, name: str, *, is_dirty: bool) -> None:
        """Show the playbook's name, with a dot when it is not saved."""
        self._tab.setTabText(0, f"{name.replace('&', '&&')}{DIRTY_MARK if is_dirty else ''}")
        self._tab.setTabToolTip(0, f"{name}, not saved" if is_dirty else name)

    def show_lock(self, text: str) -> None:
        """Say why the playbook cannot be changed; "" when it can."""
        self._lock.setText(text)
