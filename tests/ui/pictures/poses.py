"""What is done in the window before each picture: a pose is a generator that yields what it waits for.

A pose gets a `Sitting` (sitter.py): the window, and a pointer and a keyboard that go through the X server.
"""

import json

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QDialog
from tests.ui.hands import card_on

from tocsin.services.settings import HealthEvery
from tocsin.ui.connections.setup import SetUpDialog
from tocsin.ui.dialogs.gallery import Gallery
from tocsin.ui.dialogs.settings.dialog import KEYS, SettingsDialog
from tocsin.ui.expression.completion_popup import CompletionPopup
from tocsin.ui.help.sheet import HelpSheet
from tocsin.ui.lab.window import LabWindow
from tocsin.ui.problems.explanation import ExplanationDialog
from tocsin.ui.run_dock.follower import RunPhase
from tocsin.ui.tour.card import TourCard

NODE, SETTLED, CONDITION = "block", "isolate", "risky"
FIELD = "with.comment"
UNKNOWN = "https://fw.example.invalid"
REJECT, FOLD_DOCK, WHY = "answer-rejected", "fold-dock", "why-problem"


def welcome(sitting):
    """Some files were open before."""
    yield from _open(sitting)
    sitting.key("ctrl+k")
    yield lambda: QApplication.activePopupWidget() is not None
    sitting.type(_called(sitting, "help.welcome"))
    sitting.key("Return")
    gallery = sitting.window.findChild(Gallery)
    yield lambda: gallery.isVisible() and bool(gallery.shown)


def editing(sitting):
    """A node is selected."""
    yield from _open(sitting)
    sitting.click_node(NODE)
    yield lambda: sitting.window.panels.inspector.owner == NODE


