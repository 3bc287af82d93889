"""Takes the window through everything it shows, and tells after each page what can be seen now."""

from PySide6.QtCore import Qt, QVariantAnimation
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from tests.ui.hands import card_on
from tests.ui.journeys.hands import press_keys

from tocsin.model.catalogue import Effect
from tocsin.services.connections import ActionResult, Leave, StepResult, TrialReport, TrialStep, VaultNeed
from tocsin.services.library import demo_path
from tocsin.ui.connections.new_environment import NewEnvironmentDialog
from tocsin.ui.connections.passphrase import PassphraseDialog
from tocsin.ui.connections.setup import SetUpDialog
from tocsin.ui.connections.words import USUAL_STEPS
from tocsin.ui.dialogs.gallery import Gallery
from tocsin.ui.inspector.tab_row import Tab
from tocsin.ui.lab.window import LabWindow
from tocsin.ui.run_dock.follower import RunPhase

STEPS = tuple(StepResult(step, ok=True, detail="found", address="main") for step in USUAL_STEPS)
TRIAL = TrialReport(
    "staging",
    "opnsense",
    STEPS,
    (
        ActionResult("block", "Block an address", Effect.CHANGE, "Firewall: Alias: Edit", Leave.UNTRIED),
        ActionResult(
            "list", "List blocked addresses", Effect.READ, "Firewall: Alias: Edit", Leave.DENIED, "it says no"
        ),
    ),
)
FAILED_TRIAL = TrialReport(
    "staging", "opnsense", (*STEPS[:2], StepResult(TrialStep.TLS, ok=False, detail="not trusted"))
)
RUN_MS = 20_000
SETTLE_MS = 60
NODES = ("alert", "risky", "hosts", "block", "confirm", "isolate")


def tour(desk, qtbot):
    """Yield (name, top-level widget) for each page, when it is shown and at rest."""
    window, inspector = desk.window, desk.panels.inspector
    qtbot.waitUntil(lambda: bool(window.findChild(Gallery).shown))
    yield from rest("welcome", window)
    desk.choice.chosen = demo_path()
    press_keys(desk, "Ctrl+O")
    yield from rest("playbook", window)
    for node in NODES:
        window.documents.current.show_node(node)
        window.frame.reveal_inspector()
        yield from rest(f"settings of {node}", window)
    for tab in (Tab.OUTPUT, Tab.NOTES):
        inspector.tabs.set_tab(tab)
        yield from rest(f"inspector: {tab.name.lower()}", window)
    yield from _dock_pages(desk, qtbot)
    yield from _run_pages(desk, qtbot)
    yield from _dialogs(desk, qtbot)


def _dock_pages(desk, qtbot):
    desk.panels.view.setFocus()
    for keys, name in (("Ctrl+1", "problems"), ("Ctrl+2", "no run"), ("Ctrl+3", "history"), ("Ctrl+4", "no Lab")):
        press_keys(desk, keys)
        yield from rest(name, desk.window)
    press_keys(desk, "Ctrl+Shift+R")
    yield from rest("dock at the bottom", desk.window)
    press_keys(desk, "Ctrl+Shift+R")
    press_keys(desk, "Ctrl+F5")
    yield from rest("what a run begins with", desk.window)


def _run_pages(desk, qtbot):
    window, follower = desk.window, desk.window.documents.current.follower
    desk.panels.view.setFocus()
    press_keys(desk, "F6")
    qtbot.waitUntil(lambda: follower.phase is RunPhase.OVER, timeout=RUN_MS)
    yield from rest("plan", window)
    press_keys(desk, "F5")
    qtbot.waitUntil(lambda: card_on(desk.panels.view) is not None, timeout=RUN_MS)
    yield from rest("question", window)
    card_on(desk.panels.view).find_button("rejected").click()
    qtbot.waitUntil(lambda: follower.phase is RunPhase.OVER, timeout=RUN_MS)
    desk.panels.run.show_node("block")
    yield from rest("run", window)
    press_keys(desk, "Ctrl+3")
    qtbot.waitUntil(lambda: desk.panels.history.model.rowCount() > 0)
    yield from rest("history of runs", window)
    press_keys(desk, "Ctrl+4")
    qtbot.waitUntil(lambda: desk.panels.lab.look is not None)
    yield from rest("Lab", window)
    press_keys(desk, "Ctrl+Shift+L")
    lab = next(one for one in QApplication.topLevelWidgets() if isinstance(one, LabWindow) and one.isVisible())
    lab.resize(max(lab.minimumWidth(), window.width()), max(lab.minimumHeight(), window.height()))
    yield from rest("Lab as a window", lab)
    lab.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    desk.panels.view.setFocus()


def _dialogs(desk, qtbot):
    commands = desk.window.commands
    for action in ("view.palette", "help.keys", "help.settings", "help.about", "connections.list"):
        commands.get(action).trigger()
        top = QApplication.activePopupWidget() or next(
            one for one in desk.window.findChildren(QDialog) if one.isVisible()
        )
        yield from rest(action, top)
        top.close()
        desk.window.activateWindow()
        qtbot.waitUntil(desk.window.isActiveWindow)
    yield from _connecting(desk, qtbot)


def _connecting(desk, qtbot):
    """A product is picked, its form is filled wrongly, a test fails; the vault asks for its passphrase."""
    desk.window.commands.get("connections.add").trigger()
    qtbot.waitUntil(lambda: bool(desk.window.findChildren(SetUpDialog)))
    [dialog] = desk.window.findChildren(SetUpDialog)
    yield from rest("products", dialog)
    dialog.show_form("opnsense")
    yield from rest("form of a product", dialog)
    dialog.trial.show_report(FAILED_TRIAL)
    dialog.form.ensure_complete()
    yield from rest("faults and a failed test", dialog)
    dialog.trial.show_report(TRIAL)
    yield from rest("a test that passed", dialog)
    for need in (VaultNeed.PASSPHRASE, VaultNeed.NEW_PASSPHRASE):
        asked = PassphraseDialog(need, desk.theme, dialog)
        asked.open()
        yield from rest(f"passphrase: {need.name.lower()}", asked)
        asked.close()
    dialog.close()
    dialog = NewEnvironmentDialog((), desk.theme, desk.window)
    dialog.open()
    yield from rest("new environment", dialog)
    dialog.close()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)


def rest(name, top):
    """Let layouts settle and what glides arrive, then tell."""
    QTest.qWait(SETTLE_MS)
    while any(one.state() is QVariantAnimation.State.Running for one in top.findChildren(QVariantAnimation)):
        QTest.qWait(SETTLE_MS)
    yield name, top


def seen(top):
    """Every widget that can be seen in a window, the window itself first."""
    found = [top]
    for child in top.children():
        if (
            isinstance(child, QWidget)  # PySide may know another thing, long gone, by the same address
            and child.isVisible()
            and not child.windowFlags() & Qt.WindowType.Window & ~Qt.WindowType.Widget
        ):
            found += seen(child)
    return found
