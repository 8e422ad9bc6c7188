"""A ranking is computed from the records, approved once, and can be computed again."""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
import pytest

from incubator.assessment.approve_ranking import RankingOutOfDate, approve_ranking
from incubator.assessment.details import Approval
from incubator.assessment.make_ranking import NothingToRank, SheetsMissing, StillChecking, make_ranking
from incubator.assessment.reach import RankingApproved
from incubator.assessment.records import rules_kept, sheets_kept, sheets_of
from incubator.assessment.reopen_sheet import return_to_scoring
from incubator.assessment.rules import Entry, Ranked, ranked
from incubator.db.engine import Database, Tx, attempt, transaction
from incubator.kernel.errors import Refusal
from incubator.people.guards import NotYours
from tests.assessment.cast import Judged, judged_by, mails_to, put_scored, put_sheet, state_of
from tests.cast import Cast, acting
from tests.moments import NOW

PANEL = Approval(panel="Anna Nowak, Jan Kos", minutes="Lista przyjęta jednogłośnie.")


async def outcomes(db: Database, judged: Judged) -> list[str]:
    return [await state_of(db, application) for application in judged.applications]


async def approved(db: Database, judged: Judged, actor: Any) -> UUID:
    made = await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))
    await attempt(
        db,
        lambda tx: approve_ranking(
            tx, actor=actor, edition_id=judged.edition, ranking_id=made.id, approval=PANEL, now=NOW
        ),
    )
    return made.id


async def test_a_ranking_waits_for_every_sheet_and_says_whose_is_missing(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=2)
    async with transaction(db) as tx:
        for scorer in judged.scorers:
            await put_sheet(tx, judged.applications[0], scorer.id, judged.points(5, 5), cast=cast)
        await put_sheet(tx, judged.applications[1], judged.scorers[0].id, judged.points(5, 5), cast=cast)
        code = await tx.fetchval("SELECT code FROM application WHERE id = $1", judged.applications[1])
    with pytest.raises(SheetsMissing) as told:
        await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))
    assert told.value.applications == code


async def test_a_draft_is_no_sheet(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=1)
    async with transaction(db) as tx:
        await put_sheet(tx, judged.applications[0], judged.scorers[0].id, judged.points(5, 5), cast=cast)
        await put_sheet(tx, judged.applications[0], judged.scorers[1].id, judged.points(5, 5), cast=cast, at=None)
    with pytest.raises(SheetsMissing):
        await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))


async def test_nothing_is_ranked_before_the_formal_check_is_over(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=1, state="submitted")
    with pytest.raises(StillChecking):
        await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))
    async with transaction(db) as tx:
        await tx.execute("UPDATE application SET state = 'formally_rejected'")
    with pytest.raises(NothingToRank):
        await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))


async def test_an_approved_ranking_tells_everybody_at_once(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=4, places=1)
    async with transaction(db) as tx:
        await put_scored(tx, judged, [(5, 5), (9, 9), (1, 1), (6, 6)], cast=cast)
    await approved(db, judged, actor)
    assert await outcomes(db, judged) == ["reserve", "offered", "below_threshold", "reserve"]
    async with transaction(db) as tx:
        assert await tx.fetchval("SELECT places_taken FROM edition WHERE id = $1", judged.edition) == 1
        assert len(await tx.fetch("SELECT FROM decision WHERE decided_at = $1", NOW)) == 4
        assert await mails_to(tx, judged.applicants[1]) == ["A place for you: Run-up, Autumn edition"]
        text = await tx.fetchval("SELECT text FROM mail WHERE recipient = $1", judged.applicants[0].email)
    assert "25 of 50 points" in text and "number 2 on the reserve list" in text


async def test_what_changed_since_a_ranking_was_made_has_to_be_ranked_anew(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=2)
    async with transaction(db) as tx:
        await put_scored(tx, judged, [(5, 5), (9, 9)], cast=cast)
    made = await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))
    async with transaction(db) as tx:
        await tx.execute("UPDATE application SET state = 'withdrawn' WHERE id = $1", judged.applications[1])

    async def approve(tx: Tx) -> object:
        return await approve_ranking(
            tx, actor=actor, edition_id=judged.edition, ranking_id=made.id, approval=PANEL, now=NOW
        )

    with pytest.raises(RankingOutOfDate):
        await attempt(db, approve)


async def test_the_panel_sends_back_instead_of_moving_by_hand(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=1)
    async with transaction(db) as tx:
        await put_scored(tx, judged, [(5, 5)], cast=cast)
    await attempt(
        db,
        lambda tx: return_to_scoring(
            tx, actor=actor, application_id=judged.applications[0], reason="Rozbieżne oceny", now=NOW
        ),
    )
    async with transaction(db) as tx:
        assert {row["reopened"] for row in await tx.fetch("SELECT reopened FROM score_sheet")} == {"Rozbieżne oceny"}
        assert len(await mails_to(tx, judged.scorers[1])) == 1
    with pytest.raises(SheetsMissing):
        await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))


