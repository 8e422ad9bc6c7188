"""Who may do what (RFC 3744): a person reads what is theirs, nobody else is let in, and nobody can change that. Pure."""

from functools import lru_cache

from incubator.caldav import names
from incubator.caldav.answers import Values, element, empty, link
from incubator.caldav.paths import Home, Root


def privilege(name: str) -> str:
    return element(names.dav("privilege"), empty(name))


GRANTED = (names.dav("read"), names.READ_BUSY, names.dav("read-acl"), names.dav("read-current-user-privilege-set"))
READ = "".join(map(privilege, GRANTED))
LONG = {names.SUPPORTED_PRIVILEGES, names.ACL, names.ACL_RESTRICTIONS, names.INHERITED, names.PRINCIPALS}
"""What is told only to who asks for it by name."""


def _supported(name: str, said: str, *inner: str) -> str:
    description = f'<d:description xml:lang="en">{said}</d:description>'
    return element(names.dav("supported-privilege"), privilege(name) + description + "".join(inner))


BUSY = _supported(names.READ_BUSY, "Read when there is no time")
RIGHTS = (
    _supported(names.dav("read-acl"), "Read who may do what"),
    _supported(names.dav("read-current-user-privilege-set"), "Read what one may do"),
)
# Busy times are a part of what can be read (RFC 4791, 6.1.1).
SUPPORTED = _supported(names.dav("all"), "All", _supported(names.dav("read"), "Read", BUSY), *RIGHTS)


@lru_cache(maxsize=64)
def access(person: Home) -> Values:
    """Of every place of theirs, and there are many in one answer."""
    whose = element(names.dav("principal"), link(person.href))
    entry = element(names.dav("ace"), whose + element(names.dav("grant"), READ) + empty(names.dav("protected")))
    return {
        names.CURRENT_PRINCIPAL: link(person.href),
        names.OWNER: link(person.href),
        names.PRIVILEGES: READ,
        names.SUPPORTED_PRIVILEGES: SUPPORTED,
        names.ACL: entry,
        names.ACL_RESTRICTIONS: empty(names.dav("no-invert")),
        names.INHERITED: "",
        names.PRINCIPALS: link(Root().href),
    }
