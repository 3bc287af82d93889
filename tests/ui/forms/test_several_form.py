from tocsin.model.playbook import ActionNode, ConditionNode, Graph, OnError, Playbook
from tocsin.ui.forms.fields import FieldKind
from tocsin.ui.forms.several_form import DIFFERENT, several_form

NODES = {
    "a": ActionNode(use="edr.get_endpoint", timeout="30s", inputs={"endpoint_id": "1"}),
    "b": ActionNode(use="edr.get_endpoint", timeout="60s", inputs={"endpoint_id": "1"}),
    "c": ConditionNode(when="true"),
}
PLAYBOOK = Playbook(id="p", graph=Graph(nodes=NODES))


def fields_of(names, catalogue):
    form = several_form({name: NODES[name] for name in names}, PLAYBOOK, catalogue)
    return {field.name: field for section in form.sections for field in section.fields}


def test_several_nodes_show_what_they_agree_on_and_where_they_differ(catalogue):
    fields = fields_of("ab", catalogue)
    assert fields["with.endpoint_id"].value == "1"
    assert (fields["timeout"].value, fields["timeout"].placeholder) == (None, DIFFERENT)


def test_a_choice_that_differs_is_shown_as_none_of_them(catalogue):
    nodes = {"a": NODES["a"], "b": NODES["b"].model_copy(update={"on_error": OnError.CONTINUE, "default": None})}
    form = several_form(nodes, Playbook(id="p", graph=Graph(nodes=nodes)), catalogue)
    (choice,) = [field for section in form.sections for field in section.fields if field.name == "on_error"]
    assert None not in [offered.value for offered in choice.choices]
    assert (choice.value, choice.placeholder) == (None, DIFFERENT)


def test_only_what_all_of_them_have_is_shown(catalogue):
    fields = fields_of("abc", catalogue)
    assert {"deadline", "disabled", "minutes", "on_error", "tags"} == fields.keys()


def test_nothing_that_is_a_nodes_own_is_shown(catalogue):
    assert not {"id", "title", "note"} & fields_of("ab", catalogue).keys()


def test_a_text_is_taken_when_it_is_left_so_that_it_is_one_step(catalogue):
    fields = fields_of("ab", catalogue)
    assert all(field.is_late for field in fields.values() if field.kind in {FieldKind.DURATION, FieldKind.TEXT})


def test_the_headline_counts_and_names_the_kind(catalogue):
    form = several_form({name: NODES[name] for name in "ab"}, PLAYBOOK, catalogue)
    assert (form.title, form.subtitle, form.owner) == ("2 steps", "Action, selected together", "")


def test_a_great_many_are_only_counted(catalogue):
    many = {f"n{number}": NODES["c"] for number in range(201)}
    playbook = Playbook(id="p", graph=Graph(nodes=many))
    assert several_form(many, playbook, catalogue).sections == ()
