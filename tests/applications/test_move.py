"""The table of states judges every move, and who may know of an application."""

from datetime import timedelta
from uuid import UUID

import pytest

from incubator.applications.move import WrongApplicationState, move
from incubator.applications.queries import (
    NoSuchApplication,
    application_by_id,
    application_for,
    applications_in,
    applications_of,
    own_application,
)
from incubator.applications.states import ALLOWED, State
from incubator.db.engine import Database, statement, transaction
from incubator.db.history import history_of
from incubator.people.guards import NotYours
from tests.cast import Cast, Person, acting
from tests.conftest import NOW
from tests.programmes.cast import put_application, put_call, put_edition


async def put(db: Database, cast: Cast, *, state: str = "submitted", office: bool = False, own: bool = False) -> UUID:
    async with transaction(db) as tx:
        edition = await put_edition(tx, gmina=None if office else cast.niepolomice)
        await put_call(tx, edition=edition, opens=NOW - timedelta(days=9), closes=NOW + timedelta(days=9))
        return await put_application(
            tx,
            edition=edition,
            account=cast.resident.id if own else cast.member.id,
            organisation=None if own else cast.acme,
            at=NOW,
            state=state,
        )


@pytest.mark.parametrize("source", State)
async def test_every_pair_of_states_goes_as_the_table_says(db: Database, cast: Cast, source: State) -> None:
    key = await put(db, cast, state=source)
    for to in State:
        async with transaction(db) as tx:
            application = await application_by_id(tx, application_id=key, lock=True)
            numbered = {"number": application.number or 1}
            try:
                moved = await move(
                    tx, application=application, to=to, verb="x", actor_id=cast.member.id, now=NOW, **numbered
                )
            except WrongApplicationState as refusal:
                assert to not in ALLOWED[source] and refusal.state == source
                continue
            assert to in ALLOWED[source] and moved.version == application.version + 1
            assert moved == await application_by_id(tx, application_id=key)
            await tx.execute("UPDATE application SET number = NULL WHERE id = $1", key)
            await tx.execute("UPDATE application SET state = $2 WHERE id = $1", key, source)
    async with statement(db) as tx:
        assert len(await history_of(tx, subject_id=key)) == len(ALLOWED[source])


async def found(db: Database, cast: Cast, key: UUID) -> set[str]:
    """Who may read it."""
    seen = set()
    for name in ("owner", "member", "colleague", "resident", "stranger", "coordinator", "other_coordinator", "office", "administrator"):  # fmt: skip
        person: Person = getattr(cast, name)
        async with statement(db) as tx:
            actor = await acting(db, person)
            try:
                await application_for(tx, actor=actor, application_id=key)
            except NoSuchApplication:
                continue
            seen.add(name)
    return seen


async def test_an_application_is_read_by_its_organisation_and_who_runs_the_edition(db: Database, cast: Cast) -> None:
    assert await found(db, cast, await put(db, cast)) == {
        "owner",
        "member",
        "colleague",
        "coordinator",
        "administrator",
    }


async def test_a_draft_is_read_by_its_applicant_alone(db: Database, cast: Cast) -> None:
    assert await found(db, cast, await put(db, cast, state="draft")) == {"owner", "member", "colleague"}


async def test_what_answers_a_call_of_the_office_is_the_offices(db: Database, cast: Cast) -> None:
    assert await found(db, cast, await put(db, cast, office=True, own=True)) == {"resident", "office", "administrator"}


async def test_mine_are_my_own_and_my_organisations(db: Database, cast: Cast) -> None:
    ours, own = await put(db, cast), await put(db, cast, own=True)
    async with statement(db) as tx:
        member, resident = await acting(db, cast.member), await acting(db, cast.resident)
        assert [one.id for one in await applications_of(tx, actor=member)] == [ours]
        assert [one.id for one in await applications_of(tx, actor=resident)] == [own]
        desk = await acting(db, cast.coordinator)
        with pytest.raises(NoSuchApplication):
            await own_application(tx, actor=desk, application_id=ours)


async def test_a_list_of_an_edition_is_for_who_runs_it_and_tells_of_no_drafts(db: Database, cast: Cast) -> None:
    key = await put(db, cast)
    async with transaction(db) as tx:
        edition = (await application_by_id(tx, application_id=key)).edition_id
        draft = await put_application(
            tx, edition=edition, account=cast.stranger.id, organisation=cast.rival, at=NOW, state="draft"
        )
        desk, other = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)
        told = await applications_in(tx, actor=desk, edition_id=edition)
        assert [one.id for one in told] == [key] and draft not in {one.id for one in told}
        assert await applications_in(tx, actor=desk, edition_id=edition, states={State.DRAFT}) == []
        assert len(await applications_in(tx, actor=desk, edition_id=edition, states={State.SUBMITTED})) == 1
        with pytest.raises(NotYours):
            await applications_in(tx, actor=other, edition_id=edition)
