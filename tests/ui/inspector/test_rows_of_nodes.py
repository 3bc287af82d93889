"""Cases of a switch, answers and forms of a question, values of a set node: rows, order, one undo step a gesture."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from tests.ui.forms.conftest import retype

from tocsin.edits import AddNode
from tocsin.model.playbook import AskKind, AskNode, Case, SetNode, SwitchNode, TriggerNode
from tocsin.ui.forms.chain_editor import ChainEditor
from tocsin.ui.forms.condition_editor import ConditionEditor
from tocsin.ui.forms.cron_editor import CronEditor
from tocsin.ui.forms.rows_editor import RowsEditor
from tocsin.ui.forms.schema_editor import SchemaEditor
from tocsin.ui.widgets.round_menu import RoundMenu

LEFT = Qt.MouseButton.LeftButton
CASES = tuple(Case(port=name, when=f"alert.severity > {least}") for name, least in (("a", 90), ("b", 50), ("c", 10)))
ASKED = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"ip": {"type": "string", "format": "ip", "title": "Address", "default": "192.0.2.1"}},
    "required": ["ip"],
}


def rows_at(desk, name):
    return desk.panel.find_field(name).findChild(RowsEditor)


def ports(desk):
    return [case.port for case in desk.node("pick").cases]


@pytest.fixture
def pick(desk):
    desk.session.apply(AddNode("pick", SwitchNode(cases=CASES), (0, 0)))
    desk.session.end_gesture()
    desk.select("pick")
    return desk


def pull(card, to):
    """Press a row's grip, pull it by mouse to a global point; the button stays down."""
    grip, start = card.grip, card.grip.rect().center()
    QTest.mousePress(grip, LEFT, pos=start)
    for part in (0.2, 1.0):
        way = grip.mapFromGlobal(to) - start
        QTest.mouseMove(grip, start + QPoint(0, round(way.y() * part)))
    return grip


def middle_of(card):
    return card.mapToGlobal(card.rect().center())


def test_a_case_is_added_in_rows_and_is_a_way_out(desk):
    desk.session.apply(AddNode("pick", SwitchNode(cases=()), (0, 0)))
    desk.select("pick")
    rows = rows_at(desk, "cases")
    QTest.mouseClick(rows.add_button, LEFT)
    retype(rows.cards[0].cells[0].editor.target, "bad")
    assert ports(desk) == [], "a case that asks nothing would always hold"
    box = rows.cards[0].findChild(ConditionEditor).box
    QTest.mouseClick(box.add_button, LEFT)
    QTest.keyClicks(box.items[0].subject.target, "alert.severity")
    QTest.keyClick(box.items[0].subject.target, Qt.Key.Key_Escape)  # the completion
    retype(box.items[0].value.target, "50")
    assert [(case.port, case.when) for case in desk.node("pick").cases] == [("bad", "alert.severity == 50")]


def test_a_case_shows_its_condition_in_rows_and_keeps_it_as_it_is_written(pick):
    (rule,) = rows_at(pick, "cases").cards[1].findChild(ConditionEditor).box.items
    assert rule.subject.typed == "{{ alert.severity }}"
    retype(rule.value.target, "60")
    assert [case.when for case in pick.node("pick").cases] == [
        "alert.severity > 90",
        "alert.severity > 60",
        "alert.severity > 10",
    ]


def test_a_case_is_pulled_to_another_place_in_one_step(pick):
    rows = rows_at(pick, "cases")
    grip = pull(rows.cards[0], middle_of(rows.cards[2]) + QPoint(0, 5))
    assert ports(pick) == ["a", "b", "c"], "nothing changes while it is held"
    QTest.mouseRelease(grip, LEFT, pos=grip.mapFromGlobal(middle_of(rows.cards[2]) + QPoint(0, 5)))
    assert ports(pick) == ["b", "c", "a"]
    pick.undo()
    assert ports(pick) == ["a", "b", "c"]


def test_escape_lets_a_pulled_case_go_where_it_was(pick):
    rows = rows_at(pick, "cases")
    grip = pull(rows.cards[2], middle_of(rows.cards[0]) - QPoint(0, 5))
    QTest.keyClick(grip, Qt.Key.Key_Escape)
    QTest.mouseRelease(grip, LEFT, pos=grip.rect().center())
    assert ports(pick) == ["a", "b", "c"]


