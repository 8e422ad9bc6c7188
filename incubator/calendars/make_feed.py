"""Make a secret address of a calendar, to be given to one calendar app."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.calendars.rights import HOLDS, Kind, NoSuchCalendarToHave
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import digest, new_secret
from incubator.people.actor import Actor
from incubator.people.guards import SignInFirst

MOST = 20
"""Living feeds of one person."""


class TooManyFeeds(Conflict):
    """More secret addresses than anybody can keep an eye on."""

    code = "too_many_feeds"
    sentence = N_("You have {most} calendar addresses already. Please revoke one that you no longer use.")

    def __init__(self) -> None:
        super().__init__()
        self.most = MOST


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """A new feed. `secret` is part of its address and is told this once: only its digest is kept."""

    id: UUID
    name: str
    secret: str
    kind: Kind = Kind.PERSONAL

    @property
    def path(self) -> str:
        return f"/calendars/{self.kind}/{self.secret}.ics"


# Two statements: one that waited for the lock would still count what it saw before it waited.
LOCK = "SELECT id FROM account WHERE id = $1 AND erased_at IS NULL FOR NO KEY UPDATE"
LIVING = "SELECT count(*) FROM feed_token WHERE account_id = $1 AND revoked_at IS NULL"
MAKE = """
INSERT INTO feed_token (token_hash, account_id, kind, subject_id, name, created_at, fetched_by)
VALUES ($1, $2, $3, $4, $5, $6, '') RETURNING id
"""
MAY = f"SELECT {HOLDS.format(kind='$2::text', account='$1::uuid', subject='$3::uuid')}"


async def make_feed(
    tx: Tx, *, actor: Actor, name: str, kind: Kind = Kind.PERSONAL, subject_id: UUID | None = None, now: datetime
) -> MadeFeed:
    """An address of the person's own calendar or, by its `kind`, that of the organisation, mentor or gmina `subject_id`.
    Raises NoSuchCalendarToHave, TooManyFeeds, SignInFirst for who was erased meanwhile."""
    if await tx.fetchval(LOCK, actor.account_id) is None:
        raise SignInFirst()
    if (subject_id is None) != (kind == Kind.PERSONAL) or not await tx.fetchval(
        MAY, actor.account_id, kind, subject_id
    ):
        raise NoSuchCalendarToHave()
    if await tx.fetchval(LIVING, actor.account_id) >= MOST:
        raise TooManyFeeds()
    secret = new_secret()
    key = await tx.fetchval(MAKE, digest(secret), actor.account_id, kind, subject_id, name.strip(), now)
    after = {"kind": kind, "subject_id": subject_id}
    await record(
        tx, now=now, actor_id=actor.account_id, verb="make_feed", subject_kind="feed", subject_id=key, after=after
    )
    return MadeFeed(key, name.strip(), secret, kind)
