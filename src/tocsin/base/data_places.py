"""Where the data that travels with Tocsin may lie, asked without an error: the errors' own texts are part of it.

In a wheel and in a frozen bundle `resources/` and `playbooks/` lie inside the package; in a checkout (editable install)
they lie beside `src`. Installers unpack wheels, so plain paths are safe, and Qt wants paths for fonts and pictures.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def data_places(name: str) -> list[Path]:
    """Return where the folder `resources` or `playbooks` may be, the best place first."""
    package = Path(str(files("tocsin")))
    checkout = package.parent.parent
    beside_src = [checkout / name] if (checkout / "pyproject.toml").is_file() else []
    return [*beside_src, package / name]


def find_data_folder(name: str) -> Path | None:
    """Return the folder `resources` or `playbooks`, or None where the installation is incomplete."""
    return next((folder for folder in data_places(name) if folder.is_dir()), None)
