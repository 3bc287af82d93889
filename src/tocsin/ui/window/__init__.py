"""The window: a frame around the panels, and the desks that wire them to the services.

Only `application` enters. Start reading at `window` (the frame), then `editing_desk`, `run_desk`, `file_desk`.
"""
