"""Every shipped playbook in its scenario, while products fail in every way: does it end, and is what it says true?

The Lab answers in this process, without a socket, and time is a fake that jumps, so a run costs milliseconds.
`python -m tests.matrix` goes through each product with each kind of failure, and through every pair of two such;
`test_matrix` through a seeded few. Start reading at `playing`; what must not be is in `judging`.
"""