def writing(sitting):
    """After a run a text is being written, and the values that can be read there are offered."""
    yield from _begin_run(sitting)
    yield from _end_run(sitting)
    sitting.click(sitting.find_button(sitting.window.dock, FOLD_DOCK))
    yield lambda: not sitting.window.dock.is_open
    yield from editing(sitting)
    editor = sitting.window.panels.inspector.find_field(FIELD).editor
    sitting.click(editor, QPoint(editor.width() // 3, editor.height() // 2))
    yield lambda: editor is QApplication.focusWidget() or editor.isAncestorOf(QApplication.focusWidget())
    sitting.key("ctrl+End")
    sitting.type(" ")
    sitting.key("ctrl+space")
    yield lambda: any(popup.isVisible() for popup in sitting.window.findChildren(CompletionPopup))


def problems(sitting):
    """A line was cut; of what is listed then, one can be mended in one step."""
    yield from editing(sitting)
    sitting.key("Delete")
    yield lambda: bool(sitting.window.panels.problems.problems)
    sitting.key("ctrl+1")
    sitting.key("ctrl+period")
    yield lambda: sitting.window.panels.problems.current is not None


def explained(sitting):
    """Why one of them is a problem."""
    yield from problems(sitting)
    sitting.click(sitting.find_button(sitting.window.panels.problems, WHY))
    yield lambda: any(dialog.isVisible() for dialog in sitting.window.findChildren(ExplanationDialog))


def keys(sitting):
    """A key was recorded that is another action's."""
    yield from _open(sitting)
    sitting.key("ctrl+comma")
    yield lambda: _settings(sitting) is not None
    dialog = _settings(sitting)
    dialog.show_page(KEYS)
    yield dialog.keys.isVisible
    dialog.keys.choose("file.save_as")
    sitting.click(dialog.keys.recorder)
    yield dialog.keys.recorder.isChecked
    sitting.key("ctrl+n")
    yield lambda: bool(dialog.keys.said)


def settings(sitting):
    """The first page of the settings."""
    yield from _open(sitting)
    sitting.key("ctrl+comma")
    yield lambda: _settings(sitting) is not None


def helped(sitting):
    """What the selected node does, is given and gives."""
    yield from editing(sitting)
    sitting.key("F1")
    yield lambda: any(sheet.isVisible() for sheet in sitting.window.findChildren(HelpSheet))


def outlined(sitting):
    """The outline stands in the node list's place, after a run."""
    yield from _begin_run(sitting)
    sitting.key("F3")
    yield lambda: sitting.window.desks.outline.panel.tree.hasFocus()


def picking(sitting):
    """What follows the selected node is being chosen."""
    yield from editing(sitting)
    sitting.key("a")
    yield lambda: QApplication.activePopupWidget() is not None
    sitting.type("ticket")


def choosing(sitting):
    """The rows of a condition."""
    yield from _open(sitting)
    sitting.click_node(CONDITION)
    yield lambda: sitting.window.panels.inspector.owner == CONDITION


def comparing(sitting):
    """Another program has changed the file, and what differs is shown."""
    yield from _open(sitting)
    file = sitting.files[0]
    file.write_text(file.read_text(encoding="utf-8").replace("Block", "Refuse"), encoding="utf-8")
    yield sitting.window.panels.file.isVisible
    sitting.click(sitting.find_button(sitting.window.panels.file, "compare-file"))
    yield lambda: any(dialog.isVisible() for dialog in sitting.window.findChildren(QDialog, "compare"))


def touring(sitting):
    """The guided tour at its first step."""
    yield from _open(sitting)
    sitting.window.commands.get("help.tour").trigger()
    yield lambda: any(card.isVisible() for card in sitting.window.findChildren(TourCard))


def environments(sitting):
    """A node is selected, and the menu of environments is open."""
    yield from editing(sitting)
    button = sitting.window.frame.header.environment
    sitting.click(button)
    yield button.menu_of_environments.isVisible


def products(sitting):
    """A product is being looked for, to be connected."""
    yield from _open(sitting)
    sitting.key("ctrl+k")
    yield lambda: QApplication.activePopupWidget() is not None
    sitting.type(_called(sitting, "connections.add"))
    sitting.key("Return")
    yield lambda: _set_up(sitting) is not None and _set_up(sitting).products.search.hasFocus()


def connecting(sitting):
    """A connection is filled in; its test failed where its name is looked up."""
    yield from products(sitting)
    sitting.type("opnsense")
    sitting.key("Return")
    yield lambda: _set_up(sitting).form is not None
    dialog = _set_up(sitting)
    for name, text in (("addresses.main", UNKNOWN), ("secrets.key", "key"), ("secrets.secret", "not the real one")):
        sitting.click(dialog.form.find_field(name).editor)
        sitting.type(text)
    sitting.click(dialog.trial.button)
    yield lambda: bool(dialog.trial.lines) and not dialog.trial.is_on


def side_by_side(sitting):
    """Two environments, and the connections of one: what it lacks, which playbooks use it, how its health is."""
    folder = sitting.files[0].parent / "environments"
    folder.mkdir(exist_ok=True)
    for name in ("production", "staging"):
        connection = {"connector": "opnsense", "addresses": {"main": f"https://{name}.example.invalid"}}
        scanner = {"connector": "nmap"}
        head = {"tocsin_environment": 1, "id": name, "connections": {"edge_firewall": connection, "scanner": scanner}}
        (folder / f"{name}.yaml").write_text(json.dumps(head), encoding="utf-8")
    yield from _open(sitting)
    sitting.key("ctrl+k")
    yield lambda: QApplication.activePopupWidget() is not None
    sitting.type(_called(sitting, "connections.list"))
    sitting.key("Return")
    yield lambda: any(dialog.isVisible() for dialog in sitting.window.findChildren(QDialog, "environments"))
    [dialog] = sitting.window.findChildren(QDialog, "environments")
    yield lambda: bool(dialog.cards)
    sitting.click(dialog.period.segment.button(HealthEvery.QUARTER.name))
    yield lambda: any(card.health_words for card in dialog.cards)


def running(sitting):
    """A run in the Lab waits for a person, who looks at a step that is done."""
    yield from _begin_run(sitting)
    sitting.click_node(SETTLED)
    yield lambda: sitting.window.panels.scene.selection() == {SETTLED}


def rehearsed(sitting):
    """A rehearsal has ended; a step of its plan is selected on the canvas."""
    yield from _open(sitting)
    follower = sitting.window.documents.current.follower
    sitting.key("F6")
    yield lambda: follower.phase is RunPhase.OVER
    sitting.click_node(NODE)
    yield lambda: sitting.window.panels.scene.selection() == {NODE}


def lab(sitting):
    """The Lab in a window of its own, after a run."""
    yield from _begin_run(sitting)
    yield from _end_run(sitting)
    sitting.key("ctrl+shift+l")
    yield lambda: _lab_window() is not None
    window = _lab_window()
    sitting.place(window)
    yield lambda: window.centralWidget().look is not None


def _open(sitting):
    sitting.open()
    yield lambda: len(sitting.window.documents.all) == len(sitting.files)


def _called(sitting, action):
    """What an action is called in the language that is spoken."""
    return sitting.window.commands.get(action).text().rstrip("…")


def _settings(sitting):
    return next((one for one in sitting.window.findChildren(SettingsDialog) if one.isVisible()), None)


def _set_up(sitting):
    return next((one for one in sitting.window.findChildren(SetUpDialog) if one.isVisible()), None)


def _begin_run(sitting):
    yield from _open(sitting)
    sitting.key("F5")
    yield lambda: card_on(sitting.window.panels.view) is not None


def _end_run(sitting):
    view, follower = sitting.window.panels.view, sitting.window.documents.current.follower
    while follower.phase is not RunPhase.OVER:
        card = card_on(view)
        if card is not None:
            sitting.click(sitting.find_button(card, REJECT))
        yield lambda: follower.phase is RunPhase.OVER or card_on(view) is not None


def _lab_window():
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, LabWindow) and one.isVisible()), None)
