"""A browser without a window, where one is installed: opens a page of a file and tells what became of it."""

import shutil
import subprocess

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
SECONDS = 60


def need_browser():
    """The browser's program; a test that needs one is skipped where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser is installed: none of {', '.join(NAMES)}")
    return found


def opened(page, fragment="", *, virtual_seconds=30):
    """The page as it stands after so many seconds of its own time, as HTML."""
    return _run(page, fragment, f"--virtual-time-budget={virtual_seconds * 1000}", "--dump-dom").decode()


def pictured(page, out, fragment=""):
    """A picture of the page."""
    _run(page, fragment, "--virtual-time-budget=5000", "--window-size=1440,900", f"--screenshot={out}")
    return out


def _run(page, fragment, *flags):
    command = [need_browser(), *FLAGS, *flags, f"--user-data-dir={page.parent / 'browser'}", page.as_uri() + fragment]
    return subprocess.run(command, capture_output=True, timeout=SECONDS, check=True).stdout
