"""Certificates of a session: for who was there as long as it asks; one can be revoked, anybody can check one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.exchanges.views import SessionView
from incubator.kernel.codes import new_check_code, spelled
from incubator.kernel.errors import N_, Conflict, Invalid, NotFound
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.registrations.queries import registration_by_id
from incubator.registrations.tell import News, write
from incubator.registrations.views import RegistrationView
from incubator.web.letters import stationery


class NoSuchSessionCertificate(NotFound):
    """No certificate with this identifier or code."""

    code = "no_such_session_certificate"
    sentence = N_("There is no certificate with this code. Please check each letter.")


class NoCertificates(Conflict):
    """The session gives none, or is not over."""

    code = "no_certificates"
    sentence = N_(
        "This session gives certificates once it is over, and only where its page says for how much presence."
    )


class NobodyThereLongEnough(Conflict):
    """Nobody new has earned one."""

    code = "nobody_there_long_enough"
    sentence = N_("Nobody without a certificate was there for the {percent}% that this session asks.")

    def __init__(self, percent: int) -> None:
        super().__init__()
        self.percent = percent


class WhyRevoked(Invalid):
    code = "why_revoked_missing"
    sentence = N_("Please say why the certificate is revoked.")


class RevokedBefore(Conflict):
    code = "session_certificate_revoked"
    sentence = N_("This certificate was revoked before.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCertificateView:
    """What the paper says; empty `holder`: a person who has been forgotten since."""

    id: UUID
    session_id: UUID
    ticket_id: UUID
    number: int
    code: str
    holder: str
    title_pl: str
    title_en: str
    issuer: str
    period: Period
    minutes: int
    length: int
    funder_marks: str
    issued_at: datetime
    revoked_at: datetime | None
    revoked_reason: str


# The session is locked, so numbers have no gap and no twin.
EARNED = """
SELECT ticket.id, ticket.name, ticket.email, minutes, registration_id, registration.email AS theirs
FROM ticket JOIN registration ON registration.id = registration_id
WHERE ticket.session_id = $1 AND live AND registration.state = 'registered' AND ticket.name <> ''
    AND minutes * 100 >= $2::int * $3::int AND ($4::uuid[] IS NULL OR ticket.id = ANY($4))
    AND NOT EXISTS (SELECT FROM session_certificate WHERE ticket_id = ticket.id AND revoked_at IS NULL)
