from types import SimpleNamespace

import pytest
from tests.ui.fakes import FakeChoice, FakeRuns

from tocsin.base.clock import Clock
from tocsin.checks import check_playbook
from tocsin.connectors.registry import load_catalogue
from tocsin.services.editing import EditorSession
from tocsin.services.problems import Problems
from tocsin.ui.bridge import EventBridge
from tocsin.ui.ports import WindowServices
from tocsin.ui.theme import LIGHT, Theme, load_fonts, palette_of, style_sheet, ui_font
from tocsin.ui.window.window import MainWindow


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue()


@pytest.fixture
def dressed(qapp):
    """The application as it is dressed in earnest, for as long as a test."""
    load_fonts()
    qapp.setStyle("Fusion")
    qapp.setFont(ui_font())
    qapp.setPalette(palette_of(LIGHT))
    qapp.setStyleSheet(style_sheet(LIGHT))
    yield qapp
    qapp.setStyleSheet("")


@pytest.fixture
def desk(dressed, qtbot, catalogue):
    """A window with its session, its checker, fake runs and a fake person at the file dialogs."""
    runs, choice, bridge = FakeRuns(), FakeChoice(), EventBridge()
    session = EditorSession(clock=Clock())
    problems = Problems(lambda playbook: check_playbook(playbook, catalogue), delay=0.0)
    services = WindowServices(runs, catalogue, make_session=lambda: session, make_problems=lambda: problems)
    window = MainWindow(services, bridge, Theme(), choice)
    unsubscribe = runs.subscribe(bridge.post)
    with qtbot.waitExposed(window):
        window.show()
    yield SimpleNamespace(window=window, panels=window.panels, session=session, runs=runs, choice=choice, bridge=bridge)
    unsubscribe()
    window.let_go()
    bridge.flush()
    session.new()
    window.close()
    window.deleteLater()
    bridge.deleteLater()
