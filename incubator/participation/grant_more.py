"""Grant who takes part more than the edition does: by a coordinator's own deed, good in their gmina."""

from datetime import datetime
from uuid import UUID

from incubator.credits.grant_credit import Grant, grant_credit
from incubator.credits.holder import Holder
from incubator.credits.views import CreditView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.participation.queries import participation_to_run
from incubator.people.actor import Actor


class OnlyGminasGrant(Conflict):
    """The edition is the metropolis's: what is granted by hand is good in one gmina, and its coordinator grants it."""

    code = "only_gminas_grant"
    sentence = N_("This edition belongs to the whole metropolis. Ask the coordinator of a gmina to grant hours there.")


async def grant_more(tx: Tx, *, actor: Actor, participation_id: UUID, grant: Grant, now: datetime) -> CreditView:
    """To the organisation, or to the person who takes part for themself; it does not end with the participation.
    Raises NoSuchParticipation, NotYours, OnlyGminasGrant, NobodyToGrant, CreditDaysCross."""
    found = await participation_to_run(tx, actor=actor, participation_id=participation_id)
    if found.gmina_id is None:
        raise OnlyGminasGrant()
    holder = Holder.of(found.organisation_id, found.account_id)
    return await grant_credit(tx, actor=actor, holder=holder, gmina_id=found.gmina_id, grant=grant, now=now)
