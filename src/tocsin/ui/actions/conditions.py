"""When a row can be done: the questions to the facts that more than one row asks."""

from __future__ import annotations

from tocsin.ui.actions.context import Facts


def has_document(facts: Facts) -> bool:
    """Tell whether a playbook is in front."""
    return facts.has_document


def can_edit(facts: Facts) -> bool:
    """Tell whether a playbook is in front that may be changed."""
    return facts.has_document and facts.is_editable


def has_nodes(facts: Facts) -> bool:
    """Tell whether there is something on the canvas."""
    return facts.has_nodes


def can_run(facts: Facts) -> bool:
    """Tell whether there is something to run, and nothing runs."""
    return facts.has_nodes and not facts.is_running


def has_selection(facts: Facts) -> bool:
    """Tell whether a node or a line is selected."""
    return facts.has_selection


def can_change_selection(facts: Facts) -> bool:
    """Tell whether what is selected may be changed."""
    return facts.has_selection and facts.is_editable


def can_change_nodes(facts: Facts) -> bool:
    """Tell whether nodes are selected that may be changed."""
    return facts.selected_nodes > 0 and facts.is_editable


def has_one_node(facts: Facts) -> bool:
    """Tell whether one node is selected, and nothing else that counts."""
    return facts.selected_nodes == 1


def can_run_node(facts: Facts) -> bool:
    """Tell whether one node is selected, and nothing runs."""
    return has_one_node(facts) and not facts.is_running
