"""Help with what has the focus (F1): what a step does, is given and gives.

The window enters at `sheet`; `lines` has what there is to say, without Qt's widgets.
"""
