"""What programmes come to: counts alone, and no count of a few for who does not run the programme."""

from collections.abc import Callable
from itertools import product
from uuid import UUID

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.reporting.outcomes import EditionOutcome, outcomes_of_all
from incubator.reporting.partition import amount, divided
from incubator.reporting.small_cells import FEWEST, Seen, Shown
from tests.cast import Cast, Person, acting
from tests.conftest import NOW
from tests.participation.cast import active, edition_of, met, noted
from tests.programmes.cast import put_organisation

Visit = Callable[..., httpx.AsyncClient]
MOST = 9
SURVEY = """
INSERT INTO outcome_survey (id, participation_id, stage, due_on, reminders, answered_at, in_business, jobs_fte, revenue_band,
    funding_minor, comment)
SELECT gen_random_uuid(), id, 'exit', $2, 0, $3, true, 150, 'to_50', CASE WHEN id = $4 THEN 70000 ELSE 0 END, 'Tajne'
FROM participation WHERE edition_id = $1
"""


def fits(seen: Seen, parts: tuple[int, ...]) -> bool:
    """Whether somebody who is shown `seen` could think that these are the parts."""
    return all(
        part == one.count if one.shown == Shown.EXACT else part in range(1, FEWEST) or one.shown == Shown.WITHHELD
        for one, part in zip(seen.parts, parts, strict=True)
    )


@pytest.mark.parametrize("size", [2, 3])
def test_no_few_can_be_reckoned_from_the_whole_and_the_other_parts(size: int) -> None:
    every = list(product(range(MOST + 4), repeat=size))
    for parts in product(range(MOST), repeat=size):
        seen = divided(sum(parts), parts, own=False)
        if seen.count is None:
            assert 0 < sum(parts) < FEWEST
            assert all(one.shown == Shown.WITHHELD for one in seen.parts)
            continue
        thinkable = [other for other in every if sum(other) == seen.count and fits(seen, other)]
        for turn, part in enumerate(parts):
            if 0 < part < FEWEST:
                assert {other[turn] for other in thinkable} >= {1, 2, 3, 4}, (parts, seen)


def test_nothing_is_kept_from_who_runs_it_and_large_counts_from_nobody() -> None:
    assert [one.count for one in divided(3, [1, 2, 0], own=True).parts] == [1, 2, 0]
    assert [one.count for one in divided(12, [5, 7, 0], own=False).parts] == [5, 7, 0]
    assert [amount(90, of=of, own=False).count for of in (0, 4, 5)] == [90, None, 90]


async def outcome(db: Database, who: Person, edition: UUID) -> EditionOutcome:
    async with statement(db) as tx:
        found = await outcomes_of_all(tx, actor=await acting(db, who))
    (one,) = [each for each in found if each.edition_id == edition]
    return one


async def held(db: Database, cast: Cast, startups: int) -> UUID:
    """An edition with so many startups, each an hour at a meeting by two rows, that all answered; one withdrew."""
    edition = await edition_of(db, cast.niepolomice, places=20)
    meeting = await met(db, cast, edition)
    for turn in range(startups):
        async with transaction(db) as tx:
            key = await put_organisation(tx, gmina=cast.niepolomice, owner=cast.owner.id, name=f"Tajna {turn}")
        made = await active(db, cast, edition, organisation=key)
        await noted(db, cast, meeting.id, (made.id, None, 60), (made.id, cast.owner, 60))
    async with transaction(db) as tx:
        await tx.execute(
            "UPDATE participation SET state = 'withdrawn', ended_on = $2 WHERE id = $1", made.id, NOW.date()
        )
        await tx.execute(SURVEY, edition, NOW.date(), NOW, made.id)
    return edition


async def test_the_office_sees_no_few_and_who_runs_it_everything(db: Database, cast: Cast) -> None:
    edition = await held(db, cast, 6)
    told, full = await outcome(db, cast.office, edition), await outcome(db, cast.coordinator, edition)
    assert (full.places, full.admitted.count, full.active.count, full.withdrawn.count) == (20, 6, 5, 1)
    assert (told.admitted.count, told.active.count, told.withdrawn.count, told.graduated.count) == (6, None, None, 0)
    assert full.meeting_minutes.count == told.meeting_minutes.count == 6 * 60, "once for each, as in the record"
    (ours,), (theirs,) = full.stages, told.stages
    assert (ours.answered.count, ours.in_business.count, ours.jobs_fte.count, ours.funding_minor.count) == (
        6,
        6,
        900,
        70000,
    )
    assert (theirs.answered.count, theirs.in_business.count, theirs.jobs_fte.count) == (6, 6, 900)
    assert theirs.funding_minor.count is None, "of one of them alone"
    assert theirs.revenue.to_50.count == 6


async def test_of_four_startups_the_office_sees_that_they_are_few(db: Database, cast: Cast) -> None:
    told = await outcome(db, cast.office, await held(db, cast, 4))
    assert told.admitted.shown == Shown.FEW
    figures = [told.active, told.withdrawn, told.graduated, told.meeting_minutes]
    (stage,) = told.stages
    figures += [stage.in_business, stage.jobs_fte, stage.funding_minor, stage.revenue.to_50, stage.revenue.none]
    assert all(figure.count is None for figure in figures)


async def test_who_sees_which_gmina(db: Database, cast: Cast) -> None:
    await held(db, cast, 1)
    for who, count in ((cast.coordinator, 1), (cast.other_coordinator, 0), (cast.office, 1), (cast.administrator, 1)):
        async with statement(db) as tx:
            assert len(await outcomes_of_all(tx, actor=await acting(db, who))) == count


async def test_a_programme_of_the_metropolis_is_the_offices_own(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, None)
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO participation (id, edition_id, organisation_id, account_id, state, admitted_on, agreement_number,"
            " reason, plan, version)"
            " VALUES ($1, $2, $3, $4, 'active', $5, '', '', '', 1)",
            uuid7(),
            edition,
            cast.acme,
            cast.owner.id,
            NOW.date(),
        )
    assert (await outcome(db, cast.office, edition)).active.count == 1


@pytest.mark.parametrize("path", ["/office/programmes", "/api/programme-outcomes"])
async def test_neither_edge_names_anybody(visit: Visit, db: Database, cast: Cast, path: str) -> None:
    await held(db, cast, 5)
    told = await visit(cast.office).get(path)
    assert told.status_code == 200
    assert not [word for word in ("Tajn", cast.owner.email, str(cast.acme)) if word in told.text]
