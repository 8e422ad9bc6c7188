"""A participation with everything that belongs to it."""

from dataclasses import dataclass
from uuid import UUID

from incubator.credits.queries import credits_of
from incubator.credits.views import CreditView
from incubator.db.engine import Tx
from incubator.participation.presence import presence_of
from incubator.participation.queries import (
    certificates_of,
    milestones_of,
    participation_for,
    programme_meetings_of,
)
from incubator.participation.record import minutes_with_mentors
from incubator.participation.rules import Presence
from incubator.participation.views import (
    CertificateView,
    MilestoneView,
    ParticipationView,
    ProgrammeMeetingView,
)
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """`credits` are those that this participation granted. `mentor_minutes` are those of locked records."""

    participation: ParticipationView
    milestones: list[MilestoneView]
    credits: list[CreditView]
    meetings: list[ProgrammeMeetingView]
    certificates: list[CertificateView]
    presence: Presence
    mentor_minutes: int


async def in_full(tx: Tx, *, actor: Actor, participation_id: UUID) -> Full:
    """For the participant and who runs the edition. Raises NoSuchParticipation."""
    found = await participation_for(tx, actor=actor, participation_id=participation_id)
    return Full(
        participation=found,
        milestones=await milestones_of(tx, participation_id=found.id),
        credits=await credits_of(tx, holder_id=found.holder_id, source_id=found.id),
        meetings=await programme_meetings_of(tx, edition_id=found.edition_id),
        certificates=await certificates_of(tx, participation_id=found.id),
        presence=await presence_of(tx, participation=found),
        mentor_minutes=await minutes_with_mentors(tx, actor=actor, participation_id=found.id),
    )
