"""What people see of paying first: before they book, while it waits, at the desk, on the list; and what programs are told."""

from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest
from litestar import Litestar

from incubator.bookings.expire import expire_overdue
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import LISTENERS
from incubator.pricing.details import ExtraDetails
from tests.bookings.paying import DAY, TWO_HOURS, book, pays_first, work
from tests.browsing import post_form
from tests.cast import Cast
from tests.moments import NOW, tuesday
from tests.payments.stripe.shop import Shop, open_shop
from tests.pricing.cast import a_tariff, in_force
from tests.pricing.test_pages import LIST, send

Visit = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def shop(db: Database, cast: Cast, app: Litestar) -> AsyncIterator[Shop]:
    """Niepołomice takes cards."""
    async with open_shop(db, cast, listeners=LISTENERS) as made:
        app.state.till = made.till
        await pays_first(db, cast)
        yield made


async def held(db: Database, cast: Cast, **told: Any) -> BookingView:
    return await book(db, cast, cast.member, now=NOW, outright=False, **told)


async def state_of(db: Database, booking: BookingView) -> tuple[str, datetime | None]:
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT state, hold_expires_at FROM booking WHERE id = $1", booking.id)
    assert row is not None
    return row["state"], row["hold_expires_at"]


@pytest.mark.parametrize(
    ("pay_by", "until", "to"), [("online", timedelta(hours=1), "/checkouts/"), ("transfer", timedelta(days=3), "/done")]
)
async def test_one_chooses_how_to_pay_and_is_led_on(
    shop: Shop, visit: Visit, db: Database, cast: Cast, pay_by: str, until: timedelta, to: str
) -> None:
    made, browser = await held(db, cast), visit(cast.member)
    shown = (await browser.get(f"/bookings/{made.id}/confirm")).text
    assert 'value="online" checked' in shown and "Here one pays first" in shown and "hardly come" not in shown
    answer = await post_form(browser, f"/bookings/{made.id}/confirm", {"pay_by": pay_by})
    assert answer.status_code == 303 and to in answer.headers["location"]
    state, expires = await state_of(db, made)
    assert state == "awaiting_payment" and expires is not None
    assert NOW + until <= expires <= NOW + until + timedelta(minutes=6)
    page = (await browser.get(f"/bookings/{made.id}")).text
    assert "Waits for its payment until" in page and f'action="/payments/{await charge(db, made)}"' in page
    done = (await browser.get(f"/bookings/{made.id}/done")).text
    assert "now it is to be paid" in done and "It is booked" not in done
    assert "pay until" in (await browser.get("/bookings")).text
    payment = (await browser.get(f"/payments/{await charge(db, made)}")).text
    assert "is kept for you until" in payment


async def charge(db: Database, booking: BookingView) -> str:
    async with statement(db) as tx:
        return str(await tx.fetchval("SELECT id FROM charge WHERE subject_id = $1", booking.id))


async def test_soon_before_it_begins_one_is_told_that_a_transfer_would_be_late(
    shop: Shop, visit: Visit, db: Database, cast: Cast
) -> None:
    made = await held(db, cast, period=tuesday("10:00", "12:00"))
    shown = (await visit(cast.member).get(f"/bookings/{made.id}/confirm")).text
    assert "would hardly come in time: better pay at once" in shown


async def test_without_cards_a_transfer_is_the_only_way_and_nothing_is_asked(
    visit: Visit, db: Database, cast: Cast
) -> None:
    await pays_first(db, cast)
    made, browser = await held(db, cast), visit(cast.member)
    shown = (await browser.get(f"/bookings/{made.id}/confirm")).text
    assert 'name="pay_by"' not in shown and "You pay by bank transfer" in shown
    refused = await post_form(browser, f"/bookings/{made.id}/confirm", {"pay_by": "online"})
    assert refused.status_code == 409 and (await state_of(db, made))[0] == "held"
    nonsense = await post_form(browser, f"/bookings/{made.id}/confirm", {"pay_by": "gold"})
    assert nonsense.status_code == 422
    answer = await post_form(browser, f"/bookings/{made.id}/confirm", {})
    assert answer.headers["location"] == f"/bookings/{made.id}/done"


async def test_where_one_pays_afterwards_the_days_of_the_list_are_told(visit: Visit, db: Database, cast: Cast) -> None:
    await pays_first(db, cast, who="persons", due_days=1)
    made, browser = await held(db, cast), visit(cast.member)
    assert "You pay within 1 day, by transfer" in (await browser.get(f"/bookings/{made.id}/confirm")).text
    await post_form(browser, f"/bookings/{made.id}/confirm", {})
    assert (await state_of(db, made))[0] == "confirmed"


