"""Reads the canvas as a person sees it: lengths from the pixels of a grab, pens and fonts from its own paint events.

A `Stage` holds a playbook in a view. Places are in scene pixels, so that what is read is what the design writes down.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPaintDevice,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QRegion,
    QTransform,
)
from PySide6.QtWidgets import QWidget
from tests.ui.canvas.all_states import STATES
from typing_extensions import override

from tocsin.model.document import from_document
from tocsin.model.problems import Severity
from tocsin.ui.canvas.geometry import Density
from tocsin.ui.canvas.node_paint import paint_body
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.theme import LIGHT, load_fonts

SIZE = QSize(900, 700)
FAULT = "Address is empty"
_DPI = 96
_ROUNDING = 3
"""So much a channel of a colour may differ where two are mixed."""
_FULL = 0.97
_EMPTY = 0.03
_FAINT = 0.1
"""Shares of a colour that count as all of it, as none of it, and as a gap between dashes."""


class Stage:
    """A view with a scene in which nothing moves, at the middle of (0, 0) and 100 per cent."""

    def __init__(self, qtbot, catalogue):
        load_fonts()  # without our own fonts sizes differ by machine
        self.scene = CanvasScene(LIGHT)
        self.scene.motion.set_reduced(True)
        self.scene.motion.set_clock(None)
        self.view = CanvasView(self.scene)
        self.scene.setParent(self.view)
        self.view.floats.set_minimap_wanted(False)
        self.view.floats.zoom_bar.hide()
        self.view.resize(SIZE)
        qtbot.addWidget(self.view)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self._catalogue = catalogue

    @property
    def entry(self):
        """The entries of the nodes, by id."""
        return self.scene.store.nodes

    @property
    def edge(self):
        """The entries of the edges, by text."""
        return self.scene.store.edges

    def show(self, nodes, edges=(), layout=None, *, tokens=LIGHT, density=Density.COMPACT):
        """Show a playbook; nodes without a place stand in a column, 120 px apart, their edges between the dots."""
        places = {name: [0, 120 * row + 8] for row, name in enumerate(nodes)} | (layout or {})
        document = {"id": "sample", "nodes": nodes, "edges": list(edges), "layout": places}
        self.scene.set_tokens(tokens)
        self.scene.set_density(density)
        self.scene.show_playbook(from_document(document), self._catalogue)
        self.look_at(0, 0)

    def look_at(self, x, y, zoom=1.0):
        """Let the view's middle be at a point of the scene."""
        self.view.set_zoom(zoom)
        self.view.centerOn(x, y)

    def pose(self, name, state):
        """Let a node be in a state of the design's table, by what the window tells the scene."""
        match state:
            case "hover":
                self.scene.point_at(name, offer=True)
            case "selected":
                self.scene.set_selection([name])
            case "invalid":
                self.scene.show_problems({name: Severity.ERROR}, {name: FAULT})
            case "breakpoint":
                self.scene.show_marks(breakpoints=[name])
            case "idle" | "off":
                pass
            case _:
                self.scene.show_statuses({name: STATES[state]})

    def picture(self):
        """Return what is seen now."""
        return Picture(self.view)

    def strokes(self):
        """Return what the view paints now, in its order."""
        recorder = Recorder(self.view)
        painter = QPainter(recorder)
        self.view.viewport().render(painter, QPoint(), QRegion(), QWidget.RenderFlag(0))
        painter.end()
        return recorder.seen

    def strokes_of(self, name):
        """Return what a node's body is painted with, of which the view shows a ready picture."""
        recorder, entry = Recorder(self.view), self.entry[name]
        painter = QPainter(recorder)
        painter.setTransform(self.view.viewportTransform())
        painter.translate(entry.rect.topLeft())
        paint_body(painter, entry.body, self.scene.tokens, self.view.zoom)
        painter.end()
        return recorder.seen

    def texts(self):
        """Return what is written now, by its words."""
        return {mark.text: mark for mark in self.strokes() if mark.text}


