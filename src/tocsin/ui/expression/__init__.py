"""Fields that read values: text with value chips, CEL conditions, completion, the result under the field.

The inspector enters here: `make_context` for the node that is shown, one `ExpressionEditor` for each field. Start
reading at `editor`; `field_edit` is what is typed into, `faces` gives chips their words, `evaluator` asks for results.
"""

from tocsin.ui.expression.context import ExpressionContext, make_context
from tocsin.ui.expression.editor import ExpressionEditor
from tocsin.ui.expression.evaluator import Evaluator, evaluator_in_place
from tocsin.ui.expression.values import VALUE_MIME, find_value, value_data

__all__ = [
    "VALUE_MIME",
    "Evaluator",
    "ExpressionContext",
    "ExpressionEditor",
    "evaluator_in_place",
    "find_value",
    "make_context",
    "value_data",
]
