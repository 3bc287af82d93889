"""`python -m tests.ui.pictures FOLDER [NAME…] [--design DIR]`: takes pictures of the running program.

With the folder of the design's pictures each one that has a counterpart there is also laid beside it.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from tests.ui.pictures.screen import missing
from tests.ui.pictures.take import PICTURES, lay_beside, take


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.ui.pictures", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"Of {', '.join(PICTURES)}; all by default.")
    parser.add_argument("--design", type=Path, metavar="DIR")
    asked = parser.parse_args()
    unknown, lacking = set(asked.names) - set(PICTURES), missing()
    if unknown or lacking:
        parser.error(f"unknown: {', '.join(sorted(unknown))}" if unknown else f"not installed: {', '.join(lacking)}")
    asked.folder.mkdir(parents=True, exist_ok=True)
    return 1 if [name for name in asked.names or PICTURES if not _take(name, asked)] else 0


def _take(name, asked):
    try:
        path = take(name, asked.folder)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        sys.stderr.write(f"{name}: not taken\n")
        return False
    sys.stdout.write(f"{path}\n")
    design = asked.design / f"{name}.png" if asked.design else None
    if design is not None and design.is_file():
        sys.stdout.write(f"{lay_beside(path, design)}\n")
    return True


if __name__ == "__main__":
    sys.exit(main())
