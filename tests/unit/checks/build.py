"""Small playbooks from YAML text, and the shipped vocabulary as a catalogue."""

from functools import cache

import yaml

from tocsin.base.resources import resource_path
from tocsin.checks import check_playbook
from tocsin.connectors import load_catalogue
from tocsin.model.catalogue import Catalogue
from tocsin.model.document import from_document


@cache
def catalogue():
    text = resource_path("vocabulary.yaml").read_text(encoding="utf-8")
    vocabulary = {name: action for name, action in yaml.safe_load(text).items() if "." in name}
    return Catalogue.model_validate({"vocabulary": vocabulary}, strict=False)


@cache
def products():
    """Return every product that is shipped, for playbooks that name one."""
    return load_catalogue([])


def read(text):
    """Read a playbook; its head is added when the text begins with `nodes`."""
    document = yaml.safe_load(text)
    return from_document({"tocsin": 1, "id": "example", **document})


def check(playbook):
    return check_playbook(playbook, catalogue())


def find(text, *codes):
    """Return (code, node, field) of what is found; only of some codes when they are given."""
    problems = check(read(text))
    return [(p.code.name, p.node, p.field) for p in problems if not codes or p.code.name in codes]


def problem(text, code):
    """Return the one problem of a code."""
    (found,) = [p for p in check(read(text)) if p.code.name == code]
    return found
