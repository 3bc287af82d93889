import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tocsin.ui.canvas.looks import Look
from tocsin.ui.run_dock.bars import HEIGHT, LEAST, paint_bar
from tocsin.ui.theme import DARK, LIGHT


@pytest.fixture
def timeline(panel, live):
    return panel.page.timeline


def place_of(timeline, path):
    return [row.path for row in timeline.rows].index(path)


def picture(look, tokens, width=60):
    image = QImage(width, HEIGHT, QImage.Format.Format_ARGB32)
    image.fill(QColor(tokens.panel))
    painter = QPainter(image)
    paint_bar(painter, QRectF(0, 0, width, HEIGHT), look, tokens)
    painter.end()
    return image


def test_rows_are_22_high_and_bars_9_and_never_shorter_than_4(timeline):
    assert timeline.row_height == 22
    rects = [timeline.bar_rect(place) for place in range(len(timeline.rows))]
    rects = [rect for rect in rects if rect is not None]
    assert {rect.height() for rect in rects} == {9}
    assert min(rect.width() for rect in rects) == LEAST == 4


def test_what_goes_on_reaches_to_the_playhead(timeline, driver):
    rect = timeline.bar_rect(place_of(timeline, "hosts[2]"))
    assert rect.right() == pytest.approx(timeline.axis.x_of(driver.now))


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_state_has_a_second_sign_beside_its_colour(dressed, tokens):
    looks = [look for look in Look if look.value not in {"idle", "invalid", "off", "skipped", "not_reached"}]
    grey = {}
    for look in looks:
        image = picture(look, tokens).convertToFormat(QImage.Format.Format_Mono)
        grey[look] = bytes(image.constBits())
    for one, other in (
        ("succeeded", "uncertain"),
        ("succeeded", "failed"),
        ("succeeded", "asks"),
        ("asks", "uncertain"),
    ):
        assert grey[Look(one)] != grey[Look(other)]


def test_a_failed_bar_has_a_notch_at_its_end(dressed):
    image = picture(Look.FAILED, LIGHT)
    assert image.pixelColor(58, HEIGHT // 2).name().upper() == LIGHT.panel
    assert image.pixelColor(30, HEIGHT // 2).name().upper() == LIGHT.failed


def test_a_running_bar_is_an_outline(dressed):
    image = picture(Look.RUNNING, LIGHT)
    assert image.pixelColor(30, HEIGHT // 2).name().upper() not in {LIGHT.running, LIGHT.panel}


def test_the_tape_is_as_yellow_as_it_is_dark(dressed):
    image = picture(Look.UNCERTAIN, LIGHT)
    colours = [image.pixelColor(x, HEIGHT // 2).name().upper() for x in range(2, 58)]
    assert abs(colours.count(LIGHT.tape) - colours.count(LIGHT.tape_ink)) <= 8


def test_arrows_go_from_row_to_row_and_tell_each_step(timeline, qtbot):
    timeline.setFocus()
    chosen = []
    timeline.node_chosen.connect(chosen.append)
    for _ in range(5):
        qtbot.keyClick(timeline, Qt.Key.Key_Down)
    qtbot.keyClick(timeline, Qt.Key.Key_Up)
    assert chosen == ["alert", "find", "risky", "note", "hosts", "note"]
    assert timeline.accessibleDescription() == "Note, skipped: other branch"


def test_left_and_right_fold_unfold_and_move_between_levels(timeline, qtbot):
    timeline.choose("hosts")
    rows = len(timeline.rows)
    qtbot.keyClick(timeline, Qt.Key.Key_Left)
    assert len(timeline.rows) == rows - 3
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    assert (len(timeline.rows), timeline.current_path) == (rows, "hosts[0]")
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    assert len(timeline.rows) == rows + 4
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.current_path == "hosts[0]/critical"
    qtbot.keyClick(timeline, Qt.Key.Key_Left)
    assert timeline.current_path == "hosts[0]"


def test_an_item_that_is_chosen_tells_the_step_in_it_that_matters(timeline, qtbot):
    with qtbot.waitSignals([timeline.node_chosen, timeline.path_chosen]):
        rect = timeline.row_rect(place_of(timeline, "hosts[2]"))
        qtbot.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert timeline.current_path == "hosts[2]"


def test_a_chosen_row_that_is_out_of_sight_is_scrolled_to(timeline):
    timeline.resize(400, 120)
    timeline.choose("ticket")
    rect = timeline.row_rect(place_of(timeline, "ticket"))
    assert 0 < rect.top() < timeline.viewport().height()
    assert timeline.viewport().rect().contains(rect.center())


def test_the_tooltip_says_what_its_row_says_as_plain_text(timeline):
    said = timeline._tooltip(place_of(timeline, "hosts[1]"))
    assert said.startswith("<qt>ws-02<br>may have happened<br>00:00:0")
