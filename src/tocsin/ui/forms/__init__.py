"""Forms as data: which fields a node has, how what is typed is read, which edit a change is; widgets only draw it.

The inspector enters here. Start reading at `fields`, then `factory` (a node → its form), `making` (a field → its
editor), `form_view` (a form on the screen). What is typed is read in `reading` and becomes an edit in `changes`.
"""
