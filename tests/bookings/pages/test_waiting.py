"""The way into the waiting list for a time that one sees is taken, without scripts."""

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import httpx

from incubator.bookings.waitlist import WaitlistView, wishes_of
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import local_days
from tests.bookings.pages.test_mine import booked
from tests.browsing import post_form
from tests.cast import Cast, Person, acting, change, let_by_the_day
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]
DAY = "/incubators/las/s?date=2026-09-08&lang=en"
TEN = {"date": "2026-09-08", "start": "2026-09-08T08:00Z", "end": "2026-09-08T09:00Z"}


async def wishes(db: Database, who: Person) -> list[WaitlistView]:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await wishes_of(tx, actor=actor, now=NOW)


def form(text: str) -> str:
    """The form of the waiting list, with what it stands in."""
    return text[text.index('id="wait"') : text.index("</details>", text.index('id="wait"'))]


def offered(text: str, name: str) -> list[str]:
    select = text[text.index(f'<select name="{name}"') :]
    return re.findall(r'<option value="[^"]*"[^>]*>([^<]*)</option>', select[: select.index("</select>")])


async def test_a_taken_time_that_was_asked_for_is_named_and_can_be_waited_for(
    visit: Visit, cast: Cast, db: Database
) -> None:
    await booked(db, cast.stranger, cast.room_s, tuesday("10:00", "12:00"))
    client = visit(cast.member)
    text = (await client.get(f"{DAY}&start=2026-09-08T08:30Z&end=2026-09-08T10:00Z")).text
    assert "10:30 is taken. Choose a free time, or wait for it below." in text
    wait = form(text)
    assert wait.startswith('id="wait" open')
    assert offered(wait, "start") == ["10:00", "10:30", "11:00", "11:30"]
    assert "selected>10:30" in wait and "selected>12:00" in wait and 'action="/incubators/las/s/wait"' in wait
    assert f'value="{cast.acme}" selected' in wait
    answer = await post_form(client, "/incubators/las/s/wait", TEN | {"organisation_id": str(cast.acme)})
    assert answer.headers["location"] == "/bookings#line"
    (wish,) = await wishes(db, cast.member)
    assert (wish.period, wish.organisation_id) == (tuesday("10:00", "11:00"), cast.acme)


async def test_a_wholly_taken_day_leads_from_the_week_to_the_waiting_list(
    visit: Visit, cast: Cast, db: Database
) -> None:
    await booked(db, cast.stranger, cast.room_s, tuesday("8:00", "14:00"))
    await booked(db, cast.stranger, cast.room_s, tuesday("14:00", "20:00"))
    week = (await visit().get("/incubators/las?date=2026-09-08&lang=en")).text
    assert 'class="full" href="/incubators/las/s?date=2026-09-08#book"' in week
    for headers in ({}, {"hx-request": "true"}):
        text = (await visit(cast.member).get(DAY, headers=headers)).text
        assert "Everything is taken on this day." in text and "Nothing can be booked" not in text
        assert form(text).startswith('id="wait" open')
    polish = (await visit(cast.member).get(DAY.replace("=en", "=pl"))).text
    assert "Tego dnia wszystko jest zajęte." in polish and "Poczekaj na zajęty termin" in polish


async def test_nothing_is_to_wait_for_where_nothing_is_taken(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.stranger, cast.desks[0], tuesday("10:00", "12:00"))
    for address in (DAY, DAY.replace("09-08", "09-12"), DAY.replace("/s?", "/zones/strefa?")):
        text = (await visit(cast.member).get(f"{address}&start=2026-09-08T08:00Z")).text
        assert "Wait for a taken time" not in text and "is taken." not in text


async def test_whatever_the_form_offers_can_be_waited_for(visit: Visit, cast: Cast, db: Database) -> None:
    """Also where the shortest stay and the turnaround take more than the booking itself."""
    async with transaction(db) as tx:
        await change(tx, cast.room_s, shortest_minutes=60, turnaround_minutes=30)
    await booked(db, cast.stranger, cast.room_s, tuesday("10:00", "11:00"))
    client = visit(cast.member)
    starts = re.findall(r'<option value="([^"]*)" data-until', form((await client.get(DAY)).text))
    assert starts == [f"2026-09-08T{clock}Z" for clock in ("07:00", "07:30", "08:00", "08:30", "09:00")]
    for start in starts:
        hour, rest = start[11:13], start[13:]
        end = f"2026-09-08T{int(hour) + 1:02}{rest}"
        answer = await post_form(client, "/incubators/las/s/wait", TEN | {"start": start, "end": end})
        assert answer.status_code == 303, start


async def test_a_stranger_signs_in_and_finds_the_wish_as_it_was(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.member, cast.room_s, tuesday("10:00", "12:00"))
    answer = await post_form(visit(), "/incubators/las/s/wait", TEN)
    way = parse_qs(urlsplit(answer.headers["location"]).query)["next"][0]
    wait = form((await visit(cast.stranger).get(way)).text)
    assert wait.startswith('id="wait" open') and "selected>10:00" in wait and "selected>11:00" in wait


async def test_a_refused_wish_stays_chosen(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.stranger, cast.room_s, tuesday("10:00", "12:00"))
    client = visit(cast.member)
    await post_form(client, "/incubators/las/s/wait", TEN)
    again = await post_form(client, "/incubators/las/s/wait?lang=en", TEN)
    assert again.status_code == 409 and "already on the waiting list" in again.text
    assert form(again.text).startswith('id="wait" open') and "selected>11:00" in form(again.text)


async def test_what_is_let_for_days_is_waited_for_by_the_day(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await let_by_the_day(tx, cast.office_space, shortest_days=2)
    await booked(db, cast.stranger, cast.office_space, local_days(date(2026, 9, 10), 3))
    text = (await visit(cast.member).get("/incubators/las/office?date=2026-09-10&lang=en")).text
    assert offered(form(text), "start") == ["Thu 10 Sep"]
    assert "Sat 12 Sep" in offered(form(text), "end")
