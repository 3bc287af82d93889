"""The program's window with a person in it who never stops: every few milliseconds a node is added.

Arguments: the files to open. Says the number of nodes after each edit. The home is given by `TOCSIN_HOME`.
"""

import sys

from PySide6.QtCore import QTimer

from tocsin import bootstrap
from tocsin.edits import AddNode
from tocsin.model.playbook import EndNode
from tocsin.ui import application

EVERY_MS = 20


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
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


application.Application = Restless
sys.exit(bootstrap.TheKit().show_window(sys.argv[1:], is_demo=False))
