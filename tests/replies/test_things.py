"""A decline of a series, a meeting, a session: what its link does, by the rules of each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from incubator.bookings.series_choice import Which
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.registrations.confirm import confirm
from incubator.replies.states import Outcome
from tests.bookings.test_change_series import alter
from tests.bookings.test_series import again
from tests.cast import Cast, change
from tests.exchanges.cast import STARTS, a_session
from tests.mail.calendar_app import mails_to, shown
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import TEN, met, order
from tests.mentoring.test_changes import EARLY
from tests.mentoring.test_invite import booked
from tests.moments import NOW, TUESDAY, on
from tests.registrations.cast import by_mail, go, guests, link_in, mails
from tests.registrations.test_invite import told
from tests.replies.answers import gmail, outlook, reply_to_last, taken, together, told_in

Visit = Callable[..., httpx.AsyncClient]
DATES = [on(TUESDAY + timedelta(weeks=n), "10:00", "12:00").start for n in range(4)]
SECOND = "20260915T100000"


async def starts(db: Database, who: str) -> list[object]:
    return [each.start for each in await shown(db, who)]


@pytest.mark.parametrize(
    "at",
    [
        ";TZID=Europe/Warsaw:" + SECOND,
        ":20260915T080000Z",
        f":{SECOND}",
        f";TZID=Central European Standard Time:{SECOND}",
    ],
)
async def test_one_date_of_a_series_goes_and_the_others_stay(db: Database, cast: Cast, at: str) -> None:
    await again(db, cast.member, cast.room_l)
    reply = replace(await reply_to_last(db, cast.member.email), at=at)
    assert await taken(db, outlook(reply)) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == [DATES[0], *DATES[2:]]


async def test_a_date_that_was_moved_is_meant_by_where_the_rule_has_it(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l)
    later = NOW + timedelta(minutes=1)
    await alter(db, cast.member, series, Which.THIS, 2, now=later, start_minute=840)
    reply = replace(await reply_to_last(db, cast.member.email), at=f";TZID=Europe/Warsaw:{SECOND}", written_at=later)
    assert await taken(db, gmail(reply), now=later) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == [DATES[0], *DATES[2:]]


async def test_this_and_the_following_and_all_of_it(db: Database, cast: Cast) -> None:
    await again(db, cast.member, cast.room_l)
    reply = await reply_to_last(db, cast.member.email)
    third = replace(reply, at=";RANGE=THISANDFUTURE:20260922T080000Z")
    assert await taken(db, gmail(third)) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == DATES[:2]
    whole, later = await reply_to_last(db, cast.member.email), NOW + timedelta(minutes=1)
    assert (
        await taken(db, gmail(replace(whole, named="<2@x>", written_at=later)), uid=2, now=later) == Outcome.CANCELLED
    )
    assert await starts(db, cast.member.email) == []


async def test_answers_to_several_dates_are_taken_in_any_order(db: Database, cast: Cast) -> None:
    await again(db, cast.member, cast.room_l)
    reply = replace(await reply_to_last(db, cast.member.email), says="TENTATIVE")
    later, first = NOW + timedelta(minutes=2), f";TZID=Europe/Warsaw:{SECOND}"
    third = replace(reply, at=":20260922T080000Z", written_at=later, named="<2@x>")
    assert await taken(db, gmail(third), uid=1, now=later) == Outcome.NOTED
    second = replace(reply, at=first, says="DECLINED", written_at=NOW + timedelta(minutes=1))
    assert await taken(db, gmail(second), uid=2, now=later) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == [DATES[0], *DATES[2:]]


async def test_a_date_that_is_none_changes_nothing_and_is_told(db: Database, cast: Cast) -> None:
    await again(db, cast.member, cast.room_l)
    reply = await reply_to_last(db, cast.member.email)
    for uid, at in enumerate((":20260916T080000Z", ":20991231T080000Z")):
        assert await taken(db, gmail(replace(reply, at=at, named=f"<{uid}@x>")), uid=uid) == Outcome.REFUSED
    assert "/bookings/series/" in await told_in(db, cast.member.email)
    for uid, at in enumerate((";VALUE=DATE:20260915", ":yesterday", ";TZID=:", ':"', ""), start=10):
        broken = gmail(replace(reply, at=at or " ", named=f"<{uid}@x>"))
        assert await taken(db, broken, uid=uid) == Outcome.UNREADABLE, "never the whole series"
    assert await starts(db, cast.member.email) == DATES


@pytest.mark.parametrize("first", ["whole", "date"])
async def test_who_declines_a_series_and_a_date_of_it_in_one_mail_declines_the_series(
    db: Database, cast: Cast, first: str
) -> None:
    await again(db, cast.member, cast.room_l)
    whole = await reply_to_last(db, cast.member.email)
    date = replace(whole, at=f";TZID=Europe/Warsaw:{SECOND}")
    answers = (whole, date, date) if first == "whole" else (date, whole)
    assert await taken(db, together(*answers)) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == []
    assert "Still booked" not in await told_in(db, cast.member.email)


async def test_this_and_the_following_has_the_following_in_it(db: Database, cast: Cast) -> None:
    await again(db, cast.member, cast.room_l)
    reply = await reply_to_last(db, cast.member.email)
    second = replace(reply, at=f";RANGE=THISANDFUTURE;TZID=Europe/Warsaw:{SECOND}")
    assert await taken(db, together(replace(reply, at=":20260922T080000Z"), second)) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == DATES[:1]
    assert "Still booked" not in await told_in(db, cast.member.email)


@pytest.mark.parametrize("at", ["", ";RANGE=THISANDFUTURE:20260908T080000Z", f";TZID=Europe/Warsaw:{SECOND}"])
async def test_who_declines_what_they_also_accept_is_not_understood(db: Database, cast: Cast, at: str) -> None:
    await again(db, cast.member, cast.room_l)
    reply = await reply_to_last(db, cast.member.email)
    second = replace(reply, says="ACCEPTED", at=f";TZID=Europe/Warsaw:{SECOND}")
    assert await taken(db, together(replace(reply, at=at), second)) == Outcome.UNREADABLE
    assert await starts(db, cast.member.email) == DATES


async def test_one_can_accept_a_series_but_for_a_date(db: Database, cast: Cast) -> None:
    await again(db, cast.member, cast.room_l)
    reply = await reply_to_last(db, cast.member.email)
    second = replace(reply, at=f";TZID=Europe/Warsaw:{SECOND}")
    assert await taken(db, together(second, replace(reply, says="ACCEPTED"))) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == [DATES[0], *DATES[2:]]


async def test_many_dates_that_cannot_be_called_off_are_told_in_one_mail(db: Database, cast: Cast) -> None:
    await again(db, cast.member, cast.room_l)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=30 * 1440)
    reply = await reply_to_last(db, cast.member.email)
    dates = [replace(reply, at=f":202609{day}T080000Z") for day in ("08", "15", "22", "29")]
    assert await taken(db, together(*dates)) == Outcome.REFUSED
    assert len(await mails_to(db, cast.member.email)) == 2


async def test_what_is_said_to_one_date_is_not_said_to_all(db: Database, cast: Cast) -> None:
    await again(db, cast.member, cast.room_l)
    reply = replace(await reply_to_last(db, cast.member.email), says="TENTATIVE")
    assert await taken(db, gmail(replace(reply, at=f";TZID=Europe/Warsaw:{SECOND}"))) == Outcome.NOTED
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT answer FROM invited") == ""


@pytest.mark.parametrize("who", ["member", "mentor"])
async def test_each_side_of_a_meeting_can_decline_and_the_other_reads_why(db: Database, cast: Cast, who: str) -> None:
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast))
    await booked(db)
    mine, other = ewa.person.email, cast.member.email
    if who == "member":
        mine, other = other, mine
    reply = await reply_to_last(db, mine)
    declined = gmail(replace(reply, comment="Jestem chora\\, przepraszam", written_at=EARLY))
    assert await taken(db, declined, now=EARLY) == Outcome.CANCELLED
    assert await starts(db, mine) == await starts(db, other) == []
    assert "Jestem chora, przepraszam" in await told_in(db, other)


async def test_a_mentor_need_not_say_why(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast))
    await booked(db)
    reply = replace(await reply_to_last(db, ewa.person.email), written_at=EARLY)
    assert await taken(db, gmail(reply), now=EARLY) == Outcome.CANCELLED
    assert "They cannot come then after all." in await told_in(db, cast.member.email)


async def test_too_late_for_a_meeting_is_told_with_where_to_go(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast))
    await booked(db)
    late = TEN.start - timedelta(minutes=5)
    reply = replace(await reply_to_last(db, cast.member.email), written_at=late)
    assert await taken(db, gmail(reply), now=late) == Outcome.REFUSED
    assert f"/meetings/{meeting.id}/answer/{cast.member.id}/" in await told_in(db, cast.member.email)
    assert await starts(db, cast.member.email) == [TEN.start]


async def test_a_seat_is_given_back(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    await told(db)
    reply = await reply_to_last(db, cast.member.email)
    assert await taken(db, gmail(reply)) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == []
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT taken FROM session_seats WHERE session_id = $1", session) == 0


async def test_nor_does_one_need_an_account(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await by_mail(db, "Jan.Nowak@example.com", session)
    async with statement(db) as tx:
        [to] = [row["recipient"] for row in await tx.fetch("SELECT recipient FROM mail")]
    key, _ = link_in((await mails(db, to))[-1])
    await attempt(db, lambda tx: confirm(tx, registration_id=key, now=NOW))
    await told(db)
    reply = await reply_to_last(db, to)
    shouted = replace(reply, sender=to.upper(), attendee=to.title(), to=reply.to.upper())
    assert await taken(db, gmail(shouted)) == Outcome.CANCELLED
    assert await starts(db, to) == []


async def test_seats_of_others_stay(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session, guests=guests("Ola", "Jan"))
    await told(db)
    assert await taken(db, gmail(await reply_to_last(db, cast.member.email))) == Outcome.REFUSED
    assert "You registered others as well" in await told_in(db, cast.member.email)
    assert await starts(db, cast.member.email) == [STARTS]


async def test_after_it_began_it_stays(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    await told(db)
    reply, late = await reply_to_last(db, cast.member.email), STARTS + timedelta(minutes=1)
    assert await taken(db, gmail(replace(reply, written_at=late)), now=late) == Outcome.REFUSED


async def test_what_is_over_is_no_news(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    await told(db)
    ewa = await a_mentor(db, cast)
    await met(db, cast.resident, order(ewa, cast, organisation_id=None))
    await booked(db)
    await again(db, cast.owner, cast.room_l)
    late = STARTS + timedelta(days=90)
    for uid, who in enumerate((cast.member, cast.resident, cast.owner)):
        reply, before = await reply_to_last(db, who.email), len(await mails_to(db, who.email))
        late_one = gmail(replace(reply, written_at=late, named=f"<{uid}@x>"))
        assert await taken(db, late_one, uid=uid, now=late) == Outcome.OLD
        assert len(await mails_to(db, who.email)) == before


async def test_a_series_part_of_which_is_too_late_goes_as_far_as_it_can(db: Database, cast: Cast) -> None:
    await again(db, cast.member, cast.room_l)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=2 * 1440)
    assert await taken(db, gmail(await reply_to_last(db, cast.member.email))) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == DATES[:1]
    assert len(await mails_to(db, cast.member.email)) == 2
