"""Finds words of the program's own that are shown shortened, by painting a window and listening to what is elided."""

import re
import sys
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QTabBar
from tests.ui.journeys.measuring import describe
from tests.ui.journeys.tour import seen

PLACE = re.compile(r"\{[^{}]*\}")
FACT = r"[\W\d]*(?:R-\d+|UTC|Lab|min|s)?[\W\d]*"
"""What may stand in a place: a number, a time, a run. Names are a person's own, and may be as long as they like."""
BY_DESIGN = {
    "tabs.py": "a playbook's name",
    "breadcrumbs.py": "a playbook's name",
    "choice_editor.py": "two share a line, and the list says the whole",
    "table.py": "columns of a table share the width there is",
    "template_card.py": "the first line of what a template does",
    "section.py": "what a closed section holds, which it says when it is opened",
}
"""Who shortens words and may, by the module that does."""
MARGIN = 4
"""What Qt keeps free at both sides of a line that is written in."""


def cut_words(top, own):
    """Tell each of the program's OwnWords that a window shows shortened."""
    found = _painted(top, own) and _painted(top, own)  # what is laid out by the first asks for less while it grows
    for widget in seen(top):
        if isinstance(widget, QLineEdit):
            found += _placeholder(widget)
        elif isinstance(widget, QTabBar) and not widget.usesScrollButtons():
            found += [f"{describe(widget)}: tab “{tab}” has no room" for tab in _tight_tabs(widget) if tab in own]
    return found


def _painted(top, own):
    with _listening() as shortened:
        top.grab()
    return [f"“{whole}” is shown as “{shown}”" for whole, shown in shortened.items() if whole in own]


class OwnWords:
    """Knows any of these texts, with short facts in its places; what is nothing but facts is nobody's."""

    def __init__(self, translations):
        worded = [text for text in translations if re.search(r"[^\W\d_]{3}", PLACE.sub("", text))]
        self._plain = {text for text in worded if not PLACE.search(text)}
        self._with_facts = [text for text in worded if PLACE.search(text)]

    def __contains__(self, text):
        return text in self._plain or any(
            re.fullmatch(FACT.join(map(re.escape, PLACE.split(one))), text)
            for one in self._with_facts
            if PLACE.split(one)[0] == text[: len(PLACE.split(one)[0])]
        )


@contextmanager
def _listening():
    real, shortened = QFontMetrics.elidedText, {}

    def listen(metrics, whole, mode, width, flags=0):
        shown = real(metrics, whole, mode, width, flags)
        if shown != whole and Path(sys._getframe(1).f_code.co_filename).name not in BY_DESIGN:
            shortened[whole] = shown
        return shown

    QFontMetrics.elidedText = listen
    try:
        yield shortened
    finally:
        QFontMetrics.elidedText = real


def _placeholder(line):
    words, margins = line.placeholderText(), line.textMargins()
    room = line.contentsRect().width() - margins.left() - margins.right() - MARGIN
    is_cut = words and not line.text() and line.fontMetrics().horizontalAdvance(words) > room
    return [f"{describe(line)}: “{words}” has {room} px"] if is_cut else []


def _tight_tabs(bar):
    """The words of tabs that are wider than their tabs, or that the end of the bar cuts."""
    room = {bar.tabText(at): bar.tabRect(at).intersected(bar.rect()).width() for at in range(bar.count())}
    return [words for words, width in room.items() if bar.fontMetrics().horizontalAdvance(words) > width]
