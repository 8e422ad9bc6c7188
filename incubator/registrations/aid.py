"""A seat at a workshop of a gmina is de minimis aid where a company has it (incubator/aid/grant_hours.py): a training that
others pay for. General information that is open to all, free of charge, favours nobody: lectures, meetups, consultations
of officials, market and demo days are none. What the office of the metropolis holds is no gmina's to grant.

It is granted when the seat becomes firm, and taken back when it is given back or the session is called off; who does not
come had the seat. `regrant_seats` follows sessions that become longer or shorter."""

from datetime import datetime
from uuid import UUID

from incubator.aid.benchmarks import What, counted
from incubator.aid.enter import Subject
from incubator.aid.grant_hours import Hours, grant_hours, regrant_hours, worth_of
from incubator.aid.take_back import take_back
from incubator.db.engine import Tx
from incubator.registrations.views import RegistrationView, SessionFacts

KIND = "registration"
TRAINING = "workshop"
"""The kind of sessions that are trainings."""
COUNTED = counted(
    what=What.TRAINING, gmina="wanted.credit_gmina", organisation="wanted.organisation_id", moment="wanted.now"
)
"""A piece about a row `wanted`, as in placing.py."""


async def grant_seats(tx: Tx, *, registration: RegistrationView, by: UUID | None, now: datetime) -> None:
    """For seats that are firm. Raises DeclarationNeeded, HoursCeiling, NoAidLimit, NoEuroRate."""
    if (hours := _hours(registration)) is not None:
        await grant_hours(tx, hours=hours, actor_id=by, now=now)


async def regrant_seats(tx: Tx, *, registration: RegistrationView, now: datetime) -> None:
    """For seats of a session whose length has changed. Raises as above."""
    if (hours := _hours(registration)) is not None:
        await regrant_hours(tx, hours=hours, actor_id=None, now=now)


async def take_seats_back(tx: Tx, *, registration: RegistrationView, by: UUID | None, now: datetime) -> None:
    """For seats that are given back."""
    if registration.organisation_id is not None:
        await take_back(tx, subject_kind=KIND, subject_id=registration.id, actor_id=by, now=now)


async def seat_worth(tx: Tx, *, session: SessionFacts, now: datetime) -> int | None:
    """Net grosz of aid that a seat would be to a company; None where it is none."""
    if session.gmina_id is None or session.kind != TRAINING:
        return None
    minutes = session.period.minutes
    return await worth_of(tx, gmina_id=session.gmina_id, what=What.TRAINING, minutes=minutes, now=now)


def _hours(registration: RegistrationView) -> Hours | None:
    session = registration.session
    if registration.organisation_id is None or session.gmina_id is None or session.kind != TRAINING:
        return None
    return Hours(
        what=What.TRAINING,
        minutes=session.period.minutes * registration.seats,
        subject=Subject(kind=KIND, id=registration.id, gmina_id=session.gmina_id),
        organisation_id=registration.organisation_id,
    )
