"""The tick of what counts seconds: all of them count at the same moment, so two that show one time agree."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

SECOND_MS: Final = 1000


def second_tick(parent: QObject) -> QTimer:
    """Return a timer, not started yet, that fires once a second, together with all others made here.

    Qt lets very coarse timers of whole seconds fire at full seconds of its clock where the system's timers allow it.
    """
    return QTimer(parent, interval=SECOND_MS, timerType=Qt.TimerType.VeryCoarseTimer)
