"""Who runs an edition: the coordinator of its gmina, or the office where it has none."""

from datetime import timedelta

import pytest

from incubator.db.engine import Database, transaction
from incubator.people.actor import actor_by_account
from incubator.people.guards import NotYours
from incubator.programmes.queries import NoSuchEdition, edition_to_run
from tests.cast import Cast
from tests.moments import NOW
from tests.programmes.cast import put_application, put_call, put_edition


@pytest.mark.parametrize(
    ("who", "may"),
    [("coordinator", True), ("other_coordinator", False), ("office", False), ("administrator", True), ("owner", False)],
)
async def test_an_edition_of_a_gmina_is_run_by_its_coordinator(db: Database, cast: Cast, who: str, may: bool) -> None:
    async with transaction(db) as tx:
        edition = await put_edition(tx, gmina=cast.niepolomice)
        await put_call(tx, edition=edition, opens=NOW, closes=NOW + timedelta(days=1))
        await put_application(tx, edition=edition, account=cast.owner.id, organisation=cast.acme, at=NOW)
        actor = await actor_by_account(tx, account_id=getattr(cast, who).id)
        assert actor is not None
        if may:
            assert (await edition_to_run(tx, actor=actor, edition_id=edition, lock=True)).places == 3
        else:
            with pytest.raises(NotYours):
                await edition_to_run(tx, actor=actor, edition_id=edition)


async def test_an_edition_of_the_metropolis_is_run_by_the_office(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        edition = await put_edition(tx, gmina=None)
        office = await actor_by_account(tx, account_id=cast.office.id)
        coordinator = await actor_by_account(tx, account_id=cast.coordinator.id)
        assert office is not None and coordinator is not None
        assert (await edition_to_run(tx, actor=office, edition_id=edition)).gmina_id is None
        with pytest.raises(NotYours):
            await edition_to_run(tx, actor=coordinator, edition_id=edition)
        with pytest.raises(NoSuchEdition):
            await edition_to_run(tx, actor=office, edition_id=cast.las)
