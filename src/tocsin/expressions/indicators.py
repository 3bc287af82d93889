"""Finds indicators of compromise in text, and takes the danger out of them for reading (field.md H3, H7).

All patterns begin at a word's edge, and what they repeat is bounded or ends in one way, so a hostile text takes time in
proportion to its length.
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
_DOMAIN: Final = rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,59}})(?![\w-])"
_SCHEMES: Final = r"(?<!\w)(?:https?|ftp)://"
_IN_URL: Final = r"[^\s<>\"'`|\\^{}]"
_BEFORE_MAIL: Final = r"(?<![\w.+-])"
_MAIL: Final = rf"[\w.+-]{{1,64}}@{_DOMAIN}"
_OTHERS: Final = (
    r"|(?<!\w)(?P<cve>cve-[0-9]{4}-[0-9]{4,7})(?!\w)"
    r"|(?<![\w:.])(?P<ip6>[0-9a-f]{0,4}:[0-9a-f:]{1,37}(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3})?(?:/[0-9]{1,3})?)(?![\w:]|\.[0-9])"
    r"|(?<![\w.])(?P<ip4>[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?)(?!\w|\.\w)"
    r"|(?<!\w)(?P<hash>[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?!\w)"
    rf"|(?<![\w.@-])(?P<domain>{_DOMAIN})"
)
_FLAGS: Final = re.IGNORECASE | re.ASCII
_INDICATOR: Final = re.compile(
    rf"(?P<url>{_SCHEMES}{_IN_URL}{{1,2048}})|{_BEFORE_MAIL}(?P<email>{_MAIL}){_OTHERS}", _FLAGS
)
_CLICKABLE: Final = re.compile(
    rf"(?P<schemes>(?:{_SCHEMES}){{1,300}}(?={_IN_URL}))(?P<host>(?:(?!{_SCHEMES}|[/?#]){_IN_URL}){{0,2048}})"
    rf"|{_BEFORE_MAIL}(?P<email>{_MAIL}(?:@{_DOMAIN})*){_OTHERS}",
    _FLAGS,
)  # of a URL only what is before its path, for another may be in that; of mail addresses in a row all at once
_HASHES: Final = {32: "md5", 40: "sha1", 64: "sha256"}
_FILE_ENDINGS: Final = frozenset(
    (
        "bat", "bin", "bmp", "cfg", "cmd", "conf", "csv", "dat", "dll", "doc", "docx", "eml", "exe", "gif",
        "gz", "htm", "html", "ini", "jpeg", "jpg", "js", "json", "lnk", "log", "msg", "msi", "pdf", "png",
        "ppt", "pptx", "ps1", "rar", "rtf", "svg", "sys", "tar", "tmp", "txt", "vbs", "xls", "xlsx", "xml",
        "yaml", "yml",
    )
)  # none of them is a top-level domain  # fmt: skip
_BARE_DOT: Final = re.compile(r"(?<![\[({])\.|\.(?![\])}])")
_SCHEME: Final = re.compile(r"(?<!\w)(?:hxxps?|fxp)(?=://)", re.IGNORECASE | re.ASCII)
_FANGED: Final = str.maketrans("xX", "tT")
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
    """Return the text with every address, domain, mail address and URL in it made harmless to click.

    What is harmless already stays as it is, so that doing it twice is doing it once.
    """
    before = ""
    while text != before:  # what is taken apart may lay bare what was a part of it
        before, text = text, _CLICKABLE.sub(_defang_one, text)
    return text


def refang(text: str) -> str:
    """Return the text with what was made harmless (hxxp, [.], (dot), [@], [:]) as it was."""
    for pattern, replacement in _FANGS:
        text = pattern.sub(replacement, text)
    return _SCHEME.sub(lambda match: match.group().translate(_FANGED), text)


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
    if match["schemes"]:
        schemes = match["schemes"].translate(_HARMLESS).replace("://", "[:]//")
        return schemes + _defang_dots(_CLICKABLE.sub(_defang_one, match["host"]))
    kind, value = match.lastgroup, match.group()
    if _read(match) is None:
        return value
    match kind:
        case "email" | "ip4" | "domain":
            return _defang_dots(value.replace("@", "[@]"))
        case "ip6":
            return _defang_dots(value.replace(":", "[:]"))
        case _:
            return value


def _defang_dots(text: str) -> str:
    return _BARE_DOT.sub("[.]", text)
