"""Draws a whole playbook with the canvas's own functions, as lines rather than sprites, so that any size is sharp.

In SVG and PDF words are outlines: the files look the same where our fonts are not installed.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from tocsin.base.plain_text import one_line
from tocsin.engine.progress import NodeStatus
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Playbook
from tocsin.ui.canvas.document import paint_document
from tocsin.ui.canvas.spoken import spoken_name
from tocsin.ui.canvas.store import Store
from tocsin.ui.canvas.text_cache import OutlinePainter
from tocsin.ui.render.svg_size import shorten_svg
from tocsin.ui.theme import LIGHT, Tokens, load_fonts

MARGIN: Final = 32
_LARGEST: Final = 16_000
"""Longest edge of a PNG in pixels; a larger playbook is drawn smaller."""
_DPI: Final = 72
"""Scene pixels are points."""


class PictureFormat(StrEnum):
    """What kind of file a picture is; named as its suffix is."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


def draw_picture(
    playbook: Playbook,
    kind: PictureFormat,
    *,
    catalogue: Catalogue | None = None,
    tokens: Tokens = LIGHT,
    statuses: Mapping[str, NodeStatus] | None = None,
) -> bytes:
    """Return a picture of a playbook as the bytes of a file.

    Args:
        playbook: What to draw. Nodes without a place are laid out.
        kind: The file's kind. PNG has two pixels for each of the scene's.
        catalogue: What is known of actions; without it their effects are not marked.
        tokens: The theme.
        statuses: Where nodes stand in a run, or None.
    """
    application = ensure_application()  # must live while anything is drawn
    load_fonts()
    store = Store()
    store.show(playbook, catalogue)
    for name, status in (statuses or {}).items():
        if name in store.nodes:
            store.nodes[name].status = status
    area = store.reach().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    draw = {PictureFormat.PNG: _png, PictureFormat.SVG: _svg, PictureFormat.PDF: _pdf}[kind]
    drawn = draw(store, area, tokens)
    del application
    return drawn


def ensure_application() -> QCoreApplication:
    """Return Qt's application; makes one that needs no display when there is none yet."""
    known = QCoreApplication.instance()
    if known is not None:
        return known
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication(["tocsin"])


def _png(store: Store, area: QRectF, tokens: Tokens) -> bytes:
    scale = min(2.0, _LARGEST / max(area.width(), area.height()))
    image = QImage(
        math.ceil(area.width() * scale), math.ceil(area.height() * scale), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(QColor(tokens.canvas))
    _paint(image, store, area, tokens, scale)
    buffer = _buffer()
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _svg(store: Store, area: QRectF, tokens: Tokens) -> bytes:
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_DPI)
    generator.setSize(area.size().toSize())
    generator.setViewBox(QRectF(0, 0, area.width(), area.height()))
    generator.setTitle(_title(store))
    generator.setDescription(_words(store))
    _paint(generator, store, area, tokens, 1.0)
    return shorten_svg(bytes(buffer.data().data()).decode("utf-8")).encode("utf-8")


def _pdf(store: Store, area: QRectF, tokens: Tokens) -> bytes:
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(_title(store))
    size = QPageSize(QSizeF(area.width(), area.height()), QPageSize.Unit.Point)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    _paint(writer, store, area, tokens, 1.0)
    return bytes(buffer.data().data())


def _paint(device: QPaintDevice, store: Store, area: QRectF, tokens: Tokens, scale: float) -> None:
    painter = QPainter(device) if isinstance(device, QImage) else OutlinePainter(device)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.translate(-area.left(), -area.top())
    painter.fillRect(area, QColor(tokens.canvas))
    paint_document(painter, store, tokens)
    painter.end()


def _title(store: Store) -> str:
    """Return the playbook's name; Qt writes control characters as they are, and then neither SVG nor XMP is XML."""
    return one_line(store.playbook.name or store.playbook.id)


def _words(store: Store) -> str:
    """Return what is written on the nodes: in the drawing itself words are outlines, which nobody can search."""
    return "; ".join(one_line(spoken_name(node)) for node in store.nodes.values())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
