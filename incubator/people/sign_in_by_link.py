"""Use a mailed link, once. Opening it only shows a page with a button: programs that look through
mails open links, and must not burn them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Gone
from incubator.kernel.ids import digest
from incubator.people import rules
from incubator.people.open_session import SignedIn, open_session


class LinkUsedUp(Gone):
    """Unknown, used or too old: which of them is nobody's business."""

    code = "link_used_up"
    sentence = N_("This link is no longer valid. Links work once, for 20 minutes: please ask for a new one.")


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Whom a link would sign in; `is_new` when using it makes the account."""

    email: str
    is_new: bool


LOOK = """
SELECT email, NOT EXISTS (SELECT FROM account WHERE account.email = sign_in_link.email) AS is_new
FROM sign_in_link WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
"""
# The row lock of the update is the judge: of two uses at once the second finds used_at set.
USE = """
UPDATE sign_in_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
RETURNING email, next_path
"""
KNOWN = "SELECT id FROM account WHERE email = $1"
JOIN = """
INSERT INTO account (email, name, locale, created_at, version) VALUES ($1, $2, $3, $4, 1)
ON CONFLICT (email) DO NOTHING RETURNING id
"""


async def look_at_link(tx: Tx, *, secret: str, now: datetime) -> OpenLink:
    """What the link would do, without using it. Raises LinkUsedUp."""
    row = await tx.fetchrow(LOOK, digest(secret), now)
    if row is None:
        raise LinkUsedUp()
    return OpenLink(row["email"], row["is_new"])


async def sign_in_by_link(tx: Tx, *, secret: str, name: str, locale: str, user_agent: str, now: datetime) -> SignedIn:
    """Use up the link and open a session; a new address gets an account called `name`. Raises
    LinkUsedUp, NameMissing (only where the account is new)."""
    row = await tx.fetchrow(USE, digest(secret), now)
    if row is None:
        raise LinkUsedUp()
    account_id = await _account(tx, email=row["email"], name=name, locale=locale, now=now)
    session = await open_session(tx, account_id=account_id, user_agent=user_agent, now=now)
    return SignedIn(account_id, session, rules.next_path(row["next_path"]))


async def _account(tx: Tx, *, email: str, name: str, locale: str, now: datetime) -> UUID:
    known: UUID | None = await tx.fetchval(KNOWN, email)
    if known is not None:
        return known
    made: UUID | None = await tx.fetchval(JOIN, email, rules.name(name), locale, now)
    if made is None:  # another link of the same address was quicker
        found: UUID = await tx.fetchval(KNOWN, email)
        return found
    await record(tx, now=now, actor_id=made, verb="join", subject_kind="account", subject_id=made)
    return made