ORDER BY lower(ticket.name), ticket.id
"""
ISSUE = """
INSERT INTO session_certificate (id, session_id, ticket_id, number, code, told, issued_by, issued_at, revoked_reason)
SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5::text::jsonb, $6, $7, ''
FROM session_certificate WHERE session_id = $2
"""
FOUND = """
SELECT id, session_id, ticket_id, number, code, told::text AS told, issued_at, revoked_at, revoked_reason
FROM session_certificate
"""
REVOKE = "UPDATE session_certificate SET revoked_at = $2, revoked_reason = $3 WHERE id = $1"


async def issue_session_certificates(
    tx: Tx, *, actor: Actor, session_id: UUID, ticket_ids: Sequence[UUID] | None = None, now: datetime
) -> int:
    """How many were issued: to everybody who has earned one and has none, or to the named. Each is written to, where
    there is an address. Raises NoSuchSession, NotYours, NoCertificates, NobodyThereLongEnough."""
    session = await session_to_run(tx, actor=actor, session_id=session_id, lock=True)
    if session.presence_percent is None or session.state != "published" or now < session.end:
        raise NoCertificates()
    wanted = None if ticket_ids is None else list(ticket_ids)
    rows = await tx.fetch(EARNED, session_id, session.presence_percent, session.period.minutes, wanted)
    if not rows:
        raise NobodyThereLongEnough(session.presence_percent)
    for row in rows:
        code = new_check_code()
        told = msgspec.json.encode(_told(session, row["name"], row["minutes"])).decode()
        await tx.execute(ISSUE, uuid7(), session_id, row["id"], code, told, actor.account_id, now)
        if row["email"] or row["theirs"]:
            await _send(tx, row["registration_id"], row["email"] or row["theirs"], row["name"], code, now)
    await _note(tx, actor, session, "issue_certificates", {"certificates": len(rows)}, now)
    return len(rows)


async def revoke_session_certificate(
    tx: Tx, *, actor: Actor, session_id: UUID, certificate_id: UUID, reason: str, now: datetime
) -> None:
    """Raises NoSuchSession, NotYours, NoSuchSessionCertificate, WhyRevoked, RevokedBefore."""
    session = await session_to_run(tx, actor=actor, session_id=session_id, lock=True)
    found = [one for one in await certificates_of(tx, session_id=session_id) if one.id == certificate_id]
    if not found:
        raise NoSuchSessionCertificate()
    if not reason.strip():
        raise WhyRevoked()
    if found[0].revoked_at is not None:
        raise RevokedBefore()
    await tx.execute(REVOKE, certificate_id, now, reason.strip())
    await _note(tx, actor, session, "revoke_certificate", {"certificate_id": str(certificate_id)}, now)


async def session_certificate_by(tx: Tx, *, code: str) -> SessionCertificateView:
    """By the code on the paper, which anybody may check. Raises NoSuchSessionCertificate."""
    row = await tx.fetchrow(f"{FOUND} WHERE code = $1", spelled(code))
    if row is None:
        raise NoSuchSessionCertificate()
    return _view(row)


async def certificates_of(tx: Tx, *, session_id: UUID) -> list[SessionCertificateView]:
    """All of a session, revoked ones too, by number."""
    return [_view(row) for row in await tx.fetch(f"{FOUND} WHERE session_id = $1 ORDER BY number", session_id)]


async def certificates_for(tx: Tx, *, registration: RegistrationView) -> list[SessionCertificateView]:
    """Those that its people hold, by number."""
    held = f"{FOUND} WHERE session_id = $1 AND ticket_id = ANY($2::uuid[]) AND revoked_at IS NULL ORDER BY number"
    keys = [ticket.id for ticket in registration.tickets]
    return [_view(row) for row in await tx.fetch(held, registration.session_id, keys)]


class Told(msgspec.Struct, frozen=True):
    """What was certified, as it was said then."""

    holder: str
    title_pl: str
    title_en: str
    issuer: str
    start: datetime
    end: datetime
    minutes: int
    length: int
    funder_marks: str = ""


def _told(session: SessionView, holder: str, minutes: int) -> Told:
    return Told(
        holder=holder,
        title_pl=session.title_pl,
        title_en=session.title_en,
        issuer=session.gmina_name or "",
        start=session.start,
        end=session.end,
        minutes=minutes,
        length=session.period.minutes,
        funder_marks=session.funder_marks,
    )


def _view(row: asyncpg.Record) -> SessionCertificateView:
    told = msgspec.json.decode(row["told"], type=Told)
    return SessionCertificateView(
        id=row["id"],
        session_id=row["session_id"],
        ticket_id=row["ticket_id"],
        number=row["number"],
        code=row["code"],
        issued_at=row["issued_at"],
        revoked_at=row["revoked_at"],
        revoked_reason=row["revoked_reason"],
        holder=told.holder,
        title_pl=told.title_pl,
        title_en=told.title_en,
        issuer=told.issuer,
        period=Period(told.start, told.end),
        minutes=told.minutes,
        length=told.length,
        funder_marks=told.funder_marks,
    )


async def _send(tx: Tx, registration_id: UUID, to: str, name: str, code: str, now: datetime) -> None:
    found = await registration_by_id(tx, registration_id=registration_id)
    link = f"{stationery().globals['address']}/exchange/certificates/{code}"
    await write(tx, to=to, name=name, registration=found, what=News.CERTIFICATE, now=now, certificate_link=link)


async def _note(tx: Tx, actor: Actor, session: SessionView, verb: str, after: dict[str, object], now: datetime) -> None:
    await tell(tx, actor, now, verb, of=("session", session.id), gmina_id=session.gmina_id, after=after)
