"""What is not to be seen yet is not seen: drafts at the desk, sole traders who may still object; and nobody floods
the desk with a link."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from incubator.db.engine import Database, Tx, transaction
from incubator.directory.come_round import show_waiting, tell_imported
from incubator.directory.describe_profile import describe_profile
from incubator.directory.queries import company_at_desk, profile_of
from incubator.directory.reach import NoSuchCompany
from incubator.directory.search import Wish, find
from incubator.directory.withhold import let_back, withhold
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.directory.cast import DETAILS, put_company
from tests.moments import NOW

OBJECTION = timedelta(days=14)


async def test_a_draft_is_no_business_of_the_desk(db: Database, tx: Tx, cast: Cast) -> None:
    owner, desk = await acting(db, cast.owner), await acting(db, cast.coordinator)
    made = await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, now=NOW)
    with pytest.raises(NoSuchCompany):
        await company_at_desk(tx, actor=desk, slug=made.company.slug)
    with pytest.raises(NoSuchCompany):
        await withhold(tx, actor=desk, profile_id=made.company.id, reason="x", now=NOW)
    with pytest.raises(NoSuchCompany):
        await profile_of(tx, actor=desk, organisation_id=cast.acme)
    assert (await profile_of(tx, actor=owner, organisation_id=cast.acme)).state == "draft"


@pytest.mark.parametrize("told", [True, False])
async def test_who_is_let_back_has_their_two_weeks_to_object(db: Database, tx: Tx, cast: Cast, told: bool) -> None:
    key = await put_company(tx, gmina=cast.niepolomice, state="waiting", publish_at=NOW + OBJECTION, sole_trader=True)
    desk = await acting(db, cast.coordinator)
    if told:
        await tell_imported(tx, now=NOW)
    await withhold(tx, actor=desk, profile_id=key, reason="x", now=NOW)
    await let_back(tx, actor=desk, profile_id=key, now=NOW + timedelta(days=1))
    assert (await find(tx, wish=Wish())).total == 0
    assert await tx.fetchval("SELECT count(*) FROM mail WHERE subject LIKE '%znowu%' OR subject LIKE '%again%'") == 0
    await tell_imported(tx, now=NOW + timedelta(days=1))
    await show_waiting(tx, now=NOW + OBJECTION - timedelta(seconds=1))
    assert (await find(tx, wish=Wish())).total == 0
    await show_waiting(tx, now=NOW + OBJECTION + timedelta(days=1))
    assert (await find(tx, wish=Wish())).total == 1


async def test_a_link_asks_for_corrections_only_so_often(
    db: Database, cast: Cast, visit: Callable[..., httpx.AsyncClient]
) -> None:
    async with transaction(db) as tx:
        await put_company(tx, gmina=cast.niepolomice, care="s" * 43)
    client, form = visit(), {"form": "correct", "message": "Nie ta ulica"}
    codes = [(await post_form(client, f"/directory/care/{'s' * 43}", form)).status_code for _ in range(12)]
    assert codes == [303] * 10 + [429] * 2
