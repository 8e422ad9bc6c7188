"""An answer that a calendar mails does what the link in the mail does, for who it was sent to and nobody else."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.replies.states import Outcome
from incubator.replies.take import Believed, Place, take
from tests.bookings.test_cancel_by_steps import stepped
from tests.bookings.test_invite import MOVE, confirmed
from tests.bookings.test_series import again
from tests.cast import Cast, change
from tests.mail.calendar_app import mails_to, methods, shown
from tests.moments import NOW, tuesday
from tests.replies.answers import (
    BELIEVED,
    REPLY_TO,
    SHAPES,
    Reply,
    booking_state,
    gmail,
    read,
    reply_to_last,
    taken,
)
from tests.replies.answers import told_in as text_to

Visit = Callable[..., httpx.AsyncClient]


async def booked(visit: Visit, cast: Cast, db: Database, **said: object) -> tuple[str, Reply]:
    where = await confirmed(visit, cast, **said)
    return where.rpartition("/")[2], await reply_to_last(db, cast.member.email)


async def answer_of(db: Database, who: str) -> str | None:
    async with statement(db) as tx:
        found: str | None = await tx.fetchval("SELECT answer FROM invited WHERE recipient = $1", who)
    return found


@pytest.mark.parametrize("shape", SHAPES)
async def test_who_declines_cancels_whatever_calendar_they_have(
    visit: Visit, cast: Cast, db: Database, shape: str
) -> None:
    key, reply = await booked(visit, cast, db, organisation_id=str(cast.acme))
    assert await taken(db, SHAPES[shape](reply)) == Outcome.CANCELLED
    assert await booking_state(db, key) == "cancelled"
    assert methods(await mails_to(db, cast.member.email)) == ["REQUEST", "CANCEL"]
    assert await shown(db, cast.member.email) == []
    async with statement(db) as tx:
        verb = await tx.fetchrow("SELECT verb, actor_id FROM history ORDER BY id DESC LIMIT 1")
    assert verb is not None and tuple(verb) == ("cancel", cast.member.id)


@pytest.mark.parametrize("says", ["ACCEPTED", "TENTATIVE"])
async def test_who_accepts_or_may_come_is_noted(visit: Visit, cast: Cast, db: Database, says: str) -> None:
    key, reply = await booked(visit, cast, db)
    assert await taken(db, gmail(replace(reply, says=says))) == Outcome.NOTED
    assert await booking_state(db, key) == "confirmed"
    assert await answer_of(db, cast.member.email) == says.lower()
    assert len(await mails_to(db, cast.member.email)) == 1, "nobody is written to"
    where = f"/api/bookings/{key}/reschedule"
    assert (await visit(cast.member).post(where, json=MOVE)).status_code == 200
    assert await answer_of(db, cast.member.email) == "", "to what it is now nobody has answered"


@pytest.mark.parametrize("says", ["NEEDS-ACTION", "DELEGATED", "", "X" * 400])
async def test_other_words_change_nothing(visit: Visit, cast: Cast, db: Database, says: str) -> None:
    key, reply = await booked(visit, cast, db)
    assert await taken(db, gmail(replace(reply, says=says))) in {Outcome.NO_ANSWER, Outcome.UNREADABLE}
    assert (await booking_state(db, key), await answer_of(db, cast.member.email)) == ("confirmed", "")


async def test_only_who_was_asked_is_believed(visit: Visit, cast: Cast, db: Database) -> None:
    other, first = await booked(visit, cast, db, space_id=str(cast.room_s))
    key, reply = await booked(visit, cast, db, organisation_id=str(cast.acme))
    colleague, local = cast.colleague.email, reply.to.partition("@")[0]
    forged = {
        "another's mail": replace(reply, sender=colleague),
        "another's name": replace(reply, attendee=colleague),
        "another altogether": replace(reply, sender=colleague, attendee=colleague),
        "another's address": replace(
            reply, sender=colleague, attendee=colleague, to=REPLY_TO.address_for(uid=key, to=colleague)
        ),
        "the address of another invitation": replace(reply, to=first.to),
        "no address of its own": replace(reply, to=REPLY_TO.address),
        "a guess": replace(reply, to=f"{local[:-1]}{'b' if local.endswith('a') else 'a'}@house.example"),
        "another thing": replace(reply, uid=other),
        "nothing of ours": replace(reply, uid="5a@elsewhere"),
        "nothing": replace(reply, uid=""),
    }
    for uid, (why, octets) in enumerate((why, gmail(each)) for why, each in forged.items()):
        assert await taken(db, octets, uid=uid) in {Outcome.NOT_INVITED, Outcome.UNREADABLE}, why
    assert await booking_state(db, key) == await booking_state(db, other) == "confirmed"
    assert len(await mails_to(db, cast.member.email)) == 2, "nobody is written to"
    assert await taken(db, gmail(reply), uid=99) == Outcome.CANCELLED


async def test_the_mail_server_vouches_where_it_is_asked_to(visit: Visit, cast: Cast, db: Database) -> None:
    key, reply = await booked(visit, cast, db)
    believed = Believed(REPLY_TO, "mx.house.example")
    passed = b"Authentication-Results: mx.house.example; dmarc=pass header.from=example.com\r\n"
    forged = b"Authentication-Results: mx.house.example; dmarc=fail\r\n" + passed
    elsewhere = passed.replace(b"mx.house", b"mx.evil")
    for uid, head in enumerate((b"", forged, elsewhere)):
        assert await taken(db, head + gmail(reply), uid=uid, believed=believed) == Outcome.UNCHECKED
        reply = replace(reply, named=f"<{uid}@other.example>")
    assert await booking_state(db, key) == "confirmed"
    assert await taken(db, passed + gmail(reply), uid=9, believed=believed) == Outcome.CANCELLED


async def test_an_answer_to_what_was_changed_since_is_asked_about_kindly(
    visit: Visit, cast: Cast, db: Database
) -> None:
    key, reply = await booked(visit, cast, db)
    moved = await visit(cast.member).post(f"/api/bookings/{key}/reschedule", json=MOVE)
    assert moved.status_code == 200
    assert await taken(db, gmail(reply)) == Outcome.REFUSED
    assert await booking_state(db, key) == "confirmed"
    text = await text_to(db, cast.member.email)
    assert "changed since that invitation" in text and f"/bookings/{key}/answer/{cast.member.id}/" in text
    assert await taken(db, gmail(replace(reply, says="ACCEPTED", named="<2@x>")), uid=2) == Outcome.OLD
    latest = replace(await reply_to_last(db, cast.member.email), named="<3@x>")
    assert await taken(db, gmail(latest), uid=3) == Outcome.CANCELLED


async def test_the_last_answer_holds_whichever_mail_is_read_last(visit: Visit, cast: Cast, db: Database) -> None:
    key, reply = await booked(visit, cast, db)
    later = replace(reply, says="ACCEPTED", written_at=NOW + timedelta(minutes=2), named="<2@x>")
    now = NOW + timedelta(minutes=5)
    assert await taken(db, gmail(later), uid=1, now=now) == Outcome.NOTED
    assert await taken(db, gmail(replace(reply, written_at=NOW)), uid=2, now=now) == Outcome.OLD
    assert await booking_state(db, key) == "confirmed"


async def test_a_clock_that_is_ahead_does_not_shut_the_door(visit: Visit, cast: Cast, db: Database) -> None:
    _, reply = await booked(visit, cast, db)
    ahead = replace(reply, says="ACCEPTED", written_at=NOW + timedelta(days=9000), named="<2@x>")
    assert await taken(db, gmail(ahead), uid=1) == Outcome.NOTED
    later = NOW + timedelta(hours=1)
    assert await taken(db, gmail(replace(reply, written_at=later)), uid=2, now=later) == Outcome.CANCELLED


async def test_what_is_too_late_stands_and_its_holder_is_told(visit: Visit, cast: Cast, db: Database) -> None:
    key, reply = await booked(visit, cast, db)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=3 * 1440)
    assert await taken(db, gmail(reply)) == Outcome.REFUSED
    assert (await booking_state(db, key), await answer_of(db, cast.member.email)) == ("confirmed", "declined")
    text = await text_to(db, cast.member.email)
    assert text.startswith("Still booked: ") and "could be cancelled until" in text
    assert methods(await mails_to(db, cast.member.email)) == ["REQUEST", ""]


async def test_a_calendar_never_costs_anybody_money(visit: Visit, cast: Cast, db: Database) -> None:
    await stepped(db, cast)
    key, reply = await booked(visit, cast, db)
    soon = tuesday("10:00", "11:00").start - timedelta(hours=2)
    assert await taken(db, gmail(replace(reply, written_at=soon)), now=soon) == Outcome.REFUSED
    assert await booking_state(db, key) == "confirmed"
    assert "not all of it would come back" in await text_to(db, cast.member.email)


@pytest.mark.parametrize("repeats", [False, True])
async def test_what_is_paid_for_in_the_same_moment_stands(
    visit: Visit, cast: Cast, db: Database, repeats: bool
) -> None:
    await stepped(db, cast)
    if repeats:
        await again(db, cast.member, cast.room_l, organisation_id=cast.acme)
        reply = replace(await reply_to_last(db, cast.member.email), at=":20260908T080000Z")
    else:
        _, reply = await booked(visit, cast, db)
    soon, all_of_them = tuesday("10:00", "11:00").start - timedelta(hours=2), "UPDATE booking SET "
    async with transaction(db) as tx:
        await tx.execute(f"{all_of_them} state = 'awaiting_payment', hold_expires_at = upper(period)")
    async with transaction(db) as paying:
        await paying.execute(f"{all_of_them} state = 'confirmed', hold_expires_at = NULL")
        answering = asyncio.create_task(taken(db, gmail(replace(reply, written_at=soon)), now=soon))
        await asyncio.sleep(0.5)
    assert await answering == Outcome.REFUSED
    assert "not all of it would come back" in await text_to(db, cast.member.email)


async def test_what_goes_back_whole_is_called_off(visit: Visit, cast: Cast, db: Database) -> None:
    await stepped(db, cast)
    key, reply = await booked(visit, cast, db)
    assert await taken(db, gmail(reply)) == Outcome.CANCELLED
    assert await booking_state(db, key) == "cancelled"


async def test_what_is_over_or_off_is_deleted_from_a_calendar_without_a_word(
    visit: Visit, cast: Cast, db: Database
) -> None:
    _, reply = await booked(visit, cast, db)
    late = tuesday("10:00", "12:00").end + timedelta(days=2)
    assert await taken(db, gmail(replace(reply, written_at=late)), now=late) == Outcome.OLD
    async with transaction(db) as tx:
        await tx.execute("UPDATE booking SET state = 'cancelled'")
    assert await taken(db, gmail(replace(reply, named="<2@x>")), uid=2) == Outcome.OLD
    assert len(await mails_to(db, cast.member.email)) == 1, "nobody is written to"


async def test_who_did_not_book_does_not_cancel_for_the_others(visit: Visit, cast: Cast, db: Database) -> None:
    key, reply = await booked(visit, cast, db, organisation_id=str(cast.acme))
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM membership WHERE account_id = $1", cast.member.id)
    assert await taken(db, gmail(reply)) == Outcome.NOT_INVITED, "it is theirs no more"
    owner = cast.owner.email
    async with transaction(db) as tx:
        await tx.execute("INSERT INTO invited (recipient, uid, until) VALUES ($1, $2, $3)", owner, key, NOW)
    by_owner = replace(reply, sender=owner, attendee=owner, to=REPLY_TO.address_for(uid=key, to=owner), named="<2@x>")
    assert await taken(db, gmail(replace(by_owner, sequence=9)), uid=2) == Outcome.REFUSED
    assert await booking_state(db, key) == "confirmed"
    assert "others may still come" in await text_to(db, owner)


async def test_a_copy_is_taken_once(visit: Visit, cast: Cast, db: Database) -> None:
    _, reply = await booked(visit, cast, db)
    octets = gmail(replace(reply, says="ACCEPTED"))
    assert await taken(db, octets, uid=1) == Outcome.NOTED
    assert await taken(db, octets, uid=1) is None, "read already"
    assert await taken(db, b"Received: by another way\r\n" + octets, uid=2) == Outcome.AGAIN
    assert await taken(db, octets, uid=2) is None


async def test_of_many_workers_one_takes_it(visit: Visit, cast: Cast, db: Database) -> None:
    _, reply = await booked(visit, cast, db)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=3 * 1440)
    found = await asyncio.gather(*(taken(db, gmail(reply), uid=1) for _ in range(8)))
    assert sorted(map(str, found)) == ["None"] * 7 + ["refused"]
    found = await asyncio.gather(*(taken(db, gmail(replace(reply, named="<2@x>")), uid=uid) for uid in range(2, 10)))
    assert sorted(map(str, found)) == ["again"] * 7 + ["refused"]
    assert len(await mails_to(db, cast.member.email)) == 3


async def test_a_decline_and_the_link_at_once_cancel_once(visit: Visit, cast: Cast, db: Database) -> None:
    key, reply = await booked(visit, cast, db)
    me = visit(cast.member)
    outcome, answered = await asyncio.gather(
        taken(db, gmail(reply)), me.post(f"/api/bookings/{key}/cancel", json={"reason": ""})
    )
    assert outcome in {Outcome.CANCELLED, Outcome.REFUSED, Outcome.NOT_INVITED, Outcome.OLD}
    assert answered.status_code in {200, 409}
    assert await booking_state(db, key) == "cancelled"
    assert methods(await mails_to(db, cast.member.email)).count("CANCEL") == 1


async def test_a_mail_that_is_taken_back_is_read_again(visit: Visit, cast: Cast, db: Database) -> None:
    """A worker that dies half way leaves nothing behind."""
    key, reply = await booked(visit, cast, db)
    place = Place(box="box", uid_validity=1, uid=1)
    with pytest.raises(RuntimeError):
        async with transaction(db) as tx:
            await take(tx, mail=read(gmail(reply)), place=place, believed=BELIEVED, now=NOW)
            raise RuntimeError
    assert await booking_state(db, key) == "confirmed"
    assert await taken(db, gmail(reply)) == Outcome.CANCELLED


async def test_in_polish_it_is_told_in_polish(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET locale = 'pl' WHERE id = $1", cast.member.id)
        await change(tx, cast.room_l, cancel_minutes=3 * 1440)
    _, reply = await booked(visit, cast, db)
    assert await taken(db, gmail(reply)) == Outcome.REFUSED
    text = await text_to(db, cast.member.email)
    assert text.startswith("Nadal aktualne:") and "Niczego nie odwołaliśmy" in text


async def test_what_is_read_is_kept_without_a_word_of_whose_it_was(visit: Visit, cast: Cast, db: Database) -> None:
    _, reply = await booked(visit, cast, db)
    await taken(db, gmail(replace(reply, comment="Secret")))
    await attempt(
        db,
        lambda tx: take(
            tx, mail=Outcome.NO_ANSWER, place=Place(box="box", uid_validity=1, uid=5), believed=BELIEVED, now=NOW
        ),
    )
    async with statement(db) as tx:
        rows = [str(dict(row)) for row in await tx.fetch("SELECT * FROM reply ORDER BY uid")]
    assert len(rows) == 2 and not any(word in row for row in rows for word in ("Secret", "example", reply.uid))
