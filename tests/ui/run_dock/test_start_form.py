import pytest
from PySide6.QtCore import Qt
from tests.helpers.runs import playbook_of

from tocsin.engine.errors import NoTriggerError
from tocsin.ui.run_dock.start_event import Memory, Source, start_of

OUTPUT = {"type": "object", "required": ["ip"], "properties": {"ip": {"type": "string"}, "n": {"type": "number"}}}
BARE = playbook_of({"t": {"kind": "trigger", "event": "siem.alert", "output": OUTPUT}}, [], name="Bare")
SAMPLED = playbook_of({"t": {"kind": "trigger", "event": "siem.alert", "output": OUTPUT, "sample": {"ip": "x"}}}, [])
INPUTS = {"host": {"type": "string", "required": True}, "deep": {"type": "boolean", "default": True}}
MANUAL = playbook_of({"t": {"kind": "trigger", "event": "manual"}}, [], inputs=INPUTS)


def test_only_a_playbook_that_cannot_begin_without_values_needs_them():
    assert [start_of(playbook).needs_values for playbook in (BARE, SAMPLED, MANUAL)] == [True, False, True]
    with pytest.raises(NoTriggerError):
        start_of(playbook_of({"e": {"kind": "end"}}, []))


def test_an_event_can_come_from_where_there_is_one():
    assert start_of(BARE).sources == (Source.FIELDS, Source.PASTED)
    assert start_of(SAMPLED, Memory(last={"ip": "y"})).sources == tuple(Source)


def test_what_was_chosen_last_is_chosen_again_while_it_is_there():
    memory = Memory(source=Source.LAST, last={"ip": "y"})
    assert start_of(BARE, memory).source is Source.LAST
    memory.last = None
    assert start_of(BARE, memory).source is Source.FIELDS


def test_what_is_pasted_is_read_and_checked():
    start = start_of(BARE)
    assert start.read('{"ip": "192.0.2.1"}').event == {"ip": "192.0.2.1"}
    assert "no JSON" in start.read("{").fault
    assert "'ip' is a required property" in start.read("{}").fault
    assert "is not of type 'string'" in start.read('{"ip": 1}').fault
    assert start_of(SAMPLED).read("{}").fault == ""


def test_a_blank_page_shows_what_must_be_there():
    assert start_of(MANUAL).text(Source.PASTED) == '{\n  "host": "",\n  "deep": true\n}'


def test_a_playbook_with_a_sample_runs_at_once_unless_asking_is_wanted(panel):
    assert not panel.ask_event(SAMPLED)
    assert panel.form is None
    assert panel.ask_event(SAMPLED, is_wanted=True)
    assert panel.form.isVisible()


def test_fields_are_filled_and_enter_runs(panel, qtbot):
    panel.ask_event(BARE)
    form = panel.form
    with qtbot.assertNotEmitted(panel.run_requested):
        qtbot.keyClick(form, Qt.Key.Key_Return)
    qtbot.keyClicks(form.fields._views[0].editor, "192.0.2.1")
    with qtbot.waitSignal(panel.run_requested) as told:
        qtbot.keyClick(form, Qt.Key.Key_Return)
    assert told.args == [{"ip": "192.0.2.1"}]
    assert panel.form is None


def test_pasted_json_runs_by_control_enter_and_a_fault_is_said(panel, qtbot):
    panel.ask_event(BARE)
    form = panel.form
    form._segment.button(Source.PASTED).click()
    form.page.setPlainText("[")
    qtbot.keyClick(form.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "no JSON" in form.fault
    form.page.setPlainText('{"ip": "192.0.2.1"}')
    qtbot.keyClick(form.page, Qt.Key.Key_Return)
    assert panel.form is form
    with qtbot.waitSignal(panel.run_requested):
        qtbot.keyClick(form.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    panel.ask_event(BARE)
    assert (panel.form.source, "192.0.2.1" in panel.form.page.toPlainText()) == (Source.PASTED, True)


def test_the_event_of_the_run_before_is_offered(panel, live, qtbot):
    from tests.ui.run_dock.stories import ALERT, PLAYBOOK

    panel.ask_event(PLAYBOOK, is_wanted=True)
    panel.form._segment.button(Source.LAST).click()
    with qtbot.waitSignal(panel.run_requested) as told:
        panel.form.run()
    assert told.args == [ALERT]


def test_escape_asks_no_more_and_shows_what_was_shown(panel, live, qtbot):
    panel.ask_event(BARE)
    qtbot.keyClick(panel.form, Qt.Key.Key_Escape)
    assert panel.form is None
    assert panel.page.isVisible()
