"""What an hour is worth is set once for a day, by the gmina's own coordinator, and stays."""

from collections.abc import Callable
from datetime import timedelta

import asyncpg
import httpx
import pytest

from incubator.aid.benchmarks import What, benchmark_on, benchmarks_for, benchmarks_missing
from incubator.aid.details import BenchmarkDetails
from incubator.aid.set_benchmark import BenchmarkKnown, BenchmarkPast, set_benchmark
from incubator.db.engine import Database, Tx, attempt, transaction
from incubator.people.guards import NotYours
from tests.aid.cast import put_benchmark
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.races import outcomes

TODAY = NOW.date()
Visit = Callable[..., httpx.AsyncClient]


def an_hour(what: What = What.MENTOR, *, days: int = 0, price: int = 18_000) -> BenchmarkDetails:
    return BenchmarkDetails(what=what, since=TODAY + timedelta(days=days), price=price, source="trzy oferty")


async def test_the_one_of_a_day_is_the_latest_that_counts_since_it(db: Database, tx: Tx, cast: Cast) -> None:
    about = {"actor": await acting(db, cast.coordinator), "gmina_id": cast.niepolomice, "now": NOW}
    await set_benchmark(tx, **about, details=an_hour())
    await set_benchmark(tx, **about, details=an_hour(days=30, price=20_000))
    await set_benchmark(tx, **about, details=an_hour(What.TRAINING, price=9_000))
    for days, price in ((-1, None), (0, 18_000), (29, 18_000), (30, 20_000), (400, 20_000)):
        found = await benchmark_on(tx, gmina_id=cast.niepolomice, what=What.MENTOR, day=TODAY + timedelta(days=days))
        assert (found and found.price) == price
    assert await benchmark_on(tx, gmina_id=cast.skawina, what=What.MENTOR, day=TODAY) is None


async def test_what_was_set_stays_and_never_counts_for_days_that_are_over(db: Database, tx: Tx, cast: Cast) -> None:
    about = {"actor": await acting(db, cast.coordinator), "gmina_id": cast.niepolomice, "now": NOW}
    await set_benchmark(tx, **about, details=an_hour())
    with pytest.raises(BenchmarkKnown):
        await set_benchmark(tx, **about, details=an_hour(price=1))
    with pytest.raises(BenchmarkPast):
        await set_benchmark(tx, **about, details=an_hour(days=-1))


async def test_only_the_gminas_own_coordinator_sets_and_sees_it(db: Database, tx: Tx, cast: Cast) -> None:
    other, member = await acting(db, cast.other_coordinator), await acting(db, cast.member)
    for actor in (other, member):
        with pytest.raises(NotYours):
            await set_benchmark(tx, actor=actor, gmina_id=cast.niepolomice, details=an_hour(), now=NOW)
    await put_benchmark(tx, gmina=cast.niepolomice, by=cast.coordinator.id)
    own = await acting(db, cast.coordinator)
    assert [one.what for one in await benchmarks_for(tx, actor=own)] == [What.MENTOR]
    assert await benchmarks_for(tx, actor=other) == []
    assert [(one.gmina_name, one.what) for one in await benchmarks_missing(tx, actor=own, now=NOW)] == [
        ("Niepołomice", What.TRAINING)
    ]
    assert len(await benchmarks_missing(tx, actor=other, now=NOW)) == 2


async def test_of_many_at_once_one_is_set(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)

    def put(price: int) -> object:
        details = an_hour(price=price)
        return attempt(
            db, lambda tx: set_benchmark(tx, actor=actor, gmina_id=cast.niepolomice, details=details, now=NOW)
        )

    got = await outcomes(*(put(price) for price in range(1, 13)))
    assert got.count(BenchmarkKnown) == 11


async def test_the_database_keeps_it(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await put_benchmark(tx, gmina=cast.niepolomice, by=cast.coordinator.id)
    for sql in ("UPDATE aid_benchmark SET price = 1", "DELETE FROM aid_benchmark", "TRUNCATE aid_benchmark"):
        with pytest.raises(asyncpg.RestrictViolationError) as refused:
            async with transaction(db) as tx:
                await tx.execute(sql)
        assert refused.value.constraint_name == "aid_benchmark_is_kept"


async def test_the_desk_of_aid_says_where_none_is_set(visit: Visit, cast: Cast) -> None:
    desk = visit(cast.coordinator)
    assert "No price is set here" in (await desk.get("/desk/aid")).text
    typed = {
        "form": "set",
        "version": "0",
        "gmina_id": str(cast.niepolomice),
        "since": TODAY.isoformat(),
        "source": "Mediana trzech ofert",
    }
    for what in What:
        told = await post_form(desk, "/desk/aid/worth", {**typed, "what": what.value, "price": "180,00"})
        assert told.status_code == 303
    assert "No price is set here" not in (await desk.get("/desk/aid")).text
    shown = (await desk.get("/desk/aid/worth")).text
    assert "Mediana trzech ofert" in shown and "180.00" in shown
    for price in ("0", "dużo", "99999999999", ""):
        told = await post_form(desk, "/desk/aid/worth", {**typed, "what": "mentor_hour", "price": price})
        assert told.status_code == 422
