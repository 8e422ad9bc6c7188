"""Take one mail in, in one transaction: that it was read, what came of it, and what its writer is told of that.

An answer is believed where it came to the address that only one reader was told, from that reader, and names them as
who answers (docs/decisions/0026).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, NotFound, Refusal
from incubator.mail.post import post
from incubator.mail.reply_to import ReplyTo
from incubator.replies.call_off import call_off
from incubator.replies.meant import TwoWays, meant
from incubator.replies.read_mail import Answer, Mail
from incubator.replies.rules import vouched_for
from incubator.replies.states import LEFT, Outcome, Says
from incubator.replies.things import Kind, Reader, Thing, Told, reader_of, thing_of, told_of
from incubator.web.i18n import translator
from incubator.web.letters import letter
from incubator.web.sentences import sentence_of

# One at a time about one thing; the locks of the verbs come after it.
IN_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('answer to ' || $1, 0))"
INVITED = "SELECT recipient, sequence, answered_at FROM invited WHERE uid = $1 AND lower(recipient) = $2"
ANSWERED = """
UPDATE invited SET answered_at = greatest(answered_at, $3), answer = coalesce($4, answer)
WHERE recipient = $1 AND uid = $2
"""
FIRST = """
INSERT INTO reply (box, uid_validity, uid, told, outcome, read_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING RETURNING id
"""
# What nobody believes does not stand in the way of what looks the same.
CAME_OF_IT = "UPDATE reply SET outcome = $2, told = CASE WHEN $3 THEN NULL ELSE told END WHERE id = $1"


class ChangedSince(Conflict):
    """The answer is to an invitation that another has replaced."""

    code = "invitation_changed_since"
    sentence = N_("It has been changed since that invitation, so your answer may not be meant for how it is now.")


class DeclinedByItself(Conflict):
    """It may be that they are away, and their calendar declines whatever comes."""

    code = "declined_by_itself"
    sentence = N_(
        "Your calendar has declined it by itself, as it may while you are away. So nothing changes until you decide otherwise."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a mail lies."""

    box: str
    uid_validity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Believed:
    """How answers are checked: against the addresses that were told, and, where it has a name, by what our mail server
    found."""

    reply_to: ReplyTo
    checked_by: str = ""


async def take(tx: Tx, *, mail: Mail | Outcome, place: Place, believed: Believed, now: datetime) -> Outcome | None:
    """What came of it; None where another worker has it. `mail` is an outcome where there is nothing to take."""
    told = mail.told if isinstance(mail, Mail) else None
    key = await _first(tx, place, told, Outcome.BEING_READ, now)
    if key is None:
        # It is a copy of one that was taken, or the very same.
        again = await _first(tx, place, None, Outcome.AGAIN, now)
        return Outcome.AGAIN if again else None
    outcome = await _answered(tx, mail, believed, now) if isinstance(mail, Mail) else mail
    await tx.execute(CAME_OF_IT, key, outcome, outcome in LEFT)
    return outcome


async def _first(tx: Tx, place: Place, told: str | None, outcome: Outcome, now: datetime) -> UUID | None:
    key: UUID | None = await tx.fetchval(FIRST, place.box, place.uid_validity, place.uid, told, outcome, now)
    return key


async def _answered(tx: Tx, mail: Mail, believed: Believed, now: datetime) -> Outcome:
    """What came of the answers in it that are its writer's own, and to one thing."""
    uid = mail.answers[0].uid
    own = [each for each in mail.answers if each.uid == uid and each.attendee == mail.sender]
    await tx.execute(IN_TURN, uid)
    row = await tx.fetchrow(INVITED, uid, mail.sender)
    if not own or row is None or not believed.reply_to.serves(mail.to, uid=uid, to=row["recipient"]):
        return Outcome.NOT_INVITED
    if believed.checked_by and not vouched_for(mail.sender, by=believed.checked_by, found=mail.checked):
        return Outcome.UNCHECKED
    thing = await thing_of(tx, uid=uid)
    reader = await reader_of(tx, thing=thing, email=row["recipient"]) if thing else None
    if thing is None or reader is None:
        return Outcome.NOT_INVITED
    try:
        about, answers = await told_of(tx, thing=thing, to=reader, now=now), meant(own)
    except NotFound:
        return Outcome.NOT_INVITED
    except TwoWays:
        return Outcome.UNREADABLE
    # Who deletes what is over from their calendar declines it, without meaning to.
    return await _all(tx, about, thing, reader, answers, row, now) if about.ahead else Outcome.OLD


async def _all(
    tx: Tx, about: Told, thing: Thing, reader: Reader, answers: Sequence[Answer], row: asyncpg.Record, now: datetime
) -> Outcome:
    """The most that came of any of them. Why something could not be called off is told once."""
    came, refusals = [Outcome.NO_ANSWER], dict[str, Refusal]()
    for each in answers:
        try:
            came.append(await _one(tx, thing, reader, each, row["sequence"], row["answered_at"], now))
        except Refusal as refusal:
            came.append(Outcome.REFUSED)
            refusals.setdefault(refusal.code, refusal)
    for why in refusals.values():
        await _tell(tx, about, reader, why, now)
    return min(came, key=list(Outcome).index)


async def _one(
    tx: Tx, thing: Thing, reader: Reader, answer: Answer, sequence: int, answered_at: datetime | None, now: datetime
) -> Outcome:
    """Raises why it could not be called off."""
    # A clock that is ahead does not make later answers old.
    written_at = min(answer.written_at or now, now)
    if answered_at is not None and written_at < answered_at:
        return Outcome.OLD
    says, stale = answer.says.lower(), answer.sequence < sequence
    await _note(tx, reader, answer, written_at, None if stale else says)
    if says != Says.DECLINED:
        return Outcome.OLD if stale else Outcome.NOTED
    if answer.by_itself:
        raise DeclinedByItself()
    # A series is told whole each time: which of its dates have changed is for its verb to find out.
    if stale and thing.kind != Kind.SERIES:
        raise ChangedSince()
    async with tx.transaction():
        await call_off(tx, thing=thing, by=reader, answer=answer, now=now)
    return Outcome.CANCELLED


async def _note(tx: Tx, reader: Reader, answer: Answer, written_at: datetime, says: str | None) -> None:
    """What is said to one date of a series is not said to the others, nor later than what is said to them."""
    if answer.at is None:
        await tx.execute(ANSWERED, reader.email, answer.uid, written_at, says)


async def _tell(tx: Tx, about: Told, to: Reader, refusal: Refusal, now: datetime) -> None:
    """That it stands, why, and where to go."""
    sentence = sentence_of(refusal, translator(to.locale), for_people=True)
    told = letter("replies/mail/stands.txt", to.locale, name=to.name, about=about, sentence=sentence)
    await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)
