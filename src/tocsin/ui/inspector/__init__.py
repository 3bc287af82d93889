"""The settings of what is selected. The window enters by `panel`."""