def test_alt_and_arrows_move_a_case_from_its_grip_and_from_its_name(pick):
    rows = rows_at(pick, "cases")
    grip = rows.cards[0].grip
    grip.setFocus()
    QTest.keyClick(grip, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert ports(pick) == ["b", "a", "c"]
    name = rows.cards[2].cells[0].editor.target
    name.setFocus()
    QTest.keyClick(name, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert ports(pick) == ["b", "c", "a"]
    pick.undo()
    assert ports(pick) == ["b", "a", "c"]


@pytest.fixture
def form(desk):
    node = AskNode(ask=AskKind.FORM, text="Which address?", form_schema=ASKED)
    desk.session.apply(AddNode("question", node, (0, 0)))
    desk.session.end_gesture()
    desk.select("question")
    return desk


def editor_of(desk):
    return desk.panel.find_field("schema").findChild(SchemaEditor)


def test_a_form_is_shown_in_rows_and_what_no_row_shows_is_kept(form):
    (card,) = editor_of(form).rows.cards
    retype(card.cells[2].editor.target, "Which one")
    said = form.node("question").form_schema
    assert said["properties"]["ip"] == {
        "type": "string",
        "format": "ip",
        "title": "Which one",
        "default": "192.0.2.1",
    }
    assert (said["additionalProperties"], said["required"]) == (False, ["ip"])
    form.undo()
    assert form.node("question").form_schema == ASKED


def test_a_question_is_added_to_a_form_and_one_is_taken_away(form):
    rows = editor_of(form).rows
    QTest.mouseClick(rows.add_button, LEFT)
    retype(rows.cards[1].cells[0].editor.target, "why")
    box = rows.cards[1].cells[1].editor.target
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    said = form.node("question").form_schema
    assert said["properties"]["why"] == {"type": "string"}
    assert list(said["properties"]) == ["ip", "why"]


def test_a_form_is_json_where_rows_cannot_say_it(form):
    editor = editor_of(form)
    QTest.mouseClick(editor.turn_button, LEFT)
    assert editor.is_text
    assert '"additionalProperties": false' in editor.typed
    retype(editor.target, '{"type": "object", "properties": {"a": {"oneOf": []}}}')
    assert not editor.turn_button.isEnabled()
    assert editor.turn_button.toolTip().startswith("Rows cannot say this form")
    assert form.node("question").form_schema["properties"] == {"a": {"oneOf": []}}


def test_a_value_is_made_with_functions_and_is_one_step_of_the_history(desk):
    desk.session.apply(AddNode("made", SetNode(values={"n": "Seen"}), (0, 0)))
    desk.session.end_gesture()
    desk.select("made")
    editor = desk.panel.find_field("values").findChild(ChainEditor)
    QTest.keyClick(editor.add_button, Qt.Key.Key_Space)
    (menu,) = [menu for menu in editor.findChildren(RoundMenu) if menu.isVisible()]
    menu.setActiveAction(next(action for action in menu.actions() if action.text() == "Defang"))
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert desk.node("made").values == {"n": "{{ 'Seen'.defang() }}"}
    desk.undo()
    assert desk.node("made").values == {"n": "Seen"}


def test_a_schedule_is_set_with_its_zone(desk):
    desk.session.apply(AddNode("nightly", TriggerNode(event="schedule"), (0, 0)))
    desk.session.end_gesture()
    desk.select("nightly")
    retype(desk.panel.find_field("config.cron").editor, "0 6 * * 1-5")
    assert desk.node("nightly").config == {"cron": "0 6 * * 1-5"}
    box = desk.panel.find_field("config.zone").editor
    box.setFocus()
    QTest.keyClicks(box, "Europe/Berl")
    editor = desk.panel.find_field("config.cron").findChild(CronEditor)
    assert desk.node("nightly").config == {"cron": "0 6 * * 1-5", "zone": "Europe/Berlin"}
    assert editor.words.endswith("Europe/Berlin")
    assert len(editor.times) == 5


def test_values_are_put_in_another_order_in_one_step(desk):
    desk.session.apply(AddNode("made", SetNode(values={"b": "1", "a": "2"}), (0, 0)))
    desk.session.end_gesture()
    desk.select("made")
    grip = rows_at(desk, "values").cards[0].grip
    grip.setFocus()
    QTest.keyClick(grip, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert list(desk.node("made").values) == ["a", "b"]
    desk.undo()
    assert list(desk.node("made").values) == ["b", "a"]
    assert [card.cells[0].editor.typed for card in rows_at(desk, "values").cards] == ["b", "a"]
