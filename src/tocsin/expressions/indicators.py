"""Finds indicators of compromise in text, and takes the danger out of them for reading (field.md H3, H7).

All patterns have bounded repeats and begin at a word's edge, so a hostile text takes time in proportion to its length.
"""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import Final

from tocsin.base.texts import _
from tocsin.expressions.errors import EvaluationError
from tocsin.model.failures import FailureCode

MAX_TEXT: Final = 250_000

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN: Final = rf"(?:{_LABEL}\.){{1,10}}(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,59}})(?![\w-])"
_INDICATOR: Final = re.compile(
    r"(?<!\w)(?P<url>(?:https?|ftp)://[^\s<>\"'`|\\^{}]{1,2048})"
    rf"|(?<![\w.+-])(?P<email>[\w.+-]{{1,64}}@{_DOMAIN})"
    r"|(?<!\w)(?P<cve>cve-[0-9]{4}-[0-9]{4,7})(?!\w)"
    r"|(?<![\w:.])(?P<ip6>[0-9a-f]{0,4}:[0-9a-f:]{1,37}(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3})?(?:/[0-9]{1,3})?)(?![\w:]|\.[0-9])"
    r"|(?<![\w.])(?P<ip4>[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?)(?!\w|\.\w)"
    r"|(?<!\w)(?P<hash>[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?!\w)"
    rf"|(?<![\w.@-])(?P<domain>{_DOMAIN})",
    re.IGNORECASE | re.ASCII,
)
_HASHES: Final = {32: "md5", 40: "sha1", 64: "sha256"}
_FILE_ENDINGS: Final = frozenset(
    (
        "bat", "bin", "bmp", "cfg", "cmd", "conf", "csv", "dat", "dll", "doc", "docx", "eml", "exe", "gif",
        "gz", "htm", "html", "ini", "jpeg", "jpg", "js", "json", "lnk", "log", "msg", "msi", "pdf", "png",
        "ppt", "pptx", "ps1", "rar", "rtf", "svg", "sys", "tar", "tmp", "txt", "vbs", "xls", "xlsx", "xml",
        "yaml", "yml",
    )
)  # none of them is a top-level domain  # fmt: skip
_SCHEME: Final = re.compile(r"(?<!\w)(?:hxxps?|fxp)(?=://)", re.IGNORECASE | re.ASCII)
_CLICKABLE: Final = str.maketrans("xX", "tT")
_HARMLESS: Final = str.maketrans("tT", "xX")
_FANGS: Final = (
    (re.compile(r"\[:(//)?\]"), r":\1"),
    (re.compile(r"[\[({](?:\.|dot)[\])}]", re.IGNORECASE), "."),
    (re.compile(r"[\[({](?:@|at)[\])}]", re.IGNORECASE), "@"),
)


def extract_indicators(text: str) -> list[dict[str, str]]:
    """Return the indicators in a text, defanged or not, as {type, value}, sorted by both, each once.

    Types: ip, cidr, domain, url, email, md5, sha1, sha256, cve. Addresses come in canonical form, domains, mail and
    hashes in small letters, CVE ids in capitals. What stands inside a URL is part of the URL.

    Raises:
        EvaluationError: The text has more than 250,000 characters.
    """
    if len(text) > MAX_TEXT:
        raise EvaluationError(_("The text is too long to be searched."), kind=FailureCode.LIMIT)
    found = {pair for match in _INDICATOR.finditer(refang(text)) if (pair := _read(match)) is not None}
    return [{"type": kind, "value": value} for kind, value in sorted(found)]


def defang(text: str) -> str:
    """Return the text with every address, domain, mail address and URL in it made harmless to click."""
    return _INDICATOR.sub(_defang_one, text)


def refang(text: str) -> str:
    """Return the text with what was made harmless (hxxp, [.], (dot), [@], [:]) as it was."""
    for pattern, replacement in _FANGS:
        text = pattern.sub(replacement, text)
    return _SCHEME.sub(lambda match: match.group().translate(_CLICKABLE), text)


def _read(match: re.Match[str]) -> tuple[str, str] | None:
    kind, value = match.lastgroup or "", match.group()
    match kind:
        case "ip4" | "ip6":
            return _read_address(value)
        case "hash":
            return _HASHES[len(value)], value.lower()
        case "cve":
            return kind, value.upper()
        case "url":
            return kind, _read_url(value)
        case _:
            is_file = value.rpartition(".")[2].lower() in _FILE_ENDINGS
            return None if is_file else (kind, value.lower())


def _read_address(value: str) -> tuple[str, str] | None:
    if value.endswith(":") and not value.endswith("::"):
        value = value[:-1]  # the text goes on after it
    if value == "::":
        return None
    try:
        if "/" in value:
            return "cidr", str(ip_network(value, strict=False))
        return "ip", str(ip_address(value))
    except ValueError:
        return None


def _read_url(value: str) -> str:
    value = value.rstrip(".,;:!?)]'")
    scheme, _unused, rest = value.partition("://")
    host = re.match(r"[^/?#]*", rest)
    length = host.end() if host else 0
    return f"{scheme.lower()}://{rest[:length].lower()}{rest[length:]}"


def _defang_one(match: re.Match[str]) -> str:
    kind, value = match.lastgroup, match.group()
    if _read(match) is None:
        return value
    match kind:
        case "url":
            scheme, _unused, rest = value.partition("://")
            host, slash, path = rest.partition("/")
            return f"{scheme.translate(_HARMLESS)}[:]//{_defang_dots(host)}{slash}{path}"
        case "email" | "ip4" | "domain":
            return _defang_dots(value.replace("@", "[@]"))
        case "ip6":
            return value.replace(":", "[:]").replace(".", "[.]")
        case _:
            return value


def _defang_dots(text: str) -> str:
    return text.replace(".", "[.]")
