"""The Lab in the window: its world, product by product, and what a run changed in it.

The main window enters at `panel`; `window` shows the same panel in a window of its own. `cards`, `products` and
`changes` turn what the Lab tells into words without Qt; everything else draws them.
"""

from __future__ import annotations
