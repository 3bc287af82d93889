"""The vendors' own clients sign in to the Lab and do the calls that our descriptions do, page, and are told of errors.

`python -m tests.live.official_clients` runs them and writes down which calls they made, as `README.md`.
"""
