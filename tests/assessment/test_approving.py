"""What stands in the way of approving a ranking, and what an approved one stands in the way of."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from incubator.applications.extend_for import AllDecided, extend_for
from incubator.applications.start_application import EditionOver
from incubator.assessment.answer_offer import offer_place
from incubator.assessment.approve_ranking import CallStillOpen, RankingOutOfDate, approve_ranking
from incubator.assessment.details import SheetDetails
from incubator.assessment.make_ranking import StillChecking, make_ranking
from incubator.assessment.queries import NotSetUp
from incubator.assessment.score import score
from incubator.db.engine import Database, attempt, transaction
from incubator.kernel.errors import Refusal
from incubator.people.actor import Actor
from tests.assessment.cast import Judged, judged_by, put_assignment, put_candidate, put_scored
from tests.assessment.test_make_ranking import PANEL, approved, outcomes
from tests.cast import Cast, acting
from tests.moments import NOW

DAY = timedelta(days=1)
LONGER: dict[str, Any] = {"reason": "Awaria", "until": NOW + 3 * DAY, "now": NOW}


async def made(db: Database, cast: Cast) -> tuple[Judged, Actor, UUID]:
    judged, actor = await judged_by(db, cast, applications=2)
    async with transaction(db) as tx:
        await put_scored(tx, judged, ((8, 8), (6, 6)), cast=cast)
    view = await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))
    return judged, actor, view.id


async def approve(db: Database, judged: Judged, actor: Actor, ranking: UUID) -> None:
    await attempt(
        db,
        lambda tx: approve_ranking(
            tx, actor=actor, edition_id=judged.edition, ranking_id=ranking, approval=PANEL, now=NOW
        ),
    )


async def test_what_came_in_since_the_ranking_was_made_is_not_left_behind(db: Database, cast: Cast) -> None:
    judged, actor, ranking = await made(db, cast)
    async with transaction(db) as tx:
        await put_candidate(tx, judged, cast=cast, name="late", n=9, state="submitted")
    with pytest.raises(StillChecking):
        await approve(db, judged, actor, ranking)
    assert await outcomes(db, judged) == ["formally_passed", "formally_passed", "submitted"]


async def test_nothing_is_decided_while_the_call_is_open(db: Database, cast: Cast) -> None:
    judged, actor, ranking = await made(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE call SET closes_at = $2 WHERE edition_id = $1", judged.edition, NOW + DAY)
    with pytest.raises(CallStillOpen) as told:
        await approve(db, judged, actor, ranking)
    assert told.value.until == NOW + DAY


async def test_who_was_given_longer_is_waited_for_until_they_have_handed_in(db: Database, cast: Cast) -> None:
    judged, actor, ranking = await made(db, cast)
    given: dict[str, Any] = {"actor": actor, "edition_id": judged.edition, **LONGER}
    await attempt(db, lambda tx: extend_for(tx, organisation_id=judged.organisations[0], **given))
    async with transaction(db) as tx:
        key = await tx.fetchval("SELECT id FROM call_extension")
        await tx.execute("UPDATE call_extension SET organisation_id = $1", cast.acme)
    with pytest.raises(CallStillOpen):
        await approve(db, judged, actor, ranking)
    async with transaction(db) as tx:
        await tx.execute("UPDATE call_extension SET organisation_id = $2 WHERE id = $1", key, judged.organisations[0])
    await approve(db, judged, actor, ranking)


async def test_nobody_is_given_longer_once_everything_is_decided(db: Database, cast: Cast) -> None:
    judged, actor, ranking = await made(db, cast)
    await approve(db, judged, actor, ranking)
    given: dict[str, Any] = {"actor": actor, "edition_id": judged.edition, **LONGER}
    with pytest.raises(AllDecided):
        await attempt(db, lambda tx: extend_for(tx, organisation_id=cast.acme, **given))


async def test_approving_and_giving_longer_at_once_leave_nobody_behind(db: Database, cast: Cast) -> None:
    judged, actor, ranking = await made(db, cast)
    given: dict[str, Any] = {"actor": actor, "edition_id": judged.edition, **LONGER}

    async def longer() -> object:
        try:
            return await attempt(db, lambda tx: extend_for(tx, organisation_id=cast.acme, **given))
        except Refusal as refusal:
            return refusal

    async def decide() -> object:
        try:
            return await approve(db, judged, actor, ranking)
        except Refusal as refusal:
            return refusal

    answers = await asyncio.gather(decide(), *(longer() for _ in range(4)))
    kinds = {type(one) for one in answers if isinstance(one, Refusal)}
    assert kinds in ({CallStillOpen}, {AllDecided})


async def test_points_that_moved_between_criteria_are_a_change_too(db: Database, cast: Cast) -> None:
    """3 × 8 + 2 × 6 is 3 × 6 + 2 × 9: the same total, and other means that the applicant would be told."""
    judged, actor = await judged_by(db, cast, applications=1)
    async with transaction(db) as tx:
        await put_scored(tx, judged, ((8, 6),), cast=cast)
    view = await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))
    async with transaction(db) as tx:
        for criterion, points in zip(judged.criteria, (6, 9), strict=True):
            await tx.execute("UPDATE score SET points = $2 WHERE criterion_id = $1", criterion, points)
    with pytest.raises(RankingOutOfDate):
        await approve(db, judged, actor, view.id)
    await approved(db, judged, actor)


async def test_an_edition_that_is_over_offers_nothing(db: Database, cast: Cast) -> None:
    judged, actor, ranking = await made(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET state = 'closed' WHERE id = $1", judged.edition)
    with pytest.raises(EditionOver):
        await approve(db, judged, actor, ranking)


async def test_nothing_is_scored_before_there_is_a_rubric(db: Database, cast: Cast) -> None:
    """A sheet without a criterion would be handed in empty, and no ranking could be made of it."""
    judged, _ = await judged_by(db, cast, applications=1)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM criterion WHERE edition_id = $1", judged.edition)
        for scorer in judged.scorers:
            await put_assignment(tx, judged.applications[0], scorer.id, cast=cast, conflicted=False)
    scorer = await acting(db, judged.scorers[0])
    with pytest.raises(NotSetUp):
        await attempt(
            db,
            lambda tx: score(
                tx, actor=scorer, application_id=judged.applications[0], sheet=SheetDetails(), submit=True, now=NOW
            ),
        )


async def test_an_edition_that_is_over_says_so_when_a_place_is_to_be_offered(db: Database, cast: Cast) -> None:
    judged, actor, ranking = await made(db, cast)
    await approve(db, judged, actor, ranking)
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET state = 'closed', places = 2 WHERE id = $1", judged.edition)
    with pytest.raises(EditionOver):
        await attempt(db, lambda tx: offer_place(tx, actor=actor, edition_id=judged.edition, now=NOW))
