"""Compute the order of the applications and keep it with the rules it was made by."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from uuid import UUID

import msgspec

from incubator.assessment.queries_ranking import missing_in, ranking_by_id
from incubator.assessment.reach import note, to_change
from incubator.assessment.records import Records, records_of, row_told
from incubator.assessment.views_ranking import RankingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor


@dataclass(eq=False)
class SheetsMissing(Conflict):
    """Some applications lack score sheets. `applications` are their codes."""

    code = "sheets_missing"
    sentence = N_("Score sheets are still missing for: {applications}.")
    applications: str


class NothingToRank(Conflict):
    """No application has passed the formal check."""

    code = "nothing_to_rank"
    sentence = N_("There is no application to rank: none has passed the formal check.")


class StillChecking(Conflict):
    """An application waits for its formal check."""

    code = "formal_checks_missing"
    sentence = N_("Finish the formal check first: {n} applications are still in it.")

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n


SEED = "UPDATE assessment SET lot_seed = coalesce(lot_seed, $2) WHERE edition_id = $1 RETURNING lot_seed"
CHECKING = "SELECT count(*) FROM application WHERE edition_id = $1 AND state IN ('submitted', 'supplementing')"
PUT = """
INSERT INTO ranking (id, edition_id, places, rules, made_by, made_at, panel, minutes)
VALUES ($1, $2, $3, $4::text::jsonb, $5, $6, '', '')
"""
PUT_ROW = """
INSERT INTO ranking_row (ranking_id, application_id, position, points, outcome, told)
VALUES ($1, $2, $3, $4, $5, $6::text::jsonb)
"""


async def make_ranking(tx: Tx, *, actor: Actor, edition_id: UUID, now: datetime) -> RankingView:
    """The ranking, for the panel to approve. The first one draws the seed of the lots, which stays. Raises
    NoSuchEdition, NotYours, NoCall, NotSetUp, RankingApproved, StillChecking, NothingToRank, SheetsMissing."""
    edition, assessment = await to_change(tx, actor=actor, edition_id=edition_id)
    await must_be_complete(tx, edition_id=edition_id)
    seed = await tx.fetchval(SEED, edition_id, token_hex(16))
    records = await records_of(
        tx, edition_id=edition_id, assessment=assessment, seed=seed, places=edition.places - edition.places_taken
    )
    if not records.applications:
        raise NothingToRank()
    key = await _keep(tx, edition_id, records, actor, now)
    after = {"ranking_id": key, "applications": len(records.applications), "places": records.places}
    await note(tx, verb="make_ranking", edition=edition, actor_id=actor.account_id, now=now, after=after)
    return await ranking_by_id(tx, edition_id=edition_id, ranking_id=key)


async def must_be_complete(tx: Tx, *, edition_id: UUID) -> None:
    """Every application was checked, and scored as often as is needed. Raises StillChecking, SheetsMissing."""
    if checking := await tx.fetchval(CHECKING, edition_id):
        raise StillChecking(checking)
    if missing := await missing_in(tx, edition_id=edition_id):
        raise SheetsMissing(", ".join(one.code for one in missing))


async def _keep(tx: Tx, edition_id: UUID, records: Records, actor: Actor, now: datetime) -> UUID:
    key = uuid7()
    rules = msgspec.json.encode(records.told()).decode()
    await tx.execute(PUT, key, edition_id, records.places, rules, actor.account_id, now)
    for row in records.ranked():
        told = msgspec.json.encode(row_told(row, records.sheets)).decode()
        await tx.execute(PUT_ROW, key, row.application_id, row.position, row.points, row.outcome, told)
    return key
