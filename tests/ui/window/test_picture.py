import pytest
from tests.ui.hands import trigger


@pytest.mark.parametrize(
    ("suffix", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("PDF", b"%PDF")]
)
def test_the_picture_is_written_as_the_name_says(opened, tmp_path, suffix, begins):
    opened.choice.chosen = tmp_path / f"picture.{suffix}"
    trigger(opened, "file.export_picture")
    assert opened.choice.asked == ["small.png"]
    assert opened.choice.chosen.read_bytes().startswith(begins)
    assert opened.panels.notice.text == f"The picture is in “picture.{suffix}”."


def test_a_name_that_is_no_pictures_is_refused_and_nothing_is_written(opened, tmp_path):
    opened.choice.chosen = tmp_path / "picture.gif"
    trigger(opened, "file.export_picture")
    assert not opened.choice.chosen.exists()
    assert ".png, .svg or .pdf" in opened.panels.notice.text


def test_a_place_that_refuses_it_is_told(opened, tmp_path):
    opened.choice.chosen = tmp_path / "nowhere" / "picture.png"
    trigger(opened, "file.export_picture")
    assert "cannot be written" in opened.panels.notice.text
