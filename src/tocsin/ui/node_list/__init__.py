"""The list of nodes that can be put on the canvas.

The window enters by `panel`. Start reading at `entries` (what there is), then `new_nodes` (what becomes of one).
"""
