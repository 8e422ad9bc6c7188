"""Have a day compared again, after something was put right."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue
from incubator.payments.stripe.queries import day_of_gmina
from incubator.payments.stripe.till import RECONCILE
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate


async def compare_again(tx: Tx, *, actor: Actor, gmina_id: UUID, day_id: UUID, now: datetime) -> None:
    """Raises NotYours, NoSuchDay."""
    must_coordinate(actor, gmina_id)
    await day_of_gmina(tx, day_id=day_id, gmina_id=gmina_id)
    await enqueue(tx, job=RECONCILE, subject_id=day_id)
