"""Kills the program at every point where it matters, lets it go on, and asks the Lab's own books what came of it.

`python -m tests.faults` goes through all points; `tests/journeys/test_faults.py` through a seeded few. Start reading at
`harness`; what must not be is in `books`, what the products do meanwhile in `stages`.
"""
