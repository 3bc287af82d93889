"""Values to write expressions with: what may be read at a node, of which type, and what it was the last time.

Faces enter here; Qt-free. Start reading at `samples` (asked by the window, answers on a thread of its own), then
`groups` (what completion lists), `trial` (what an expression gives) and `values` (where sample values come from).
"""

from tocsin.services.samples.groups import ValueField, ValueGroup
from tocsin.services.samples.origin import Origin, origin_words
from tocsin.services.samples.point import ReadPoint, Surroundings, reads_alike
from tocsin.services.samples.samples import Answers, Archive, Samples
from tocsin.services.samples.seen_run import SeenRun
from tocsin.services.samples.trial import Outcome, OutcomeKind

__all__ = [
    "Answers",
    "Archive",
    "Origin",
    "Outcome",
    "OutcomeKind",
    "ReadPoint",
    "Samples",
    "SeenRun",
    "Surroundings",
    "ValueField",
    "ValueGroup",
    "origin_words",
    "reads_alike",
]
