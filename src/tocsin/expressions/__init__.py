"""CEL (Common Expression Language): what expressions and templates read, what they are worth, and why.

Rooms from `edits` upwards may enter; this room knows `model` and `base` only, and nobody else meets the library `cel`.
Start reading at `expression` (one compiled text), then `evaluation`, then `templates`. Trees come from `lexer`,
`syntax` and `parser`; `scope` is where values live; `functions` is the table of what Tocsin adds to CEL.
"""

from tocsin.expressions.errors import (
    EvaluationError,
    ExpressionError,
    NotAllowedError,
    TemplateError,
    TooLargeError,
)
from tocsin.expressions.evaluation import evaluate
from tocsin.expressions.explanation import Explanation, Operand, explain
from tocsin.expressions.expression import Expression, compile_expression
from tocsin.expressions.functions import FUNCTIONS, Example, FunctionInfo, Parameter
from tocsin.expressions.inference import JsonSchema, Mismatch, infer_type, mismatches, schema_at, unknown_functions
from tocsin.expressions.mending import asking_first, with_default
from tocsin.expressions.references import Reference, spell_path
from tocsin.expressions.renaming import rename_root, rename_root_in_template
from tocsin.expressions.scope import Scope
from tocsin.expressions.templates import Part, Slot, Template, compile_template, find_slots, render
from tocsin.expressions.values import Path

__all__ = [
    "FUNCTIONS",
    "EvaluationError",
    "Example",
    "Explanation",
    "Expression",
    "ExpressionError",
    "FunctionInfo",
    "JsonSchema",
    "Mismatch",
    "NotAllowedError",
    "Operand",
    "Parameter",
    "Part",
    "Path",
    "Reference",
    "Scope",
    "Slot",
    "Template",
    "TemplateError",
    "TooLargeError",
    "asking_first",
    "compile_expression",
    "compile_template",
    "evaluate",
    "explain",
    "find_slots",
    "infer_type",
    "mismatches",
    "rename_root",
    "rename_root_in_template",
    "render",
    "schema_at",
    "spell_path",
    "unknown_functions",
    "with_default",
]
