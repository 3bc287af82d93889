"""Edits until it is killed: adds a node every few milliseconds, has each change kept, saves now and then.

Arguments: the recovery folder, the playbook's file, the period in seconds. Says the number of nodes after each edit.
"""

import sys
import time
from pathlib import Path

from tocsin.edits import AddNode
from tocsin.model.playbook import EndNode
from tocsin.services.editing import EditorSession
from tocsin.services.recovery import Draft, Recovery

SAVE_EVERY = 37


def main(root, path, period):
    session, recovery = EditorSession(), Recovery(Path(root), period=float(period))

    def keep(state):
        if state.is_dirty:
            recovery.keep("document", Draft(session.playbook, session.path, session.base))
        else:
            recovery.drop("document")

    session.history_changed.connect(keep)
    for number in range(1, 100_000):
        session.apply(AddNode(f"n{number}", EndNode(), (0, 8 * number)))
        session.end_gesture()
        if number % SAVE_EVERY == 0:
            session.save(Path(path))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        time.sleep(0.004)


main(*sys.argv[1:])
