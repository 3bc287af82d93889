"""Runs that were: a list that is loaded page by page, and one of them to be looked at again.

The window enters by `panel`; `names` says what a run is called. Start reading at `model`.
"""
