"""Measurements, not tests: `python -m tests.bench canvas|engine|startup --json` prints medians and their floors."""
