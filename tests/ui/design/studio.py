"""The window as it is designed, 1440 x 900 with the playbook of the design's pictures, and eyes for what it shows."""

import math
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from tests.ui.dialogs.conftest import FakeLibrary
from tests.ui.fakes import FakeChoice, FakeRuns

from tocsin.base.clock import Clock
from tocsin.checks import check_playbook
from tocsin.connectors.registry import load_catalogue
from tocsin.services.editing import EditorSession
from tocsin.services.library import demo_path, read_shipped
from tocsin.services.problems import Problems
from tocsin.ui.bridge import EventBridge
from tocsin.ui.ports import WindowServices
from tocsin.ui.theme import Look, Theme, load_fonts
from tocsin.ui.theme.dresser import dress
from tocsin.ui.theme.style import TocsinStyle
from tocsin.ui.window.window import MainWindow

BOOK = Path(__file__).parents[1] / "pictures" / "contain.yaml"
SIZE = (1440, 900)
WITHOUT_CORNER = 1 - math.pi / 4
"""The part of a square that a quarter circle in it leaves free."""
REACH, SEEN = 16, 0.4


class Studio:
    """A window that stays for a whole module; each test leaves it as it found it."""

    def __init__(self, application):
        self._application = application
        self._look = Look(is_motion_reduced=True)
        load_fonts()
        self.theme = Theme(self._look)
        application.setStyle(TocsinStyle(self.theme))
        dress(application, self._look)
        catalogue = load_catalogue()
        self.runs, self.bridge = FakeRuns(), EventBridge()
        services = WindowServices(
            self.runs,
            catalogue,
            make_session=lambda: EditorSession(clock=Clock()),
            make_problems=lambda _: Problems(lambda playbook: check_playbook(playbook, catalogue), delay=0.0),
            library=FakeLibrary(read_shipped([demo_path()], catalogue)),
        )
        self.window = MainWindow(services, self.bridge, self.theme, FakeChoice())
        self._unsubscribe = self.runs.subscribe(self.bridge.post)
        self.window.show()
        self.activate()
        self.window.open(BOOK)
        self.resize(*SIZE)

    @property
    def panels(self):
        return self.window.panels

    @property
    def view(self):
        return self.window.panels.view

    @property
    def tokens(self):
        return self.theme.tokens

    def wear(self, **look):
        """Put on a look that differs from the usual one in this."""
        worn = Look(**{"is_motion_reduced": True, **look})
        self.theme.set_look(worn)
        dress(self._application, worn)
        self.settle()

    def resize(self, width, height):
        self.window.resize(width, height)
        self.settle()

    def select(self, *nodes):
        self.window.documents.current.session.select(nodes)
        self.settle()

    def activate(self):
        """Let keys go to the window, also after a dialog had them."""
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def settle(self):
        """Let what was asked for be laid out and painted."""
        for _ in range(3):
            QCoreApplication.processEvents()
            self.bridge.flush()

    def part(self, name, kind=QWidget):
        """The part with this name that can be seen."""
        return next(one for one in self.window.findChildren(kind, name) if one.isVisible())

    def size(self, name):
        return self.part(name).size().toTuple()

    def button(self, words):
        """The button that can be seen and says this."""
        buttons = self.window.findChildren(QAbstractButton)
        return next(one for one in buttons if one.isVisible() and words in (one.text(), one.accessibleName()))

    def label(self, words):
        """The label that can be seen and says this."""
        return next(one for one in self.window.findChildren(QLabel) if one.isVisible() and one.text() == words)

    def place(self, widget):
        """Where a widget lies in the window: left, top, right and bottom, the last two beyond it."""
        corner = widget.mapTo(self.window, widget.rect().topLeft())
        return corner.x(), corner.y(), corner.x() + widget.width(), corner.y() + widget.height()

    def close(self):
        self._unsubscribe()
        self.window.let_go()
        self.bridge.flush()
        self.window.close()
        self.window.deleteLater()
        self.bridge.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._application.setStyleSheet("")
        self._application.setStyle("Fusion")


def colour(widget, x, y):
    """The colour of a pixel, as #RRGGBB; a negative place is counted from the far edge."""
    image = widget.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(x * ratio) % image.width(), round(y * ratio) % image.height()).name().upper()


def row(widget, y):
    """The colours of one line of pixels, from left to right."""
    image = widget.grab().toImage()
    return [image.pixelColor(x, y % image.height()).name().upper() for x in range(image.width())]


def column(widget, x):
    """The colours of one column of pixels, from top to bottom."""
    image = widget.grab().toImage()
    return [image.pixelColor(x % image.width(), y).name().upper() for y in range(image.height())]


def colours_in(widget, rect=None):
    """How often each colour is in a part of a widget."""
    image = (widget.grab(rect) if rect is not None else widget.grab()).toImage()
    pixels = memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
    return Counter({f"#{pixel & 0xFFFFFF:06X}": times for pixel, times in Counter(pixels).items()})


def radius(widget, border, *, right=False):
    """The radius of a widget's upper corner, from its picture in its window."""
    window = widget.window()
    image, at = window.grab().toImage(), widget.mapTo(window, widget.rect().topLeft())
    left, top = at.x(), at.y()
    if right:
        image, left = image.flipped(Qt.Orientation.Horizontal), image.width() - left - widget.width()
    ground = image.pixelColor(max(0, left - 1), max(0, top - 1))
    return corner_radius(image, (left, top), QColor(border), ground, rows=min(REACH, widget.height() // 2))


def corner_radius(image, corner, line, ground, rows=REACH):
    """The radius with which a shape begins at a place of a picture, from how much of the ground is seen there.

    Args:
        image: The picture.
        corner: Where the shape's corner would be if it were a right angle.
        line: The colour of the shape's border, or of the shape.
        ground: The colour around it.
        rows: So many lines of pixels from the corner on are looked at.
    """
    free = 0.0
    for y in range(rows):
        shares = [covered(image.pixelColor(corner[0] + x, corner[1] + y), ground, line) for x in range(REACH)]
        peak = next(x for x in range(REACH - 1) if shares[x] > SEEN and shares[x + 1] <= shares[x])
        free += sum(1 - share for share in shares[:peak]) + (1 - shares[peak]) / 2
    return math.sqrt(free / WITHOUT_CORNER)


def covered(pixel, ground, line):
    """How much of a pixel is covered: 0 is the ground, 1 the line."""
    seen, there, drawn = (one.getRgb()[:3] for one in (pixel, ground, line))
    at = max(range(3), key=lambda part: abs(drawn[part] - there[part]))
    return min(1.0, max(0.0, (seen[at] - there[at]) / (drawn[at] - there[at])))
