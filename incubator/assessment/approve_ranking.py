"""The panel approves a ranking, and everybody is told: one act."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.applications.move import move
from incubator.applications.queries import application_by_id
from incubator.applications.start_application import EditionOver
from incubator.applications.states import State
from incubator.assessment.decide import decide
from incubator.assessment.details import Approval
from incubator.assessment.make_ranking import must_be_complete
from incubator.assessment.places import offer
from incubator.assessment.queries_ranking import ranking_by_id
from incubator.assessment.reach import RankingApproved, note, to_change
from incubator.assessment.records import records_of, row_told, rules_kept
from incubator.assessment.rules import Outcome, most_points
from incubator.assessment.views import AssessmentView
from incubator.assessment.views_ranking import RankingRowView, RankingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.programmes.queries import EditionView


class RankingOutOfDate(Conflict):
    """What it stands on has changed since: a sheet, an application, a place."""

    code = "ranking_out_of_date"
    sentence = N_("Something has changed since this ranking was made. Make it again, then approve it.")


@dataclass(eq=False)
class CallStillOpen(Conflict):
    """Something may still come in: the call is open, or somebody was given longer; `until` is when not any more."""

    code = "call_still_open"
    sentence = N_("Applications may still come in until {until}. The ranking can be approved after that.")
    until: datetime


APPROVE = "UPDATE ranking SET approved_by = $2, approved_at = $3, panel = $4, minutes = $5 WHERE id = $1"
LOCK = """
SELECT id FROM application WHERE edition_id = $1 AND state = 'formally_passed' ORDER BY number FOR UPDATE
"""
# Locked: meanwhile nobody hands in, and nobody is given longer. Who has handed in needs no longer time.
OPEN_UNTIL = """
SELECT greatest(closes_at, (
    SELECT max(until) FROM call_extension AS longer WHERE longer.edition_id = call.edition_id AND NOT EXISTS (
        SELECT FROM application AS theirs WHERE theirs.edition_id = call.edition_id AND theirs.number IS NOT NULL
            AND theirs.state <> 'withdrawn' AND coalesce(theirs.organisation_id, theirs.account_id)
                = coalesce(longer.organisation_id, longer.account_id)
    )
)) FROM call WHERE edition_id = $1
"""
LOCK_CALL = "SELECT FROM call WHERE edition_id = $1 FOR SHARE"
TOLD = "SELECT told::text FROM ranking_row WHERE ranking_id = $1 ORDER BY position"


async def approve_ranking(
    tx: Tx, *, actor: Actor, edition_id: UUID, ranking_id: UUID, approval: Approval, now: datetime
) -> RankingView:
    """The ranking counts from now on; a place is offered to those admitted, and everybody is written to.
    Raises NoSuchEdition, NotYours, NoCall, NotSetUp, EditionOver, CallStillOpen, StillChecking, NoSuchRanking,
    RankingApproved, RankingOutOfDate, SheetsMissing, NoPlaceLeft."""
    edition, assessment = await to_change(tx, actor=actor, edition_id=edition_id)
    await _must_be_over(tx, edition, now)
    await tx.fetch(LOCK, edition_id)
    ranking = await ranking_by_id(tx, edition_id=edition_id, ranking_id=ranking_id)
    await must_be_complete(tx, edition_id=edition_id)
    await _must_be_current(tx, ranking, edition, assessment)
    try:
        await tx.execute(APPROVE, ranking_id, actor.account_id, now, approval.panel, approval.minutes)
    except asyncpg.UniqueViolationError:
        raise RankingApproved() from None
    await note(
        tx,
        verb="approve_ranking",
        edition=edition,
        actor_id=actor.account_id,
        now=now,
        after={"ranking_id": ranking_id},
    )
    await _tell_all(tx, ranking, actor.account_id, now)
    return await ranking_by_id(tx, edition_id=edition_id, ranking_id=ranking_id)


async def _must_be_over(tx: Tx, edition: EditionView, now: datetime) -> None:
    """Nothing can come in any more. Raises EditionOver, CallStillOpen."""
    if edition.state == "closed":
        raise EditionOver()
    await tx.execute(LOCK_CALL, edition.id)
    until = await tx.fetchval(OPEN_UNTIL, edition.id)
    if now < until:
        raise CallStillOpen(until)


async def _must_be_current(tx: Tx, ranking: RankingView, edition: EditionView, assessment: AssessmentView) -> None:
    """Made again, it would be the same to the last point. Raises RankingOutOfDate."""
    seed, places = ranking.rules["seed"], edition.places - edition.places_taken
    records = await records_of(tx, edition_id=edition.id, assessment=assessment, seed=seed, places=places)
    rows = records.ranked()
    now_so = [(one.application_id, one.position, one.points, one.outcome.value) for one in rows]
    then = [(one.application_id, one.position, one.points, one.outcome) for one in ranking.rows]
    told = [msgspec.json.decode(row["told"]) for row in await tx.fetch(TOLD, ranking.id)]
    same = now_so == then and told == [row_told(row, records.sheets) for row in rows]
    if not same or records.told() != ranking.rules or places != ranking.places:
        raise RankingOutOfDate()


async def _tell_all(tx: Tx, ranking: RankingView, by: UUID, now: datetime) -> None:
    most, waiting = most_points(rules_kept(ranking.rules)[0]), 0
    for row in ranking.rows:
        if row.outcome == Outcome.ADMITTED:
            application = await application_by_id(tx, application_id=row.application_id, lock=True)
            await offer(tx, application=application, by=by, now=now)
            continue
        waiting += row.outcome == Outcome.RESERVE
        await _tell(tx, row, most, waiting, by, now)


async def _tell(tx: Tx, row: RankingRowView, most: int, waiting: int, by: UUID, now: datetime) -> None:
    """Who is on the reserve list, below the threshold, or not admitted, is told the points."""
    application = await application_by_id(tx, application_id=row.application_id, lock=True)
    moved = await move(tx, application=application, to=State(row.outcome), verb="approve_ranking", actor_id=by, now=now)
    await decide(
        tx,
        application=moved,
        outcome=row.outcome,
        by=by,
        now=now,
        points=row.points,
        most=most,
        position=waiting,
    )
