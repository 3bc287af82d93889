import pytest
from PySide6.QtCore import QPoint, QRectF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from tests.ui.canvas.conftest import centre

from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.theme import DARK, LIGHT, Look, Theme


@pytest.fixture
def floats(hands, qtbot):
    hands.view.floats.place_all()
    return hands.view.floats


def _card(qtbot, hands, node, height=200):
    card = QLabel("Isolate db-01?", hands.view.viewport())
    card.setFixedSize(262, height)
    hands.view.floats.show_beside(card, node)
    return card


def test_the_zoom_bar_lies_12_px_from_the_lower_left_corner(dressed, hands, floats):
    bar, seen = floats.zoom_bar, hands.view.viewport().rect()
    assert bar.parent() is hands.view.viewport()
    assert (bar.x(), bar.y() + bar.height() - 2) == (12, seen.height() - 12)
    assert (bar.width(), bar.height() - 2) == (172, 32)


def test_it_says_the_zoom_and_changes_it(hands, floats):
    bar = floats.zoom_bar
    assert bar.level.text() == "100 %"
    QTest.mouseClick(bar.larger, Qt.MouseButton.LeftButton)
    assert (hands.view.zoom, bar.level.text()) == (1.25, "125 %")
    QTest.mouseClick(bar.level, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.smaller, Qt.MouseButton.LeftButton)
    assert hands.view.zoom == pytest.approx(0.8)
    hands.view.centerOn(1900, 1900)
    QTest.mouseClick(bar.all, Qt.MouseButton.LeftButton)
    assert hands.view.seen().contains(hands.scene.bounds())


def test_every_part_of_it_has_a_name_and_a_size_that_can_be_hit(floats):
    parts = [*floats.zoom_bar.findChildren(QToolButton), floats.zoom_bar.level]
    assert len(parts) == 5
    assert all(part.accessibleName() for part in parts)
    assert all(min(part.width(), part.height()) >= 24 for part in parts)


def test_the_minimap_shows_itself_only_while_something_is_out_of_view(hands, floats):
    assert not floats.minimap.isVisible()
    hands.view.centerOn(*centre(hands.scene, "start"))
    hands.view.set_zoom(2.0)
    floats.place_all()
    assert floats.minimap.isVisible()
    corner = floats.minimap.geometry().bottomRight() - QPoint(0, 2)
    seen = hands.view.viewport().rect()
    assert (seen.right() - corner.x(), seen.bottom() - corner.y()) == (12, 12)
    QTest.mouseClick(floats.zoom_bar.minimap, Qt.MouseButton.LeftButton)
    assert not floats.minimap.isVisible()
    assert not floats.is_minimap_wanted


def test_the_minimaps_frame_can_be_dragged(hands, floats):
    hands.view.set_zoom(2.0)
    hands.view.centerOn(*centre(hands.scene, "start"))
    floats.place_all()
    before, frame = hands.view.seen().center(), floats.minimap.frame()
    middle = frame.center().toPoint()
    QTest.mousePress(floats.minimap, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(floats.minimap, middle + QPoint(0, 20))
    QTest.mouseRelease(floats.minimap, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 20))
    assert hands.view.seen().center().y() > before.y() + 20


class StoppedClock:
    """Says how long ago it began, in milliseconds."""

    gone = 0

    def start(self):
        self.gone = 0

    def isValid(self):  # noqa: N802 - Qt's name
        return True

    def elapsed(self):
        return self.gone


def test_the_minimap_is_drawn_at_most_ten_times_a_second(hands, floats, qtbot, monkeypatch):
    hands.view.set_zoom(2.0)
    floats.place_all()
    [timer] = floats.minimap.findChildren(QTimer)
    clock = StoppedClock()
    monkeypatch.setattr(floats.minimap, "_since", clock)
    hands.scene.shift(["done"], 8, 0)
    qtbot.waitUntil(lambda: not floats.minimap.is_waiting)
    floats.minimap.repaint()
    clock.gone = 30
    hands.scene.shift(["done"], 8, 0)
    due = timer.interval()
    clock.gone = 60
    for _ in range(20):
        hands.scene.shift(["done"], 8, 0)
    assert (due, timer.interval()) == (70, 70)
    qtbot.waitUntil(lambda: not floats.minimap.is_waiting)


def test_a_widget_is_shown_beside_its_node_and_follows_it(hands, floats, qtbot):
    card = _card(qtbot, hands, "done")
    node = hands.view.mapFromScene(QRectF(hands.scene.place_of("done"))).boundingRect()
    assert card.isVisible()
    assert card.geometry().right() < node.left()
    before = card.pos()
    hands.view.horizontalScrollBar().setValue(hands.view.horizontalScrollBar().value() - 60)
    qtbot.waitUntil(lambda: card.pos() == before + QPoint(60, 0))
    floats.hide(card)
    assert not card.isVisible()


def test_it_keeps_its_own_size_at_every_zoom(hands, floats, qtbot):
    card = _card(qtbot, hands, "done")
    hands.view.set_zoom(0.5)
    floats.place_all()
    assert (card.width(), card.height()) == (262, 200)


def test_it_never_covers_a_selected_node(hands, floats, qtbot):
    hands.scene.set_selection(["block"])
    card = _card(qtbot, hands, "done")
    rect = hands.view.mapFromScene(QRectF(hands.scene.place_of("block"))).boundingRect()
    assert not card.geometry().intersects(rect)


def test_the_zoom_bar_makes_room_for_it(hands, floats, qtbot):
    card = _card(qtbot, hands, "hosts", height=560)
    floats.place_all()
    assert not card.geometry().intersects(floats.zoom_bar.geometry())


def test_a_widget_that_is_deleted_is_forgotten(hands, floats, qtbot):
    card = _card(qtbot, hands, "done")
    card.deleteLater()
    qtbot.waitUntil(lambda: not hands.view.viewport().findChildren(QLabel))
    floats.place_all()


def test_a_node_that_is_gone_leaves_its_widget_where_it_is(hands, floats, qtbot):
    card = _card(qtbot, hands, "nobody")
    assert isinstance(card, QWidget)


def test_the_view_follows_a_theme(qtbot, qapp, playbook):
    theme, scene = Theme(Look(LIGHT)), CanvasScene(LIGHT)
    view = CanvasView(scene, theme=theme)
    qtbot.addWidget(view)
    theme.set_look(Look(DARK, is_motion_reduced=True))
    assert scene.tokens is DARK
    assert scene.motion.is_reduced
    scene.deleteLater()
    theme.deleteLater()


def test_zoom_and_place_can_be_kept_and_taken_up_again(hands):
    hands.view.set_zoom(0.67)
    hands.view.centerOn(200, 300)
    state = hands.view.state()
    hands.view.fit_all()
    hands.view.restore(state)
    assert hands.view.state() == state
    hands.view.restore({"zoom": "large"})
    assert hands.view.state() == state
