import base64
import json
import socket
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs Unix sockets")
BAD = "203.0.113.66"
LISTED = {"setname": "tocsin-listed", "settype": "ip", "datavalue": BAD}


class Socket:
    """A client as suricatasc is one: it reads until the end of the line."""

    def __init__(self, path, version="0.2"):
        self.end = socket.socket(socket.AF_UNIX)
        self.end.settimeout(10)
        self.end.connect(path)
        self.greeting = self.ask({"version": version})

    def ask(self, message):
        self.end.sendall(json.dumps(message).encode() + b"\n")
        said = b""
        while not said.endswith(b"\n"):
            piece = self.end.recv(4096)
            if not piece:
                raise EOFError(said)
            said += piece
        return json.loads(said)

    def do(self, command, **arguments):
        answer = self.ask({"command": command, "arguments": arguments})
        return answer["return"], answer["message"]


@pytest.fixture
def path(lab):
    return lab.addresses.products["suricata"].options["socket"]


@pytest.fixture
def suricata(path):
    client = Socket(path)
    yield client
    client.end.close()


def entries(control, name="tocsin-listed"):
    return control.world()["datasets"][name]["entries"]


def test_it_says_who_it_is_and_what_it_knows(suricata):
    assert suricata.greeting == {"return": "OK"}
    assert suricata.do("version") == ("OK", "8.0.4 RELEASE")
    assert "dataset-add" in suricata.do("command-list")[1]["commands"]
    assert suricata.do("ruleset-stats")[1][0]["rules_failed"] == 0
    assert suricata.do("shutdown-now") == ("NOK", "Unknown command")


def test_a_greeting_without_a_line_end_is_one(path):
    with socket.socket(socket.AF_UNIX) as end:
        end.settimeout(10)
        end.connect(path)
        end.sendall(b'{"version": "0.2"}')
        assert end.makefile().readline() == '{"return":"OK"}\n'


def test_another_version_of_the_protocol_is_refused(path):
    client = Socket(path, version="0.9")
    assert client.greeting == {"return": "NOK"}
    with pytest.raises((EOFError, OSError)):
        client.do("version")
    client.end.close()


def test_a_value_is_added_found_and_removed(suricata, control):
    assert suricata.do("dataset-lookup", **LISTED) == ("NOK", "item not found in set")
    assert suricata.do("dataset-add", **LISTED) == ("OK", "data added")
    assert suricata.do("dataset-add", **LISTED) == ("OK", "data already in set")
    assert (suricata.do("dataset-lookup", **LISTED)[0], entries(control)) == ("OK", [BAD])
    assert suricata.do("dataset-remove", **LISTED) == ("OK", "data removed")
    assert suricata.do("dataset-remove", **LISTED) == ("NOK", "failed to remove data")
    assert control.changes() == [f"listed {BAD} in tocsin-listed", f"took {BAD} out of tocsin-listed"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"setname": "nobody"}, "set not found or wrong type"),
        ({"settype": "string"}, "set not found or wrong type"),
        ({"datavalue": "10.0.0.0/8"}, "failed to parse data"),
        ({"datavalue": "x\ny"}, "failed to parse data"),
        ({"datavalue": 7}, "datavalue must be a text."),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(suricata, control, change, words):
    assert suricata.do("dataset-add", **{**LISTED, **change}) == ("NOK", words)
    assert control.changes() == []


def test_a_set_that_does_not_last_loses_what_was_added_at_a_reload(suricata, control):
    for name in ("tocsin-listed", "shipped-listed"):
        assert suricata.do("dataset-add", **{**LISTED, "setname": name})[0] == "OK"
    assert suricata.do("dataset-dump") == ("OK", "datasets dump done")
    assert suricata.do("ruleset-reload-rules") == ("OK", "done")
    assert suricata.do("ruleset-failed-rules") == ("OK", [])
    assert (entries(control), entries(control, "shipped-listed")) == ([BAD], [])


def test_other_types_are_read_as_they_are_written(suricata, control):
    text = base64.b64encode(b"bad.example").decode()
    control.amend({"datasets": {"names": {"kind": "string"}, "hashes": {"kind": "md5"}}})
    assert suricata.do("dataset-add", setname="names", settype="string", datavalue=text)[0] == "OK"
    assert suricata.do("dataset-add", setname="names", settype="string", datavalue="bad.example")[0] == "NOK"
    assert suricata.do("dataset-add", setname="hashes", settype="md5", datavalue="AB" * 16)[0] == "OK"
    assert entries(control, "hashes") == ["ab" * 16]
    assert suricata.do("dataset-clear", setname="hashes", settype="md5") == ("OK", "dataset cleared")


def test_a_key_that_may_only_read_may_not_list(suricata, control):
    control.amend({"permissions": {"suricata": {"access": "read"}}})
    assert suricata.do("dataset-add", **LISTED)[0] == "NOK"
    assert suricata.do("dataset-lookup", **LISTED)[1] == "item not found in set"


def test_a_connection_can_be_lost_after_the_command_was_done(suricata, control):
    control.plant(product="suricata", path="/dataset-add", status="drop_after", times=1)
    with pytest.raises((EOFError, OSError)):
        suricata.do("dataset-add", **LISTED)
    assert entries(control) == [BAD]


def test_what_is_no_command_ends_the_connection(suricata):
    suricata.end.sendall(b"[]\n")
    with pytest.raises((EOFError, OSError)):
        suricata.do("version")


def test_a_change_may_say_what_led_to_it(suricata, control):
    suricata.ask({"command": "dataset-add", "arguments": LISTED, "mark": "key-1"})
    assert [change["cause"] for change in control.client.get("/changes").json()] == ["key-1"]
