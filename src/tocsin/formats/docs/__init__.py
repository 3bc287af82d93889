"""A playbook as a page for people who do not open Tocsin: what it does, needs, changes and asks, in words.

Faces enter. Start reading at `page` (what is said, as values), then `steps` (each kind of node in words); `markdown`
and `html` write it. What a playbook says is shown and is never markup.
"""

from tocsin.formats.docs.html import write_html
from tocsin.formats.docs.markdown import write_markdown
from tocsin.formats.docs.page import Page, page_of

__all__ = ["Page", "page_of", "write_html", "write_markdown"]
