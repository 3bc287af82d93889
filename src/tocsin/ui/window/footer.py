"""The line at the bottom: where the playbook lies, what the canvas hints, how much there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from tocsin.model.playbook import Playbook, walk_nodes
from tocsin.model.problems import Problem, Severity


class Footer(QStatusBar):
    """Says where one is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self.setSizeGripEnabled(False)
        self._path, self._hint, self._problems, self._count = (self._label() for _ in range(4))
        self.addWidget(self._path)
        self.addWidget(self._hint)
        self.addPermanentWidget(self._problems)
        self.addPermanentWidget(self._count)

    @property
    def text(self) -> str:
        """Everything that the line says."""
        labels = (self._path, self._hint, self._problems, self._count)
        return " · ".join(label.text() for label in labels if label.text())

    def show_document(self, playbook: Playbook, path: Path | None) -> None:
        """Show where the playbook lies and how many steps it has."""
        self._path.setText(" / ".join((path.parent.name, path.name)) if path else "Not saved yet")
        self._path.setToolTip(str(path) if path else "")
        count = sum(1 for _ in walk_nodes(playbook.graph))
        self._count.setText("1 step" if count == 1 else f"{count} steps")

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show how many problems there are."""
        counts = Counter(problem.severity for problem in problems)
        named = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"))
        parts = [f"{counts[kind]} {word}{'' if counts[kind] == 1 else 's'}" for kind, word in named if counts[kind]]
        self._problems.setText(", ".join(parts))

    @Slot(str)
    def show_hint(self, text: str) -> None:
        """Show what the canvas says about the gesture that is on."""
        self._hint.setText(text)

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setContentsMargins(8, 0, 8, 0)
        return label
