"""`python -m tests.ui.pictures.sitter PICTURE POSE WIDTHxHEIGHT FILE…`: the program's window sits for a picture.

It opens the files, takes up the pose and saves what the X server shows. The home is given by `TOCSIN_HOME`. Ends with 0
when the picture was taken.
"""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QPoint, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication
from tests.ui.pictures import poses

from tocsin import bootstrap
from tocsin.ui import application

TURN_MS = 50
QUIET_TURNS = 12
"""How long nothing is done before the picture: what glides has come to rest, what is asked has been answered."""
PATIENCE_MS = 60_000
FROM_CORNER = QPoint(40, -5)


class Sitting:
    """The hands of the person in front of the screen. Every press and key goes through the X server."""

    def __init__(self, window, files, size):
        self.window = window
        self.files = files
        self._size = size

    def place(self, window):
        """Let a window fill the screen from its corner, and have the keyboard."""
        window.setGeometry(0, 0, *self._size)
        window.raise_()
        window.activateWindow()

    def open(self):
        """Open the files, the first one in front."""
        for path in self.files:
            self.window.open(path)
        self.window.open(self.files[0])

    def find_button(self, widget, name):
        """Return the button of this object name in a widget."""
        return widget.findChild(QAbstractButton, name)

    def click(self, widget, at=None):
        """Press a widget, in its middle where no point is given."""
        self._press(widget.mapToGlobal(at or widget.rect().center()))

    def click_node(self, name):
        """Press a node on the canvas, near its lower left corner, where nothing but the node is."""
        view = self.window.panels.view
        place = self.window.panels.scene.place_of(name)
        self._press(view.viewport().mapToGlobal(view.mapFromScene(place.bottomLeft())) + FROM_CORNER)

    def key(self, chord):
        """Press keys together."""
        _xdotool("key", "--clearmodifiers", chord)

    def type(self, text):
        """Type letters."""
        _xdotool("type", "--clearmodifiers", text)

    def rest(self):
        """Take the pointer to where it touches nothing."""
        _xdotool("mousemove", "0", "0")

    def _press(self, point):
        ratio = self.window.devicePixelRatioF()
        _xdotool("mousemove", str(round(point.x() * ratio)), str(round(point.y() * ratio)), "click", "1")


def _xdotool(*arguments):
    subprocess.run(["xdotool", *arguments], check=True)  # noqa: S607 - the one that is installed


class Sitter(application.Application):
    """The program, which takes up a pose once its window is there."""

    def execute(self):
        picture, pose, size, *files = sys.argv[1:]
        self._picture = Path(picture)
        self._sitting = Sitting(self.window, [Path(name) for name in files], [int(side) for side in size.split("x")])
        self._steps, self._fact, self._quiet = getattr(poses, pose)(self._sitting), None, 0
        self._clock = QElapsedTimer()
        self._turn = QTimer(interval=TURN_MS)
        self._turn.timeout.connect(self._go_on)
        self._turn.start()
        sys.excepthook = self._fail
        QTimer.singleShot(0, self._begin)
        return super().execute()

    def _begin(self):
        self._sitting.place(self.window)

    def _go_on(self):
        if self._quiet:
            self._quiet -= 1
            if not self._quiet:
                self._end(0, self._picture)
        elif self._fact is None:
            self._step()
        elif self._fact():
            self._fact = None
        elif self._clock.hasExpired(PATIENCE_MS):
            sys.stderr.write("waited too long\n")
            self._end(1, self._picture.with_stem(f"{self._picture.stem}-stuck"))

    def _step(self):
        self._fact = next(self._steps, None)
        self._clock.start()
        if self._fact is None:
            self._sitting.rest()
            self._quiet = QUIET_TURNS

    def _fail(self, *what):
        sys.__excepthook__(*what)
        self._end(1, self._picture.with_stem(f"{self._picture.stem}-failed"))

    def _end(self, status, picture):
        self._turn.stop()
        self.window.screen().grabWindow(0).save(str(picture))
        self.window.let_go()
        QApplication.exit(status)


if __name__ == "__main__":
    application.Application = Sitter
    sys.exit(bootstrap.TheKit().show_window([], is_demo=False))
