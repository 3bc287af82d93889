"""The one style sheet: templates filled from the look, since QSS has no variables.

`window.qss` comes first, then every `parts/*.qss` by name, so that a room's own rules win over the general ones.
A template writes `$name` for a token, `$px_13` for a size of text as it is to be drawn, `$image_NAME` for a picture and
`$soft_edge` for the border of a soft fill, which is seen in high contrast only.
"""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import Final

from tocsin.base.resources import data_folder, resource_path
from tocsin.ui.theme.look import Look

PICTURES: Final = ("check", "chevron-down", "chevron-right", "chevron-up", "x")
SIZES: Final = range(1, 65)
"""The sizes a template may name, in pixels as designed."""


def style_sheet(look: Look) -> str:
    """Fill the templates. A name that is misspelt in one raises KeyError, so a test finds it."""
    values = look_values(look)
    return "\n".join(Template(text).substitute(values) for text in load_templates())


def load_templates() -> tuple[str, ...]:
    """Return the text of every template, in the order in which rules win."""
    parts = sorted((data_folder("resources") / "themes" / "parts").glob("*.qss"))
    return tuple(path.read_text(encoding="utf-8") for path in (resource_path("themes", "window.qss"), *parts))


def look_values(look: Look) -> dict[str, str]:
    """Return what a template may name: colours, scaled sizes with their unit, addresses of pictures."""
    side = "dark" if look.tokens.dark else "light"
    pictures = {
        f"image_{name.replace('-', '_')}": resource_path("themes", f"{name}-{side}.svg").as_posix() for name in PICTURES
    }
    sizes = {f"px_{size}": f"{round(size * look.scale)}px" for size in SIZES}
    colours = {name: str(value) for name, value in asdict(look.tokens).items()}
    return colours | sizes | pictures | {"soft_edge": look.tokens.ctl if look.is_contrast_high else "transparent"}
