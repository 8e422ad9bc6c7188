"""Mails about a booking: to its holder, in their language, with the words that they need."""

from dataclasses import replace
from datetime import timedelta

import pytest

from incubator.bookings.hold import hold
from incubator.bookings.states import State
from incubator.bookings.tell import News, tell
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, Tx, transaction
from tests.bookings.test_cancel_by_steps import stepped
from tests.bookings.test_charge import book
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


@pytest.mark.parametrize(("left", "said"), [(3, ("until Mon 7 Sep, 10:00: all of it", "until Tue 8 Sep")), (0, ())])
async def test_a_mail_says_until_when_how_much_of_the_price_goes_back(
    db: Database, cast: Cast, left: int, said: tuple[str, ...]
) -> None:
    """A day before all of it, an hour before a half; what is over is not said."""
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM mail")
        now = made.period.start - timedelta(days=left, hours=2)
        await tell(tx, view=made, what=News.CONFIRMED, now=now)
        await tell(tx, view=replace(made, state=State.AWAITING_APPROVAL), what=News.AWAITING_APPROVAL, now=now)
        firm, asked = [row["text"] for row in await tx.fetch("SELECT text FROM mail ORDER BY id")]
    assert "If you cancel it, of the price goes back:\n  until " in firm and "  later: nothing\n\n/bookings" in firm
    assert all(one in firm for one in said) and ("all of it" in firm) is bool(said)
    assert "goes back" not in asked and "\n\n\n" not in firm
