"""A whole window on a playbook for measurements: the product's own, with runs that a bench feeds itself."""

from contextlib import contextmanager

from PySide6.QtTest import QTest

from tests.ui.fakes import RUN, FakeChoice, FakeRuns
from tocsin.base.clock import Clock
from tocsin.checks import check_playbook
from tocsin.services.editing import EditorSession
from tocsin.services.problems import Problems
from tocsin.ui.bridge import EventBridge
from tocsin.ui.ports import WindowServices
from tocsin.ui.theme import Theme
from tocsin.ui.window.window import MainWindow

SIZE = (1440, 900)


@contextmanager
def shown_window(catalogue):
    """Give (window, bridge) while the window is shown, then close it as a person does and take it down."""
    bridge = EventBridge()
    services = WindowServices(
        FakeRuns(id=RUN),
        catalogue,
        make_session=lambda: EditorSession(clock=Clock()),
        make_problems=lambda _: Problems(lambda drawn: check_playbook(drawn, catalogue)),
    )
    theme = Theme()
    window = MainWindow(services, bridge, theme, FakeChoice())
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)  # until then nothing in it has the focus
    try:
        yield window, bridge
    finally:
        window.let_go()
        bridge.flush()
        window.close()
        for thing in (window, bridge, theme):
            thing.deleteLater()
