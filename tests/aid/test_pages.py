"""Pages of aid at the desk."""

from collections.abc import Callable

import httpx

from incubator.aid.report import draft_report
from incubator.db.engine import Database, transaction
from tests.aid.cast import granted, ready
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
