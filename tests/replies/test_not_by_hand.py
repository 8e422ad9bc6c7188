"""What nobody clicked, or another did, is left for people or told: it calls nothing off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx

from incubator.db.engine import Database
from incubator.replies.states import Outcome
from tests.cast import Cast
from tests.mail.calendar_app import mails_to
from tests.moments import NOW
from tests.replies.answers import apple, booking_state, gmail, outlook, taken
from tests.replies.answers import told_in as text_to
from tests.replies.test_take import booked

Visit = Callable[..., httpx.AsyncClient]


async def test_what_a_calendar_declines_by_itself_stands(visit: Visit, cast: Cast, db: Database) -> None:
    """As it may while somebody is away; they are told, and can call it off."""
    key, reply = await booked(visit, cast, db)
    octets = b"Auto-Submitted: Auto-Replied (while away)\r\n" + apple(reply)
    assert await taken(db, octets) == Outcome.REFUSED
    assert await booking_state(db, key) == "confirmed"
    text = await text_to(db, cast.member.email)
    assert "by itself" in text and f"/bookings/{key}/answer/{cast.member.id}/" in text
    later = NOW + timedelta(minutes=1)
    by_hand = gmail(replace(reply, named="<2@x>", written_at=later))
    assert await taken(db, by_hand, uid=2, now=later) == Outcome.CANCELLED


async def test_a_calendar_may_accept_by_itself(visit: Visit, cast: Cast, db: Database) -> None:
    _, reply = await booked(visit, cast, db)
    octets = b"Auto-Submitted: auto-replied\r\n" + apple(replace(reply, says="ACCEPTED"))
    assert await taken(db, octets) == Outcome.NOTED


async def test_who_answers_for_another_or_by_another_address_is_left_for_people(
    visit: Visit, cast: Cast, db: Database
) -> None:
    key, reply = await booked(visit, cast, db)
    other = "anna@elsewhere.example"
    for uid, octets in enumerate(
        (
            gmail(replace(reply, sender=other)).replace(b"CN=Anna:", f'SENT-BY="mailto:{other}":'.encode()),
            gmail(replace(reply, sender=other, attendee=other)),
            gmail(replace(reply, attendee=other)),
            gmail(reply).replace(
                b"From:", b"Sender: list@elsewhere.example\r\nFrom: anna@elsewhere.example\r\nX-From:"
            ),
        )
    ):
        assert await taken(db, octets, uid=uid) == Outcome.NOT_INVITED
    assert await booking_state(db, key) == "confirmed"
    assert len(await mails_to(db, cast.member.email)) == 1, "nobody is written to"


async def test_a_proposal_of_another_time_is_left_for_people(visit: Visit, cast: Cast, db: Database) -> None:
    key, reply = await booked(visit, cast, db)
    assert await taken(db, outlook(reply, "COUNTER")) == Outcome.NO_ANSWER
    assert await booking_state(db, key) == "confirmed"
