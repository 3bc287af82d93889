"""A run on the screen: how it stands, what its steps did, what it asks, and how it stood at any moment.

The window enters by `follower` (which run, how it stands), `panel` (the dock's page), `run_bar`, `question_cards` (on a
canvas) and `canvas_replay` (a moment on a canvas). `data_tree` shows data to anybody in ui. Start reading at `tape`:
what is shown is one moment of a list of events; the modules without Qt put it in words, the widgets only draw it.
"""
