"""What the pointer and the keys do on the canvas: one object for each gesture, from its start to its end or cancel.

The view enters at `dispatch`. A gesture shows a preview while it lasts and asks the scene for one Edit at its end.
"""
