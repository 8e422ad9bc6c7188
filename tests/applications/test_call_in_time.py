"""A public call keeps an opening and a closing that are still to come, and ends with its edition."""

import dataclasses
from datetime import timedelta

import pytest

from incubator.applications.calls import NoSuchCall, call_as_seen
from incubator.applications.change_call import change_call
from incubator.applications.publish_call import ClosingIsPast
from incubator.applications.start_application import EditionOver
from incubator.applications.submit import submit
from incubator.db.engine import Database, transaction
from tests.applications.cast import announced, filled, opened, times
from tests.cast import Cast, acting
from tests.conftest import NOW

DAY = timedelta(days=1)


async def test_a_public_call_is_not_moved_into_the_past(db: Database, cast: Cast) -> None:
    """It would be closed for good before anybody could apply."""
    call, desk = await opened(db, cast, opens_at=NOW + DAY), await acting(db, cast.coordinator)
    gone = times(opens_at=NOW - 3 * DAY, closes_at=NOW - DAY)
    async with transaction(db) as tx:
        with pytest.raises(ClosingIsPast):
            await change_call(tx, actor=desk, edition_id=call.edition, details=gone, now=NOW)


async def test_a_token_without_the_scope_reads_no_draft_of_a_call(db: Database, cast: Cast) -> None:
    call, desk = await announced(db, cast), await acting(db, cast.coordinator)
    token = dataclasses.replace(desk, scopes=frozenset({"bookings:read"}))
    async with transaction(db) as tx:
        assert (await call_as_seen(tx, reader=desk, edition_id=call.edition)).questions
        with pytest.raises(NoSuchCall):
            await call_as_seen(tx, reader=token, edition_id=call.edition)


async def test_nothing_is_handed_in_to_an_edition_that_is_over(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made, member = await filled(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET state = 'closed' WHERE id = $1", call.edition)
        with pytest.raises(EditionOver):
            await submit(tx, actor=member, application_id=made.id, terms_version=1, clock=lambda: NOW)
