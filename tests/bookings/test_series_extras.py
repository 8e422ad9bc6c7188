"""A series that is booked over HTTP takes extras along, each date at its own day's prices."""

from collections.abc import Callable
from datetime import timedelta

import httpx

from incubator.db.engine import Database, statement
from incubator.pricing.details import ExtraDetails
from tests.bookings.test_charge import RATES, TWO_HOURS, priced
from tests.bookings.test_quote_anew import extra_of
from tests.bookings.test_series_api import pattern
from tests.cast import Cast
from tests.pricing.cast import a_tariff, in_force

Visit = Callable[..., httpx.AsyncClient]
GROSS = "SELECT net + vat AS gross FROM charge ORDER BY id"
PROJECTOR = ExtraDetails(name_pl="Rzutnik", name_en="Projector", price=2_000)


async def charged(db: Database) -> list[int]:
    async with statement(db) as tx:
        return [row["gross"] for row in await tx.fetch(GROSS)]


async def test_each_date_has_the_extras_at_the_prices_of_its_day(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast, extras=(PROJECTOR,))
    later = {"stated": "net", "startups_incubated": True, "day": TWO_HOURS.start.date() + timedelta(days=10)}
    dearer = ExtraDetails(name_pl="rzutnik", price=3_000)
    await in_force(db, cast, a_tariff(cast.room_l, rates=RATES), extras=(dearer,), **later)
    wish = pattern(cast, organisation_id=str(cast.acme), count=3, extras=[str(await extra_of(db))])
    answer = await visit(cast.member).post("/api/series", json=wish)
    assert answer.status_code == 201, answer.text
    assert await charged(db) == [7_380 + 2_460, 7_380 + 2_460, 7_380 + 3_690]


async def test_the_full_price_is_asked_for_once_for_all_dates(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast)
    wish = pattern(cast, organisation_id=str(cast.acme), count=2, full_price=True)
    assert (await visit(cast.member).post("/api/series", json=wish)).status_code == 201
    assert await charged(db) == [24_600, 24_600]


async def test_an_extra_that_the_list_of_the_first_date_has_not_is_refused(
    visit: Visit, db: Database, cast: Cast
) -> None:
    await priced(db, cast, extras=(PROJECTOR,))
    extra = str(await extra_of(db))
    for extras in (["00000000-0000-7000-8000-000000000001"], [extra, "00000000-0000-7000-8000-000000000001"]):
        answer = await visit(cast.member).post("/api/series", json=pattern(cast, extras=extras))
        assert (answer.status_code, answer.json()["code"]) == (422, "no_such_extra")
    assert await charged(db) == []
