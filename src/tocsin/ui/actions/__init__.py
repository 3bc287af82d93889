"""One table of everything a person can tell the window to do; menus, buttons and tooltips are made from it.

The window enters here. Start reading at `table` (the rows), then `context` (what they may ask and do), `build` (Qt).
"""
