import time

import pytest
from tests.unit.checks.build import read
from tests.unit.services.samples.places import catalogue

from tocsin.services.samples import Answers, ReadPoint


@pytest.fixture
def benchmark_ms():
    """What listing and a trial cost after an edit, in milliseconds of this thread; the best of five."""

    def measure(text, node):
        playbook, answers = read(text), Answers()
        answers.groups(ReadPoint(playbook, node, catalogue(), "with"))
        took = []
        for number in range(5):
            graph = playbook.graph.model_copy(update={"edges": tuple(playbook.graph.edges)})
            edited = playbook.model_copy(update={"graph": graph, "name": str(number)})
            began = time.thread_time()
            point = ReadPoint(edited, node, catalogue(), "with")
            answers.groups(point)
            answers.evaluate(point, "{{ n298.score }}", is_template=True)
            took.append((time.thread_time() - began) * 1000)
        return min(took)

    return measure
