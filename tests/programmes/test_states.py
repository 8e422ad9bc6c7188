"""Programmes and editions go where the tables say and nowhere else: every pair is walked."""

from itertools import product
from uuid import UUID

import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.db.history import history_of
from incubator.programmes.close_edition import ParticipantsStillThere, close_edition
from incubator.programmes.close_programme import EditionsGoingOn, close_programme
from incubator.programmes.details import EditionDetails
from incubator.programmes.move_edition import EditionNotSo
from incubator.programmes.move_programme import ProgrammeNotSo
from incubator.programmes.open_edition import ProgrammeClosed, open_edition
from incubator.programmes.publish_edition import ProgrammeNotPublished, publish_edition
from incubator.programmes.publish_programme import publish_programme
from incubator.programmes.start_edition import start_edition
from incubator.programmes.states import EDITION_ALLOWED, PROGRAMME_ALLOWED, EditionState, ProgrammeState
from tests.cast import Cast
from tests.moments import NOW
from tests.programmes.acts import admit, an_edition, doing
from tests.programmes.cast import put_programme

PROGRAMME_VERBS = {ProgrammeState.PUBLISHED: publish_programme, ProgrammeState.CLOSED: close_programme}
EDITION_VERBS = {
    EditionState.PUBLISHED: publish_edition,
    EditionState.RUNNING: start_edition,
    EditionState.CLOSED: close_edition,
}


async def a_programme(db: Database, cast: Cast, state: str) -> UUID:
    async with transaction(db) as tx:
        key = await put_programme(tx, gmina=cast.niepolomice)
        await tx.execute("UPDATE programme SET state = $2 WHERE id = $1", key, state)
    return key


async def test_a_programme_goes_where_the_table_says(db: Database, cast: Cast) -> None:
    for state, (to, verb) in product(ProgrammeState, PROGRAMME_VERBS.items()):
        key = await a_programme(db, cast, state)
        act = doing(db, cast.coordinator, lambda tx, actor: verb(tx, actor=actor, programme_id=key, now=NOW))  # noqa: B023
        if to in PROGRAMME_ALLOWED[state]:
            assert (await act).brief.state == to, (state, to)
        else:
            with pytest.raises(ProgrammeNotSo):
                await act


async def test_an_edition_goes_where_the_table_says(db: Database, cast: Cast) -> None:
    for state, (to, verb) in product(EditionState, EDITION_VERBS.items()):
        key = await an_edition(db, cast, state=state)
        act = doing(db, cast.coordinator, lambda tx, actor: verb(tx, actor=actor, edition_id=key, now=NOW))  # noqa: B023
        if to in EDITION_ALLOWED[state]:
            assert (await act).brief.state == to, (state, to)
            async with statement(db) as tx:
                last = (await history_of(tx, subject_id=key))[-1]
            assert (last["before"], last["after"]) == ({"state": state}, {"state": to})
        else:
            with pytest.raises(EditionNotSo):
                await act


def test_nothing_is_a_draft_again_and_every_state_has_a_row() -> None:
    assert set(EDITION_ALLOWED) == set(EditionState) and set(PROGRAMME_ALLOWED) == set(ProgrammeState)
    onward = {*frozenset().union(*EDITION_ALLOWED.values()), *frozenset().union(*PROGRAMME_ALLOWED.values())}
    assert "draft" not in onward


@pytest.mark.parametrize("state", ["draft", "closed"])
async def test_an_edition_is_published_with_its_programme_or_after(db: Database, cast: Cast, state: str) -> None:
    key = await an_edition(db, cast, state="draft")
    async with transaction(db) as tx:
        await tx.execute("UPDATE programme SET state = $1", state)
    with pytest.raises(ProgrammeNotPublished):
        await doing(db, cast.coordinator, lambda tx, actor: publish_edition(tx, actor=actor, edition_id=key, now=NOW))
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT state FROM edition WHERE id = $1", key) == "draft"


@pytest.mark.parametrize("state", ["published", "running"])
async def test_a_programme_with_an_edition_going_on_is_not_closed(db: Database, cast: Cast, state: str) -> None:
    edition = await an_edition(db, cast, state=state)
    async with statement(db) as tx:
        key = await tx.fetchval("SELECT programme_id FROM edition WHERE id = $1", edition)
    with pytest.raises(EditionsGoingOn):
        await doing(db, cast.coordinator, lambda tx, actor: close_programme(tx, actor=actor, programme_id=key, now=NOW))


async def test_a_closed_programme_opens_no_edition(db: Database, cast: Cast) -> None:
    key = await a_programme(db, cast, "closed")
    details = EditionDetails(name_pl="E", starts_on=NOW.date(), ends_on=NOW.date(), places=1)
    with pytest.raises(ProgrammeClosed):
        await doing(
            db,
            cast.coordinator,
            lambda tx, actor: open_edition(tx, actor=actor, programme_id=key, details=details, now=NOW),
        )


async def test_an_edition_with_participants_in_it_is_not_closed(db: Database, cast: Cast) -> None:
    busy, done = await an_edition(db, cast, state="running"), await an_edition(db, cast, state="running")
    await admit(db, cast, busy)
    await admit(db, cast, done, state="graduated")
    with pytest.raises(ParticipantsStillThere) as refused:
        await doing(db, cast.coordinator, lambda tx, actor: close_edition(tx, actor=actor, edition_id=busy, now=NOW))
    assert refused.value.n == 1
    closed = await doing(
        db, cast.coordinator, lambda tx, actor: close_edition(tx, actor=actor, edition_id=done, now=NOW)
    )
    assert closed.brief.state == "closed"
