"""Participations as those may see them who ask: the one place where rows are narrowed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.period import WARSAW
from incubator.participation.states import MilestoneState, State
from incubator.participation.views import (
    CertificateView,
    MilestoneView,
    ParticipationView,
    ProgrammeMeetingView,
)
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run, may_run, must_run


class NoSuchParticipation(NotFound):
    """No participation with this identifier that the asker may know of."""

    code = "no_such_participation"
    sentence = N_("There is no such participation.")


class NoSuchMilestone(NotFound):
    """No milestone with this identifier that the asker may know of."""

    code = "no_such_milestone"
    sentence = N_("There is no such milestone.")


class NoSuchProgrammeMeeting(NotFound):
    """No meeting of a programme with this identifier."""

    code = "no_such_programme_meeting"
    sentence = N_("There is no such meeting of a programme.")


# What somebody takes part in for an organisation is the organisation's. $1 account, $2 organisations.
MINE = """(
    participation.account_id = $1 AND participation.organisation_id IS NULL
    OR participation.organisation_id = ANY($2::uuid[])
)"""
VIEW = """
SELECT participation.id, participation.edition_id, edition.name_pl AS edition_name_pl, edition.name_en AS edition_name_en,
    edition.programme_id, programme.name_pl AS programme_name_pl, programme.name_en AS programme_name_en,
    programme.gmina_id, edition.starts_on, edition.ends_on, edition.presence_percent, participation.application_id,
    participation.organisation_id, participation.account_id, coalesce(organisation.name, account.name) AS name,
    participation.state, admitted_on, agreement_number, agreement_on, started_on, ended_on, reason, plan,
    participation.version
FROM participation JOIN edition ON edition.id = participation.edition_id
JOIN programme ON programme.id = edition.programme_id JOIN account ON account.id = participation.account_id
LEFT JOIN organisation ON organisation.id = participation.organisation_id
"""
MILESTONE = """
SELECT milestone.id, participation_id, milestone.name_pl, milestone.name_en, due_on, milestone.state, evidence,
    evidence_url, note, handed_in_at, accepted_at, acceptor.name AS accepted_by_name, milestone.version
FROM milestone LEFT JOIN account AS acceptor ON acceptor.id = accepted_by
"""
MEETING = """
SELECT programme_meeting.id, edition_id, programme_meeting.name_pl, programme_meeting.name_en,
    lower(programme_meeting.period) AS start, upper(programme_meeting.period) AS "end", place, required,
    cancelled_at IS NOT NULL AS cancelled, programme_meeting.version,
    EXISTS (SELECT FROM attendance WHERE programme_meeting_id = programme_meeting.id) AS recorded,
    room.booking_id, room.space_id, room_pl, room_en
FROM programme_meeting LEFT JOIN LATERAL (
    SELECT booking.id AS booking_id, space_id, space.name_pl || ', ' || incubator.name AS room_pl,
        coalesce(nullif(space.name_en, ''), space.name_pl) || ', ' || incubator.name AS room_en
    FROM booking JOIN space ON space.id = space_id JOIN incubator ON incubator.id = booking.incubator_id
    WHERE booking.id = programme_meeting.booking_id AND booking.state IN ('confirmed', 'checked_in', 'completed', 'no_show')
) AS room ON true
"""
CERTIFICATE = """
SELECT id, participation_id, account_id, number, code, told->>'holder' AS holder, told->>'organisation' AS organisation,
    told->>'programme_pl' AS programme_pl, told->>'programme_en' AS programme_en, told->>'edition_pl' AS edition_pl,
    told->>'edition_en' AS edition_en, told->>'issuer' AS issuer, (told->>'starts_on')::date AS starts_on,
    (told->>'ends_on')::date AS ends_on, present_minutes, required_minutes, issued_at, revoked_at, revoked_reason
FROM certificate
"""
LATER = """
SELECT booking.id, lower(period) AS start, space.name_pl, space.name_en, incubator.name AS incubator_name
FROM booking JOIN space ON space.id = space_id JOIN incubator ON incubator.id = booking.incubator_id
WHERE {whose} AND credit_id IN (SELECT id FROM credit WHERE source_id = $2)
    AND upper(period) > $3 AND state IN ('held', 'awaiting_approval', 'awaiting_payment', 'confirmed') ORDER BY lower(period)
"""
LATER_ITS = LATER.format(whose="booking.organisation_id = $1")
LATER_OWN = LATER.format(whose="booking.account_id = $1 AND booking.organisation_id IS NULL")


@dataclass(frozen=True, slots=True)
class LaterBooking:
    """What was booked on a credit that has ended, for later."""

    id: UUID
    start: datetime
    name_pl: str
    name_en: str
    incubator_name: str


def participation_of(row: asyncpg.Record) -> ParticipationView:
    return ParticipationView(**{**row, "state": State(row["state"])})


async def participation_by_id(tx: Tx, *, participation_id: UUID, lock: bool = False) -> ParticipationView:
    """Whoever asks; with `lock`, nobody else changes it meanwhile. Raises NoSuchParticipation."""
    tail = "FOR UPDATE OF participation" if lock else ""
    row = await tx.fetchrow(f"{VIEW} WHERE participation.id = $1 {tail}", participation_id)
    if row is None:
        raise NoSuchParticipation()
    return participation_of(row)


async def participation_for(tx: Tx, *, actor: Actor, participation_id: UUID, lock: bool = False) -> ParticipationView:
    """One's own, or one of an edition that one runs. Raises NoSuchParticipation, also for another's."""
    found = await participation_by_id(tx, participation_id=participation_id, lock=lock)
    if not (is_own(actor, found) or may_run(actor, found.gmina_id)):
        raise NoSuchParticipation()
    return found


async def own_participation(tx: Tx, *, actor: Actor, participation_id: UUID, lock: bool = False) -> ParticipationView:
    """One's own alone. Raises NoSuchParticipation."""
    found = await participation_by_id(tx, participation_id=participation_id, lock=lock)
    if not is_own(actor, found):
        raise NoSuchParticipation()
    return found


