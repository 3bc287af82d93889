"""Unsaved work that outlives a crash: kept every second beside the editing, offered again at the next start.

Faces enter here. Start reading at `recovery`; then `autosave` (the writing), `folders` (whose work is whose).
"""

from tocsin.services.recovery.drafts import Draft, LeftDraft
from tocsin.services.recovery.errors import CannotKeepError, UnreadableDraftError
from tocsin.services.recovery.recovery import Recovery

__all__ = ["CannotKeepError", "Draft", "LeftDraft", "Recovery", "UnreadableDraftError"]
