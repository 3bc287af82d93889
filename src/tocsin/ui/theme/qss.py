"""The style sheet: a template filled from the tokens, since QSS has no variables."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from tocsin.base.resources import resource_path
from tocsin.ui.theme.tokens import Tokens


def style_sheet(tokens: Tokens) -> str:
    """Fill the template. A token that is misspelt there raises KeyError, so a test finds it."""
    template = Template(resource_path("themes", "window.qss").read_text(encoding="utf-8"))
    side = "dark" if tokens.dark else "light"
    arrows = {
        f"image_{name}": resource_path("themes", f"{name}-{side}.svg").as_posix()
        for name in ("chevron-down", "chevron-up", "check")
    }
    return template.substitute(asdict(tokens) | {key.replace("-", "_"): path for key, path in arrows.items()})
