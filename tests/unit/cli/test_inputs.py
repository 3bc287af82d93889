from pathlib import Path

import pytest

from tocsin.cli.inputs import BadInputOptionError, read_inputs


def test_without_any_there_is_no_event():
    assert read_inputs([]) is None


def test_json_files_and_pairs_are_merged_in_order(tmp_path):
    file = tmp_path / "alert.json"
    file.write_text('{"user": "clerk1", "n": {"a": [1, 2.5, null]}}', encoding="utf-8")
    texts = ['{"src_ip": "203.0.113.66", "user": "planner"}', f"@{file}", "src_ip=198.51.100.7", "text=a=b"]
    event = {"src_ip": "198.51.100.7", "user": "clerk1", "n": {"a": [1, 2.5, None]}, "text": "a=b"}
    assert read_inputs(texts) == event


def test_a_value_may_be_empty():
    assert read_inputs(["user="]) == {"user": ""}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("src_ip", "neither JSON nor @FILE nor KEY=VALUE"),
        ("=x", "neither JSON nor @FILE nor KEY=VALUE"),
        ("{", "no JSON at line 1, column 2"),
        ('{"a": 1} x', "no JSON at line 1"),
        ('{"a": NaN}', "“NaN”"),
        ('{"a": {"b": 1, "b": 2}}', "“b” twice"),
        ('{"a": ' + "[" * 99_999, "too large"),
        ('{"a": ' + "9" * 9_999 + "}", "too large"),
        ("@nowhere.json", "cannot read “nowhere.json”: no such file"),
        ("@.", "cannot read “.”"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(text, why):
    with pytest.raises(BadInputOptionError, match=why):
        read_inputs([text])


@pytest.mark.parametrize(("content", "why"), [(b"[1]", "must be a JSON object"), (b"\xff\xfe", "no text in UTF-8")])
def test_a_file_must_hold_an_object_in_utf_8(tmp_path, content, why):
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(BadInputOptionError, match=why):
        read_inputs([f"@{file}"])


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="nothing has no end there")
def test_a_file_without_an_end_is_refused():
    with pytest.raises(BadInputOptionError, match="larger than 8 megabytes"):
        read_inputs(["@/dev/zero"])
