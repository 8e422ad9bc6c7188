"""Issue a certificate of participation, where the presence rule is met; revoke one."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid, NotFound
from incubator.kernel.ids import uuid7
from incubator.participation.presence import presence_of
from incubator.participation.queries import CERTIFICATE, participation_to_run
from incubator.participation.rules import Presence
from incubator.participation.settle import WhyNeeded, WrongParticipationState
from incubator.participation.states import State
from incubator.participation.tell import note, tell
from incubator.participation.views import CertificateView, ParticipationView
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_by_id


class NoSuchCertificate(NotFound):
    """No certificate with this identifier or code."""

    code = "no_such_certificate"
    sentence = N_("There is no certificate with this code. Please check each letter.")


@dataclass(eq=False)
class TooLittlePresence(Conflict):
    """The presence rule of the programme is not met."""

    code = "too_little_presence"
    sentence = N_("Present for {minutes} of {required} required minutes; {percent}% are needed.")
    minutes: int
    required: int
    percent: int


class CertifiedAlready(Conflict):
    """There is a valid certificate of the same."""

    code = "certified_already"
    sentence = N_("There is a valid certificate already. Revoke it first.")


class CertificateRevoked(Conflict):
    """It was revoked before."""

    code = "certificate_revoked"
    sentence = N_("This certificate was revoked before.")


class NotAMemberOfIt(Invalid):
    """The person is not, and was never noted as, of this participant."""

    code = "not_of_participant"
    sentence = N_("This person does not belong to the participant.")


ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Nothing that could be read as something else."""
EARNED = frozenset({State.ACTIVE, State.GRADUATED})
MEMBER = """
SELECT name FROM account WHERE id = $2 AND erased_at IS NULL AND (
    EXISTS (SELECT FROM membership WHERE organisation_id = $3 AND account_id = $2)
    OR EXISTS (SELECT FROM attendance WHERE participation_id = $1 AND account_id = $2)
)
"""
ISSUER = "SELECT name FROM gmina WHERE id = $1"
# The edition is locked, so numbers have no gap and no twin.
ISSUE = """
INSERT INTO certificate (id, edition_id, participation_id, account_id, number, code, told, present_minutes,
    required_minutes, required_percent, issued_by, issued_at, revoked_reason)
SELECT $1, $2, $3, $4, coalesce(max(number), 0) + 1, $5, $6::text::jsonb, $7, $8, $9, $10, $11, ''
FROM certificate WHERE edition_id = $2
"""
REVOKE = "UPDATE certificate SET revoked_at = $2, revoked_reason = $3 WHERE id = $1"


async def issue_certificate(
    tx: Tx, *, actor: Actor, participation_id: UUID, account_id: UUID | None = None, now: datetime
) -> CertificateView:
    """For the participant, or for one member of it by their own minutes. Raises NoSuchParticipation, NotYours,
    WrongParticipationState, NotAMemberOfIt, TooLittlePresence, CertifiedAlready.

    The certificate carries the rule that it was earned by, and the database holds it to that. What is corrected on a
    list later does not reach it: it says what was known, and is revoked where that was wrong."""
    seen = await participation_to_run(tx, actor=actor, participation_id=participation_id)
    await edition_by_id(tx, edition_id=seen.edition_id, lock=True)
    found = await participation_to_run(tx, actor=actor, participation_id=participation_id, lock=True)
    if found.state not in EARNED:
        raise WrongParticipationState(found.state.value)
    holder = found.name if account_id is None else await _member(tx, found, account_id)
    was = await presence_of(tx, participation=found, account_id=account_id)
    key = await _issue(tx, actor, found, account_id, holder, was, now)
    after = {"certificate_id": str(key), "account_id": str(account_id) if account_id else None}
    await note(tx, participation=found, verb="issue_certificate", actor_id=actor.account_id, now=now, after=after)
    made = await certificate_by(tx, key=key)
    await tell(tx, participation=found, what="certificate", now=now, certificate=made)
    return made


async def revoke_certificate(
    tx: Tx, *, actor: Actor, certificate_id: UUID, reason: str, now: datetime
) -> CertificateView:
    """Raises NoSuchCertificate, NotYours, WhyNeeded, CertificateRevoked."""
    seen = await certificate_by(tx, key=certificate_id)
    found = await participation_to_run(tx, actor=actor, participation_id=seen.participation_id, lock=True)
    if not reason.strip():
        raise WhyNeeded()
    if (await certificate_by(tx, key=certificate_id)).revoked_at is not None:
        raise CertificateRevoked()
    await tx.execute(REVOKE, certificate_id, now, reason)
    after = {"certificate_id": str(certificate_id)}
    await note(tx, participation=found, verb="revoke_certificate", actor_id=actor.account_id, now=now, after=after)
    return await certificate_by(tx, key=certificate_id)


async def certificate_by(tx: Tx, *, key: UUID | None = None, code: str = "") -> CertificateView:
    """By its identifier, or by the code on the paper, which anybody may check. Raises NoSuchCertificate."""
    row = await tx.fetchrow(f"{CERTIFICATE} WHERE id = $1 OR code = $2", key, spelled(code))
    if row is None:
        raise NoSuchCertificate()
    return CertificateView(**row)


def spelled(code: str) -> str:
    """A code as it is kept, however somebody typed it."""
    plain = "".join(letter for letter in code.upper() if letter in ALPHABET)[:12]
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


async def _member(tx: Tx, found: ParticipationView, account_id: UUID) -> str:
    name: str | None = await tx.fetchval(MEMBER, found.id, account_id, found.organisation_id)
    if name is None:
        raise NotAMemberOfIt()
    return name


async def _issue(
    tx: Tx,
    actor: Actor,
    found: ParticipationView,
    account_id: UUID | None,
    holder: str,
    was: Presence,
    now: datetime,
) -> UUID:
    key, code = uuid7(), spelled("".join(secrets.choice(ALPHABET) for _ in range(12)))
    told = {
        "holder": holder,
        "organisation": found.name if account_id is not None else "",
        "programme_pl": found.programme_name_pl,
        "programme_en": found.programme_name_en,
        "edition_pl": found.edition_name_pl,
        "edition_en": found.edition_name_en,
        "issuer": await tx.fetchval(ISSUER, found.gmina_id) or "",
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
    }
    given = (key, found.edition_id, found.id, account_id, code, msgspec.json.encode(told).decode())
    try:
        await tx.execute(ISSUE, *given, was.minutes, was.required, was.percent, actor.account_id, now)
    except asyncpg.CheckViolationError as error:
        if error.constraint_name == "certificate_earned":
            raise TooLittlePresence(was.minutes, was.required, was.percent) from None
        raise
    except asyncpg.UniqueViolationError as error:
        raise CertifiedAlready() if error.constraint_name == "certificate_once" else error from None
    return key
