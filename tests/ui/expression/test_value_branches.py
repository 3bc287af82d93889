"""Values as a tree: what lies in what follows from the paths."""

from tocsin.services.samples import ValueField, ValueGroup
from tocsin.ui.expression.value_branches import branches_of


def field(path):
    return ValueField(path, path, "text", "")


def outline(branches):
    return {branch.path: outline(branch.inner) for branch in branches}


def test_a_value_lies_in_the_longest_one_that_its_path_goes_on_from(context_at):
    paths = ("alert.src", "alert.src_ip", "alert.src.name", "alert.tags", "alert.tags[0].id", 'alert["a.b"].c')
    (source,) = branches_of([ValueGroup("alert", "", tuple(map(field, paths)))], context_at().faces)
    assert outline(source.inner) == {
        "alert.src": {"alert.src.name": {}},
        "alert.src_ip": {},
        "alert.tags": {"alert.tags[0].id": {}},
        'alert["a.b"].c': {},
    }
