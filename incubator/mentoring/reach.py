"""A mentor about to be changed: the row locked until the end of the transaction, and within reach of
who asks, or refused. And what every change of a mentor does besides."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Gone, NotFound
from incubator.mail.post import post
from incubator.people.actor import Actor
from incubator.people.addressee import addressees
from incubator.people.guards import NotYours, must_coordinate
from incubator.web.etags import must_be_current
from incubator.web.letters import letter


class NoSuchMentor(NotFound):
    """No mentor of this name in addresses, or one who is a mentor no more."""

    code = "no_such_mentor"
    sentence = N_("There is no such mentor.")


class MentorRetired(Gone):
    """A mentor who ended."""

    code = "mentor_retired"
    sentence = N_("This person is no longer a mentor.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was done to a mentor: the verb, and for the mail what it is about (a msgid)."""

    verb: str
    about: str
    before: object = None
    after: object = None


MENTOR = "SELECT * FROM mentor WHERE id = $1 FOR NO KEY UPDATE"
COUNT = "UPDATE mentor SET version = version + 1 WHERE id = $1"


async def mentor_key(tx: Tx, slug: str) -> UUID:
    """Raises NoSuchMentor."""
    key: UUID | None = await tx.fetchval("SELECT id FROM mentor WHERE slug = $1", slug)
    if key is None:
        raise NoSuchMentor()
    return key


async def mentor_to_change(tx: Tx, *, actor: Actor, mentor_id: UUID, seen: int | None = None) -> asyncpg.Record:
    """For the mentor themself and the coordinator of their gmina. Raises NoSuchMentor, NotYours,
    MentorRetired, ChangedMeanwhile."""
    row = await _locked(tx, mentor_id)
    if not reaches(actor, account_id=row["account_id"], gmina_id=row["gmina_id"]):
        raise NotYours()
    return _current(row, seen)


async def mentor_at_desk(
    tx: Tx, *, actor: Actor, mentor_id: UUID, seen: int | None = None, retired: bool = False
) -> asyncpg.Record:
    """For the coordinator of the mentor's gmina alone; a `retired` mentor only where that is said.
    Raises NoSuchMentor, NotYours, MentorRetired, ChangedMeanwhile."""
    row = await _locked(tx, mentor_id)
    must_coordinate(actor, row["gmina_id"])
    return _current(row, seen, retired=retired)


def reaches(actor: Actor, *, account_id: UUID, gmina_id: UUID) -> bool:
    """Whether this mentor is the asker, or of a gmina that they coordinate."""
    own = account_id == actor.account_id and actor.is_mentor
    return own or gmina_id in actor.coordinates or actor.is_administrator


async def touched(tx: Tx, *, actor: Actor, row: asyncpg.Record, change: Change, now: datetime) -> None:
    """Count the mentor's version on, write history, tell those who keep copies, and write to the
    mentor where it was somebody else who changed something."""
    await tx.execute(COUNT, row["id"])
    await told(tx, actor=actor, row=row, change=change, now=now)


async def told(tx: Tx, *, actor: Actor, row: asyncpg.Record, change: Change, now: datetime) -> None:
    """As `touched`, for what is kept beside the mentor's own row."""
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb=change.verb,
        subject_kind="mentor",
        subject_id=row["id"],
        gmina_id=row["gmina_id"],
        before=change.before,
        after=change.after,
    )
    await bump(tx, [row["id"]])
    if actor.account_id == row["account_id"]:
        return
    for to in await addressees(tx, account_id=row["account_id"], organisation_id=None):
        mail = letter(
            "mentoring/mail/mentor_changed.txt", to.locale, name=to.name, about=change.about, slug=row["slug"]
        )
        await post(tx, to=to.email, subject=mail.subject, text=mail.text, now=now)


async def _locked(tx: Tx, mentor_id: UUID) -> asyncpg.Record:
    row = await tx.fetchrow(MENTOR, mentor_id)
    if row is None:
        raise NoSuchMentor()
    return row


def _current(row: asyncpg.Record, seen: int | None, *, retired: bool = False) -> asyncpg.Record:
    if row["state"] == "retired" and not retired:
        raise MentorRetired()
    must_be_current(row["version"], seen)
    return row
