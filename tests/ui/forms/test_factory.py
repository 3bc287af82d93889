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
    ConditionNode,
    ForEachNode,
    Graph,
    JoinNode,
    Kind,
    Playbook,
    Role,
    TriggerNode,
    walk_nodes,
)
from tocsin.ui.forms.changes import edit_of
from tocsin.ui.forms.factory import head_form, node_form
from tocsin.ui.forms.fields import FieldKind
from tocsin.ui.forms.reading import read_text, text_of

CATALOGUE = load_catalogue()  # hypothesis would print a fixture
ROLES = {"edge": Role(category="firewall", title="Edge firewall"), "tickets": Role(category="ticketing")}
PLAYBOOK = Playbook(id="p", name="P", roles=ROLES)
BLOCK = ActionNode(use="firewall.block_address", inputs={"address": "{{ alert.src_ip }}"})


def fields_of(form):
    return {field.name: field for section in form.sections for field in section.fields}


@pytest.fixture
def block(catalogue):
    return node_form("block", BLOCK, PLAYBOOK, catalogue)


def test_an_actions_inputs_come_from_its_schema_required_ones_first(block):
    inputs = [field for field in fields_of(block).values() if field.place[0] == "with"]
    assert [(field.name, field.kind, field.required) for field in inputs] == [
        ("with.address", FieldKind.TEMPLATE, True),
        ("with.comment", FieldKind.TEMPLATE, False),
    ]
    assert inputs[0].value == "{{ alert.src_ip }}"


def test_an_actions_head_says_what_it_does_to_the_world(block):
    assert block.subtitle == "firewall.block_address · change · undoable"


def test_only_roles_of_the_category_are_offered(block):
    assert [choice.value for choice in fields_of(block)["role"].choices] == [None, "edge"]


def test_an_input_that_the_schema_does_not_know_can_still_be_seen(catalogue):
    node = ActionNode(use="firewall.block_address", inputs={"address": "1", "adress": "2"})
    assert fields_of(node_form("block", node, PLAYBOOK, catalogue))["with.adress"].value == "2"


def test_an_action_that_nobody_describes_shows_what_it_holds(catalogue):
    node = ActionNode(use="nobody.knows", inputs={"a": 1})
    form = node_form("odd", node, PLAYBOOK, catalogue)
    assert (form.subtitle, fields_of(form)["with.a"].value) == ("nobody.knows", 1)


def test_retry_is_shown_with_what_holds_when_nothing_is_said(block):
    assert fields_of(block)["retry.max"].value is None
    assert fields_of(block)["retry.max"].placeholder == "1"
    assert fields_of(block)["retry.delay"].kind is FieldKind.DURATION


def test_headings_stand_in_a_fixed_order(block):
    assert [section.title for section in block.sections] == ["", "Retry and time limit", "If it fails", "Notes"]


@pytest.mark.parametrize(
    ("node", "name", "kind"),
    [
        (ConditionNode(when="true"), "when", FieldKind.EXPRESSION),
        (AskNode(ask=AskKind.APPROVAL, text="Go on?"), "text", FieldKind.TEMPLATE),
        (AskNode(ask=AskKind.APPROVAL, text="Go on?"), "ask", FieldKind.CHOICE),
        (AskNode(ask=AskKind.APPROVAL, text="Go on?"), "expires", FieldKind.DURATION),
        (ForEachNode(items="[]", body=Graph()), "in", FieldKind.EXPRESSION),
        (ForEachNode(items="[]", body=Graph()), "max", FieldKind.NUMBER),
        (JoinNode(), "need", FieldKind.CHOICE),
        (TriggerNode(event="manual"), "sample", FieldKind.JSON),
        (TriggerNode(event="manual"), "disabled", FieldKind.FLAG),
        (TriggerNode(event="manual"), "note", FieldKind.MULTILINE),
    ],
)
def test_a_keys_type_decides_how_it_is_drawn(node, name, kind, catalogue):
    assert fields_of(node_form("n", node, PLAYBOOK, catalogue))[name].kind is kind


def test_a_join_takes_a_number_beside_its_words(catalogue):
    need = fields_of(node_form("j", JoinNode(need=2), PLAYBOOK, catalogue))["need"]
    assert (need.value, need.is_open, read_text(need, "3").value) == (2, True, 3)


def test_the_body_of_a_loop_is_no_field(catalogue):
    form = node_form("l", ForEachNode(items="[]", body=Graph()), PLAYBOOK, catalogue)
    assert not any(name.startswith(("body", "kind", "x")) for name in fields_of(form))


def test_the_playbook_itself_has_a_form():
    assert list(fields_of(head_form(PLAYBOOK))) == ["name", "description"]


def test_a_change_becomes_the_edit_of_its_place(block):
    fields = fields_of(block)
    assert edit_of("block", fields["with.address"], "192.0.2.1") == SetField("block", ("with", "address"), "192.0.2.1")
    assert edit_of("block", fields["timeout"], None) == SetField("block", ("timeout",), MISSING)
    assert edit_of("block", fields["id"], "shut") == RenameNode("block", "shut")
    assert edit_of("", fields_of(head_form(PLAYBOOK))["name"], "New") == SetHead(("name",), "New")


@given(playbooks())
def test_every_field_of_any_node_is_read_back_as_it_is_shown(playbook):
    for name, node in walk_nodes(playbook.graph):
        for field in fields_of(node_form(name, node, playbook, CATALOGUE)).values():
            if field.value is not None and field.kind is not FieldKind.FLAG and text_of(field).strip():
                assert read_text(field, text_of(field)).value == field.value, (name, field)


@given(playbooks())
def test_setting_any_field_to_what_it_holds_changes_nothing(playbook):
    for name, node in walk_nodes(playbook.graph):
        for field in fields_of(node_form(name, node, playbook, CATALOGUE)).values():
            if field.value is not None:
                assert edit_of(name, field, field.value).apply(playbook) == playbook


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CALL])
def test_clearing_any_optional_field_is_allowed(kind, catalogue):
    from tocsin.ui.node_list.new_nodes import find_new_node

    node = find_new_node(kind) or ActionNode(use="edr.find_endpoints")
    playbook = AddNode("step", node, (0, 0)).apply(PLAYBOOK)
    for field in fields_of(node_form("step", node, playbook, catalogue)).values():
        if not field.required:
            try:
                edit_of("step", field, None).apply(playbook)
            except TocsinError as error:
                pytest.fail(f"{field.name}: {error}")
