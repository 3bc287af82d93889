"""Products outside the Lab in the window: set up, tested, looked after; environments side by side; the passphrase.

The window's connection desk enters here. Start reading at `setup` (“Connect a product…”), then `side_by_side` (every
environment), `passphrase`. What is shown is worked out without Qt in `products`, `filling` and `words`.
"""
