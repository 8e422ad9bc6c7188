"""End what a person, or an organisation, has coming, when they leave the house for good."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.registrations.cancel import cancel

COMING = """
SELECT registration.id FROM registration JOIN session ON session.id = session_id
WHERE {whose} AND registration.state IN ('waiting', 'offered', 'registered') AND lower(session.period) > $2
ORDER BY session_id, registration.id
"""
# Also what was registered with the address alone, which was theirs to see.
OWN = """(registration.account_id = $1
    OR registration.account_id IS NULL AND registration.email <> '' AND lower(registration.email) = (
        SELECT account.email FROM account WHERE account.id = $1
    ))"""
# Tickets that others took for the person: the seat stays with who took it.
THEIRS = "ticket.email <> '' AND ticket.email = (SELECT account.email FROM account WHERE account.id = $1)"
EMPTY = (
    f"""UPDATE session_certificate SET told = session_certificate.told || '{{"holder": ""}}' FROM ticket
    WHERE ticket.id = ticket_id AND {THEIRS}""",
    f"UPDATE ticket SET name = '', email = '' WHERE {THEIRS}",
    f"""UPDATE session_certificate SET told = session_certificate.told || '{{"holder": ""}}' FROM ticket JOIN registration
    ON registration.id = registration_id WHERE ticket.id = ticket_id AND {OWN} AND ticket.name = registration.name""",
    f"DELETE FROM registration_answer USING registration WHERE registration.id = registration_id AND {OWN}",
    f"""UPDATE ticket SET name = '', email = '' FROM registration WHERE registration.id = registration_id AND {OWN}""",
    f"UPDATE registration SET name = '', email = '' WHERE {OWN}",
)


async def forget_registered(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """Give the person's seats back and empty what names them. Rows stay, so that counts do."""
    for row in await tx.fetch(COMING.format(whose=OWN), actor.account_id, now):
        await cancel(tx, registration_id=row["id"], actor_id=actor.account_id, silently=True, now=now)
    for statement in EMPTY:
        await tx.execute(statement, actor.account_id)


async def wind_up_registrations(
    tx: Tx, *, actor: Actor, organisation_id: UUID, members: Collection[UUID], now: datetime
) -> None:
    """Give back the seats that an organisation has coming; those who registered for it are told."""
    whose = COMING.format(whose="registration.organisation_id = $1")
    for row in await tx.fetch(whose, organisation_id, now):
        await cancel(tx, registration_id=row["id"], actor_id=actor.account_id, now=now)
