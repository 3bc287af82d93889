"""What a node gave in the last run that is known here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.ui.run_dock.data_tree import DataTree
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.empty_state import EmptyState

NOTHING = _("No output yet. Run once in Lab to see it.")


class OutputTab(QStackedWidget):
    """A tree of the output, or that there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = QLabel(self)
        self._source.setProperty("role", "hint")
        self._source.setTextFormat(Qt.TextFormat.PlainText)
        self._tree = DataTree(theme, self)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addWidget(self._source)
        column.addWidget(self._tree, 1)
        self.addWidget(EmptyState(theme, "file-output", NOTHING, parent=self))
        self.addWidget(page)

    @property
    def tree(self) -> DataTree:
        """Where an output is shown."""
        return self._tree

    @property
    def is_empty(self) -> bool:
        """There is no output to be shown."""
        return self.currentIndex() == 0

    def show_output(self, node: str, title: str, value: Json, source: str) -> None:
        """Show what a node gave.

        Args:
            node: The node's id.
            title: Its title.
            value: The output.
            source: Where it comes from: "R-217".
        """
        self._source.setText(_("Output in {source}").format(source=source))
        self._tree.set_source(node)
        self._tree.set_name(_("Output of {title}").format(title=title))
        self._tree.show_value(value)
        self.setCurrentIndex(1)

    def show_nothing(self) -> None:
        """Say that there is no output."""
        self.setCurrentIndex(0)
