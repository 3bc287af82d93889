"""The popup under a field that lists values and functions. It never takes the focus: the field keeps the keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.expression.completion_list import GROUP_GAP, INSET, ROW, ROW_ROLE, CompletionDelegate, CompletionModel
from tocsin.ui.expression.completion_rows import FunctionRow, HeaderRow, Row
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.floating import DROP, Floating
from tocsin.ui.widgets.key_hint import KeyHint

EMPTY: Final = _("Nothing upstream has run yet. Run once in Lab to see values.")
EMPTY_ACTION: Final = _("Run in Lab")
FOOTER: Final = 28
LEAST_WIDTH: Final = 280
MOST_ROWS: Final = 10
_PADDING: Final = 4
_EMPTY_HEIGHT: Final = 150


class CompletionPopup(Floating):
    """A list over the window.

    Signals:
        chosen: The Row that was clicked.
        run_requested: The person asks for a run, to see values.
    """

    chosen = Signal(object)
    run_requested = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, _("Values and functions"), window)
        self.hide()
        self.setObjectName("completion")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = CompletionModel(self)
        self._view = QListView(self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(CompletionDelegate(theme, self._view))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setMouseTracking(True)
        self._view.setAccessibleName(_("Values and functions"))
        self._view.clicked.connect(self._on_clicked)
        self._empty = EmptyState(theme, "flask-conical", EMPTY, EMPTY_ACTION, self)
        self._empty.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._empty.asked.connect(self.run_requested)
        self._help = _HelpBox(self)
        self._arrange()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self._model.rows

    @property
    def current(self) -> Row | None:
        """The row that Tab or Enter would insert, or None."""
        row = self._view.currentIndex().data(ROW_ROLE)
        return None if isinstance(row, HeaderRow) else row

    @property
    def help_text(self) -> str:
        """What is said about the current function; "" for a value."""
        return self._help.text

    @property
    def is_empty(self) -> bool:
        """Whether the popup says that nothing has run yet."""
        return self._empty.isVisibleTo(self)

    def show_rows(self, rows: tuple[Row, ...], *, is_empty: bool) -> None:
        """List rows, the first one chosen; where nothing has run yet, say so above them."""
        self._model.set_rows(rows)
        self._empty.setVisible(is_empty)
        self._view.setVisible(not is_empty)
        self._select(self._model.find_next(-1, 1) if rows and not is_empty else -1)

    def step(self, distance: int) -> None:
        """Go to another row: 1 is the next, -1 the one before."""
        row = self._view.currentIndex().row()
        for _unused in range(abs(distance)):
            row = self._model.find_next(row, 1 if distance > 0 else -1)
        self._select(row)

    def place(self, anchor: QWidget) -> None:
        """Lie under a widget of the same window, or above it where there is more room."""
        window = self.parentWidget()
        if window is None:
            return
        top_left = anchor.mapTo(window, QPoint(0, 0))
        width = max(anchor.width() + 2, self._theme.px(LEAST_WIDTH))
        left = max(0, min(top_left.x(), window.width() - width))
        below = window.height() - top_left.y() - anchor.height() - 1
        above = top_left.y() - 1
        wanted = self._wanted_height()
        height = min(wanted, max(below, above))
        is_below = wanted <= below or below >= above
        top = top_left.y() + anchor.height() + 1 if is_below else top_left.y() - 1 - height
        self.setGeometry(QRect(left, top, width, height))
        self.show()
        self.raise_()
        self._reveal()

    def _select(self, row: int) -> None:
        index = self._model.index(row, 0) if row >= 0 else QModelIndex()
        self._view.setCurrentIndex(index)
        current = self.current
        self._help.show_function(current if isinstance(current, FunctionRow) else None)
        if current is not None:  # the focus is in the field, so nothing else would say what is chosen
            words = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self._reveal()

    def _reveal(self) -> None:
        """Bring the current row into view, with the name of its source if it is the first under it."""
        row = self._view.currentIndex().row()
        if row > 0 and isinstance(self._model.rows[row - 1], HeaderRow):
            self._view.scrollTo(self._model.index(row - 1, 0))
        if row >= 0:
            self._view.scrollTo(self._model.index(row, 0))

    def _wanted_height(self) -> int:
        extra = self._theme.px(FOOTER) + 2 * _PADDING + 2 + DROP
        if self.is_empty:
            return max(_EMPTY_HEIGHT, self._empty.sizeHint().height()) + extra
        help_height = self._help.sizeHint().height() if self.help_text else 0
        shown = self.rows[:MOST_ROWS]
        gaps = GROUP_GAP * sum(isinstance(row, HeaderRow) for row in shown[1:])
        return len(shown) * self._theme.px(ROW) + gaps + help_height + extra

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _PADDING, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._view, 1)
        column.addWidget(self._empty, 1)
        column.addSpacing(_PADDING)
        column.addWidget(self._help)
        footer = QFrame(self)
        footer.setObjectName("completion-footer")
        footer.setFixedHeight(self._theme.px(FOOTER))
        row = QHBoxLayout(footer)
        row.setContentsMargins(INSET - 1, 0, INSET - 1, 0)
        row.setSpacing(6)
        for key, words in (("Tab", _("insert")), ("Ctrl Space", _("all values"))):
            row.addWidget(KeyHint(self._theme, key, footer))
            label = QLabel(words, footer)
            label.setProperty("role", "hint")
            row.addWidget(label)
            row.addSpacing(6)
        row.addStretch(1)
        column.addWidget(footer)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, HeaderRow):
            self.chosen.emit(row)

    @override
    def border(self) -> str:
        return self._theme.tokens.ctl


class _HelpBox(QFrame):
    """What the chosen function does: its signature, a sentence, an example."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("completion-help")
        self._signature = QLabel(self)
        self._signature.setProperty("role", "code")
        self._words = QLabel(self)
        self._words.setProperty("role", "quiet")
        self._words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, 6, INSET, 6)
        column.setSpacing(2)
        for label in (self._signature, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; "" while nothing is."""
        return f"{self._signature.text()} {self._words.text()}" if not self.isHidden() else ""

    def show_function(self, row: FunctionRow | None) -> None:
        """Say what a function does, or nothing."""
        self.setVisible(row is not None)
        if row is not None:
            self._signature.setText(row.info.example.text)
            self._words.setText(row.info.help)
