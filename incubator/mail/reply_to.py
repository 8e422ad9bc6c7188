"""Where the answer to an invitation goes: an address of its own for each, which nobody guesses (docs/decisions/0026)."""

import base64
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field

from incubator.kernel.ids import derived_secret, digest

LONGEST_LOCAL = 64
"""Characters that may stand before the @ (RFC 5321)."""
WORD, OCTETS = "answer-by-mail", 20


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """A mailbox `address` that also takes what is written to `address+anything`."""

    address: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        local, at, domain = self.address.partition("@")
        longest = LONGEST_LOCAL - len(f"+{self._seal('', '')}")
        if not (at and local and domain and self.address.isascii() and self.address.isprintable()):
            raise ValueError("REPLY_ADDRESS is not an address")
        if set(self.address) & set(' "<>(),:;\\+') or "@" in domain or len(local) > longest:
            raise ValueError(f"REPLY_ADDRESS has to be plain, with up to {longest} characters before the @")

    def address_for(self, *, uid: str, to: str) -> str:
        """Where `to` answers to the invitation to `uid`; the same at each change of it, for that is who the organizer
        is. In small letters, as some programs make them of all addresses."""
        local, _, domain = self.address.partition("@")
        return f"{local}+{self._seal(uid, to)}@{domain}"

    def serves(self, given: Iterable[str], *, uid: str, to: str) -> bool:
        """Whether one of the addresses is the one that only `to` was told."""
        expected = self.address_for(uid=uid, to=to).lower().encode()
        return any(hmac.compare_digest(one.lower().encode("utf-8", "replace"), expected) for one in given)

    def _seal(self, uid: str, to: str) -> str:
        told = digest(derived_secret(self.secret, f"{WORD}:{to.lower()}:{uid}"))[:OCTETS]
        return base64.b32encode(told).decode().lower()
