"""What the inspector is about: one node, several, or the playbook itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Node, Playbook, walk_nodes
from tocsin.ui.canvas.faces import Face, Family, face_of
from tocsin.ui.canvas.geometry import Silhouette
from tocsin.ui.forms.factory import node_form
from tocsin.ui.forms.fields import Form
from tocsin.ui.forms.playbook_form import head_form
from tocsin.ui.forms.several_form import several_form


@dataclass(frozen=True, slots=True)
class Subject:
    """What is shown.

    Attributes:
        form: Its settings.
        face: What its tile shows.
    """

    form: Form
    face: Face


def subject_of(playbook: Playbook, selection: frozenset[str], catalogue: Catalogue) -> Subject:
    """Return what a selection is about. Edges have no settings."""
    nodes = {name: node for name, node in walk_nodes(playbook.graph) if name in selection} if selection else {}
    if len(nodes) == 1:
        name, node = next(iter(nodes.items()))
        return Subject(node_form(name, node, playbook, catalogue), face_of(name, node, playbook, catalogue))
    if nodes:
        return _several(nodes, playbook, catalogue)
    form = head_form(playbook)
    return Subject(form, Face(form.title, "", "network", Family.LOGIC, Silhouette.PLAIN))


def find_node(playbook: Playbook, name: str) -> Node | None:
    """Return a node, in whatever graph it lies, or None."""
    return next((node for known, node in walk_nodes(playbook.graph) if known == name), None)


def _several(nodes: Mapping[str, Node], playbook: Playbook, catalogue: Catalogue) -> Subject:
    form = several_form(nodes, playbook, catalogue)
    return Subject(form, Face(form.title, "", "boxes", Family.LOGIC, Silhouette.PLAIN))