class Picture:
    """A grabbed viewport."""

    def __init__(self, view):
        self._image = view.viewport().grab().toImage()
        self._to = view.viewportTransform()
        self.zoom = view.zoom

    def colour(self, x, y):
        """Return the colour of the pixel that holds a point of the scene, as #RRGGBB."""
        at = self._to.map(QPointF(x, y))
        return self._image.pixelColor(int(at.x()), int(at.y())).name().upper()

    def colours(self, rect):
        """Return every colour in a rectangle of the scene."""
        area = self._to.mapRect(rect).toAlignedRect()
        return {
            self._image.pixelColor(x, y).name().upper()
            for x in range(area.left(), area.right() + 1)
            for y in range(area.top(), area.bottom() + 1)
        }

    def shares(self, colour, ground, start, end):
        """Return how much of each pixel on a level or upright way is of a colour, 0 to 1, where the rest is ground."""
        one, other = (self._to.map(QPointF(*point)) for point in (start, end))
        if start[1] == end[1]:
            places = [QPoint(x, int(one.y())) for x in range(round(one.x()), round(other.x()))]
        else:
            places = [QPoint(int(one.x()), y) for y in range(round(one.y()), round(other.y()))]
        return [_share(self._image.pixelColor(place), QColor(colour), QColor(ground)) for place in places]

    def width(self, colour, ground, start, end):
        """Return how much of a way is of a colour, in scene pixels: how wide a line is that crosses it."""
        return sum(self.shares(colour, ground, start, end)) / self.zoom

    def strongest(self, colour, ground, rect):
        """Return how near a pixel in a rectangle comes to a colour, 0 to 1, of those mixed of it and the ground."""
        over, under = QColor(colour), QColor(ground)
        shares = [(_share(QColor(seen), over, under), QColor(seen)) for seen in self.colours(rect)]
        return max(share for share, seen in shares if _is_between(seen, over, under, share))

    def extent(self, colour, ground, start, end):
        """Return where on a way a colour begins and where it ends, in scene pixels from its start."""
        shares = self.shares(colour, ground, start, end)
        inked = [place for place, share in enumerate(shares) if share > _EMPTY]
        first, last = inked[0], inked[-1]
        return (first + 1 - shares[first]) / self.zoom, (last + shares[last]) / self.zoom

    def runs(self, colour, ground, start, end):
        """Return the lengths of the pieces of a colour on a way and of the gaps between them, whole ones alone."""
        found, before = [[0.0, 0.0]], 1.0
        for seen in self.shares(colour, ground, start, end):
            share = seen if seen > _FAINT else 0.0
            if share and not before:
                found.append([0.0, 0.0])
            found[-1][0] += share
            found[-1][1] += 1 - share
            before = share
        return [(dash / self.zoom, gap / self.zoom) for dash, gap in found[1:-1]]


@dataclass(frozen=True)
class Mark:
    """One thing that was painted.

    Attributes:
        path: Its outline on the scene; of a text the point where it is written.
        pen: What it was drawn with.
        brush: What it was filled with, as #RRGGBB; "" for nothing.
        opacity: Of the painter.
        scale: Pixels of the screen for one of its own.
        text: The words, for what is written.
        font: In its own pixels.
    """

    path: QPainterPath
    pen: QPen
    brush: str
    opacity: float
    scale: float
    text: str = ""
    font: object = None

    @property
    def ink(self):
        """The colour of its pen, as #RRGGBB; "" for none."""
        return self.pen.color().name().upper() if self.pen.style() is not Qt.PenStyle.NoPen else ""

    @property
    def width(self):
        """How wide its line is, in pixels of the screen."""
        return self.pen.widthF() * (1 if self.pen.isCosmetic() else self.scale)

    def reach(self, zoom=1.0):
        """Return the rectangle that it covers on the scene, its line included."""
        half = self.width / zoom / 2 if self.ink else 0
        return self.path.boundingRect().adjusted(-half, -half, half, half)

    @property
    def dashes(self):
        """Its dashes and gaps in pixels."""
        return tuple(length * self.pen.widthF() for length in self.pen.dashPattern())

    @property
    def pixels(self):
        """How large its letters are, in scene pixels at 100 per cent."""
        return self.font.pixelSize()

    @property
    def left(self):
        """Where its words begin, on the scene."""
        return self.path.currentPosition().x()

    @property
    def right(self):
        """Where its words end."""
        return self.left + QFontMetricsF(self.font).horizontalAdvance(self.text)

    @property
    def middle(self):
        """The middle of its line, on the scene."""
        metrics = QFontMetricsF(self.font)
        return self.path.currentPosition().y() - metrics.ascent() + metrics.height() / 2


