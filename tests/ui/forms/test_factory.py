import pytest
from hypothesis import given
from tests.helpers.playbooks import playbooks

from tocsin.base.errors import TocsinError
from tocsin.connectors.registry import load_catalogue
from tocsin.edits import MISSING, AddNode, RenameNode, SetField, SetHead
from tocsin.model.playbook import (
    ActionNode,
    AskKind,
    AskNode,
    CallNode,
    ConditionNode,
    ForEachNode,
    Graph,
    JoinNode,
    Kind,
    OnError,
    Playbook,
    Retry,
    Role,
    SetNode,
    SwitchNode,
    TriggerNode,
    walk_nodes,
)
from tocsin.ui.forms.changes import edit_of
from tocsin.ui.forms.factory import node_form
from tocsin.ui.forms.failure import Fate
from tocsin.ui.forms.fields import ROWS, FieldKind
from tocsin.ui.forms.playbook_form import head_form
from tocsin.ui.forms.reading import read_text, text_of

CATALOGUE = load_catalogue()  # hypothesis would print a fixture
ROLES = {"edge": Role(category="firewall", title="Edge firewall"), "tickets": Role(category="ticketing")}
PLAYBOOK = Playbook(id="p", name="P", roles=ROLES)
BLOCK = ActionNode(use="firewall.block_address", inputs={"address": "{{ alert.src_ip }}"})


NOT_TYPED = ROWS | {FieldKind.FLAG, FieldKind.OBJECT}


def fields_of(form):
    shown = [field for section in form.sections for field in section.fields]
    return {field.name: field for field in (*shown, form.note) if field is not None}


def form_of(name, node, catalogue):
    return node_form(name, node, PLAYBOOK.model_copy(update={"graph": Graph(nodes={name: node})}), catalogue)


@pytest.fixture
def block(catalogue):
    return form_of("block", BLOCK, catalogue)


def test_an_actions_inputs_come_from_its_schema_required_ones_first(block):
    inputs = [field for field in fields_of(block).values() if field.place[0] == "with"]
    assert [(field.name, field.kind, field.required) for field in inputs] == [
        ("with.address", FieldKind.ADDRESS, True),
        ("with.comment", FieldKind.MULTILINE, False),
    ]
    assert inputs[0].value == "{{ alert.src_ip }}"


def test_an_actions_head_says_what_it_does_to_the_world(block):
    assert block.subtitle == "Change · undoable"


def test_only_roles_of_the_category_are_offered(block):
    assert [choice.value for choice in fields_of(block)["role"].choices] == [None, "edge"]


def test_the_other_actions_of_the_category_are_offered(block):
    offered = [choice.value for choice in fields_of(block)["use"].choices]
    assert {"firewall.block_address", "firewall.unblock_address", "firewall.list_blocks"} <= set(offered)


def test_an_input_that_the_schema_does_not_know_can_still_be_seen(catalogue):
    node = ActionNode(use="firewall.block_address", inputs={"address": "1", "adress": "2"})
    assert fields_of(form_of("block", node, catalogue))["with.adress"].value == "2"


def test_an_action_that_nobody_describes_shows_what_it_holds(catalogue):
    node = ActionNode(use="nobody.knows", inputs={"a": 1})
    form = form_of("odd", node, catalogue)
    assert (form.subtitle, fields_of(form)["with.a"].value) == ("nobody.knows", 1)


def test_retry_is_shown_with_what_holds_when_nothing_is_said(block):
    assert fields_of(block)["retry.max"].value is None
    assert fields_of(block)["retry.max"].placeholder == "1"
    assert fields_of(block)["retry.delay"].kind is FieldKind.DURATION


def test_headings_stand_in_a_fixed_order(block):
    titles = [section.title for section in block.sections]
    assert titles == ["", "Retry and time limit", "If it fails", "Name and tags"]


@pytest.mark.parametrize(
    ("node", "name", "kind"),
    [
        (ConditionNode(when="true"), "when", FieldKind.CONDITION),
        (AskNode(ask=AskKind.APPROVAL, text="Go on?"), "text", FieldKind.MULTILINE),
        (AskNode(ask=AskKind.APPROVAL, text="Go on?"), "options", FieldKind.TABLE),
        (SwitchNode(cases=()), "cases", FieldKind.TABLE),
        (SetNode(values={}), "values", FieldKind.MAP),
        (CallNode(playbook="p"), "with", FieldKind.MAP),
        (TriggerNode(event="manual"), "tags", FieldKind.LIST),
        (AskNode(ask=AskKind.APPROVAL, text="Go on?"), "ask", FieldKind.CHOICE),
        (AskNode(ask=AskKind.APPROVAL, text="Go on?"), "expires", FieldKind.DURATION),
        (ForEachNode(items="[]", body=Graph()), "in", FieldKind.EXPRESSION),
        (ForEachNode(items="[]", body=Graph()), "max", FieldKind.NUMBER),
        (JoinNode(), "need", FieldKind.CHOICE),
        (TriggerNode(event="manual"), "sample", FieldKind.JSON),
        (TriggerNode(event="manual"), "disabled", FieldKind.FLAG),
    ],
)
def test_a_keys_type_decides_how_it_is_drawn(node, name, kind, catalogue):
    assert fields_of(form_of("n", node, catalogue))[name].kind is kind


