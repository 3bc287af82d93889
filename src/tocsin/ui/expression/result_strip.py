"""The line under a field: what it gives with sample values, or why it gives nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from tocsin.base.texts import _
from tocsin.services.samples import Outcome, OutcomeKind, origin_words
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.marks import set_mark

HEIGHT: Final = 24
_ICON: Final = 13
_ROLES: Final = {OutcomeKind.VALUE: "result", OutcomeKind.MISSING: "hint", OutcomeKind.ERROR: "problem"}


class ResultStrip(QWidget):
    """“Result”, the value, a button that copies it if it is an address, and where the values come from."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._outcome = Outcome(OutcomeKind.CONSTANT)
        self._icon = QLabel(self)
        self._caption = self._label("quiet")
        self._caption.setText(_("Result"))
        self._value = ElidedLabel("", self, role="result")
        self._error = self._label("problem")
        self._error.setWordWrap(True)
        self._origin = self._label("quiet")
        self._copy = QToolButton(self)
        self._copy.setProperty("role", "icon")
        self._copy.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._copy.setAccessibleName(_("Copy address"))
        self._copy.setToolTip(_("Copy address, made harmless to click"))
        self._copy.clicked.connect(self._on_copy)
        self._arrange()
        theme.changed.connect(self._dress)
        self._dress()
        self.show_outcome(self._outcome)

    @property
    def outcome(self) -> Outcome:
        """What is shown."""
        return self._outcome

    @property
    def words(self) -> str:
        """The value, or what is wrong."""
        return self._error.text() if self._outcome.kind is OutcomeKind.ERROR else self._value.text()

    @property
    def origin(self) -> str:
        """Where the values come from; "" when that is not said."""
        return self._origin.text()

    @property
    def copy_button(self) -> QToolButton:
        """The button that copies an address."""
        return self._copy

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what came of a trial; of a text that reads nothing there is nothing to show."""
        self._outcome = outcome
        is_error = outcome.kind is OutcomeKind.ERROR
        is_value = outcome.kind is OutcomeKind.VALUE
        words = _words(outcome)
        self._error.setText(words if is_error else "")
        self._value.set_text("" if is_error else words)
        self._origin.setText(origin_words(outcome.origin, outcome.run) if is_value else "")
        set_mark(self._value, "role", _ROLES.get(outcome.kind, "result"))
        set_mark(self._value, "code", bool(outcome.address))
        for widget, is_shown in (
            (self._icon, is_error),
            (self._error, is_error),
            (self._caption, not is_error),
            (self._value, not is_error),
            (self._copy, bool(outcome.address)),
            (self._origin, is_value),
        ):
            widget.setVisible(is_shown)
        self.setAccessibleName(" ".join(part for part in ("" if is_error else _("Result"), words, self.origin) if part))

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._error, 1)
        row.addWidget(self._caption)
        row.addSpacing(6)
        row.addWidget(self._value)
        row.addWidget(self._copy)
        row.addStretch(0)
        row.addSpacing(6)
        row.addWidget(self._origin)

    @Slot()
    def _dress(self) -> None:
        theme, edge, height = self._theme, self._theme.px(_ICON), self._theme.px(HEIGHT)
        self._icon.setPixmap(icon_pixmap("circle-alert", theme.tokens.problem, edge, self.devicePixelRatioF()))
        self._icon.setFixedSize(edge + 5, height - 4)
        self._copy.setIcon(theme.icon("copy", edge))
        self._copy.setIconSize(QSize(edge, edge))
        self._copy.setFixedSize(height, height)
        self.setMinimumHeight(height)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._outcome.address)


def _words(outcome: Outcome) -> str:
    if outcome.kind is not OutcomeKind.ERROR:
        return outcome.text
    where = "" if outcome.position is None else _("Character {position}: ").format(position=outcome.position + 1)
    return f"{where}{outcome.text} {outcome.hint}".strip()
