"""Where two worlds of the Lab differ."""


def differing(one, other, path=()):
    """Return the places, each a path of names from the table down, at which two worlds are not the same."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return set() if one == other else {path}
    found = set()
    for name in {*one, *other}:
        found |= differing(one.get(name), other.get(name), (*path, name))
    return found
