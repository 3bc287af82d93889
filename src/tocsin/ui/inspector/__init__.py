"""What is selected: its settings, its last output and what people noted about it. The window enters by `panel`."""
