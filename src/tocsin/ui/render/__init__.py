"""Pictures of a playbook in a file: PNG, SVG, PDF. Needs no window and no display.

The command line comes here through `bootstrap`. Start reading at `picture`.
"""

from __future__ import annotations

from tocsin.ui.render.picture import PictureFormat, draw_picture

__all__ = ["PictureFormat", "draw_picture"]
