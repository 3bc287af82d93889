"""What an editor knows of the place where its text is read."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Playbook
from tocsin.services.samples import Answers, ReadPoint
from tocsin.ui.expression.evaluator import Evaluator, evaluator_in_place
from tocsin.ui.expression.faces import Faces


@dataclass(frozen=True, slots=True, eq=False)
class ExpressionContext:
    """The field's place in a playbook that was just edited.

    Attributes:
        point: The place.
        faces: What the values there are called.
        evaluator: Who says what a text gives.
    """

    point: ReadPoint
    faces: Faces
    evaluator: Evaluator


def make_context(
    playbook: Playbook, node_id: str, catalogue: Catalogue, evaluator: Evaluator | None = None, key: str = ""
) -> ExpressionContext:
    """Return the context of a field. Cheap: what an editor asks is worked out when it is asked.

    Args:
        playbook: The playbook as it is now.
        node_id: The node that holds the field; "" for the playbook's own outputs.
        catalogue: What products can do.
        evaluator: The window's; None answers in place, in Qt's thread.
        key: The first key of the field's place, such as `with` or `collect`: a loop reads some inside its body.
    """
    point = ReadPoint(playbook, node_id, catalogue, key)
    return ExpressionContext(point, Faces(point), evaluator or evaluator_in_place(Answers()))
