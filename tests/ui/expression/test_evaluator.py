from tests.unit.services.samples.places import point_at

from tocsin.services.samples import Answers, Samples
from tocsin.ui.bridge import EventBridge
from tocsin.ui.expression.evaluator import Evaluator, Listing, Trial


def test_answers_from_the_thread_of_the_samples_are_told_in_qt_s(qtbot):
    samples, bridge = Samples(Answers()), EventBridge()
    evaluator = Evaluator(samples, bridge.deliver)
    trial, listing = Trial(point_at("block"), "{{ alert.user }}", is_template=True), Listing(point_at("block"))
    with qtbot.waitSignal(evaluator.tried) as tried:
        evaluator.try_text(trial)
    assert (tried.args[0].trial, tried.args[0].outcome.text) == (trial, "clerk1")
    with qtbot.waitSignal(evaluator.listed) as listed:
        evaluator.list_values(listing)
    assert (listed.args[0].listing, listed.args[0].groups[0].root) == (listing, "alert")
    evaluator.close()
    samples.close()
    bridge.deleteLater()


def test_a_newer_run_is_told(qapp):
    class Newer:
        def look_again(self, playbook):
            return ended(playbook == "example")

    evaluator, told = Evaluator(Newer(), lambda call, value: call(value)), []
    evaluator.samples_changed.connect(lambda: told.append(True))
    evaluator.look_again("other")
    evaluator.look_again("example")
    assert told == [True]


def test_what_is_closed_asks_nothing(qapp):
    evaluator = Evaluator(None, lambda call, value: call(value))
    evaluator.close()
    evaluator.try_text(Trial(point_at("block"), "x", is_template=True))
    evaluator.list_values(Listing(point_at("block")))
    evaluator.look_again("example")


def ended(value):
    from concurrent.futures import Future

    future = Future()
    future.set_result(value)
    return future
