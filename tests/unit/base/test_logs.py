import logging
import re
import stat
import sys

import pytest

from tocsin.base import logs
from tocsin.base.secret import Redactor

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (\w+) (\S+) (.*)")


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.delenv("TOCSIN_LOG", raising=False)
    yield tmp_path / "state" / "tocsin.log"
    logs.remove()
    logging.getLogger("tocsin").propagate = True


@pytest.fixture
def log(file):
    logs.install(file, Redactor())
    return logging.getLogger("tocsin.engine")


def fail(reason="the reason"):
    raise ValueError(reason)


def test_an_entry_is_one_line_with_time_level_and_topic(log, file):
    log.info("run=%s path=%s started", "0190", "block#1")
    [line] = file.read_text().splitlines()
    assert LINE.fullmatch(line).groups() == ("INFO", "tocsin.engine", "run=0190 path=block#1 started")


def test_an_entry_cannot_pretend_to_be_two(log, file):
    log.info("host %s", "x\n2026-01-01T00:00:00.000Z INFO tocsin.engine forged\x1b[2J")
    [line] = file.read_text().splitlines()
    assert "\\u001b[2J" in line


def test_known_secrets_are_masked_in_texts_and_traces(file):
    redactor = Redactor()
    redactor.learn(["hunter2-token"])
    logs.install(file, redactor)
    try:
        fail("hunter2-token")
    except ValueError:
        logging.getLogger("tocsin.x").exception("with %s", "hunter2-token")
    assert "hunter2" not in file.read_text()


def test_stderr_has_errors_alone_and_no_trace(file, capsys):
    logs.install(file, Redactor())
    log = logging.getLogger("tocsin.engine")
    log.info("quiet")
    try:
        fail()
    except ValueError:
        log.exception("it broke")
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith("ERROR tocsin.engine it broke: ValueError: the reason")
    assert "Traceback" in file.read_text()


def test_debugging_shows_everything_on_stderr(file, monkeypatch, capsys):
    monkeypatch.setenv("TOCSIN_LOG", "debug")
    logs.install(file, Redactor())
    logging.getLogger("tocsin.engine").debug("detail")
    assert "detail" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_leaves_stderr(tmp_path, file, capsys):
    (tmp_path / "taken").write_text("")
    logs.install(tmp_path / "taken" / "tocsin.log", Redactor())
    logging.getLogger("tocsin.engine").error("still said")
    assert "still said" in capsys.readouterr().err


def test_a_log_that_cannot_be_opened_later_stops_nobody(file, capsys):
    file.mkdir(parents=True)
    logs.install(file, Redactor())
    logging.getLogger("tocsin.engine").error("still said")
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_installing_again_replaces_what_was_installed(log, file):
    logs.install(file, Redactor())
    log.info("once")
    assert len(file.read_text().splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_the_file_is_for_its_owner_alone(log, file):
    log.info("x")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
