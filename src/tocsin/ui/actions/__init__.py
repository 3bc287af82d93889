"""One table of everything a person can tell the window to do; menus, buttons, palette and keys sheet come from it.

The window enters here. Start reading at `spec` (a row), then `table` (all rows, a module for each topic), `context`
(what they may ask and do), `build` (Qt); `shortcuts` has a person's own keys, `search` finds a row by its words.
"""
