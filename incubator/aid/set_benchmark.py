"""Say what an hour of a mentor, or of a seat at a training, costs at the market from a day on."""

from datetime import datetime
from uuid import UUID

from incubator.aid.benchmarks import BenchmarkView, benchmark_on
from incubator.aid.details import BenchmarkDetails
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate


class BenchmarkKnown(Conflict):
    """Another counts since the same day. What was set stays: the next has a later day."""

    code = "benchmark_known"
    sentence = N_("A price that counts since this day is set already. What was set stays; the next has a later day.")


class BenchmarkPast(Invalid):
    """What was granted before was counted by the price of its day."""

    code = "benchmark_past"
    sentence = N_("The price can count from today or a later day: what was granted before stays as it was counted.")


INSERT = """
INSERT INTO aid_benchmark (gmina_id, what, since, price, source, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT DO NOTHING RETURNING since
"""


async def set_benchmark(
    tx: Tx, *, actor: Actor, gmina_id: UUID, details: BenchmarkDetails, now: datetime
) -> BenchmarkView:
    """For the gmina's coordinator. Raises NotYours, BenchmarkPast, BenchmarkKnown."""
    must_coordinate(actor, gmina_id)
    if details.since < now.astimezone(WARSAW).date():
        raise BenchmarkPast()
    row = (gmina_id, details.what, details.since, details.price, details.source, actor.account_id, now)
    if await tx.fetchval(INSERT, *row) is None:
        raise BenchmarkKnown()
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="set_benchmark",
        subject_kind="gmina",
        subject_id=gmina_id,
        gmina_id=gmina_id,
        after={"what": details.what, "since": details.since.isoformat(), "price": details.price},
    )
    made = await benchmark_on(tx, gmina_id=gmina_id, what=details.what, day=details.since)
    assert made is not None
    return made
