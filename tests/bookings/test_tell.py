"""Mails about a booking: to its holder, in their language, with the words that they need."""

from dataclasses import replace

import pytest

from incubator.bookings.hold import hold
from incubator.bookings.tell import News, tell
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, Tx, transaction
from tests.cast import Cast, acting
from tests.moments import NOW, tuesday


async def held(db: Database, tx: Tx, cast: Cast) -> BookingView:
    member = await acting(db, cast.member)
    return await hold(
        tx,
        actor=member,
        space_id=cast.room_l,
        period=tuesday("10:00", "11:00"),
        organisation_id=cast.acme,
        title="Board & <friends> {x}",
        now=NOW,
    )


@pytest.mark.parametrize("what", News)
@pytest.mark.parametrize("locale", ["pl", "en"])
async def test_every_news_names_space_time_and_link(db: Database, tx: Tx, cast: Cast, what: News, locale: str) -> None:
    await tx.execute("UPDATE account SET locale = $2 WHERE id = $1", cast.member.id, locale)
    booking = replace(await held(db, tx, cast), reason="Water in the cellar")
    await tell(tx, view=booking, what=what, now=NOW)
    mail = await tx.fetchrow("SELECT recipient, subject, text FROM mail")
    assert mail is not None
    assert mail["recipient"] == "member@example.com"
    assert "10:00–11:00" in mail["subject"]
    assert f"/bookings/{booking.id}" in mail["text"]
    assert "Board & <friends> {x}" in mail["text"]
    assert ("Water in the cellar" in mail["text"]) == (what in {News.DECLINED, News.CANCELLED, News.CALLED_OFF})
    assert ("Hello" in mail["text"]) == (locale == "en")
    assert "\n\n\n" not in mail["text"]


async def test_an_erased_person_gets_none(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        booking = await held(db, tx, cast)
        await tx.execute("UPDATE account SET email = NULL, name = '', erased_at = now() WHERE id = $1", cast.member.id)
        await tell(tx, view=booking, what=News.CONFIRMED, now=NOW)
        assert await tx.fetchval("SELECT count(*) FROM mail") == 0