async def participation_to_run(
    tx: Tx, *, actor: Actor, participation_id: UUID, lock: bool = False
) -> ParticipationView:
    """For who runs its edition. Raises NoSuchParticipation, NotYours."""
    found = await participation_by_id(tx, participation_id=participation_id, lock=lock)
    must_run(actor, found.gmina_id)
    return found


def is_own(actor: Actor, participation: ParticipationView) -> bool:
    """Whether it is the person's own, or of an organisation that they belong to."""
    if participation.organisation_id is not None:
        return participation.organisation_id in actor.organisations
    return participation.account_id == actor.account_id


async def participations_of(tx: Tx, *, actor: Actor) -> list[ParticipationView]:
    """The person's own and their organisations', latest first."""
    rows = await tx.fetch(
        f"{VIEW} WHERE {MINE} ORDER BY admitted_on DESC, participation.id DESC",
        actor.account_id,
        list(actor.organisations),
    )
    return [participation_of(row) for row in rows]


async def participants_of(tx: Tx, *, actor: Actor, edition_id: UUID) -> list[ParticipationView]:
    """Everybody of an edition, for who runs it, by name. Raises NoSuchEdition, NotYours."""
    await edition_to_run(tx, actor=actor, edition_id=edition_id)
    rows = await tx.fetch(f"{VIEW} WHERE participation.edition_id = $1 ORDER BY name, participation.id", edition_id)
    return [participation_of(row) for row in rows]


async def milestones_of(tx: Tx, *, participation_id: UUID) -> list[MilestoneView]:
    """By the day they are due. The caller has asked whether they may be seen."""
    rows = await tx.fetch(f"{MILESTONE} WHERE participation_id = $1 ORDER BY due_on, milestone.id", participation_id)
    return [milestone_of(row) for row in rows]


async def milestone_by_id(tx: Tx, *, milestone_id: UUID, lock: bool = False) -> MilestoneView:
    """Whoever asks. Raises NoSuchMilestone."""
    tail = "FOR UPDATE OF milestone" if lock else ""
    row = await tx.fetchrow(f"{MILESTONE} WHERE milestone.id = $1 {tail}", milestone_id)
    if row is None:
        raise NoSuchMilestone()
    return milestone_of(row)


def milestone_of(row: asyncpg.Record) -> MilestoneView:
    return MilestoneView(**{**row, "state": MilestoneState(row["state"])})


async def programme_meetings_of(tx: Tx, *, edition_id: UUID) -> list[ProgrammeMeetingView]:
    """All of an edition, in time. The caller has asked whether they may be seen."""
    rows = await tx.fetch(f"{MEETING} WHERE edition_id = $1 ORDER BY start, programme_meeting.id", edition_id)
    return [ProgrammeMeetingView(**row) for row in rows]


async def programme_meeting_to_run(tx: Tx, *, actor: Actor, meeting_id: UUID, lock: str = "") -> ProgrammeMeetingView:
    """For who runs its edition; `lock` is "FOR SHARE" or "FOR UPDATE". Raises NoSuchProgrammeMeeting, NotYours."""
    of = f"{lock} OF programme_meeting" if lock else ""
    row = await tx.fetchrow(f"{MEETING} WHERE programme_meeting.id = $1 {of}", meeting_id)
    if row is None:
        raise NoSuchProgrammeMeeting()
    await edition_to_run(tx, actor=actor, edition_id=row["edition_id"])
    return ProgrammeMeetingView(**row)


async def certificates_of(tx: Tx, *, participation_id: UUID) -> list[CertificateView]:
    """By their numbers. The caller has asked whether they may be seen."""
    rows = await tx.fetch(f"{CERTIFICATE} WHERE participation_id = $1 ORDER BY number", participation_id)
    return [CertificateView(**row) for row in rows]


async def booked_for_later(tx: Tx, *, participation: ParticipationView, now: datetime) -> list[LaterBooking]:
    """What stands booked on the credits of a participation that has ended."""
    if participation.ended_on is None:
        return []
    whose = LATER_ITS if participation.organisation_id else LATER_OWN
    rows = await tx.fetch(whose, participation.holder_id, participation.id, now)
    return [LaterBooking(**row) for row in rows]


def today(now: datetime) -> date:
    """The day in Warsaw."""
    return now.astimezone(WARSAW).date()
