"""What a node does to the world in words, who reads it, and the minutes that it saves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.forms.conftest import retype

from tocsin.model.playbook import ActionNode, SetNode
from tocsin.ui.inspector.effect_words import effect_sentences
from tocsin.ui.inspector.uses import uses_of

LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize(
    ("use", "said"),
    [
        ("siem.get_alert", "Only reads: nothing changes at the product."),
        ("firewall.block_address", "Changes something at the product. “Unblock an address” undoes it."),
        ("identity.end_sessions", "Changes something at the product. It cannot be undone."),
    ],
)
def test_an_action_says_what_it_does_and_what_undoes_it(catalogue, use, said):
    assert effect_sentences(ActionNode(use=use), catalogue) == said


def test_a_look_up_says_who_learns_of_it_and_a_step_that_only_steers_says_nothing(catalogue):
    said = effect_sentences(ActionNode(use="threat_intel.lookup_ip"), catalogue)
    assert said.startswith("Only reads: nothing changes at the product. What it asks about ")
    assert effect_sentences(SetNode(values={}), catalogue) == ""


def test_every_field_that_reads_a_node_is_found_in_frames_and_in_the_head(desk, catalogue):
    uses = uses_of("alert", desk.session.playbook, catalogue)
    assert {"reputation", "block"} <= {use.node for use in uses}
    block = next(use for use in uses if use.node == "block")
    assert block.words.startswith("Block the address · ")
    assert uses_of("nothing_of_this_name", desk.session.playbook, catalogue) == ()


def test_a_name_in_a_text_is_no_use(desk, catalogue):
    assert not [use for use in uses_of("sessions", desk.session.playbook, catalogue) if use.node == "sessions"]


def test_the_section_opens_by_key_and_a_press_on_a_field_asks_to_go_there(desk, qtbot, qapp):
    desk.select("reputation")
    about = desk.panel.about
    assert not about.section.is_open
    about.section.head.setFocus()
    QTest.keyClick(about.section.head, Qt.Key.Key_Space)
    assert about.effect.startswith("Only reads")
    first = about.uses[0]
    with qtbot.waitSignal(desk.panel.use_chosen) as chosen:
        QTest.mouseClick(about.buttons[0], LEFT)
    assert chosen.args == [first]
    desk.select(first.node)
    desk.panel.focus_field(first.field)
    assert desk.panel.isAncestorOf(qapp.focusWidget())


def test_the_section_follows_the_selection_and_is_not_there_for_the_playbook(desk):
    desk.select("reputation")
    desk.panel.about.section.head.click()
    desk.select("stopped")
    assert desk.panel.about.uses == ()
    desk.select()
    assert desk.panel.about.isHidden()
    desk.select("block", "sessions")
    assert desk.panel.about.isHidden()


def test_minutes_that_a_step_saves_are_set_and_are_no_less_than_none(desk):
    desk.select("block")
    minutes = desk.panel.find_field("minutes")
    retype(minutes.editor, "-1")
    assert minutes.fault == "Enter 0 or more."
    retype(minutes.editor, "12")
    assert desk.node("block").minutes == 12
    desk.undo()
    assert desk.node("block").minutes is None
    desk.select("stopped")
    assert desk.panel.find_field("minutes") is None


def test_in_the_window_a_press_selects_the_node_and_the_field_has_the_focus(show_window, small, qapp):
    shown = show_window()
    shown.window.open(small)
    shown.session.select(("start",))
    about = shown.panels.inspector.about
    about.section.head.click()
    (button,) = about.buttons
    assert button.text().endswith("· Text")
    QTest.mouseClick(button, LEFT)
    assert shown.session.selection == frozenset({"ask"})
    field = shown.panels.inspector.find_field("text")
    assert field.isAncestorOf(qapp.focusWidget())
