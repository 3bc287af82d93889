"""Errors of the edits.

TocsinError
└── EditRefusedError    the playbook stays as it was
"""

from __future__ import annotations

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError


class EditRefusedError(TocsinError):
    """An edit would leave a playbook that cannot be saved and loaded again."""

    code = ErrorCode.EDIT_REFUSED
