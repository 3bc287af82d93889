"""`python -m tests.ui.pictures.sheet PICTURE SHEET WIDTHxHEIGHT`: nodes in every state, in a window, for a picture.

No run shows them all. They are painted by the canvas's own painters, in the light theme and beside it in the dark one.
"""

import sys
from dataclasses import replace

from PySide6.QtCore import QPointF, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.canvas.all_states import KINDS, ROWS, show_state
from typing_extensions import override

from tocsin.connectors.registry import load_catalogue
from tocsin.model.document import from_document
from tocsin.ui.canvas.document import paint_document
from tocsin.ui.canvas.geometry import Density
from tocsin.ui.canvas.looks import Look
from tocsin.ui.canvas.node_paint import paint_body
from tocsin.ui.canvas.store import Store
from tocsin.ui.theme import DARK, LIGHT, load_fonts
from tocsin.ui.theme.fonts import ui_font

SETTLE_MS = 300
BLOCK = {"kind": "action", "use": "firewall.block_address", "title": "Block address"}
ISOLATE = {"kind": "action", "use": "edr.isolate_endpoint", "title": "Isolate endpoint"}
ASK = {"kind": "ask", "ask": "approval", "text": "Isolate?", "title": "Isolate db-01?"}
SWITCH = {
    "kind": "switch",
    "title": "By severity",
    "cases": [{"port": "high", "when": "a.severity >= 70"}, {"port": "medium", "when": "a.severity >= 40"}],
}
RUN = (
    (BLOCK, Look.QUEUED, ""),
    (BLOCK, Look.RUNNING, ""),
    (BLOCK, Look.WAITS, ""),
    (ASK, Look.ASKS, ""),
    (BLOCK, Look.RETRYING, ""),
    (BLOCK, Look.PAUSED, ""),
    (BLOCK, Look.SUCCEEDED, "Until 25 Nov 10:42 UTC"),
    (BLOCK, Look.ALREADY, ""),
    (BLOCK, Look.WOULD, "Would block for 24 h"),
    (ISOLATE, Look.UNCERTAIN, "ws-0421 may be isolated"),
    (ISOLATE, Look.REFUSED, "119 hosts, limit is 5"),
    (BLOCK, Look.FAILED, "Firewall said no: rule full"),
    (BLOCK, Look.CANCELLED, ""),
    (BLOCK, Look.SKIPPED, ""),
    (BLOCK, "not_reached", ""),
)
EDITING = (
    (BLOCK, "idle", ""),
    (BLOCK, "hover", ""),
    (BLOCK, "selected", ""),
    (BLOCK, "invalid", ""),
    (BLOCK, "breakpoint", ""),
    ({**BLOCK, "disabled": True}, "off", ""),
)
OTHERS = (
    ({"kind": "trigger", "event": "siem.alert"}, "idle", ""),
    ({"kind": "action", "use": "edr.find_endpoints"}, "idle", ""),
    ({"kind": "action", "use": "threat_intel.lookup_ip"}, "idle", ""),
    (
        {"kind": "condition", "when": "a.score >= 80.0 && !is_internal(a.ip)", "title": "Risky and external?"},
        "idle",
        "",
    ),
    ({"kind": "call", "playbook": "other", "title": "Notify the owner"}, "idle", ""),
    (ASK, "idle", ""),
    (SWITCH, "idle", ""),
    ({"kind": "note", "text": "Ask legal before\nwe cut a host off."}, "idle", ""),
)
GROUPS = ((39, RUN), (332, EDITING), (524, OTHERS))
"""Where each group begins, and what is in it."""
HEADINGS = ((20, "Run states"), (320, "Editing"), (512, "Kinds and effect marks"))
COLUMNS = (116, 356, 596)
PITCH = 55
NAMES = {
    "invalid": "Needs a fix",
    "not_reached": "Not reached",
    Look.WAITS: "Waits: limit, window",
    Look.ASKS: "Waits for a person",
    Look.PAUSED: "Paused at it",
    Look.ALREADY: "Already so",
    Look.WOULD: "Would do",
    Look.UNCERTAIN: "May have happened",
    Look.REFUSED: "Refused by guard",
}
MATRIX_SCALE = 0.75
MATRIX_WIDTH = 61.0
MATRIX_AT = QPointF(123, 34)
MATRIX_PITCH = QPointF(54.5, 41.1)


