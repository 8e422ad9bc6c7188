"""Free the places that were offered to a person, or an organisation, that leaves the house for good: the next
of the reserve list is offered them at once."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.applications.move import move
from incubator.applications.queries import application_by_id
from incubator.applications.states import State
from incubator.applications.views import ApplicationView
from incubator.assessment.places import give_back
from incubator.assessment.reach import locked_edition
from incubator.assessment.tell import tell_applicant
from incubator.db.engine import Tx
from incubator.people.actor import Actor

OFFERED = "SELECT id, edition_id FROM application WHERE {whose} AND state = 'offered' ORDER BY edition_id, id"
OWN = OFFERED.format(whose="account_id = $1 AND organisation_id IS NULL")
ITS = OFFERED.format(whose="organisation_id = $1")


async def forget_offers(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """For the erasure of an account, after `forget_applicant`: who was on a reserve list is off it by then."""
    await _decline(tx, OWN, actor.account_id, actor, now)


async def wind_up_offers(
    tx: Tx, *, actor: Actor, organisation_id: UUID, members: Collection[UUID], now: datetime
) -> None:
    """For the end of an organisation; who began the application is told, unless they close it themself."""
    for gone in await _decline(tx, ITS, organisation_id, actor, now):
        if gone.account_id in members and gone.account_id != actor.account_id:
            # By now nobody belongs to the organisation: they are told as of one of their own.
            await tell_applicant(tx, application=replace(gone, organisation_id=None), what="declined", now=now)


async def _decline(tx: Tx, offered: str, key: UUID, actor: Actor, now: datetime) -> list[ApplicationView]:
    """What was declined."""
    gone: list[ApplicationView] = []
    for row in await tx.fetch(offered, key):
        await locked_edition(tx, edition_id=row["edition_id"])
        application = await application_by_id(tx, application_id=row["id"], lock=True)
        if application.state == State.OFFERED:  # not answered while we waited for its lock
            by = actor.account_id
            gone.append(
                await move(tx, application=application, to=State.DECLINED, verb="decline_offer", actor_id=by, now=now)
            )
            await give_back(tx, edition_id=application.edition_id, now=now)
    return gone
