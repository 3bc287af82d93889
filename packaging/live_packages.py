"""Installs the real servers that tests/live can start, as root on Debian. CI has them; elsewhere a person chooses.

What cannot be had is left out, and said: the tests that would start it are skipped, and say so too.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NO_START = Path("/usr/sbin/policy-rc.d")
"""Debian asks it before a service is started; the tests start their own servers, and nothing else is to run."""
CROWDSEC = Path("/etc/crowdsec/online_api_credentials.yaml")
"""What stands in it keeps the installation from signing up with its makers."""


def find_wanted() -> list[str]:
    """Return the packages of test-packages.txt that are not installed."""
    text = Path(__file__).with_name("test-packages.txt").read_text(encoding="utf-8")
    named = [line.split()[0] for line in text.splitlines() if line[:1].isalpha()]
    return [package for package in named if not _is_installed(package)]


def _is_installed(package: str) -> bool:
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}", package], capture_output=True, text=True, check=False)
    return asked.stdout.endswith(" installed")


def _is_offered(package: str) -> bool:
    asked = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False)
    return "Candidate: " in asked.stdout and "Candidate: (none)" not in asked.stdout


def main() -> None:
    """Install what can be had."""
    wanted = find_wanted()
    if not wanted:
        return
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    offered = [package for package in wanted if _is_offered(package)]
    print("tocsin: installing for tests/live:", *offered, file=sys.stderr)
    if not NO_START.exists():
        NO_START.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
        NO_START.chmod(0o755)
    if "crowdsec" in offered and not CROWDSEC.exists():
        CROWDSEC.parent.mkdir(parents=True, exist_ok=True)
        CROWDSEC.write_text("login: none\n", encoding="ascii")
    command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*command, *offered], check=False, stdout=subprocess.DEVNULL, env=quietly)
    for package in filter(lambda package: not _is_installed(package), wanted):
        print("tocsin: not to be had here:", package, file=sys.stderr)


if __name__ == "__main__":
    main()
