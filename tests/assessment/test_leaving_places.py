"""Who leaves the house with an offered place frees it at once, and the next has it."""

import pytest

from incubator.applications.queries import NoSuchApplication
from incubator.assessment.check_formally import OwnFormalCheck, check_formally
from incubator.assessment.details import Check
from incubator.assessment.queries_sheets import sheets_for
from incubator.db.engine import Database, transaction
from incubator.features import ELSEWHERE
from incubator.people.close_organisation import close_organisation
from incubator.people.erase_account import erase_account
from tests.assessment.cast import judged_by, mails_to, put_scored
from tests.assessment.test_make_ranking import approved, outcomes
from tests.assessment.test_places import decided, taken
from tests.cast import Cast, acting
from tests.moments import NOW


async def test_a_person_who_is_erased_frees_an_offered_place(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=3)
    async with transaction(db) as tx:
        await tx.execute("UPDATE application SET organisation_id = NULL WHERE edition_id = $1", judged.edition)
        await tx.execute("DELETE FROM membership WHERE organisation_id = ANY($1::uuid[])", judged.organisations)
        await put_scored(tx, judged, ((9, 9), (8, 8), (7, 7)), cast=cast)
    await approved(db, judged, actor)
    who = judged.applicants[0]
    leaving = await acting(db, who)
    async with transaction(db) as tx:
        await erase_account(tx, actor=leaving, confirmation=who.email, elsewhere=ELSEWHERE, now=NOW)
    assert await outcomes(db, judged) == ["declined", "offered", "reserve"]
    assert await taken(db, judged) == 1
    async with transaction(db) as tx:
        assert "A place for you: Run-up, Autumn edition" in await mails_to(tx, judged.applicants[1])
        assert not [one for one in await mails_to(tx, who) if "declined" in one]


async def test_an_organisation_that_closes_frees_an_offered_place(db: Database, cast: Cast) -> None:
    judged, _ = await decided(db, cast)
    owner = await acting(db, judged.applicants[0])
    async with transaction(db) as tx:
        await close_organisation(tx, actor=owner, organisation_id=judged.organisations[0], elsewhere=ELSEWHERE, now=NOW)
    assert (await outcomes(db, judged))[:3] == ["declined", "offered", "reserve"]
    assert await taken(db, judged) == 1


async def test_one_who_was_next_and_leaves_is_not_offered_the_place(db: Database, cast: Cast) -> None:
    judged, _ = await decided(db, cast)
    for n in (1, 0):
        owner = await acting(db, judged.applicants[n])
        async with transaction(db) as tx:
            await close_organisation(
                tx, actor=owner, organisation_id=judged.organisations[n], elsewhere=ELSEWHERE, now=NOW
            )
    assert (await outcomes(db, judged))[:4] == ["declined", "withdrawn", "offered", "reserve"]
    assert await taken(db, judged) == 1


async def test_nobody_judges_what_their_own_organisation_applied_for(db: Database, cast: Cast) -> None:
    judged, _ = await judged_by(db, cast, applications=1, state="submitted")
    join = "INSERT INTO membership (organisation_id, account_id, role) VALUES ($1, $2, 'member')"
    async with transaction(db) as tx:
        await tx.execute(join, judged.organisations[0], cast.coordinator.id)
    actor = await acting(db, cast.coordinator)
    key = judged.applications[0]
    async with transaction(db) as tx:
        check = Check(result="passed", met=[judged.item])
        with pytest.raises(OwnFormalCheck):
            await check_formally(tx, actor=actor, application_id=key, check=check, now=NOW)
        with pytest.raises(NoSuchApplication):
            await sheets_for(tx, actor=actor, application_id=key)
