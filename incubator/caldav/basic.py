"""Who asks, by Basic authentication (RFC 7617): calendar apps know nothing else. The password is an API token that may
read calendars; the name is let be, for apps fill in whatever they like."""

from base64 import b64decode
from binascii import Error
from datetime import datetime

from incubator.db.engine import Database, statement
from incubator.people.actor import Actor, actor_by_token
from incubator.people.guards import MissingScope

SCOPE = "calendars:read"
CHALLENGE = b'Basic realm="incubator", charset="UTF-8"'
LONGEST = 1_000


async def actor_of(header: bytes | None, *, db: Database, now: datetime) -> Actor | None:
    """None for who says nothing, or something that is not valid (any longer). Raises MissingScope."""
    secret = secret_in(header)
    if secret is None:
        return None
    async with statement(db) as tx:
        actor = await actor_by_token(tx, secret=secret, now=now)
    if actor is not None and SCOPE not in actor.scopes:
        raise MissingScope(SCOPE)
    return actor


def secret_in(header: bytes | None) -> str | None:
    """The password."""
    scheme, _, said = (header or b"").partition(b" ")
    if scheme.lower() != b"basic" or len(said) > LONGEST:
        return None
    try:
        _, parted, secret = b64decode(said.strip(), validate=True).decode().partition(":")
    except (Error, UnicodeDecodeError):
        return None
    return secret.strip() if parted else None
