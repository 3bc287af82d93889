"""A run on the screen: its state, what its nodes did, what it asks.

The window enters by `follower` (which run, how it stands), `panel`, `run_bar` and `question_bar`. Start reading at
`follower`.
"""
