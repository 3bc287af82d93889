"""The guided tour: six steps that a person does in a new playbook; each is over when it was really done.

The window enters at `card`; `steps` knows without Qt what each step asks for and when it is done.
"""