def test_a_join_takes_a_number_beside_its_words(catalogue):
    need = fields_of(form_of("j", JoinNode(need=2), catalogue))["need"]
    assert (need.value, need.is_open, read_text(need, "3").value) == (2, True, 3)


def test_the_body_of_a_loop_is_no_field(catalogue):
    form = form_of("l", ForEachNode(items="[]", body=Graph()), catalogue)
    assert not any(name.startswith(("body", "kind", "x")) for name in fields_of(form))


def test_the_playbook_itself_has_a_form():
    form = head_form(PLAYBOOK)
    assert list(fields_of(form)) == ["name", "description", "tags", "timeout", "roles", "inputs", "outputs"]
    assert [section.summary for section in form.sections] == ["", "edge, tickets", "None", "None"]


def test_a_change_becomes_the_edit_of_its_place(block):
    fields = fields_of(block)
    assert edit_of(("block",), fields["with.address"], "192.0.2.1") == SetField(
        "block", ("with", "address"), "192.0.2.1"
    )
    assert edit_of(("block",), fields["timeout"], None) == SetField("block", ("timeout",), MISSING)
    assert edit_of(("block",), fields["id"], "shut") == RenameNode("block", "shut")
    assert edit_of(("",), fields_of(head_form(PLAYBOOK))["name"], "New") == SetHead(("name",), "New")


@given(playbooks())
def test_every_field_of_any_node_is_read_back_as_it_is_shown(playbook):
    for name, node in walk_nodes(playbook.graph):
        for field in fields_of(node_form(name, node, playbook, CATALOGUE)).values():
            if field.value is not None and field.kind not in NOT_TYPED and text_of(field).strip():
                reading = read_text(field, text_of(field))
                assert reading.fault or reading.value == field.value, (name, field)


@given(playbooks())
def test_setting_any_field_to_what_it_holds_changes_nothing(playbook):
    for name, node in walk_nodes(playbook.graph):
        for field in fields_of(node_form(name, node, playbook, CATALOGUE)).values():
            if field.value is not None:
                assert edit_of((name,), field, field.value).apply(playbook) == playbook


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CALL])
def test_clearing_any_optional_field_is_allowed(kind, catalogue):
    from tocsin.ui.node_list.new_nodes import find_new_node

    node = find_new_node(kind) or ActionNode(use="edr.find_endpoints")
    playbook = AddNode("step", node, (0, 0)).apply(PLAYBOOK)
    for field in fields_of(node_form("step", node, playbook, catalogue)).values():
        if not field.required:
            try:
                edit_of(("step",), field, None).apply(playbook)
            except TocsinError as error:
                pytest.fail(f"{field.name}: {error}")


def test_a_folded_section_says_what_is_set(catalogue):
    node = BLOCK.model_copy(update={"retry": Retry(max=3, delay="2s"), "timeout": "30s"})
    sections = {section.title: section for section in form_of("block", node, catalogue).sections}
    assert sections["Retry and time limit"].summary == "3 tries, 2 s doubling, 30 s"
    assert not sections["Retry and time limit"].is_open
    assert sections["Name and tags"].summary == "block"


@pytest.mark.parametrize(
    ("update", "summary"),
    [
        ({}, "1 try"),
        ({"retry": Retry(max=2, factor=1)}, "2 tries, 1 s apart"),
        ({"retry": Retry(max=2, factor=3)}, "2 tries, 1 s, then 3 times as long"),
        ({"timeout": "4m", "deadline": "1h"}, "1 try, 4 min, 1 h in all"),
    ],
)
def test_retrying_is_summed_up_in_few_words(update, summary, catalogue):
    form = form_of("block", BLOCK.model_copy(update=update), catalogue)
    assert next(section.summary for section in form.sections if section.title.startswith("Retry")) == summary


def test_a_note_is_no_setting(catalogue):
    form = form_of("block", BLOCK.model_copy(update={"note": "Why"}), catalogue)
    assert form.note.value == "Why"
    assert "note" not in [field.name for section in form.sections for field in section.fields]


def test_a_look_is_never_unsure_and_needs_no_reason_to_go_unattended(catalogue):
    look = fields_of(form_of("look", ActionNode(use="threat_intel.lookup_ip"), catalogue))
    isolate = fields_of(form_of("cut", ActionNode(use="edr.isolate_endpoint"), catalogue))
    assert not {"on_uncertain", "unattended"} & look.keys()
    assert {"on_uncertain", "unattended"} <= isolate.keys()


def test_a_value_to_go_on_with_has_the_shape_of_the_output(catalogue):
    node = ActionNode(use="threat_intel.lookup_ip", on_error=OnError.CONTINUE, default={"score": 0.0})
    form = form_of("look", node, catalogue)
    default = fields_of(form)["default"]
    assert (form.failure.fate, default.kind, default.value) == (Fate.CONTINUE, FieldKind.OBJECT, {"score": 0.0})
    assert [part.name for part in default.parts] == ["score", "reports", "tor", "allow_listed"]
    assert "default" not in fields_of(form_of("look", ActionNode(use="threat_intel.lookup_ip"), catalogue))


def test_only_a_form_that_is_asked_for_has_a_shape(catalogue):
    for kind, is_there in ((AskKind.FORM, True), (AskKind.APPROVAL, False)):
        fields = fields_of(form_of("ask", AskNode(ask=kind, text="?"), catalogue))
        assert ("schema" in fields) is is_there
        assert fields["need"].title == "Answers needed"
