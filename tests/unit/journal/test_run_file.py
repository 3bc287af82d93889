"""A run as one file: it comes back as it was, byte for byte, and a file from a stranger does no harm."""

import hashlib
import io
import json
import shutil
import sqlite3

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.journal.kept import ASKING, PLAYBOOK, keep_a_run

from tocsin.base.secret import MASK, Redactor
from tocsin.journal import (
    BadRunFileError,
    DamagedJournalError,
    History,
    JournalWriter,
    RunIsKeptError,
    Store,
    check_file,
    check_parcel,
    check_runs,
    keep_parcel,
    pack_run,
    read_parcel,
)
from tocsin.journal.run_file import Parcel, write_parcel

RUN = "0190-test"
AT = 1_800_000_000_000_000


def as_it_is(value):
    return value


class House:
    """A journal in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.store = Store(folder / "journal.db", folder / "blobs")
        self.history = History(folder / "journal.db", folder / "blobs")

    def keep(self, run=RUN, output=None, **how):
        writer = JournalWriter(self.folder / "journal.db", self.folder / "blobs")
        keep_a_run(writer, run, output, **how)
        writer.close()

    def pack(self, run=RUN, mask=as_it_is):
        return pack_run(self.store, run, mask)

    def take_in(self, data):
        parcel = read_parcel(io.BytesIO(data), "x.tocsin-run")
        keep_parcel(self.store, parcel, check_parcel(parcel, "x.tocsin-run"), at=AT)


@pytest.fixture
def here(tmp_path):
    return House(tmp_path / "here")


@pytest.fixture
def there(tmp_path):
    return House(tmp_path / "there")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    output=st.dictionaries(st.text(), JSON, max_size=4), pad=st.sampled_from([0, 2000, 70_000]), size=st.integers(1, 9)
)
def test_a_run_comes_back_as_it_was_and_leaves_again_as_the_same_bytes(tmp_path, output, pad, size):
    shutil.rmtree(tmp_path / "round", ignore_errors=True)
    here, there = House(tmp_path / "round/here"), House(tmp_path / "round/there")
    here.keep(output={"out": output, "pad": "x" * pad}, size=size)
    data = here.pack()
    there.keep("0190-other")
    there.take_in(data)
    assert there.pack() == data == here.pack()
    assert there.history.load_events(RUN) == here.history.load_events(RUN)
    assert (check_file(there.store), list(check_runs(there.store, [RUN, "0190-other"]))) == ([], [])


def test_what_was_taken_in_is_marked_and_listed_as_it_stood(here, there):
    here.keep()
    there.take_in(here.pack())
    ours, theirs = here.history.get_run(RUN), there.history.get_run(RUN)
    assert (ours.imported_at, theirs.imported_at) == (None, AT)
    assert (theirs.name, theirs.status, theirs.changes, theirs.started_at, theirs.ended_at) == (
        *(PLAYBOOK.name, ours.status, ours.changes),
        *(ours.started_at, ours.ended_at),
    )


def test_a_run_that_waits_is_taken_in_and_is_none_that_can_go_on(here, there):
    here.keep(playbook=ASKING)
    assert [run.run for run in here.history.list_open()] == [RUN]
    there.take_in(here.pack())
    assert there.history.get_run(RUN).waiting == "Go on?"
    assert there.history.list_open() == []


def test_a_run_that_is_there_is_never_overwritten(here):
    here.keep()
    before = here.history.load_events(RUN)
    with pytest.raises(RunIsKeptError):
        here.take_in(here.pack())
    assert here.history.load_events(RUN) == before
    assert here.history.get_run(RUN).imported_at is None


def test_a_damaged_run_does_not_leave(here):
    here.keep()
    with sqlite3.connect(here.store.path) as tamperer:
        tamperer.execute("update event set path='b' where type='attempt.finished'")
    tamperer.close()
    with pytest.raises(DamagedJournalError):
        here.pack()


# secrets


@pytest.mark.parametrize("pad", [0, 2000])
def test_known_secrets_are_masked_and_the_file_still_holds_together(here, there, pad):
    redactor = Redactor()
    redactor.learn(["hunter2-of-old"])
    here.keep(output={"token hunter2-of-old": ["say hunter2-of-old"], "pad": "x" * pad})
    data = here.pack(mask=redactor.value)
    assert b"hunter2-of-old" in here.pack()
    assert b"hunter2-of-old" not in data
    assert MASK.encode() in data
    assert json.loads(data.partition(b"\n")[0])["masked"] is True
    there.take_in(data)
    assert there.pack() == data
    assert list(check_runs(there.store, [RUN])) == []
    assert len(there.history.load_events(RUN)) == len(here.history.load_events(RUN))


def test_a_secret_that_is_a_word_of_the_engine_masks_no_key_of_it(here, there):
    redactor = Redactor()
    redactor.learn(["data", "seq", "type"])
    here.keep(output={"data": "data"})
    there.take_in(here.pack(mask=redactor.value))
    assert there.history.load_events(RUN)[-1].type == "run.finished"


def test_without_a_known_secret_the_chain_is_the_one_that_was_written(here):
    redactor = Redactor()
    redactor.learn(["hunter2-of-old"])
    here.keep()
    assert here.pack(mask=redactor.value) == here.pack()


# files from strangers


def lines_of(data):
    return [json.loads(line) for line in data.splitlines()]


def file_of(lines):
    """A file whose last line fits the others, whatever they say."""
    body = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
    return body + json.dumps({"sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n"


def refusal(house, data):
    with pytest.raises(BadRunFileError) as caught:
        house.take_in(data)
    assert not house.store.is_there or house.history.list_ids() == []
    return caught.value.why


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"PK\x03\x04 a zip", b"\xff\xfe", b"[]\n", b"{}\n", b"3\n4\n", b'{"a":1}\n{"b":2}\n']
)
def test_what_is_no_run_is_refused(there, data):
    assert refusal(there, data) == "it holds no run"


def test_a_file_that_was_cut_anywhere_is_refused(here, there):
    here.keep(output={"x": "y" * 1500})
    data = here.pack()
    for end in [*range(1, len(data) - 1, 97), len(data) - 2]:
        refusal(there, data[:end])


def test_a_file_in_which_one_byte_is_another_is_refused(here, there):
    here.keep(output={"x": "y" * 1500})
    data = here.pack()
    for place in range(0, len(data) - 1, 61):
        refusal(there, data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])


def test_a_file_of_a_newer_version_says_so(here, there):
    here.keep()
    head, *rest = lines_of(here.pack())[:-1]
    assert refusal(there, file_of([{**head, "tocsin_run": 2}, *rest])) == "a newer Tocsin wrote it"


@pytest.mark.parametrize("run", ["", "../../x", "a b", "x" * 65, "\n", "é", 3, None])
def test_an_id_that_is_none_is_refused(here, there, run):
    here.keep()
    head, *rest = lines_of(here.pack())[:-1]
    refusal(there, file_of([{**head, "run": run}, *rest]))


def with_chain_of(lines, change):
    """The same file with other events, and a chain that fits them: what somebody forges who knows how."""
    parcel = read_parcel(io.BytesIO(file_of(lines)), "x")
    rows = [change(*row[:5]) for row in parcel.links]
    whole = hashlib.sha256(
        b"".join(b"\n".join((f"{r} {s} {k} {p}".encode(), b, b"")) for r, s, k, p, b in rows)
    ).digest()
    links = [(*row, whole if row is rows[-1] else None) for row in rows]
    return write_parcel(Parcel(parcel.run, links, [0 if link[5] else None for link in links], parcel.values))


@pytest.mark.parametrize(
    ("of", "change"),
    [
        ("run.created", lambda body: {**body, "at": "never"}),
        ("run.created", lambda body: {**body, "at": 2**60}),
        ("run.created", lambda body: {**body, "data": []}),
        ("run.created", lambda body: {**body, "data": {**body["data"], "playbook": {}}}),
        ("run.created", lambda body: {**body, "data": {**body["data"], "mode": {"a": 1}}}),
        ("run.created", lambda body: {**body, "v": 2}),
        ("run.finished", lambda body: {**body, "data": {**body["data"], "changes": "many"}}),
        ("run.finished", lambda body: {**body, "data": {**body["data"], "status": "won"}}),
        ("attempt.finished", lambda body: {**body, "data": {"output": {"r": "0" * 64, "n": 1, "t": "str"}}}),
        ("attempt.finished", lambda body: 7),
    ],
)
def test_a_forged_chain_over_what_cannot_be_is_refused(here, there, of, change):
    here.keep()

    def forge(run, seq, kind, path, body):
        return (run, seq, kind, path, orjson.dumps(change(json.loads(body))) if kind == of else body)

    refusal(there, with_chain_of(lines_of(here.pack())[:-1], forge))


def test_an_event_that_hides_a_value_by_its_spelling_is_refused(here, there):
    here.keep(output={"x": "y" * 2000})

    def forge(run, seq, kind, path, body):
        return (run, seq, kind, path, body.replace(b'"r":"', b'"\\u0072":"'))

    refusal(there, with_chain_of(lines_of(here.pack())[:-1], forge))


def test_a_value_that_no_event_names_is_not_smuggled_in(here, there):
    here.keep()
    head, *rest = lines_of(here.pack())[:-1]
    more = {"value": hashlib.sha256(b'"more"').hexdigest(), "body": '"more"'}
    assert refusal(there, file_of([head, more, *rest])) == "its values are not those that its events name"


def test_a_line_without_end_is_refused_before_it_is_read_whole(there):
    class Endless(io.RawIOBase):
        asked = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            self.asked += len(buffer)
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    endless = Endless()
    with pytest.raises(BadRunFileError, match="larger"):
        read_parcel(io.BufferedReader(endless), "x")
    assert endless.asked < 64 * 1024 * 1024


def test_deep_nesting_is_refused_and_no_crash(there):
    deep = "[" * 100_000
    refusal(there, file_of([{"tocsin_run": 1, "run": RUN, "masked": False}, {"value": "0" * 64, "body": deep}]))
    refusal(there, deep.encode())
