import pytest

from tocsin import __version__
from tocsin.ui.dialogs.about import PARTS, AboutDialog


@pytest.fixture
def about(dressed, qtbot, theme):
    about = AboutDialog(theme)
    qtbot.addWidget(about)
    about.open()
    return about


def test_it_says_the_version_and_every_licence(about):
    from PySide6.QtWidgets import QLabel

    words = [label.text() for label in about.findChildren(QLabel)]
    assert f"Tocsin {__version__}" in words
    assert {part.licence for part in PARTS} <= set(words)


def test_the_text_of_every_bundled_licence_can_be_read(about):
    titles = []
    for place in range(about.choice.count()):
        about.choice.setCurrentIndex(place)
        titles.append(about.choice.currentText().partition(":")[0])
        assert len(about.text.toPlainText()) > 500
    assert titles == ["Inter", "JetBrains Mono", "Lucide"]
