"""The stable codes of errors. Scripts and documents rely on them: never reuse one, never change what one means."""

from __future__ import annotations

from enum import StrEnum


class ErrorCode(StrEnum):
    """One code for each kind of error a person can meet. Ranges of ten belong to a room."""

    # base
    MISSING_DATA = "TOC-E001"
    LOOP_STUCK = "TOC-E002"
    # formats
    NOT_READABLE = "TOC-E010"
    NOT_YAML = "TOC-E011"
    UNKNOWN_KEY = "TOC-E012"
    MISSING_KEY = "TOC-E013"
    WRONG_VALUE = "TOC-E014"
    DUPLICATE_KEY = "TOC-E015"
    ALIAS = "TOC-E016"
    TOO_LARGE = "TOC-E017"
    TOO_DEEP = "TOC-E018"
    NEWER_FORMAT = "TOC-E019"
    UNKNOWN_KIND = "TOC-E020"
    EDGE_TO_NOWHERE = "TOC-E021"
    BAD_EDGE = "TOC-E022"
    RESERVED_FEATURE = "TOC-E023"
    NOT_A_TOCSIN_FILE = "TOC-E024"
    DUPLICATE_NODE = "TOC-E025"
    BAD_NAME = "TOC-E026"
    BAD_TEMPLATE = "TOC-E027"
    TAG = "TOC-E028"
    BAD_CHARACTER = "TOC-E029"
    # edits
    EDIT_REFUSED = "TOC-E035"
    # expressions
    EXPRESSION_SYNTAX = "TOC-E040"
    EXPRESSION_TOO_LARGE = "TOC-E041"
    EXPRESSION_FAILED = "TOC-E042"
    EXPRESSION_NOT_ALLOWED = "TOC-E043"
    # connectors
    UNKNOWN_CONNECTOR = "TOC-E060"
    UNKNOWN_ACTION = "TOC-E061"
    NO_CONNECTION = "TOC-E062"
    SEVERAL_CONNECTIONS = "TOC-E063"
    UNKNOWN_ENVIRONMENT = "TOC-E064"
    NO_VAULT = "TOC-E065"
    DUPLICATE_CONNECTOR = "TOC-E066"
    BAD_DESCRIPTION = "TOC-E067"
    BAD_CONNECTION = "TOC-E068"
    BAD_SLOT = "TOC-E069"
    NO_SECRET = "TOC-E070"
    NO_PASS = "TOC-E071"
    EXCHANGE_FAILED = "TOC-E072"
    UNQUOTED_SLOT = "TOC-E073"
    HIDDEN_CHANGE = "TOC-E074"
    SIGN_IN_FAILED = "TOC-E075"
    PAGES_ENDLESS = "TOC-E076"
    # lab
    PORT_TAKEN = "TOC-E080"
    UNKNOWN_SCENARIO = "TOC-E081"
    LAB_GONE = "TOC-E082"
    # engine
    PLAYBOOK_HAS_ERRORS = "TOC-E100"
    BAD_INPUT = "TOC-E101"
    NOT_YET = "TOC-E102"
    UNKNOWN_EVENT = "TOC-E103"
    # journal
    JOURNAL_UNUSABLE = "TOC-E120"
    JOURNAL_BUSY = "TOC-E121"
    UNKNOWN_RUN = "TOC-E122"
    STALE_WRITER = "TOC-E123"
    # faces
    WRONG_USE = "TOC-E140"
    UNKNOWN_QUESTION = "TOC-E141"
    NO_DISPLAY = "TOC-E142"
    CANNOT_SAVE = "TOC-E143"
    ANSWER_OUTSIDE_LAB = "TOC-E144"
    BUG = "TOC-E900"
