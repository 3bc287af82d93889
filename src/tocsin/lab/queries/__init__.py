"""The vendors' query languages, as much of them as playbooks use: FQL, JQL, and Elasticsearch's Query DSL.

All become a predicate over a record. What is not understood is refused, never ignored: a filter that a twin dropped
silently would let a wrong description pass its tests.
"""