async def test_only_one_ranking_of_an_edition_is_approved_under_many_at_once(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=3, places=2)
    async with transaction(db) as tx:
        await put_scored(tx, judged, [(5, 5), (9, 9), (6, 6)], cast=cast)
    made = [
        await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))
        for _ in range(6)
    ]
    got = await asyncio.gather(
        *(
            attempt(
                db,
                partial(
                    approve_ranking,
                    actor=actor,
                    edition_id=judged.edition,
                    ranking_id=one.id,
                    approval=PANEL,
                    now=NOW,
                ),
            )
            for one in made
        ),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in got) == ["RankingApproved"] * 5 + ["RankingView"]
    async with transaction(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM decision") == 3
        assert await tx.fetchval("SELECT places_taken FROM edition WHERE id = $1", judged.edition) == 2


async def test_the_database_itself_allows_one_approved_ranking(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=1)
    async with transaction(db) as tx:
        await put_scored(tx, judged, [(5, 5)], cast=cast)
    for _ in range(2):
        await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))
    with pytest.raises(Exception, match="ranking_approved_once"):
        async with transaction(db) as tx:
            await tx.execute("UPDATE ranking SET approved_at = now(), approved_by = $1", cast.coordinator.id)


async def test_a_coordinator_of_another_gmina_ranks_nothing(db: Database, cast: Cast) -> None:
    judged, _ = await judged_by(db, cast, applications=1)
    for who in (cast.other_coordinator, cast.stranger, cast.office):
        with pytest.raises(NotYours):
            actor = await acting(db, who)
            await attempt(db, partial(make_ranking, actor=actor, edition_id=judged.edition, now=NOW))


async def test_every_stored_ranking_is_computed_again_from_the_records(db: Database, cast: Cast) -> None:
    """From what each ranking kept, and the approved one from the sheets themselves as well."""
    ties = ("lot",)
    judged, actor = await judged_by(db, cast, applications=6, scorers=3, places=2, tie_rule=ties)
    async with transaction(db) as tx:
        await put_scored(tx, judged, [(5, 5), (9, 9), (6, 6), (6, 6), (6, 6), (2, 1)], cast=cast)
    await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))
    async with transaction(db) as tx:
        await tx.execute("UPDATE score SET points = 7 WHERE application_id = $1", judged.applications[0])
    await approved(db, judged, actor)
    async with transaction(db) as tx:
        stored = await tx.fetch("SELECT id, places, rules::text AS rules, approved_at FROM ranking")
        assert len(stored) == 2
        for one in stored:
            await computed_again(tx, one)


async def computed_again(tx: Tx, one: Any) -> None:
    kept = await tx.fetch(
        "SELECT application_id, position, points, outcome, told::text AS told, code, submitted_at"
        " FROM ranking_row JOIN application ON application.id = application_id WHERE ranking_id = $1"
        " ORDER BY position",
        one["id"],
    )
    criteria, rules = rules_kept(msgspec.json.decode(one["rules"]))
    entries = [Entry(id=row["application_id"], code=row["code"], submitted_at=row["submitted_at"]) for row in kept]
    told = {row["application_id"]: msgspec.json.decode(row["told"]) for row in kept}
    sheets = [sheet for key, row in told.items() for sheet in sheets_kept(key, row)]
    again = ranked(entries, sheets, criteria, rules, one["places"])
    assert [seen(row) for row in again] == [
        (
            row["application_id"],
            row["position"],
            row["points"],
            row["outcome"],
            told[row["application_id"]]["decided_by"],
        )
        for row in kept
    ]
    if one["approved_at"] is not None:
        given = await sheets_of(tx, application_ids=[entry.id for entry in entries])
        assert ranked(entries, given, criteria, rules, one["places"]) == again


def seen(row: Ranked) -> tuple[UUID, int, int, str, str]:
    return row.application_id, row.position, row.points, row.outcome.value, row.decided_by


async def test_the_seed_of_the_lots_is_drawn_once(db: Database, cast: Cast) -> None:
    """Nobody makes the ranking again until the lots suit them."""
    judged, actor = await judged_by(db, cast, applications=2, tie_rule=("lot",))
    async with transaction(db) as tx:
        await put_scored(tx, judged, [(5, 5), (5, 5)], cast=cast)
    made = [
        await attempt(db, lambda tx: make_ranking(tx, actor=actor, edition_id=judged.edition, now=NOW))
        for _ in range(3)
    ]
    assert len({one.rules["seed"] for one in made}) == 1
    assert len({tuple(row.application_id for row in one.rows) for one in made}) == 1
    assert {row.decided_by for row in made[0].rows} == {"lot"}


async def test_after_the_approval_nothing_it_stands_on_is_changed(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=1)
    async with transaction(db) as tx:
        await put_scored(tx, judged, [(5, 5)], cast=cast)
    await approved(db, judged, actor)
    with pytest.raises(RankingApproved):
        await attempt(
            db,
            lambda tx: return_to_scoring(
                tx, actor=actor, application_id=judged.applications[0], reason="x", now=NOW + timedelta(days=1)
            ),
        )
    assert issubclass(RankingApproved, Refusal)
