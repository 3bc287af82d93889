"""What each check is for, in long words: why it matters, and a small playbook that is wrong and one that is right.

`tocsin check --explain` prints them, and a test runs every check on its own examples.
"""
