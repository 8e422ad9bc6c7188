"""From the week to a booking, as a browser without scripts does it."""

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import httpx

from incubator.bookings.queries import bookings_of
from incubator.db.engine import Database, transaction
from incubator.kernel.period import local_moment
from tests.browsing import post_form
from tests.cast import Cast, acting, change, let_by_the_day, limit
from tests.conftest import NOW

Visit = Callable[..., httpx.AsyncClient]
PICK = {"date": "2026-09-08", "start": "2026-09-08T08:00Z", "end": "2026-09-08T10:00Z"}


async def held(client: httpx.AsyncClient, **changes: str) -> str:
    """The address of the page to confirm on."""
    answer = await post_form(client, "/incubators/las/s/hold", PICK | changes)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_anybody_sees_the_week_with_what_is_free(visit: Visit, cast: Cast) -> None:
    text = (await visit().get("/incubators/las?date=2026-09-08&lang=en")).text
    assert 'href="/incubators/las/s?date=2026-09-08&start=2026-09-08T06:00Z#book"' in text
    assert "3 of 3 free" in text
    assert "closed" in text


async def test_a_day_inside_the_lead_time_is_said_to_be_too_late(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, lead_minutes=2 * 1440)
    text = (await visit().get("/incubators/las/s?date=2026-09-08&lang=en")).text
    assert "too late to book" in text
    assert "start=2026-09-08" not in text and "start=2026-09-09T07:00Z" in text


async def test_what_is_let_for_weeks_is_free_in_every_week_and_chosen_by_the_day(
    visit: Visit, cast: Cast, db: Database
) -> None:
    async with transaction(db) as tx:
        await let_by_the_day(tx, cast.office_space, shortest_days=28)
    for day in ("2026-09-16", "2026-09-20"):
        text = (await visit().get(f"/incubators/las?date={day}&lang=en")).text
        assert text.count("OFFICE, Sun 20 Sep, free: </span>all day") == 1
    form = (await visit().get("/incubators/las/office?date=2026-09-16&lang=en")).text
    assert ">Wed 16 Sep</option>" in form
    assert '<option value="2026-10-13T22:00Z" selected>Tue 13 Oct</option>' in form


async def test_a_week_is_narrowed_by_what_is_looked_for(visit: Visit, cast: Cast) -> None:
    text = (await visit().get("/incubators/las?kind=room&people=50&lang=en")).text
    assert "2 of 8 shown" in text
    assert "No space here fits" in (await visit().get("/incubators/las?access=step_free&lang=en")).text


async def test_nonsense_in_the_address_is_not_an_error(visit: Visit, cast: Cast) -> None:
    for query in ("date=9999-99-99", "people=-3", "people=²", "kind=castle", "date=2199-01-01", "start=x&end=y"):
        assert (await visit().get(f"/incubators/las?{query}")).status_code == 200
        assert (await visit().get(f"/incubators/las/s?{query}")).status_code == 200


async def test_an_unknown_incubator_or_space_is_not_found(visit: Visit, cast: Cast) -> None:
    assert (await visit().get("/incubators/nowhere")).status_code == 404
    assert (await visit().get("/incubators/las/nothing")).status_code == 404


async def test_a_time_is_held_described_and_booked(visit: Visit, cast: Cast, db: Database) -> None:
    client = visit(cast.member)
    address = await held(client, organisation_id=str(cast.acme))
    page = await client.get(address)
    assert "Kept for you until 09:15" in page.text
    done = await post_form(client, address, {"title": "Talk <b>", "attendees": "4"})
    assert done.headers["location"].endswith("/done")
    async with transaction(db) as tx:
        booking = (await bookings_of(tx, actor=await acting(db, cast.member), now=NOW))[0]
    assert (booking.title, booking.attendees, booking.organisation_id) == ("Talk <b>", 4, cast.acme)
    assert booking.state == "confirmed"


