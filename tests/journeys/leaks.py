"""Looks for secrets, in each of the forms in which one travels."""

import base64
import json
import re
from urllib.parse import quote

CREDENTIAL = re.compile(rb"(?i)\b(?:basic|bearer|apikey) +[\w+/.~-]{16,}")
"""What stands in an Authorization header, unmasked."""


def encodings(secret, user):
    """The forms in which a secret travels: eight of them, one as the password of a user."""
    raw = secret.encode()
    return {
        "plain": raw,
        "json": json.dumps(secret)[1:-1].encode(),
        "url": quote(secret, safe="").encode(),
        "url path": quote(secret).encode(),
        "base64": base64.b64encode(raw).rstrip(b"="),
        "base64 url": base64.urlsafe_b64encode(raw).rstrip(b"="),
        "hex": raw.hex().encode(),
        "basic pair": base64.b64encode(f"{user}:{secret}".encode()).rstrip(b"="),
    }


def find_leaks(secrets, said, folders):
    """Where a secret is found, or an unmasked credential of whatever kind: (place, form), itself not said again.

    Args:
        secrets: Each with the user whose password it would be.
        said: What a program said, by a name for it.
        folders: Whose every file is looked into.
    """
    files = {str(path): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
    forms = [
        form
        for secret, user in secrets.items()
        for form in (*encodings(secret, user).items(), ("end of a pair", _end_of_pair(secret, user)))
    ]
    texts = {**said, **files}
    found = [(place, name) for place, data in texts.items() for name, form in forms if form in data]
    return found + [(place, "credential") for place, data in texts.items() if CREDENTIAL.search(data)]


def _end_of_pair(secret, user):
    """The characters of a pair that come of the secret alone: a masked beginning hides nothing."""
    whole = base64.b64encode(f"{user}:{secret}".encode()).rstrip(b"=")
    return whole[-(-len(f"{user}:".encode()) * 4 // 3) :]
