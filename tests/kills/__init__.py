"""The window is killed at random moments while a person edits and saves: `python -m tests.kills`."""
