from tests.ui.fakes import settled

from tocsin.engine.events import Event, EventType
from tocsin.ui.run_dock.known_names import names_in, say_names

HOSTS = [{"id": "1e4dd4365d33", "name": "ws-02"}, {"id": "26e3a4a8609b", "name": "ws-03", "user": {"id": "7"}}]


def told(path, output):
    kind, where, data = settled(path, output=output)
    return Event("0190-test", 1, 1, EventType(kind), where, data)


def test_what_a_step_gave_with_its_id_is_known_by_its_name():
    names = names_in([told("find", {"hosts": HOSTS}), told("account", {"id": "0acfda37-053f", "name": "clerk1"})])
    assert names == {"1e4dd4365d33": "ws-02", "26e3a4a8609b": "ws-03", "0acfda37-053f": "clerk1"}
    assert say_names("Would isolate: 26e3a4a8609b on Falcon", names) == "Would isolate: ws-03 on Falcon"


def test_what_an_attempt_gave_is_known_too():
    data = {"n": 1, "outcome": "succeeded", "output": {"v": {"hosts": HOSTS}}}
    names = names_in([Event("0190-test", 1, 1, EventType.ATTEMPT_FINISHED, "find", data)])
    assert names["26e3a4a8609b"] == "ws-03"


def test_what_has_no_name_or_hardly_an_id_stays_as_it_is():
    names = names_in([told("find", {"hosts": [{"id": "42", "name": "x"}, {"id": "ffffffffffff"}, "plain"]})])
    assert names == {}
    assert say_names("Would isolate: ffffffffffff", names) == "Would isolate: ffffffffffff"


def test_a_value_that_is_kept_elsewhere_tells_nothing():
    kind, where, data = settled("find")
    data["output"] = {"r": "a" * 64, "n": 100_000, "t": "object"}
    assert names_in([Event("0190-test", 1, 1, EventType(kind), where, data)]) == {}
