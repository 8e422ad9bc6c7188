"""What a series costs is asked for in one letter, however many its dates."""

from typing import Any

from incubator.bookings.change_series import change_series
from incubator.bookings.repeat import repeat
from incubator.bookings.series import SeriesView
from incubator.bookings.series_choice import Which
from incubator.bookings.series_outcome import Change
from incubator.bookings.series_rules import Pattern
from incubator.db.engine import Database, attempt, statement
from incubator.payments.rules import title_of
from tests.bookings.test_charge import priced
from tests.cast import Cast, acting
from tests.moments import NOW, TUESDAY


async def weekly(db: Database, cast: Cast, *, count: int) -> SeriesView:
    actor = await acting(db, cast.member)
    pattern = Pattern(
        first_day=TUESDAY, weekdays=(2,), start_minute=600, length_minutes=120, every_weeks=1, count=count
    )
    told: dict[str, Any] = {"space_id": cast.room_l, "pattern": pattern, "organisation_id": cast.acme}
    return await attempt(db, lambda tx: repeat(tx, actor=actor, now=NOW, **told))


async def asked(db: Database) -> list[tuple[str, str]]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT subject, text FROM mail WHERE subject LIKE 'To pay%' ORDER BY id")
    return [(row["subject"].replace("\xa0", " "), row["text"].replace("\xa0", " ")) for row in rows]


async def test_a_series_is_asked_for_once_with_a_table_and_the_sum(db: Database, cast: Cast) -> None:
    await priced(db, cast, deposit=10_000)
    await weekly(db, cast, count=3)
    ((subject, text),) = await asked(db)
    assert subject == "To pay: 521.40 zł for 3 dates"
    for number, day in ((1, "08.09.2026"), (2, "15.09.2026"), (3, "22.09.2026")):
        assert f"{title_of(number)}  173.80 zł  L, {day} 10:00–12:00" in text
    assert "Together: 521.40 zł" in text and "The deposit is in it" in text


async def test_a_series_of_one_date_is_asked_for_as_any_booking(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await weekly(db, cast, count=1)
    assert [subject for subject, _ in await asked(db)] == ["To pay: 73.80 zł for L, 08.09.2026 10:00–12:00"]


async def test_a_series_that_is_free_is_not_asked_for(db: Database, cast: Cast) -> None:
    await weekly(db, cast, count=3)
    assert await asked(db) == []


async def test_a_series_that_is_changed_is_asked_for_once_and_says_what_is_not_paid_any_more(
    db: Database, cast: Cast
) -> None:
    await priced(db, cast)
    series = await weekly(db, cast, count=2)
    actor = await acting(db, cast.member)
    told: dict[str, Any] = {"series_id": series.id, "which": Which.ALL, "change": Change(length_minutes=180)}
    await attempt(db, lambda tx: change_series(tx, actor=actor, now=NOW.replace(hour=8), **told))
    (_, (subject, text)) = await asked(db)
    assert subject == "To pay: 221.40 zł for 2 dates"
    assert f"They take the place of {title_of(1)}, {title_of(2)}: please pay those no more." in text
