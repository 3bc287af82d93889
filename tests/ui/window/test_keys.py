"""Every key of the table of actions arrives in the real window; what has no test elsewhere does its work."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.dialogs.conftest import FakeLibrary
from tests.ui.fakes import CREATED, asked
from tests.ui.hands import card_on, wait_for_card

from tocsin.model.playbook import Kind
from tocsin.services.library import demo_path, read_shipped
from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.dialogs.keys_sheet import KeysSheet
from tocsin.ui.help.sheet import HelpSheet


def press(desk, keys):
    QTest.keySequence(QApplication.focusWidget() or desk.window, QKeySequence(keys))


def test_every_key_reaches_its_action_from_the_canvas(opened):
    """What it does is kept back: only which action hears the key counts here."""
    commands, heard = opened.window.commands, []
    commands._do = lambda spec, _commands: heard.append(spec.id)
    opened.panels.view.setFocus()
    wrong = {}
    for spec in ACTIONS:
        commands.get(spec.id).setEnabled(True)
    for spec in ACTIONS:
        for key in spec.keys:
            heard.clear()
            press(opened, key)
            if heard != [spec.id]:
                wrong[key] = (spec.id, list(heard))
    assert wrong == {}


def test_n_puts_a_note_on_the_canvas_and_selects_it(opened):
    opened.panels.view.setFocus()
    press(opened, "N")
    document = opened.window.documents.current
    [name] = document.session.selection
    assert document.playbook.graph.nodes[name].kind is Kind.NOTE


def test_alt_r_rejects_and_alt_p_approves_what_is_asked(running, qtbot):
    reject, approve = (running.window.commands.get(f"run.{name}") for name in ("reject", "approve"))
    assert not reject.isEnabled()
    running.runs.tell(CREATED, asked())
    wait_for_card(qtbot, running.panels.view)
    assert (reject.isEnabled(), approve.isEnabled()) == (True, True)
    press(running, "Alt+P")
    qtbot.waitUntil(lambda: bool(running.runs.answers))
    assert running.runs.answers[0][:3] == (running.runs.id, "ask?1", "approved")


def test_alt_r_gives_the_answer_that_does_least(running, qtbot):
    running.runs.tell(CREATED, asked())
    wait_for_card(qtbot, running.panels.view)
    press(running, "Alt+R")
    qtbot.waitUntil(lambda: bool(running.runs.answers))
    assert running.runs.answers[0][2] == "rejected"
    assert card_on(running.panels.view) is None or not card_on(running.panels.view).find_button("approved").isEnabled()


def test_an_alert_on_the_clipboard_is_laid_ready_on_the_welcome_page(show_window, catalogue):
    QGuiApplication.clipboard().setText('{"src_ip": "192.0.2.1"}')
    desk = show_window(library=FakeLibrary(read_shipped([demo_path()], catalogue)))
    press(desk, "Ctrl+Shift+V")
    assert desk.window.desks.welcome.is_shown
    field = QApplication.focusWidget()
    assert field.toPlainText() == '{"src_ip": "192.0.2.1"}'
    assert field.accessibleName() == "Alert as JSON"


def test_escape_selects_none(opened):
    document = opened.window.documents.current
    document.session.select(("ask",))
    opened.panels.view.setFocus()
    QTest.keyClick(opened.panels.view, Qt.Key.Key_Escape)
    assert document.session.selection == frozenset()


def test_f1_explains_the_selected_step_else_shows_all_keys(opened):
    opened.panels.view.setFocus()
    press(opened, "F1")
    assert [one.isVisible() for one in opened.window.findChildren(KeysSheet)] == [True]
    opened.window.findChild(KeysSheet).close()
    opened.window.documents.current.session.select(("ask",))
    opened.panels.view.setFocus()
    press(opened, "F1")
    sheet = opened.window.findChild(HelpSheet)
    assert sheet.windowTitle().startswith("Help: ")
    sheet.close()


def test_a_key_that_is_set_holds_at_once_and_is_told_everywhere(opened):
    settings = opened.window._services.settings
    save = opened.window.commands.get("file.save")
    settings.change(replace(settings.settings, shortcuts={"file.save": "Ctrl+Alt+S"}))
    assert (save.shortcut().toString(), save.toolTip()) == ("Ctrl+Alt+S", "Save (Ctrl+Alt+S)")
    settings.change(replace(settings.settings, shortcuts={}))
    assert save.shortcut().toString() == "Ctrl+S"
