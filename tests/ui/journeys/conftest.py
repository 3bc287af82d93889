"""The whole window with the real engine, journal and Lab behind it, in a home of its own; hands that only press keys
and buttons."""

from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from tests.ui.fakes import FakeChoice

from tocsin.bootstrap import Room, TheKit
from tocsin.ui.bridge import EventBridge
from tocsin.ui.garbage import GarbageKeeper
from tocsin.ui.theme import Theme
from tocsin.ui.theme.dresser import Dresser
from tocsin.ui.theme.focus_ring import FocusRing
from tocsin.ui.window.window import MainWindow


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Where the program keeps everything of this test."""
    monkeypatch.setenv("TOCSIN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


class Session:
    """The program from its start to its end, as `application` builds it, in the test's own Qt."""

    def __init__(self, qapp, size):
        with ExitStack() as end:
            room = Room(TheKit(), end)
            end.callback(room.recovery.close)
            services = room.window_services(is_demo=False)
            theme, bridge, choice = Theme(), EventBridge(), FakeChoice()
            garbage = GarbageKeeper(lambda: False)
            end.callback(garbage.deleteLater)
            end.callback(garbage.stop)
            garbage.start()
            dresser = Dresser(qapp, theme, services.settings)
            ring = qapp.findChildren(FocusRing)[-1]
            end.callback(self._forget, bridge, dresser, ring)
            end.callback(dresser.close)
            end.callback(room.stop_engine)
            end.callback(room.close_desks)
            window = MainWindow(services, bridge, theme, choice)
            dresser.finish()
            unsubscribe = services.runs.subscribe(bridge.post)
            end.callback(self._take_down, window, unsubscribe, bridge)
            end.callback(room.stop_engine)
            end.callback(room.close_desks)
            self._end = end.pop_all()
        self.desk = SimpleNamespace(
            window=window,
            panels=window.panels,
            choice=choice,
            theme=theme,
            ring=ring,
            settings=services.settings,
            end=self.close,
        )
        self._is_over = False
        if size is not None:
            window.resize(*size)
        window.show()

    def close(self):
        """Close the window as a person does, then end the program; harmless when called again."""
        if not self._is_over:
            self._is_over = True
            self.desk.window.close()
            self._end.close()

    @staticmethod
    def _take_down(window, unsubscribe, bridge):
        unsubscribe()
        window.let_go()
        bridge.flush()
        window.close()
        window.deleteLater()

    @staticmethod
    def _forget(*things):
        for thing in things:
            thing.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def start(home, dressed, qtbot):
    """Start the program; what is started is ended, and a test may end it sooner to start it again."""
    sessions = []

    def start(size=(1440, 900)):
        session = Session(dressed, size)
        sessions.append(session)
        qtbot.waitUntil(session.desk.window.isActiveWindow)
        session.desk.window.begin()
        return session.desk

    yield start
    for session in sessions:
        session.close()