class _Engine(QPaintEngine):
    def __init__(self, view, seen):
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self._back = view.viewportTransform().inverted()[0]
        self._seen = seen

    def _note(self, path, **words):
        painter = self.painter()
        own = painter.worldTransform()
        to_scene = QTransform(own) * self._back
        brush = painter.brush()
        filled = brush.color().name().upper() if brush.style().value else ""
        mark = Mark(to_scene.map(path), QPen(painter.pen()), filled, painter.opacity(), own.m11(), **words)
        self._seen.append(mark)

    # Qt's names

    @override
    def begin(self, pdev):
        self.setActive(True)
        return True

    @override
    def end(self):
        self.setActive(False)
        return True

    @override
    def type(self):
        return QPaintEngine.Type.User

    @override
    def updateState(self, state):
        pass

    @override
    def drawPixmap(self, r, pm, sr):
        pass

    @override
    def drawTiledPixmap(self, r, pixmap, s):
        pass

    @override
    def drawPath(self, path):
        self._note(path)

    @override
    def drawPolygon(self, points, mode):
        path = QPainterPath()
        path.addPolygon([QPointF(point) for point in points])
        self._note(path)

    @override
    def drawRects(self, rects):
        for rect in rects:
            path = QPainterPath()
            path.addRect(QRectF(rect))
            self._note(path)

    @override
    def drawLines(self, lines):
        for line in lines:
            path = QPainterPath(QPointF(line.p1()))
            path.lineTo(QPointF(line.p2()))
            self._note(path)

    @override
    def drawEllipse(self, r):
        path = QPainterPath()
        path.addEllipse(QRectF(r))
        self._note(path)

    @override
    def drawTextItem(self, p, textItem):
        self._note(QPainterPath(QPointF(p)), text=textItem.text(), font=textItem.font())


class Recorder(QPaintDevice):
    """Paper that keeps what is painted on it as things with pens, not as pixels; ready pictures are left out.

    Attributes:
        seen: What was painted.
    """

    def __init__(self, view):
        super().__init__()
        self._size = view.viewport().size()
        self.seen = []
        self._engine = _Engine(view, self.seen)

    @override
    def paintEngine(self):
        return self._engine

    @override
    def metric(self, metric):
        kinds = QPaintDevice.PaintDeviceMetric
        known = {
            kinds.PdmWidth: self._size.width(),
            kinds.PdmHeight: self._size.height(),
            kinds.PdmDevicePixelRatio: 1,
            kinds.PdmDevicePixelRatioScaled: round(QPaintDevice.devicePixelRatioFScale()),
            kinds.PdmDepth: 32,
            kinds.PdmDpiX: _DPI,
            kinds.PdmDpiY: _DPI,
            kinds.PdmPhysicalDpiX: _DPI,
            kinds.PdmPhysicalDpiY: _DPI,
        }
        return known.get(metric, 0)


def _share(seen, colour, ground):
    """Return how far a colour is on the way from the ground to another, 0 to 1."""
    way = [one - other for one, other in zip(_rgb(colour), _rgb(ground), strict=True)]
    gone = [one - other for one, other in zip(_rgb(seen), _rgb(ground), strict=True)]
    share = sum(map(float.__mul__, way, gone)) / sum(one * one for one in way)
    return 0.0 if share < _EMPTY else 1.0 if share > _FULL else share


def _is_between(seen, colour, ground, share):
    """Tell whether a colour is a mixture of two others."""
    pairs = zip(_rgb(seen), _rgb(colour), _rgb(ground), strict=True)
    return all(abs(one - (under + (over - under) * share)) <= _ROUNDING for one, over, under in pairs)


def _rgb(colour):
    return float(colour.red()), float(colour.green()), float(colour.blue())
