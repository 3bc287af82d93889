"""The Outline: the playbook as a tree in the order of its flow, for those who hear it or go by keys.

The window enters at `panel`; `rows` makes the tree without Qt's widgets.
"""
