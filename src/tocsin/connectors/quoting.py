"""Makes data stay data inside a query language: one function a language, each gives a complete literal (field.md W9).

A description writes `{{ quote_jql(input.label) }}`; the marks around the text are part of what the function gives.
Control characters are refused everywhere: no product's ids, names or addresses have any, and every grammar reads them
differently.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tocsin.base.texts import _
from tocsin.connectors.errors import SlotError


class Language(StrEnum):
    """A language in which a request can carry a query."""

    FQL = "fql"
    JQL = "jql"
    LUCENE = "lucene"
    ES_QUERY_STRING = "es_query_string"
    SPL = "spl"
    AQL = "aql"
    LDAP_FILTER = "ldap_filter"
    LDAP_DN = "ldap_dn"
    ODATA = "odata"
    KQL = "kql"
    STIX = "stix"
    TICKET_SQL = "ticket_sql"
    XML = "xml"
    SHELL = "shell"


_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LDAP_SPECIAL: Final = re.compile(r"[*()\\]")
_DN_SPECIAL: Final = re.compile(r'[\\,+"<>;=]|^[ #]| $')
_XML: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def quote_fql(text: str) -> str:
    r"""Return a Falcon Query Language string: single quotes, `\\` and `'` escaped.

    FQL reads `*` inside a value as a wildcard and has no escape for it, so such a value is refused.
    (developer.crowdstrike.com, “Falcon Query Language”.)
    """
    if "*" in text:
        raise SlotError(_("a Falcon query"), _("has a “*”, which Falcon would read as “anything”"))
    return _between("'", text)


def quote_jql(text: str) -> str:
    r"""Return a JQL string: double quotes, `\\` and `"` escaped (Atlassian, “JQL: special characters”)."""
    return _between('"', text)


def quote_lucene(text: str) -> str:
    r"""Return a Lucene phrase; inside one only `\\` and `"` are special (Lucene, “Query Parser Syntax”)."""
    return _between('"', text)


def quote_spl(text: str) -> str:
    """Return a Splunk search string in double quotes. `*` is a wildcard there and has no escape, so it is refused.

    (Splunk Search Manual, “Quotation marks” and “Wildcards”.)
    """
    if "*" in text:
        raise SlotError(_("a Splunk search"), _("has a “*”, which Splunk would read as “anything”"))
    return _between('"', text)


def quote_aql(text: str) -> str:
    """Return an AQL string: single quotes, which double inside, as in SQL (IBM, “AQL quotation marks”)."""
    return _doubled(text)


def quote_ldap_filter(text: str) -> str:
    r"""Return the text as an LDAP assertion value: `*`, `(`, `)` and `\\` in hex (RFC 4515 §3)."""
    return _LDAP_SPECIAL.sub(lambda match: f"\\{ord(match.group()):02x}", text)


def quote_ldap_dn(text: str) -> str:
    """Return the text as an attribute value of an LDAP name (RFC 4514 §2.4)."""
    return _DN_SPECIAL.sub(lambda match: "\\" + match.group(), text)


def quote_odata(text: str) -> str:
    """Return an OData string: single quotes, which double inside (OASIS, “OData URL Conventions” §5.1.1.14.1)."""
    return _doubled(text)


def quote_kql(text: str) -> str:
    r"""Return a Kusto string: double quotes, `\\` and `"` escaped (Microsoft, “The string data type”)."""
    return _between('"', text)


def quote_stix(text: str) -> str:
    r"""Return a string of a STIX pattern: single quotes, `\\` and `'` escaped (OASIS, “STIX 2.1” §9.2)."""
    return _between("'", text)


def quote_ticket_sql(text: str) -> str:
    r"""Return a TicketSQL string of Request Tracker: single quotes, `\\` and `'` escaped.

    RT reads a quoted text that begins with “CF.” as the name of a custom field, so it is refused (RT::SQL, `Parse`).
    """
    if text.upper().startswith("CF."):
        raise SlotError(_("a search of tickets"), _("begins with “CF.”, which would be read as the name of a field"))
    return _between("'", text)


def quote_xml(text: str) -> str:
    """Return the text for an XML element or attribute (W3C XML 1.0 §2.4)."""
    return "".join(_XML.get(character, character) for character in text)


def quote_shell(text: str) -> str:
    """Return one word for a POSIX shell. A leading `-` is refused: it would be read as an option."""
    if text.startswith("-"):
        raise SlotError(_("a shell command"), _("begins with “-”, which would be read as an option"))
    return shlex.quote(text)


def quote(language: Language, text: str) -> str:
    """Return the text as a literal of the language.

    Raises:
        SlotError: The language has no way to say this text as data.
    """
    if _CONTROL.search(text):
        raise SlotError(_("a query ({language})").format(language=language), _("has a control character"))
    return _QUOTES[language](text)


def _between(mark: str, text: str) -> str:
    return mark + text.replace("\\", "\\\\").replace(mark, "\\" + mark) + mark


def _doubled(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_QUOTES: Final[Mapping[Language, Callable[[str], str]]] = MappingProxyType(
    {
        Language.FQL: quote_fql,
        Language.JQL: quote_jql,
        Language.LUCENE: quote_lucene,
        Language.ES_QUERY_STRING: quote_lucene,
        Language.SPL: quote_spl,
        Language.AQL: quote_aql,
        Language.LDAP_FILTER: quote_ldap_filter,
        Language.LDAP_DN: quote_ldap_dn,
        Language.ODATA: quote_odata,
        Language.KQL: quote_kql,
        Language.STIX: quote_stix,
        Language.TICKET_SQL: quote_ticket_sql,
        Language.XML: quote_xml,
        Language.SHELL: quote_shell,
    }
)
