"""The window: a frame around the panels, and the desks that wire them to the playbooks that are open.

Only `application` enters. Start reading at `window` (the frame), then `document` (one open playbook) and
`open_documents` (all of them); then the desks: `canvas_desk` of each playbook, `editing_desk` and `run_desk` of the one
in front, `file_desk`, `recovery_desk`, `front_desk`.
"""