async def test_what_was_typed_is_kept_when_it_is_refused(visit: Visit, cast: Cast) -> None:
    client = visit(cast.member)
    address = await held(client)
    answer = await post_form(client, address, {"title": "Our talk", "attendees": "many"})
    assert answer.status_code == 422
    assert 'value="Our talk"' in answer.text and 'value="many"' in answer.text


async def test_a_stranger_signs_in_and_comes_back_to_the_choice(visit: Visit, cast: Cast) -> None:
    answer = await post_form(visit(), "/incubators/las/s/hold", PICK)
    way = parse_qs(urlsplit(answer.headers["location"]).query)["next"][0]
    assert way == "/incubators/las/s?date=2026-09-08&start=2026-09-08T08%3A00Z&end=2026-09-08T10%3A00Z#book"
    page = await visit(cast.member).get(way)
    assert '<option value="2026-09-08T10:00Z" selected>12:00' in page.text


async def test_a_taken_time_is_refused_with_what_is_free_instead(visit: Visit, cast: Cast) -> None:
    await held(visit(cast.stranger))
    answer = await post_form(visit(cast.member), "/incubators/las/s/hold?lang=en", PICK)
    assert answer.status_code == 409
    assert "This time is already taken." in answer.text
    assert "12:00–14:00" in answer.text


async def test_the_end_before_the_start_is_said_in_a_sentence(visit: Visit, cast: Cast) -> None:
    for wrong in ({"end": "2026-09-08T07:00Z"}, {"end": ""}, {"start": "soon"}):
        answer = await post_form(visit(cast.member), "/incubators/las/s/hold?lang=en", PICK | wrong)
        assert answer.status_code == 422
        assert "the end comes after the start" in answer.text


async def test_a_booking_of_another_cannot_be_confirmed_or_seen(visit: Visit, cast: Cast) -> None:
    address = await held(visit(cast.member))
    stranger = visit(cast.stranger)
    assert (await stranger.get(address)).status_code == 404
    assert (await post_form(stranger, address, {"title": "Mine"})).status_code == 404
    assert (await stranger.get(address.replace("confirm", "done"))).status_code == 404
    assert (await post_form(stranger, address.replace("confirm", "give-up"), {})).status_code == 404


async def test_a_held_time_can_be_given_up_for_another(visit: Visit, cast: Cast) -> None:
    client = visit(cast.member)
    address = await held(client)
    answer = await post_form(client, address.replace("confirm", "give-up"), {})
    assert answer.headers["location"] == "/incubators/las/s?date=2026-09-08"
    await held(visit(cast.stranger))


async def test_terms_have_to_be_read_where_there_are_any(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE incubator SET terms_pl = 'Sprzątamy po sobie.' WHERE id = $1", cast.las)
    client = visit(cast.member)
    address = await held(client)
    assert (await post_form(client, address, {"title": "Talk"})).status_code == 422
    assert (await post_form(client, address, {"title": "Talk", "agreed": "yes"})).status_code == 303


async def test_a_click_into_the_picture_of_a_day_chooses_the_time_under_it(visit: Visit, cast: Cast) -> None:
    text = (await visit().get("/incubators/las/s?date=2026-09-08&at=14:30", headers={"hx-request": "true"})).text
    assert "<html" not in text
    moment = local_moment(date(2026, 9, 8), 14 * 60 + 30).strftime("%Y-%m-%dT%H:%MZ")
    assert f'<option value="{moment}"' in text and f'until="{moment[:10]}T18:00Z" selected>14:30' in text


async def test_what_one_may_book_in_a_week_is_said_before_it_is_refused(visit: Visit, cast: Cast, db: Database) -> None:
    address = "/incubators/las/s?date=2026-09-08"
    assert "can book" not in (await visit().get(f"{address}&lang=en")).text
    async with transaction(db) as tx:
        await limit(tx, cast.room_s, organisation=150)
    assert "An organisation can book 2 h 30 min a week." in (await visit().get(f"{address}&lang=en")).text
    polish = (await visit().get(f"{address}&lang=pl")).text
    assert "Organizacja może zarezerwować 2 godz. 30 min tygodniowo." in polish
    assert "Osoba prywatna może" not in polish
