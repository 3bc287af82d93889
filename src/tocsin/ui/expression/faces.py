"""What values are called and how they look: made from ids when they are shown, so that they follow every renaming."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.expressions import ExpressionError, Reference, compile_expression
from tocsin.expressions.completion import find_whole_path
from tocsin.model.playbook import ForEachNode
from tocsin.model.values import JsonSchema
from tocsin.services.samples import ReadPoint, Surroundings
from tocsin.ui.canvas.faces import face_of, words
from tocsin.ui.expression.pieces import Piece, PieceKind
from tocsin.ui.widgets.chip import ChipFace, Tone

FORMULA_ICON: Final = "square-function"
LONGEST_FORMULA: Final = 48
_WHOLE: Final = _("Output")
_LINE_END: Final = "↵"


@dataclass(frozen=True, slots=True)
class SourceFace:
    """What gives values.

    Attributes:
        title: What it is called.
        icon: Its icon.
        colour: The token of the icon's colour.
    """

    title: str
    icon: str
    colour: str


_RESERVED: Final = {
    "run": SourceFace(_("This run"), "run", "text2"),
    "trigger": SourceFace(_("Trigger"), "zap", "trigger"),
    "inputs": SourceFace(_("Inputs"), "pointer", "trigger"),
    "error": SourceFace(_("The error"), "circle-alert", "err_path"),
    "env": SourceFace(_("Environment"), "server", "text2"),
    "state": SourceFace(_("State"), "rotate-cw", "logic"),
}


class Faces:
    """The words and looks of all that may be read at one point."""

    def __init__(self, point: ReadPoint) -> None:
        self._around = Surroundings(point)
        self._known: dict[Piece, ChipFace] = {}

    def source(self, root: str) -> SourceFace | None:
        """Return what a name stands for, or None when nothing is called so here."""
        entry = self._around.find_node(root)
        if entry is not None:
            return self._node(entry.name)
        loop = self._around.find_loop(root)
        if loop is None:
            return _RESERVED.get(root) if root in self._around.roots else None
        if isinstance(loop.node, ForEachNode) and root == loop.node.item_name:
            return SourceFace(words(root), "refresh-cw", "logic")
        return self._node(loop.name) if root == "index" else _RESERVED["state"]

    def group(self, root: str, node: str) -> SourceFace:
        """Return the face of a group of values."""
        return self.source(root) or SourceFace(node or root, "braces", "logic")

    def can_read(self, path: str) -> bool:
        """Tell whether a text is a path that begins with something that may be read here."""
        try:
            reference = find_whole_path(compile_expression(path))
        except ExpressionError:
            return False
        return reference is not None and self._source_of(reference) is not None

    def shape_of(self, path: str) -> JsonSchema:
        """Return the shape of what a path leads to; an empty one where that is unknown, or the text is no path."""
        try:
            reference = find_whole_path(compile_expression(path))
        except ExpressionError:
            return {}
        return {} if reference is None else self._around.shape(*_meant(reference))

    def chip(self, piece: Piece) -> ChipFace:
        """Return what a piece that is no plain text shows."""
        known = self._known.get(piece)
        if known is None:
            known = self._known[piece] = self._make(piece)
        return known

    def spoken(self, piece: Piece) -> str:
        """Return a piece as it is read aloud."""
        if piece.kind is not PieceKind.VALUE:
            return piece.source
        face = self.chip(piece)
        return " ".join(part for part in (face.lead, face.text) if part)

    def _make(self, piece: Piece) -> ChipFace:
        if piece.kind is PieceKind.ODD:
            return ChipFace(_LINE_END if piece.source == "\n" else one_line(f"\t{piece.source}").strip(), Tone.QUIET)
        try:
            expression = compile_expression(piece.expression)
        except ExpressionError:
            return ChipFace(one_line(piece.expression, most=LONGEST_FORMULA), Tone.PROBLEM)
        whole = find_whole_path(expression)
        if whole is not None:
            return self._value(whole)
        formula = self._formula(piece.expression, expression.references)
        return ChipFace(formula, Tone.ACCENT, FORMULA_ICON, "text2", lead=_("Formula"))

    def _value(self, reference: Reference) -> ChipFace:
        _unused, path = _meant(reference)
        face = self._source_of(reference)
        if face is None:
            rest = " ".join(str(part) for part in reference.path)
            return ChipFace(one_line(rest), Tone.PROBLEM, "circle-alert", lead=one_line(reference.root))
        return ChipFace(self._field(reference, path), Tone.ACCENT, face.icon, face.colour, lead=one_line(face.title))

    def _source_of(self, reference: Reference) -> SourceFace | None:
        return self._fact(reference) if reference.root == "nodes" else self.source(reference.root)

    def _field(self, reference: Reference, path: tuple[str | int, ...]) -> str:
        if reference.root == "nodes" and reference.path[1:2] != ("output",):
            return one_line(" ".join(words(str(part)) for part in reference.path[1:]))
        if path:
            return one_line(self._around.title(_meant(reference)[0], path))
        return words(reference.root) if reference.root == "index" else _WHOLE if self._is_node(reference) else ""

    def _is_node(self, reference: Reference) -> bool:
        return self._around.find_node(_meant(reference)[0]) is not None

    def _fact(self, reference: Reference) -> SourceFace | None:
        """`nodes.ID` may be asked about any node, also one that does not lie before."""
        name = str(reference.path[0])
        return self._node(name) if name in self._around.survey.first else None

    def _node(self, name: str) -> SourceFace:
        point = self._around.point
        face = face_of(name, self._around.survey.first[name].node, point.playbook, point.catalogue)
        return SourceFace(face.title, face.icon, str(face.family))

    def _formula(self, text: str, references: tuple[Reference, ...]) -> str:
        for reference in sorted(references, key=lambda each: each.start, reverse=True):
            face = self._value(reference)
            shown = " ".join(part for part in (face.lead, face.text) if part)
            text = text[: reference.start] + shown + text[reference.end :]
        return one_line(text, most=LONGEST_FORMULA)


def _meant(reference: Reference) -> tuple[str, tuple[str | int, ...]]:
    """Return root and path with `nodes.ID.output` taken as `ID`."""
    if reference.root == "nodes" and reference.path[1:2] == ("output",):
        return str(reference.path[0]), reference.path[2:]
    return reference.root, reference.path
