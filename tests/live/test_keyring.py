"""The vault over a real Secret Service: gnome-keyring in a D-Bus session and a home of its own."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
MISSING = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or bool(MISSING),
    reason=f"needs {' and '.join(MISSING or NEEDED)} (packaging/test-packages.txt)",
)

UNLOCKED = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
LOCKED = "gnome-keyring-daemon --start --components=secrets >/dev/null"
HEAD = """
import sys
from pathlib import Path
from tocsin.base.errors import TocsinError
from tocsin.base.secret import Secret
from tocsin.vault import SecretName, SystemKeyring, Vault
vault = Vault(Path(sys.argv[1]), SystemKeyring(patience=20), learn=list)
name, origins = SecretName("production", "fw_main", "key"), ("main=https://fw.example.com:443",)
"""
FILL = HEAD + "vault.create(); vault.put(origins, {name: Secret('canary')}); print(vault.state)"
READ = HEAD + "vault.unlock(); print(vault.find(name, origins).reveal())"
ROTATE = HEAD + "vault.unlock(); vault.rotate()"
TRY = HEAD + "try:\n    vault.unlock()\nexcept TocsinError as error:\n    print(error.code)"


@pytest.fixture
def session():
    """Run Python programs in one D-Bus session after another, with the same home."""
    with tempfile.TemporaryDirectory(prefix="tocsin-") as home:  # a socket's path must be short

        def run(daemon, *programs):
            python = " && ".join(f'"{sys.executable}" -c "${number}" "$0"' for number in range(1, len(programs) + 1))
            words = ["dbus-run-session", "--", "sh", "-c", f"{daemon} && {python}", str(Path(home) / "vault.json")]
            kept = {
                key: value for key, value in os.environ.items() if not key.startswith(("DISPLAY", "WAYLAND", "DBUS"))
            }
            kept.pop("PYTHON_KEYRING_BACKEND", None)
            done = subprocess.run(
                [*words, *programs],
                env={**kept, "HOME": home, "XDG_RUNTIME_DIR": home, "XDG_DATA_HOME": f"{home}/share"},
                capture_output=True,
                text=True,
                timeout=50,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            return done.stdout.splitlines()

        yield run
        for process in Path("/proc").glob("[0-9]*"):  # the daemon outlives its session
            with contextlib.suppress(OSError):
                if f"HOME={home}".encode() in (process / "environ").read_bytes().split(b"\0"):
                    os.kill(int(process.name), signal.SIGTERM)


def test_a_secret_comes_back_in_another_process_and_another_session(session):
    assert session(UNLOCKED, FILL, READ) == ["open", "canary"]
    assert session(UNLOCKED, READ, ROTATE, READ) == ["canary", "canary"]


def test_a_locked_keyring_is_said_and_unlocked_again_it_gives_the_secret(session):
    session(UNLOCKED, FILL)
    assert session(LOCKED, TRY)[-1] == "TOC-E154"
    assert session(UNLOCKED, READ) == ["canary"]


def test_a_session_with_another_keyring_does_not_have_the_key(session):
    session(UNLOCKED, FILL)
    assert session(f"export XDG_DATA_HOME=$HOME/other && {UNLOCKED}", TRY)[-1] == "TOC-E155"
    assert session(UNLOCKED, READ) == ["canary"]
