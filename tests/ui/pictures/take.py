"""Takes pictures of the running program on a virtual screen, and lays them beside the design's."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from PySide6.QtGui import QImage, QPainter
from tests.ui.pictures.screen import virtual_screen

ROOT = Path(__file__).parents[3]
BOOK = Path(__file__).with_name("contain.yaml")
OTHERS = ("Phishing triage", "Disable a leaver")
OTHER = "tocsin: 1\nid: other\nname: {}\nnodes:\n  start:\n    kind: trigger\n    event: manual\n"
GAP = 8
LIMIT_SECONDS = 90


@dataclass(frozen=True)
class Picture:
    """What is seen on a picture.

    Attributes:
        pose: The name of a function of `poses`, or of `sheet` where that shows it.
        size: Of the window, in the program's own pixels.
        look: What is set under `appearance`.
        scale: How many pixels of the screen one of the program's has.
    """

    pose: str
    size: tuple[int, int] = (1440, 900)
    look: dict[str, str | int] = field(default_factory=dict)
    scale: int = 1


DARK = {"theme": "dark"}
SMALLEST = (960, 600)
PICTURES = {
    "welcome-light": Picture("welcome"),
    "main-light": Picture("writing"),
    "main-dark": Picture("environments", look=DARK),
    "run-dark": Picture("running", look=DARK),
    "rehearse-light": Picture("rehearsed"),
    "lab-light": Picture("lab"),
    "small-light": Picture("editing", size=(1024, 640)),
    "nodes": Picture("nodes"),
    "nodes-matrix": Picture("matrix"),
    "connect-light": Picture("connecting"),
    "connect-dark": Picture("products", look=DARK),
    "connections-light": Picture("side_by_side"),
    "connections-dark": Picture("side_by_side", look=DARK),
    "problems-light": Picture("problems"),
    "problems-dark": Picture("problems", look=DARK),
    "explained-dark": Picture("explained", look=DARK),
    "settings-light": Picture("settings"),
    "settings-dark": Picture("settings", look=DARK),
    "keys-light": Picture("keys"),
    "keys-dark": Picture("keys", look=DARK),
    "help-dark": Picture("helped", look=DARK),
    "outline-light": Picture("outlined"),
    "outline-dark": Picture("outlined", look=DARK),
    "picker-light": Picture("picking"),
    "picker-dark": Picture("picking", look=DARK),
    "rows-light": Picture("choosing"),
    "rows-dark": Picture("choosing", look=DARK),
    "compare-light": Picture("comparing"),
    "compare-dark": Picture("comparing", look=DARK),
    "tour-light": Picture("touring"),
    "tour-dark": Picture("touring", look=DARK),
    "welcome-dark": Picture("welcome", look=DARK),
    "rehearse-dark": Picture("rehearsed", look=DARK),
    "lab-dark": Picture("lab", look=DARK),
    "smallest-light": Picture("editing", size=SMALLEST),
    "smallest-run-dark": Picture("running", size=SMALLEST, look=DARK),
    "text-130-light": Picture("editing", look={"text_size": 130}),
    "text-130-run-dark": Picture("running", look={**DARK, "text_size": 130}),
    "scale-2-light": Picture("editing", scale=2),
    "contrast-light": Picture("running", look={"contrast": "high"}),
    "contrast-dark": Picture("editing", look={**DARK, "contrast": "high"}),
}
"""By name; the first nine have the names of the design's."""
SHEETS = frozenset({"nodes", "nodes-matrix"})


def take(name, folder):
    """Take a picture into a folder; return its path.

    Raises:
        subprocess.CalledProcessError: The program did not come to its pose.
    """
    picture, path = PICTURES[name], folder.resolve() / f"{name}.png"
    width, height = picture.size
    program = "sheet" if name in SHEETS else "sitter"
    command = [sys.executable, "-m", f"tests.ui.pictures.{program}", str(path), picture.pose, f"{width}x{height}"]
    with (
        virtual_screen(width * picture.scale, height * picture.scale) as display,
        tempfile.TemporaryDirectory() as home,
    ):
        files = _settle(Path(home), picture)
        surroundings = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(picture.scale),
            "TOCSIN_HOME": home,
        }
        subprocess.run([*command, *files], cwd=ROOT, env=surroundings, timeout=LIMIT_SECONDS, check=True)
    return path


def lay_beside(path, design):
    """Put the design's picture at the left of one that was taken, in the file beside it; return that file's path."""
    theirs, ours = QImage(str(design)), QImage(str(path))
    pair = QImage(theirs.width() + GAP + ours.width(), max(theirs.height(), ours.height()), QImage.Format.Format_RGB32)
    pair.fill(0)
    painter = QPainter(pair)
    painter.drawImage(0, 0, theirs)
    painter.drawImage(theirs.width() + GAP, 0, ours)
    painter.end()
    beside = path.with_stem(f"{path.stem}-beside")
    pair.save(str(beside))
    return beside


def _settle(home, picture):
    """Make a home with settings and a workspace; return the files to open."""
    look = {"theme": "light", "motion": "reduced", **picture.look}
    settings, workspace = home / "config" / "settings.yaml", home / "Containment"
    settings.parent.mkdir()
    settings.write_text(yaml.safe_dump({"tocsin_settings": 1, "appearance": look}), encoding="utf-8")
    workspace.mkdir()
    files = [Path(shutil.copy(BOOK, workspace / "contain-a-suspicious-address.yaml"))]
    for title in OTHERS:
        files.append(workspace / f"{title.lower().replace(' ', '-')}.yaml")
        files[-1].write_text(OTHER.format(title), encoding="utf-8")
    return [str(path) for path in files]
