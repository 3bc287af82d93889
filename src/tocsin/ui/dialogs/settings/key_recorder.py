"""A button that hears one key: pressed, it waits for a chord, and tells it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from tocsin.base.texts import _

IDLE: Final = _("Record a key…")
HEARING: Final = _("Press the key…")
_MODIFIERS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_unknown,
    }
)


class KeyRecorder(QPushButton):
    """Escape, and leaving it, end the waiting. No shortcut of the window is pressed meanwhile.

    Signals:
        recorded: The key, in portable text: “Ctrl+Shift+E”.
    """

    recorded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(IDLE, parent)
        self.setObjectName("record-key")
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.toggled.connect(self._on_toggled)

    @Slot(bool)
    def _on_toggled(self, is_hearing: bool) -> None:
        self.setText(HEARING if is_hearing else IDLE)

    @override
    def event(self, e: QEvent) -> bool:
        if self.isChecked() and isinstance(e, QKeyEvent):
            if e.type() == QEvent.Type.ShortcutOverride:
                e.accept()
                return True
            if e.type() == QEvent.Type.KeyPress:
                self._hear(e)
                return True
        return super().event(e)

    def _hear(self, event: QKeyEvent) -> None:
        event.accept()
        key = Qt.Key(event.key())
        if key in _MODIFIERS:
            return
        self.setChecked(False)
        if key != Qt.Key.Key_Escape or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            self.recorded.emit(_written(key, event))

    @override
    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        self.setChecked(False)
        super().focusOutEvent(arg__1)


def _written(key: Qt.Key, event: QKeyEvent) -> str:
    """Return the key as shortcuts name it: the number pad's keys are keys, and “?” is written without its Shift."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    if len(text) == 1 and text.isprintable() and not text.isalnum() and text != " ":
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)
