"""The inspector on a real session: what is shown, what is typed, what is undone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
)
from tests.ui.forms.conftest import retype

from tocsin.connectors.registry import load_catalogue
from tocsin.edits import AddNode, Connect, SetField
from tocsin.model.playbook import ActionNode, Edge, Kind, Playbook
from tocsin.model.problems import Problem, Severity
from tocsin.ui.expression import find_value
from tocsin.ui.forms.failure import Fate
from tocsin.ui.forms.field_view import FieldView
from tocsin.ui.forms.rows_editor import RowsEditor
from tocsin.ui.inspector.panel import InspectorPanel, RunValues
from tocsin.ui.inspector.tab_row import Tab
from tocsin.ui.node_list.new_nodes import find_new_node

CATALOGUE = load_catalogue()
ACTIONS = sorted(
    [*CATALOGUE.vocabulary, *(f"{c.id}.{name}" for c in CATALOGUE.connectors.values() for name in c.actions)]
)


def press(qapp, button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qapp.processEvents()  # what a failure does is taken in the next turn of the loop


def choose(qapp, words):
    (menu,) = [widget for widget in qapp.topLevelWidgets() if isinstance(widget, QMenu) and widget.isVisible()]
    (action,) = [action for action in menu.actions() if action.text() == words]
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_a_node_is_shown_with_its_title_and_what_it_does_to_the_world(desk):
    desk.select("block")
    assert (desk.panel.owner, desk.panel.title) == ("block", "Block the address")
    assert desk.panel.head.subtitle == "Change · undoable"
    assert desk.panel.head.tile.face.icon == "brick-wall"


def test_the_playbook_is_shown_when_nothing_is_selected_and_has_no_tabs(desk):
    assert (desk.panel.owner, desk.panel.title) == ("", "Contain a suspicious IP")
    assert desk.panel.tabs.isHidden()
    retype(desk.panel.find_field("name").editor, "Contain it")
    assert desk.session.playbook.name == "Contain it"
    assert desk.panel.title == "Contain it"


def test_what_several_share_is_set_for_all_in_one_step(desk):
    desk.select("block", "sessions")
    assert (desk.panel.title, desk.panel.owner) == ("2 steps", "")
    retype(desk.panel.find_field("deadline").editor, "5 minutes")
    assert [desk.node(name).deadline for name in ("block", "sessions")] == ["5m", "5m"]
    desk.undo()
    assert [desk.node(name).deadline for name in ("block", "sessions")] == [None, None]


def test_typing_is_one_step_of_the_history(desk):
    desk.select("block")
    desk.panel.focus_field("title")
    retype(desk.panel.find_field("title").editor, "Shut it out")
    assert desk.node("block").title == "Shut it out"
    desk.undo()
    assert desk.node("block").title == "Block the address"
    assert desk.panel.find_field("title").editor.text() == "Block the address"


def test_typing_in_a_row_is_one_step_of_the_history(desk):
    desk.select("confirm")
    words = desk.panel.find_field("options").findChild(RowsEditor).cards[1].cells[1].editor.target
    retype(words, "Leave that host alone")
    assert desk.node("confirm").options[1].title == "Leave that host alone"
    desk.undo()
    assert desk.node("confirm").options[1].title == "Leave it"
    assert words.text() == "Leave it"


def test_a_way_out_that_is_renamed_keeps_its_edge(desk):
    desk.select("confirm")
    name = desk.panel.find_field("options").findChild(RowsEditor).cards[1].cells[0].editor.target
    retype(name, "spared_it")
    body = desk.node("hosts").body
    assert [edge.port for edge in body.edges if edge.source == "confirm"] == ["approved", "spared_it", "expired"]


def test_a_refusal_stands_under_the_field_that_was_typed_into(desk):
    desk.select("block")
    desk.panel.focus_field("id")
    retype(desk.panel.find_field("id").editor, "ticket")
    assert "taken" in desk.panel.find_field("id").fault
    assert desk.node("block")


def test_a_rename_leaves_the_node_shown(desk):
    desk.select("block")
    retype(desk.panel.find_field("id").editor, "shut")
    assert desk.panel.owner == "shut"


def test_problems_stand_under_the_fields_they_name_and_those_within_under_the_whole(desk):
    desk.select("confirm")
    problem = Problem("TOC-C011", Severity.ERROR, "This cannot be read.", "Close the brace.", node="confirm")
    desk.panel.show_problems([replace(problem, field="text"), replace(problem, field="options.0.title")])
    assert desk.panel.find_field("text").fault == "This cannot be read. Close the brace."
    assert desk.panel.find_field("options").fault == "This cannot be read. Close the brace."
    desk.select("block")
    assert not any(desk.panel.find_field(name).fault for name in ("with.address", "with.comment"))


def test_the_action_can_be_swapped_and_its_inputs_stay(desk):
    desk.select("block")
    box = desk.panel.find_field("use").editor
    assert isinstance(box, QComboBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert desk.node("block").use == "firewall.unblock_address"
    assert desk.node("block").inputs["address"] == "{{ alert.src_ip }}"


def test_a_form_that_is_built_anew_keeps_the_focus_in_its_field(desk, qapp):
    desk.select("block")
    desk.panel.focus_field("use")
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Down)
    assert qapp.focusWidget() is desk.panel.find_field("use").editor
    desk.panel.focus_field("on_error")
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Up)
    qapp.processEvents()
    assert desk.node("block").on_error == "continue"
    assert qapp.focusWidget() is desk.panel.form.failure_view.button(Fate.CONTINUE)


def test_what_was_half_typed_is_not_said_of_the_next_node(desk):
    desk.select("block")
    desk.panel.focus_field("id")
    QTest.keyClicks(desk.panel.find_field("id").editor, "_half")
    desk.select("ticket")
    assert desk.edits == []
    assert desk.node("ticket")


@pytest.mark.parametrize(("fate", "on_error"), [(Fate.STOP, None), (Fate.CONTINUE, "continue")])
def test_a_failure_can_do_something_else(desk, qapp, fate, on_error):
    desk.select("block")
    view = desk.panel.form.failure_view
    assert view.fate is Fate.PATH
    press(qapp, view.button(fate))
    assert desk.node("block").on_error == on_error
    assert desk.panel.form.failure_view.fate is fate
    assert not [e for e in desk.session.playbook.graph.edges if (e.source, e.port) == ("block", "error")]
    desk.undo()
    assert desk.panel.form.failure_view.fate is Fate.PATH


def test_going_on_asks_for_the_value_right_under_its_choice(desk, qapp):
    desk.select("reputation")
    press(qapp, desk.panel.form.failure_view.button(Fate.CONTINUE))
    default = desk.panel.find_field("default")
    assert default.isVisible()
    assert desk.panel.form.failure_view.isAncestorOf(default)


def test_the_error_path_says_where_it_leads_and_offers_where_it_could(desk, qapp):
    desk.select("block")
    view = desk.panel.form.failure_view
    assert view.path_button.text() == "to Ticket, needs a person"
    QTest.mouseClick(view.path_button, Qt.MouseButton.LeftButton)
    choose(qapp, "Note on the alert")
    assert Edge(source="block", port="error", target="noted") in desk.session.playbook.graph.edges
    assert desk.panel.form.failure_view.path_button.text() == "to Note on the alert"


def test_a_path_that_leads_nowhere_yet_asks_for_its_target(desk, qapp):
    desk.select("confirm")
    press(qapp, desk.panel.form.failure_view.button(Fate.PATH))
    choose(qapp, "Left alone")
    assert Edge(source="confirm", port="error", target="spared") in desk.node("hosts").body.edges


def test_folded_sections_say_what_is_set_and_stay_as_they_were_left(desk):
    desk.select("reputation")
    retry = desk.panel.form.find_section("Retry and time limit")
    assert (retry.is_open, retry.head.summary) == (False, "3 tries, 1 s doubling, 20 s")
    QTest.mouseClick(retry.head, Qt.MouseButton.LeftButton)
    desk.select("block")
    assert desk.panel.form.find_section("Retry and time limit").is_open


def test_a_field_in_a_folded_section_is_unfolded_when_it_is_asked_for(desk, qapp):
    desk.select("block")
    desk.panel.focus_field("retry.max")
    assert desk.panel.form.find_section("Retry and time limit").is_open
    assert qapp.focusWidget() is desk.panel.find_field("retry.max").editor
    desk.panel.focus_first()
    assert qapp.focusWidget() is desk.panel.find_field("role").editor


def test_a_place_within_rows_leads_to_its_field(desk, qapp):
    desk.select("confirm")
    desk.panel.focus_field("options.0.title")
    assert desk.panel.find_field("options").isAncestorOf(qapp.focusWidget())


def test_notes_are_plain_text_and_one_step(desk):
    desk.select("block")
    desk.panel.focus_field("note")
    assert desk.panel.tabs.tab is Tab.NOTES
    QTest.keyClicks(desk.panel.notes.editor, "**Why**: asked by the <b>lead</b>")
    assert desk.node("block").note == "**Why**: asked by the <b>lead</b>"
    assert desk.panel.notes.editor.text() == "**Why**: asked by the <b>lead</b>"
    desk.undo()
    assert (desk.node("block").note, desk.panel.notes.editor.text()) == (None, "")


def test_the_output_of_the_last_run_is_shown_for_the_node_that_gave_it(desk):
    desk.select("reputation")
    assert desk.panel.output.is_empty
    desk.panel.show_run(RunValues({"reputation": {"score": 92.0}}, "R-217"))
    assert not desk.panel.output.is_empty
    assert desk.panel.output.tree.value == {"score": 92.0}
    model = desk.panel.output.tree.tree.model()
    assert find_value(model.mimeData([model.index(0, 0)])) == "reputation.score"
    assert "Output in R-217" in [label.text() for label in desk.panel.output.findChildren(QLabel)]
    desk.select("block")
    assert desk.panel.output.is_empty


def test_the_tab_stays_from_node_to_node_but_the_playbook_has_settings_only(desk):
    desk.select("reputation")
    desk.panel.tabs.set_tab(Tab.OUTPUT)
    desk.select("block")
    assert desk.panel.tabs.tab is Tab.OUTPUT
    desk.select()
    assert desk.panel.tabs.tab is Tab.SETTINGS


def test_every_field_is_shown_as_text_and_back(desk):
    desk.select("block")
    link = desk.panel.tabs.link
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert link.text() == "Show as titles"
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert link.text() == "Show as text"
    assert desk.node("block").inputs["address"] == "{{ alert.src_ip }}"


def test_the_link_is_offered_only_where_values_can_be_read(desk):
    desk.select("gathered")
    assert desk.panel.tabs.link.isHidden()
    desk.select("spared")
    assert not desk.panel.tabs.link.isHidden()


def test_nobody_types_while_a_run_is_on(desk):
    desk.select("block")
    desk.panel.set_locked(True)
    assert not desk.panel.find_field("with.address").editor.isEnabled()
    assert not desk.panel.form.failure_view.isEnabled()
    desk.select("ticket")
    assert not desk.panel.find_field("with.title").editor.isEnabled()
    desk.panel.set_locked(False)
    assert desk.panel.find_field("with.title").editor.isEnabled()


def test_what_can_be_done_with_a_node_stands_in_the_head(desk, qtbot):
    action = QAction("Run to here", desk.panel)
    desk.panel.add_action(action, "play")
    button = next(b for b in desk.panel.head.findChildren(QAbstractButton) if b.accessibleName() == "Run to here")
    with qtbot.waitSignal(action.triggered):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_everything_that_can_be_used_has_a_name(desk):
    used = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractButton)
    for names in (("block",), ("confirm",), ("alert",), ("spared",), (), ("block", "sessions")):
        desk.select(*names)
        for widget in (found for kind in used for found in desk.panel.findChildren(kind)):
            if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.isVisible():
                assert widget.accessibleName() or getattr(widget, "text", str)(), (names, widget)


def test_tab_goes_down_the_form(desk, qapp):
    desk.select("block")
    desk.panel.focus_first()
    seen = []
    for _ in range(7):
        seen.append(qapp.focusWidget().objectName() or qapp.focusWidget().property("role"))
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
    assert seen[:2] == ["field-role", "field-use"]
    assert seen[2:4] == ["field-with.address", "function"]
    assert seen[5:7] == ["field-with.comment", "function"]


def test_labels_never_read_markup(desk):
    for names in (("block",), ("alert",), ()):
        desk.select(*names)
        assert all(
            label.textFormat() is Qt.TextFormat.PlainText for label in desk.panel.findChildren(QLabel) if label.text()
        )


def test_the_form_of_every_shipped_action_is_drawn_with_its_samples(desk):
    for place, use in enumerate(ACTIONS):
        shapes = CATALOGUE.find_facts(use).inputs.get("properties", {})
        samples = {name: shape["examples"][0] for name, shape in shapes.items() if shape.get("examples")}
        desk.session.apply(AddNode(f"tried_{place}", ActionNode(use=use, inputs=samples), (0, 0)))
        desk.select(f"tried_{place}")
        for name in shapes:
            view = desk.panel.find_field(f"with.{name}")
            assert (view.value, view.fault) == (samples.get(name), ""), (use, name)
    assert desk.edits == []


def test_the_form_of_every_kind_is_drawn_and_changes_nothing_by_itself(desk):
    for kind in set(Kind) - {Kind.CALL, Kind.ACTION, Kind.GROUP}:
        desk.session.apply(AddNode(f"tried_{kind}", find_new_node(kind), (0, 0)))
        before = desk.session.playbook
        desk.select(f"tried_{kind}")
        assert desk.panel.owner == f"tried_{kind}"
        assert (desk.session.playbook, desk.edits) == (before, [])


def test_every_node_of_the_shipped_playbook_is_drawn_as_it_is(desk):
    for name in list(desk.session.playbook.graph.nodes):
        desk.select(name)
        for section in ("with", "values", "cases", "options"):
            view = desk.panel.find_field(section)
            assert view is None or view.value == view.field.value
    assert desk.edits == []


def test_a_panel_without_a_session_shows_an_empty_playbook(dressed, theme, qtbot, catalogue):
    panel = InspectorPanel(catalogue, theme)
    qtbot.addWidget(panel)
    panel.show_selection(Playbook(id="p"), frozenset())
    assert panel.title == "p"


def test_an_edge_that_is_drawn_elsewhere_is_told_at_once(desk):
    desk.select("confirm")
    assert desk.panel.form.failure_view.fate is Fate.STOP
    desk.session.apply(Connect("hosts", Edge(source="confirm", port="error", target="spared")))
    desk.show()
    assert desk.panel.form.failure_view.path_button.text() == "to Left alone"


def test_a_letter_leaves_alone_what_other_fields_show_and_read(desk, monkeypatch):
    desk.select("block")
    typed = desk.panel.find_field("with.comment")
    others = [view for view in desk.panel.form.findChildren(FieldView) if view is not typed]
    touched = []
    for view in others:
        monkeypatch.setattr(view._editor, "show_field", touched.append)
        monkeypatch.setattr(view._editor, "confirm", touched.append)
    monkeypatch.setattr(FieldView, "set_context", lambda *_: touched.append("context"))
    QTest.keyClicks(typed.editor, "now")
    assert len(desk.edits) == 3
    assert touched == []


def test_a_title_that_changes_is_read_in_the_fields_of_others(desk):
    desk.select("block")
    desk.session.apply(SetField("alert", ("title",), "It began"))
    desk.show()
    assert desk.panel.find_field("with.address").editor.accessibleDescription().startswith("It began")
