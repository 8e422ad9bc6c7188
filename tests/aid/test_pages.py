"""Pages of aid at the desk."""

from collections.abc import Callable

import httpx

from incubator.aid.enter import Subject
from incubator.aid.grant import grant
from incubator.aid.report import draft_report
from incubator.aid.rules import Benefit
from incubator.db.engine import Database, transaction
from incubator.kernel.ids import uuid7
from tests.aid.cast import granted, ready
from tests.bookings.test_charge import book, priced
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.moments import NOW

Visit = Callable[..., httpx.AsyncClient]


async def test_a_report_names_the_companies_that_it_reports(visit: Visit, db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await ready(tx, cast)
        await granted(tx, cast, euros=100)
        day = NOW.date()
        made = await draft_report(tx, actor=desk, gmina_id=cast.niepolomice, first_day=day, last_day=day, now=NOW)
    text = (await visit(cast.coordinator).get(f"/desk/aid/reports/{made.id}")).text
    assert f'<a href="/desk/aid/companies/{cast.acme}">' in text


async def test_a_company_of_another_gmina_is_named_without_a_link_that_is_refused(
    visit: Visit, db: Database, cast: Cast
) -> None:
    async with transaction(db) as tx:
        await ready(tx, cast)
        await granted(tx, cast, euros=100, organisation=cast.rival)
    for who, linked in ((cast.coordinator, False), (cast.administrator, True)):
        text = (await visit(who).get("/desk/aid")).text
        assert "Rival" in text
        assert (f'href="/desk/aid/companies/{cast.rival}"' in text) is linked


async def test_a_company_says_where_it_is_and_how_large_and_reads_for_what_it_was_granted_aid(
    visit: Visit, db: Database, cast: Cast
) -> None:
    async with transaction(db) as tx:
        await ready(tx, cast)
        subject = Subject(kind="meeting", id=uuid7(), gmina_id=cast.niepolomice)
        benefit = Benefit(market=18_000, charged=0, benchmark="Godzina mentora")
        about = {"organisation_id": cast.acme, "subject": subject, "benefit": benefit, "actor_id": None, "now": NOW}
        await grant(tx, **about, minutes=90)
    owner, path = visit(cast.owner), f"/organisations/{cast.acme}/aid"
    typed = {"form": "declare", "version": "0", "sure": "yes", "address": "Rynek 1", "size": "small"}
    assert (await post_form(owner, path, typed)).status_code == 303
    text = (await owner.get(path)).text
    assert 'value="Rynek 1"' in text and '<option value="small" selected>' in text
    assert "a meeting with a mentor, 1 h 30 min" in text
    refused = await post_form(owner, path, {**typed, "size": "huge", "address": "Długa 3"})
    assert refused.status_code == 422 and 'value="Długa 3"' in refused.text


async def test_an_entry_says_which_space_was_given_and_when(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await book(db, cast, cast.member)
    for who, path in ((cast.owner, f"/organisations/{cast.acme}/aid"), (cast.coordinator, "/desk/aid")):
        text = (await visit(who).get(f"{path}?lang=en")).text
        assert 'a space: L, <span class="nowrap">8 Sep 2026, 10:00</span>' in text
