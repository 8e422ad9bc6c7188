"""The link in a mail lets its reader cancel without signing in: never by being opened, and nobody else."""

import re
from collections.abc import Callable
from uuid import UUID

import httpx
import pytest

from incubator.bookings.answer_link import ANSWER
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import uuid7
from tests.bookings.test_cancel_by_steps import stepped
from tests.bookings.test_charge import book
from tests.bookings.test_invite import confirmed
from tests.browsing import post_form
from tests.cast import Cast, change
from tests.mail.calendar_app import mails_to, methods

Visit = Callable[..., httpx.AsyncClient]
CANCEL = {"form": "cancel"}
LINK = re.compile(r"/bookings/[0-9a-f-]{36}/answer/[0-9a-f-]{36}/\S+")


async def link_in_mail(db: Database, to: str) -> str:
    *_, mail = await mails_to(db, to)
    text = mail.get_body(("plain",))
    assert text is not None
    [found] = LINK.findall(text.get_content())
    return str(found)


async def state_of(visit: Visit, cast: Cast, where: str) -> str:
    return str((await visit(cast.member).get(where)).json()["state"])


async def test_opening_it_changes_nothing_and_the_button_cancels(visit: Visit, cast: Cast, db: Database) -> None:
    where = await confirmed(visit, cast, organisation_id=str(cast.acme), title="Board")
    link, anybody = await link_in_mail(db, cast.member.email), visit()
    for _ in range(2):
        page = await anybody.get(f"{link}?lang=en")
        assert page.status_code == 200 and "noindex" in page.text
        assert "LAS Open Space" in page.text and "Board" not in page.text, "what for is for who is signed in"
        assert (await anybody.head(link)).status_code in {200, 405}
    assert await state_of(visit, cast, where) == "confirmed"
    done = await post_form(anybody, link, CANCEL)
    assert (done.status_code, done.headers["location"]) == (303, link)
    assert await state_of(visit, cast, where) == "cancelled"
    assert "nothing to cancel here any more" in (await anybody.get(f"{link}?lang=en")).text
    again = await post_form(anybody, link, CANCEL)
    assert again.status_code == 409
    assert methods(await mails_to(db, cast.member.email)) == ["REQUEST", "CANCEL"]
    async with statement(db) as tx:
        verb = await tx.fetchrow("SELECT verb, actor_id FROM history ORDER BY id DESC LIMIT 1")
    assert verb is not None and tuple(verb) == ("cancel", cast.member.id)


async def test_without_the_token_of_the_form_nothing_is_done(visit: Visit, cast: Cast, db: Database) -> None:
    where = await confirmed(visit, cast)
    link = await link_in_mail(db, cast.member.email)
    assert (await visit().post(link)).status_code == 403
    assert await state_of(visit, cast, where) == "confirmed"


async def test_another_link_opens_nothing(visit: Visit, cast: Cast, db: Database) -> None:
    where = await confirmed(visit, cast)
    other = await confirmed(visit, cast, space_id=str(cast.room_s))
    link = await link_in_mail(db, cast.member.email)
    key, given = other.rpartition("/")[2], link.rpartition("/")[2]
    stranger = ANSWER.to(UUID(where.rpartition("/")[2]), account_id=cast.stranger.id)
    for wrong in (
        f"/bookings/{where.rpartition('/')[2]}/answer/{cast.member.id}/{given}",
        f"/bookings/{key}/answer/{cast.owner.id}/{given}",
        f"/bookings/{key}/answer/{cast.member.id}/{given[:-1]}",
        f"/bookings/{key}/answer/{cast.member.id}/ą",
        f"/bookings/{uuid7()}/answer/{cast.member.id}/{given}",
        stranger.partition(":8000")[2],
    ):
        assert (await visit().get(wrong)).status_code == 404, wrong
        assert (await post_form(visit(), wrong, CANCEL)).status_code == 404, wrong
    assert await state_of(visit, cast, where) == await state_of(visit, cast, other) == "confirmed"


async def test_who_has_left_the_organisation_cannot_use_it(visit: Visit, cast: Cast, db: Database) -> None:
    await confirmed(visit, cast, organisation_id=str(cast.acme))
    link = await link_in_mail(db, cast.member.email)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM membership WHERE account_id = $1", cast.member.id)
    assert (await visit().get(f"{link}?lang=en")).status_code == 404
    assert (await post_form(visit(), link, CANCEL)).status_code == 404


async def test_too_late_it_says_so(visit: Visit, cast: Cast, db: Database) -> None:
    where = await confirmed(visit, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=3 * 1440)
    refused = await post_form(visit(), await link_in_mail(db, cast.member.email), CANCEL)
    assert refused.status_code == 409 and 'role="alert"' in refused.text
    assert await state_of(visit, cast, where) == "confirmed"


@pytest.mark.parametrize("news", ["declined", "cancelled"])
async def test_where_there_is_nothing_to_cancel_there_is_no_link(
    visit: Visit, cast: Cast, db: Database, news: str
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=news == "declined")
    where = await confirmed(visit, cast)
    deed = "decline" if news == "declined" else "cancel"
    assert (await visit(cast.coordinator).post(f"{where}/{deed}", json={"reason": "Water"})).status_code == 200
    *_, mail = await mails_to(db, cast.member.email)
    assert not LINK.search(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]


async def test_it_says_what_goes_back_of_what_is_paid_for(visit: Visit, cast: Cast, db: Database) -> None:
    await stepped(db, cast)
    booking = await book(db, cast, cast.member)
    link = ANSWER.to(booking.id, account_id=cast.member.id).partition(":8000")[2]
    page = await visit().get(f"{link}?lang=en")
    assert page.status_code == 200 and "If you cancel now" in page.text