def nodes(painter, tokens):
    """Paint nodes as they are drawn at 100 per cent."""
    found, layout, shown = {}, {}, {}
    for top, group in GROUPS:
        for place, (node, state, words) in enumerate(group):
            name = f"n{len(found)}"
            found[name], shown[name] = node, (state, words)
            layout[name] = [COLUMNS[place % 3], top + PITCH * (place // 3)]
    store = _store(found, layout)
    for name, (state, words) in shown.items():
        entry = store.nodes[name]
        show_state(entry, state)
        entry.offers_plus = state == "hover"
        if words:
            entry.status = replace(entry.status, summary=words)
    paint_document(painter, store, tokens)
    for top, words in HEADINGS:
        _write(painter, tokens, QPointF(16, top), words)


def matrix(painter, tokens):
    """Paint every kind in every state, small and without words."""
    names = {f"{kind}_{row}": (kind, row) for kind in KINDS for row in range(len(ROWS))}
    found = {
        name: {**KINDS[kind], "disabled": True} if ROWS[row] == "off" else KINDS[kind]
        for name, (kind, row) in names.items()
    }
    store = _store(found, {name: [0, 0] for name in names})
    for row, state in enumerate(ROWS):
        at = QPointF(12, MATRIX_AT.y() + 20 + MATRIX_PITCH.y() * row)
        _write(painter, tokens, at, NAMES.get(state, str(state).capitalize()), weight=400)
    for column, kind in enumerate(KINDS):
        at = QPointF(MATRIX_AT.x() + MATRIX_PITCH.x() * column, 21)
        _write(painter, tokens, at, kind.capitalize(), pixels=11)
    for name, (kind, row) in names.items():
        entry, column = store.nodes[name], list(KINDS).index(kind)
        entry.rect.setWidth(MATRIX_WIDTH)
        entry.rect.setHeight(40)
        show_state(entry, ROWS[row])
        painter.save()
        painter.translate(MATRIX_AT + QPointF(MATRIX_PITCH.x() * column, MATRIX_PITCH.y() * row))
        painter.scale(MATRIX_SCALE, MATRIX_SCALE)
        paint_body(painter, replace(entry.body, ports=(), error=None, plus=None), tokens, 1.0)
        painter.restore()


def _store(found, layout):
    store = Store(Density.COMPACT)
    store.show(from_document({"id": "sheet", "nodes": found, "layout": layout}), load_catalogue())
    store.edges.clear()
    return store


def _write(painter, tokens, at, words, *, weight=600, pixels=12):
    painter.setFont(ui_font(pixels, weight))
    painter.setPen(QColor(tokens.text))
    painter.drawText(at, words)


class Sheet(QWidget):
    """A window with a sheet in both themes."""

    def __init__(self, paint, size):
        super().__init__()
        self._paint = paint
        self.setGeometry(0, 0, *size)

    @override
    def paintEvent(self, event):
        half = self.width() // 2
        for left, tokens in ((0, LIGHT), (half, DARK)):
            painter = QPainter(self)
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            painter.fillRect(left, 0, half, self.height(), QColor(tokens.canvas))
            painter.translate(left, 0)
            self._paint(painter, tokens)
            painter.end()


def main():
    picture, sheet, size, *_ = sys.argv[1:]
    app = QApplication([])
    load_fonts()
    window = Sheet({"nodes": nodes, "matrix": matrix}[sheet], [int(side) for side in size.split("x")])
    window.show()
    QTimer.singleShot(SETTLE_MS, lambda: app.exit(not window.screen().grabWindow(0).save(picture)))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
