"""Multi-status answers (RFC 4918, 13), written plainly: a calendar may have ten thousand things, and a tree of
elements for each costs more than all else. Pure.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from incubator.caldav import names

Values = Mapping[str, str]
"""Properties by name, each value as XML: `text` makes one of text."""
# What XML 1.0 cannot hold at all, however it is escaped.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NAMESPACES = " ".join(f'xmlns:{prefix}="{namespace}"' for namespace, prefix in names.PREFIXES.items())
OPENING = f'<?xml version="1.0" encoding="utf-8"?>\n<d:multistatus {NAMESPACES}>'
FINE, MISSING = "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"


@dataclass(frozen=True, slots=True)
class Told:
    """Of something that is there: what of it was asked for and is known, and the names of what is not."""

    href: str
    values: Values
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not there, or no longer."""

    href: str


def multistatus(responses: Iterable[bytes], *, sync_token: str = "") -> bytes:
    """Of what `response` makes, encoded already: to do so of all at once holds up everybody for ten times as long."""
    token = f"<d:sync-token>{text(sync_token)}</d:sync-token>" if sync_token else ""
    return b"".join((OPENING.encode(), *responses, token.encode(), b"</d:multistatus>"))


def error(condition: str, about: str = "") -> bytes:
    """A precondition that does not hold (RFC 4918, 16); `about` is XML."""
    said = element(condition, about) if about else empty(condition)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<d:error {NAMESPACES}>{said}</d:error>'.encode()


def text(value: str) -> str:
    # A bare CR would be read as a line feed (XML 1.0, 2.11).
    return escape(UNFIT.sub("", value), {"\r": "&#13;"})


def empty(name: str) -> str:
    return f"<{_tag(name)}/>"


def element(name: str, content: str) -> str:
    return f"<{_tag(name)}>{content}</{_tag(name)}>"


def link(href: str) -> str:
    return f"<d:href>{text(href)}</d:href>"


def response(one: Told | Missing) -> str:
    if isinstance(one, Missing):
        return f"<d:response>{link(one.href)}<d:status>{MISSING}</d:status></d:response>"
    known = "".join(element(name, value) if value else empty(name) for name, value in one.values.items())
    unknown = "".join(map(empty, one.unknown))
    return (
        f"<d:response>{link(one.href)}"
        + (
            f"<d:propstat><d:prop>{known}</d:prop><d:status>{FINE}</d:status></d:propstat>"
            if known or not unknown
            else ""
        )
        + (f"<d:propstat><d:prop>{unknown}</d:prop><d:status>{MISSING}</d:status></d:propstat>" if unknown else "")
        + "</d:response>"
    )


def _tag(name: str) -> str:
    """A property that we have a prefix for, or any other with its namespace said where it stands: then it has no
    value here, and is written as an empty element."""
    return TAGS.get(name) or _foreign(name)


def _foreign(name: str) -> str:
    namespace, _, local = name.removeprefix("{").rpartition("}")
    prefix = names.PREFIXES.get(namespace)
    if prefix:
        return f"{prefix}:{local}"
    return f"x:{local} xmlns:x={quoteattr(namespace)}" if namespace else f'{local} xmlns=""'


TAGS = {name: _foreign(name) for name in vars(names).values() if isinstance(name, str) and name.startswith("{")}
