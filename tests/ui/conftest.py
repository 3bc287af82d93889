from types import SimpleNamespace

import pytest
from tests.ui.fakes import RUN, FakeChoice, FakeRuns
from tests.ui.hands import LOCKED, SMALL

from tocsin.base.clock import Clock
from tocsin.checks import check_playbook
from tocsin.connectors.registry import load_catalogue
from tocsin.services.editing import EditorSession
from tocsin.services.problems import Problems
from tocsin.ui.bridge import EventBridge
from tocsin.ui.ports import WindowServices
from tocsin.ui.run_dock.words import short_run
from tocsin.ui.theme import Theme, load_fonts
from tocsin.ui.theme.dresser import dress
from tocsin.ui.theme.style import TocsinStyle


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue()


@pytest.fixture
def theme():
    return Theme()


@pytest.fixture
def dressed(qapp, theme):
    """The application as it is dressed in earnest, for as long as a test."""
    load_fonts()
    qapp.setStyle(TocsinStyle(theme))
    dress(qapp, theme.look)
    yield qapp
    qapp.setStyleSheet("")
    qapp.setStyle("Fusion")


@pytest.fixture
def wear(dressed, theme):
    """Puts another look on the theme and on Qt."""

    def put_on(look):
        theme.set_look(look)
        dress(dressed, look)

    return put_on


@pytest.fixture
def show_window(dressed, theme, qtbot, catalogue):
    """Show a window with fake runs and a fake person at the file dialogs; its services can be given by name."""
    from tocsin.ui.window.window import MainWindow  # the rest of ui can be tested while the window cannot be imported

    shown = []

    def show(**services):
        runs, choice, bridge = FakeRuns(), FakeChoice(), EventBridge()
        session = EditorSession(clock=Clock())
        sessions = iter([session])  # the first tab's; others get their own
        checkers = iter(lambda: Problems(lambda playbook: check_playbook(playbook, catalogue), delay=0.0), None)
        given = WindowServices(
            runs,
            catalogue,
            make_session=lambda: next(sessions, None) or EditorSession(clock=Clock()),
            make_problems=lambda _: next(checkers),
            **services,
        )
        dressed.setStyleSheet("")  # as the product: a window is dressed when it is whole (`Dresser`)
        window = MainWindow(given, bridge, Theme(), choice)
        dress(dressed, theme.look)
        unsubscribe = runs.subscribe(bridge.post)
        with qtbot.waitExposed(window):
            window.show()
        desk = SimpleNamespace(
            window=window, panels=window.panels, session=session, runs=runs, choice=choice, bridge=bridge
        )
        shown.append((desk, unsubscribe))
        return desk

    yield show
    for desk, unsubscribe in shown:
        unsubscribe()
        desk.window.let_go()
        desk.bridge.flush()
        desk.window.close()
        desk.window.deleteLater()
        desk.bridge.deleteLater()


@pytest.fixture
def desk(show_window):
    """A window with its session, its checkers, fake runs and a fake person at the file dialogs."""
    return show_window()


@pytest.fixture
def small(tmp_path):
    """A file with a small playbook."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def opened(desk, small):
    """The window with the small playbook."""
    desk.window.open(small)
    return desk


@pytest.fixture
def running(opened, qtbot):
    """The window while the small playbook runs."""
    opened.window.commands.get("run.run").trigger()
    qtbot.waitUntil(lambda: opened.panels.document.lock_text == LOCKED and short_run(RUN) in opened.panels.run.status)
    return opened
