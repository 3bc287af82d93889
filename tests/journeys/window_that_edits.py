"""The program's window with a person in it who never stops: every few milliseconds a node is added.

Arguments: the files to open; `--save-every N` saves the first after each N-th edit. Says the number of nodes after each
edit, and “saved” with it after each save. The home is given by `TOCSIN_HOME`.
"""

import argparse
import sys

from PySide6.QtCore import QTimer

from tocsin import bootstrap
from tocsin.edits import AddNode
from tocsin.model.playbook import EndNode
from tocsin.ui import application

EVERY_MS = 20
parser = argparse.ArgumentParser()
parser.add_argument("files", nargs="*")
parser.add_argument("--save-every", type=int, default=0)
ASKED = parser.parse_args()


class Restless(application.Application):
    """Edits what is open once it is open."""

    def execute(self):
        self._person = QTimer(interval=EVERY_MS)
        self._person.timeout.connect(self._edit)
        QTimer.singleShot(500, self._person.start)
        return super().execute()

    def close(self):
        self._person.stop()
        super().close()

    def _edit(self):
        document = self.window.documents.current
        number = len(document.playbook.graph.nodes) + 1
        document.apply(AddNode(f"n{number}", EndNode(), (0, 8 * number)))
        self._say(str(number))
        if ASKED.save_every and number % ASKED.save_every == 0:
            document.session.save()
            self._say(f"saved {number}")

    @staticmethod
    def _say(words):
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()


application.Application = Restless
sys.exit(bootstrap.TheKit().show_window(ASKED.files, is_demo=False))
