"""What buttons and actions say on any page: a verb and its object, in sentence case (visual-design.md §11)."""

import re

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from tests.ui.journeys.tour import seen, tour

from tocsin.ui.actions.context import Facts
from tocsin.ui.actions.spec import ActionSpec
from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.connections.environment_row import EnvironmentRow
from tocsin.ui.dialogs.welcome_card import ChoiceRow
from tocsin.ui.window.breadcrumbs import CrumbButton

NEVER = {"ok", "okay", "yes", "no", "submit", "confirm", "apply"}
NAMES = {"Lab", "Production", "Tocsin", "Markdown", "For"}
"""Names that are written large wherever they stand: “For each” is a kind of node."""
FACTS = (Facts(), Facts("Move 3 nodes", "Add a node", is_off=True, is_paused=True, selected_nodes=1))


def faults_of(text):
    """What is wrong with the words of a button."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"“[^”]*”|\([^)]*\)", "", text))  # without names, and without keys
    wrong = []
    if text.strip().casefold() in NEVER:
        wrong.append("says nothing of what it does")
    if "!" in text or re.search(r"\bplease\b", text, re.IGNORECASE):
        wrong.append("exclaims or begs")
    if "..." in text:
        wrong.append("has dots for an ellipsis")
    first = next((word for word in words if word.isalpha()), "")
    if text[:1].isalpha() and first and not first[0].isupper():
        wrong.append("does not begin with a capital")
    large = [word for word in words[1:] if word[0].isupper() and not word.isupper() and word not in NAMES]
    if large and not _is_name(text):
        wrong.append(f"is not in sentence case: {large}")
    return wrong


def is_judged(widget):
    """Buttons that are called as a thing is called, such as a product or a file, say a name; some end a sentence."""
    says_a_name = isinstance(widget, ChoiceRow | CrumbButton | EnvironmentRow)
    return not says_a_name and widget.property("role") != "sentence" and not widget.objectName().startswith("Scroll")


def _is_name(text):
    """Names of playbooks, nodes and files are a person's own words."""
    return ":" in text or "“" in text


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_an_action_says_what_it_does(spec: ActionSpec):
    for title in {spec.title, *(spec.title_for(facts) for facts in FACTS)}:
        assert faults_of(title) == [], title


def test_every_button_and_no_label_exclaims_on_any_page(start, qtbot):
    desk = start()
    wrong, judged = {}, set()
    for page, top in tour(desk, qtbot):
        for widget in seen(top):
            if isinstance(widget, QAbstractButton) and is_judged(widget):
                text = (widget.text() or widget.accessibleName()).replace("&", "")
                judged.add(text)
                if faults := faults_of(text):
                    wrong.setdefault(text, (page, faults))
            elif isinstance(widget, QLabel) and "!" in widget.text():
                wrong.setdefault(widget.text(), (page, ["exclaims"]))
    assert len(judged) > 80
    assert wrong == {}, "\n".join(f"{text}: {said}" for text, said in wrong.items())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("OK", "says nothing"),
        ("Save it!", "exclaims"),
        ("Undo All", "sentence case"),
        ("open", "capital"),
        ("Wait...", "dots"),
    ],
)
def test_the_judge_sees_what_is_wrong(text, fault):
    assert any(fault in found for found in faults_of(text))
