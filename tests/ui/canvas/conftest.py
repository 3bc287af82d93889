from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from tocsin.edits import EditRefusedError
from tocsin.model.document import from_document
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.theme import LIGHT, load_fonts

DOCUMENT = {
    "id": "sample",
    "roles": {"edge_firewall": {"category": "firewall", "title": "Edge firewall"}},
    "nodes": {
        "start": {"kind": "trigger", "event": "siem.alert"},
        "risky": {"kind": "condition", "when": "start.severity >= 70"},
        "block": {"kind": "action", "use": "firewall.block_address", "role": "edge_firewall"},
        "hosts": {
            "kind": "for_each",
            "in": "start.hosts",
            "as": "host",
            "body": {
                "nodes": {
                    "critical": {"kind": "condition", "when": "host.critical"},
                    "isolate": {"kind": "action", "use": "edr.isolate_endpoint"},
                },
                "edges": ["critical.true -> isolate"],
            },
        },
        "done": {"kind": "end"},
    },
    "edges": ["start -> risky", "risky.true -> block", "block -> hosts"],
    "layout": {
        "start": [0, 0],
        "risky": [0, 80],
        "block": [0, 176],
        "hosts": [0, 256],
        "critical": [0, 32],
        "isolate": [0, 128],
        "done": [320, 176],
    },
}


@pytest.fixture(scope="session", autouse=True)
def fonts(qapp):
    """Without our own fonts sizes differ by machine."""
    load_fonts()


@pytest.fixture
def playbook():
    return from_document(DOCUMENT)


@pytest.fixture
def scene(qapp, playbook):
    scene = CanvasScene(LIGHT)
    scene.motion.set_reduced(True)
    scene.motion.set_clock(None)
    scene.show_playbook(playbook)
    yield scene
    scene.deleteLater()


@pytest.fixture
def hands(scene, qtbot):
    """A view with a scene at 100 per cent, what it asked for, and a pointer that takes points of the scene."""
    view = CanvasView(scene)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    with qtbot.waitExposed(view):
        view.show()
    view.centerOn(0, 240)
    edits, hints, drops, opened = [], [], [], []
    scene.edit_requested.connect(edits.append)
    scene.hint_changed.connect(hints.append)
    scene.drop_requested.connect(drops.append)
    scene.open_requested.connect(opened.append)

    def on_view(x, y):
        return view.mapFromScene(QPointF(x, y))

    held = []

    def press(x, y, modifiers=Qt.KeyboardModifier.NoModifier, button=Qt.MouseButton.LeftButton):
        held.append(button)
        QTest.mousePress(view.viewport(), button, modifiers, on_view(x, y))

    def move(x, y):
        QTest.mouseMove(view.viewport(), on_view(x, y))

    def release(x, y, modifiers=Qt.KeyboardModifier.NoModifier, button=Qt.MouseButton.LeftButton):
        held.remove(button)
        QTest.mouseRelease(view.viewport(), button, modifiers, on_view(x, y))

    def drag(start, *ways, **how):
        press(*start, **how)
        for way in ways:
            move(*way)
        release(*ways[-1], **how)

    def key(code, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(view, code, modifiers)

    yield SimpleNamespace(
        view=view,
        scene=scene,
        edits=edits,
        hints=hints,
        drops=drops,
        opened=opened,
        press=press,
        move=move,
        release=release,
        drag=drag,
        key=key,
        on_view=on_view,
    )
    for button in held:  # Qt knows buttons by what it was told: one that stays down spoils the next test
        QTest.mouseRelease(view.viewport(), button)


@pytest.fixture
def obedient(hands):
    """The same, with somebody behind it who applies what is asked for."""

    def obey(edit):
        try:
            hands.scene.show_playbook(edit.apply(hands.scene.store.playbook))
        except EditRefusedError:
            hands.scene.show_playbook(hands.scene.store.playbook)

    hands.scene.edit_requested.connect(obey)
    return hands


def centre(scene, name):
    middle = scene.place_of(name).center()
    return middle.x(), middle.y()


def colours(widget, rect):
    """Return the colours that a part of a widget shows."""
    image = widget.grab(rect).toImage()
    return {image.pixelColor(QPoint(x, y)).name() for x in range(image.width()) for y in range(image.height())}
