"""Speaks what is not HTTP: directories, mail, shells, an IDS's socket, programs of this computer, DNS.

Only `connectors.runner` enters, by `runners`: the one late door, behind which each protocol is imported when the first
request speaks it. `call` says what a protocol is given and gives back, `streams` is how those that have no library of
their own reach a server. A new protocol is a module here, a line in `runners` and its verbs in `connectors.verbs`.
"""
