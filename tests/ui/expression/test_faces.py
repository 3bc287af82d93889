from tests.unit.services.samples.places import CONTAIN

from tocsin.ui.expression.pieces import find_chips, pieces_of
from tocsin.ui.widgets.chip import Tone


def chip(context, expression):
    text = f"{{{{ {expression} }}}}"
    (piece,) = pieces_of(text, has_lines=False, chips=find_chips(text))
    face = context.faces.chip(piece)
    return face.lead, face.text


def test_a_value_is_called_by_its_node_s_title_and_its_field_s(context_at):
    assert chip(context_at(), "reputation.score") == ("Look up reputation", "Score")


def test_a_renamed_node_renames_the_chip(context_at):
    renamed = context_at(text=CONTAIN.replace("title: Look up reputation", "title: Ask around"))
    assert chip(renamed, "reputation.score") == ("Ask around", "Score")


def test_a_chip_has_the_icon_and_the_colour_of_its_node(context_at):
    (piece,) = pieces_of("{{ alert.user }}", has_lines=False, chips=find_chips("{{ alert.user }}"))
    face = context_at().faces.chip(piece)
    assert (face.icon, face.icon_colour, face.tone) == ("text-search", "trigger", Tone.ACCENT)


def test_what_is_not_a_node_has_a_name_too(context_at):
    at_loop = context_at("isolate")
    assert chip(at_loop, "run.id") == ("This run", "ID")
    assert chip(at_loop, "host.name") == ("Host", "Name")
    assert chip(at_loop, "index") == ("For each host", "Index")
    assert chip(context_at("help"), "error.code") == ("The error", "Code")


def test_facts_and_whole_outputs_are_named(context_at):
    assert chip(context_at("hosts"), "nodes.reputation.state") == ("Look up reputation", "State")
    assert chip(context_at("hosts"), "nodes.reputation.output.score") == ("Look up reputation", "Score")
    assert chip(context_at(), "reputation") == ("Look up reputation", "Output")


def test_an_item_of_a_list_is_counted_from_one(context_at):
    assert chip(context_at(), "endpoints.hosts[0].name") == ("Find endpoints", "Endpoints 1 Name")


def test_a_formula_shows_its_values_by_name(context_at):
    assert chip(context_at(), "defang(alert.src_ip)") == ("Formula", "defang(SIEM alert Source address)")


def test_a_name_that_nothing_has_is_a_problem(context_at):
    text = "{{ gone.id }}"
    (piece,) = pieces_of(text, has_lines=False, chips=find_chips(text))
    face = context_at().faces.chip(piece)
    assert (face.tone, face.lead, face.text) == (Tone.PROBLEM, "gone", "id")
