"""The list of problems, one row each, with its fix. The window enters by `panel`."""
