"""What Tocsin speaks about, as frozen values: playbooks, connector descriptions, environments, problems, failures.

Anyone above may enter. Start reading at `playbook`; then `ports` (what leaves a node), `slots` (where expressions
stand), `catalogue` (what a product can do). networkx is met in `graph` alone, which is imported by name, not from here.
"""
