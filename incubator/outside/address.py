"""Addresses of calendars: what may be asked for at all, and what is shown of one. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from incubator.outside.problems import AddressUnfit, TooManyRedirects

LONGEST = 2_000
PORTS = {"http": (80, 8080), "https": (443, 8443)}
HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]*:[0-9a-f:.]*")
NOT_IN_ONE = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a calendar is. It is a secret: who knows it can read the calendar, so it is never part of a repr."""

    scheme: str
    host: str
    port: int
    target: str

    def __repr__(self) -> str:
        return f"Address({self.masked})"

    @property
    def usual(self) -> bool:
        """Whether calendars are served at such a port."""
        return self.port in PORTS[self.scheme]

    @property
    def whole(self) -> str:
        return f"{self.origin}{self.target}"

    @property
    def masked(self) -> str:
        """What is shown of it."""
        return f"{self.origin}/…"

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme][0] else f":{self.port}")

    def led_on(self, location: str) -> "Address":
        """Where a redirect leads. Raises AddressUnfit, TooManyRedirects for one that is no longer secure."""
        onward = address_of(_joined(self.whole, location))
        if self.scheme == "https" and onward.scheme != "https":
            raise TooManyRedirects()
        return onward


def address_of(text: str) -> Address:
    """Raises AddressUnfit."""
    text = text.strip()
    if not text or len(text) > LONGEST or NOT_IN_ONE.search(text):
        raise AddressUnfit()
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
        name = host if ":" in host else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        raise AddressUnfit() from None
    scheme = {"webcal": "https", "webcals": "https"}.get(parts.scheme.lower(), parts.scheme.lower())
    if scheme not in PORTS or not HOST.fullmatch(name) or parts.username is not None or parts.password is not None:
        raise AddressUnfit()
    port = PORTS[scheme][0] if port is None else port
    query = f"?{parts.query}" if parts.query else ""
    return Address(scheme, name, port, quote(f"{parts.path or '/'}{query}", safe="/?&=%:;@!$'()*+,~-._[]"))


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        raise AddressUnfit() from None
