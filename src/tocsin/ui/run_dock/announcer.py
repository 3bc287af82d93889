"""Says aloud what happens in a run, through the desktop's screen reader."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from tocsin.engine.events import Event
from tocsin.ui.run_dock.announcements import announcements_of
from tocsin.ui.run_dock.subject import RunSubject


class Announcer:
    """Speaks for one widget.

    Args:
        speaker: The widget whose window speaks.
    """

    def __init__(self, speaker: QObject) -> None:
        self._speaker = speaker

    def announce(self, events: Iterable[Event], subject: RunSubject) -> None:
        """Say what a batch of events is about."""
        for announcement in announcements_of(events, subject):
            event = QAccessibleAnnouncementEvent(self._speaker, announcement.text)
            if announcement.is_assertive:
                event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)