async def test_where_it_is_approved_first_one_is_told_so(visit: Visit, db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE space SET needs_approval = true WHERE id = $1", cast.room_l)
    made = await held(db, cast)
    shown = (await visit(cast.member).get(f"/bookings/{made.id}/confirm")).text
    assert "when the coordinator has approved it, it is kept for you for 3 days" in shown and "pay_by" not in shown


async def test_the_desk_sees_until_when_it_is_kept(visit: Visit, db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await book(db, cast, cast.member, now=NOW)
    desk = visit(cast.coordinator)
    assert "kept until Thu 10 Sep, 09:00" in (await desk.get(f"/desk/incubators/las/day?date={DAY}")).text
    shown = (await desk.get(f"/bookings/{made.id}")).text
    assert "Waits for its payment until" in shown and "Check in" not in shown and "Change the time" not in shown


async def test_moved_before_it_is_paid_one_is_led_to_paying_it(visit: Visit, db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made, browser = await book(db, cast, cast.member, now=NOW), visit(cast.member)
    answer = await browser.get(f"/bookings/{made.id}/move")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/bookings/{made.id}")
    shown = (await browser.get(f"/bookings/{made.id}")).text.replace("\xa0", " ")
    assert "Pay it first, then you can change its time" in shown
    assert "73.80 zł to pay" in shown and "How to pay" in shown


async def test_the_dearer_time_that_is_refused_is_said_before_and_after(visit: Visit, db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made, browser = await book(db, cast, cast.member, now=NOW), visit(cast.member)
    async with transaction(db) as tx:  # paid, for all that the page knows
        await tx.execute("UPDATE booking SET state = 'confirmed', hold_expires_at = NULL WHERE id = $1", made.id)
        await tx.execute("UPDATE occupancy SET state = 'firm', expires_at = NULL WHERE subject_id = $1", made.id)
    times = {
        "start": f"{TWO_HOURS.start:%Y-%m-%dT%H:%MZ}",
        "end": f"{TWO_HOURS.end + timedelta(hours=1):%Y-%m-%dT%H:%MZ}",
    }
    part = (await browser.get(f"/bookings/{made.id}/move/price", params=times)).text.replace("\xa0", " ")
    assert "36.90 zł more, and here one pays first" in part and "is to be paid" not in part
    answer = await post_form(browser, f"/bookings/{made.id}/move", {**times, "date": str(DAY)})
    assert answer.status_code == 409
    assert "this would cost 110.70 zł, 36.90 zł more than before" in answer.text.replace("\xa0", " ")


async def test_the_sum_stands_above_the_form_and_a_private_person_is_not_told_of_the_market(
    visit: Visit, db: Database, cast: Cast
) -> None:
    await pays_first(db, cast)
    made = await held(db, cast)
    shown = (await visit(cast.member).get(f"/bookings/{made.id}/confirm")).text.replace("\xa0", " ")
    assert shown.index("<strong>73.80 zł</strong>") < shown.index('name="title"')
    assert "At market prices" in shown
    his = await book(db, cast, cast.resident, own=True, now=NOW, outright=False, space_id=cast.room_s)
    browser = visit(cast.resident)
    shown = (await browser.get(f"/bookings/{his.id}/confirm")).text.replace("\xa0", " ")
    assert "<strong>123.00 zł</strong>" in shown and "At market prices" not in shown
    browser.headers["hx-request"] = "true"
    part = (await post_form(browser, f"/bookings/{his.id}/confirm/price", {})).text
    assert 'id="sum" hx-swap-oob="true"' in part


async def test_what_is_said_of_paying_first_follows_what_is_chosen(visit: Visit, db: Database, cast: Cast) -> None:
    """An association has the room free, and the projector not."""
    await pays_first(db, cast, extras=(ExtraDetails(name_pl="Rzutnik", price=2_000),))
    async with transaction(db) as tx:
        await tx.execute("UPDATE organisation SET kind = 'ngo' WHERE id = $1", cast.acme)
        extra = str(await tx.fetchval("SELECT id FROM extra"))
    made = await held(db, cast)
    browser, at = visit(cast.member), f"/bookings/{made.id}/confirm"
    browser.headers["accept-language"] = "en"
    first, nothing = "it is yours once it is paid", "As it is now, nothing is to be paid."
    shown = (await browser.get(at)).text
    assert nothing in shown and first not in shown and 'hx-swap-oob="true"' not in shown
    shown = (await post_form(browser, f"{at}/price", {"extras": extra})).text
    assert first in shown and nothing not in shown, "without scripts"
    browser.headers["hx-request"] = "true"
    part = (await post_form(browser, f"{at}/price", {"extras": extra})).text
    assert '<div id="pay-first" aria-live="polite" hx-swap-oob="true">' in part and first in part
    assert nothing in (await post_form(browser, f"{at}/price", {})).text


async def test_a_program_is_told_the_state_and_until_when(shop: Shop, visit: Visit, app: Litestar, cast: Cast) -> None:
    client = visit(cast.member)
    wish = {"space_id": str(cast.room_l), "organisation_id": str(cast.acme), "outright": True, "pay_by": "online"}
    times = {"start": TWO_HOURS.start.isoformat(), "end": TWO_HOURS.end.isoformat()}
    made = await client.post("/api/bookings", json={**wish, **times})
    assert made.status_code == 201, made.text
    told = made.json()
    assert told["state"] == "awaiting_payment"
    assert datetime.fromisoformat(told["hold_expires_at"]) == NOW + timedelta(hours=1)
    app.state.till = type(shop.till)(None, LISTENERS, "")
    refused = await client.post("/api/bookings", json={**wish, **times, "space_id": str(cast.room_s)})
    assert (refused.status_code, refused.json()["code"]) == (409, "stripe_not_connected")
    wrong = await client.post("/api/bookings", json={**wish, **times, "pay_by": "gold"})
    assert wrong.status_code == 422


async def test_a_list_says_who_pays_first_and_a_copy_says_the_same(visit: Visit, db: Database, cast: Cast) -> None:
    first = await in_force(db, cast, a_tariff(cast.room_l), pays_first="persons", due_days=5)
    client = visit(cast.coordinator)
    assert "Private persons pay first" in (await client.get("/prices/las")).text
    made = await send(client, "/desk/incubators/las/prices", "draft", **LIST, copy_of=str(first.id))
    at = made.headers["location"]
    assert await terms(db, "draft") == ("persons", 5)
    same = await send(client, at, "list", **LIST)
    assert same.status_code == 303 and await terms(db, "draft") == ("persons", 5), "what is left out stays"
    other = await send(client, at, "list", **LIST, pays_first="everybody", due_days="60")
    assert other.status_code == 303 and await terms(db, "draft") == ("everybody", 60)
    for wrong in ({"due_days": "0"}, {"due_days": "61"}, {"pays_first": "me"}):
        assert (await send(client, at, "list", **LIST, **wrong)).status_code == 422
    shown = (await client.get(at)).text
    assert "One pays first" in shown and 'value="everybody" selected' in shown


async def test_a_program_copies_and_changes_the_terms_of_a_list(visit: Visit, db: Database, cast: Cast) -> None:
    first = await in_force(db, cast, a_tariff(cast.room_l), pays_first="everybody", due_days=2)
    client = visit(cast.coordinator)
    details = {"name_pl": "Nowy", "in_force_from": date(2027, 1, 1).isoformat()}
    made = await client.post("/api/incubators/las/price-lists", json={"details": details, "copy_of": str(first.id)})
    assert made.status_code == 201, made.text
    assert (made.json()["pays_first"], made.json()["due_days"]) == ("everybody", 2)
    empty = await client.post("/api/incubators/las/price-lists", json={"details": details})
    assert (empty.json()["pays_first"], empty.json()["due_days"]) == ("nobody", 14)
    async with transaction(db) as tx:
        with pytest.raises(Exception, match=r"published price list is not changed"):
            await tx.execute("UPDATE price_list SET pays_first = 'nobody' WHERE id = $1", first.id)


async def terms(db: Database, state: str) -> tuple[str, int]:
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT pays_first, due_days FROM price_list WHERE state = $1", state)
    assert row is not None
    return row["pays_first"], row["due_days"]


async def test_the_desk_counts_a_transfer_that_was_late(shop: Shop, visit: Visit, db: Database, cast: Cast) -> None:
    made = await book(db, cast, cast.member, now=NOW)
    desk, at = visit(cast.coordinator), f"/desk/charges/{await charge(db, made)}"
    shown = (await desk.get(at)).text
    assert "is given up by itself" in shown and "Write it off" not in shown
    await attempt(db, lambda tx: expire_overdue(tx, now=NOW + timedelta(days=3)))
    assert "This was given up before it was paid" in (await desk.get(at)).text
    came = {"amount": "73,80", "received_on": NOW.date().isoformat()}
    answer = await send(desk, at, "came", **came)
    assert answer.status_code == 303, answer.text
    await work(shop)
    assert await state_of(db, made) == ("confirmed", None)
