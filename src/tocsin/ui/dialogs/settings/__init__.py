"""The settings window: a page a module, each shown at once and kept at once.

The window enters by `dialog`; a page is a widget that is given the settings' store and says what it is.
"""
