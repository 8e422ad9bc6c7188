"""A hold that lapsed while somebody typed what it is for: nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import timedelta

import httpx

from incubator.bookings.expire import expire_overdue
from incubator.bookings.queries import bookings_of
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement
from tests.bookings.pages.test_booking import PICK, held
from tests.bookings.pages.test_mine import booked
from tests.bookings.pages.test_waiting import wishes
from tests.browsing import post_form
from tests.cast import Cast, Person, acting
from tests.conftest import Clockwork
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]
SAID = {"title": "Talk <b>", "note": "Two\nlines", "attendees": "4"}


async def lapse(db: Database, clock: Clockwork) -> None:
    clock.now = NOW + timedelta(minutes=16)
    assert await attempt(db, lambda tx: expire_overdue(tx, now=clock.now))


async def newest(db: Database, who: Person) -> BookingView:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return max(await bookings_of(tx, actor=actor, now=NOW), key=lambda one: one.created_at)


def fields_of(text: str, form: str) -> dict[str, str]:
    """What the first form in `text` that is sent to an address with `form` carries along."""
    found = re.search(rf'<form method="post" action="[^"]*{form}".*?</form>', text, re.S)
    assert found, form
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', found[0])
    return {name: value.replace("&lt;", "<").replace("&gt;", ">") for name, value in hidden if name != "_csrf_token"}


async def test_taken_by_another_it_offers_free_times_and_the_line_and_keeps_what_was_typed(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    client = visit(cast.member)
    client.headers["accept-language"] = "en"
    address = await held(client, organisation_id=str(cast.acme))
    await lapse(db, clock)
    await booked(db, cast.stranger, cast.room_s, tuesday("10:00", "12:00"))
    answer = await post_form(client, address, SAID)
    assert answer.status_code == 409 and "It is no longer free." in answer.text
    assert "What you typed is kept." in answer.text and "12:00–14:00" in answer.text
    wait = fields_of(answer.text, "/wait")
    assert wait == {**PICK, **SAID, "organisation_id": str(cast.acme)}
    assert (await post_form(client, "/incubators/las/s/wait", wait)).status_code == 303
    assert (await wishes(db, cast.member))[0].title == SAID["title"]
    instead = fields_of(answer.text, "/hold")
    confirm = (await post_form(client, "/incubators/las/s/hold", instead)).headers["location"]
    page = (await client.get(confirm)).text
    assert 'value="Talk &lt;b&gt;"' in page and ">Two\nlines</textarea>" in page and 'value="4"' in page
    made = await newest(db, cast.member)
    assert (made.title, made.note, made.attendees, made.organisation_id) == (*list(SAID.values())[:2], 4, cast.acme)


async def test_still_free_it_is_chosen_again_with_what_was_typed(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    client = visit(cast.member)
    client.headers["accept-language"] = "en"
    address = await held(client)
    await lapse(db, clock)
    answer = await post_form(client, address, SAID)
    assert answer.status_code == 409 and "It is still free: keep it again." in answer.text
    assert "Join the waiting list" not in answer.text and "selected>10:00" in answer.text
    again = fields_of(answer.text, "/hold")
    assert again == {"date": PICK["date"], **SAID}
    confirm = (await post_form(client, "/incubators/las/s/hold", PICK | again)).headers["location"]
    assert 'value="Talk &lt;b&gt;"' in (await client.get(confirm)).text


async def test_what_did_not_fit_is_not_carried_along_where_nobody_can_mend_it(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    client = visit(cast.member)
    address = await held(client)
    await lapse(db, clock)
    for people in ("many", "500", "-1"):
        answer = await post_form(client, address, SAID | {"attendees": people})
        assert answer.status_code == 409 and "attendees" not in fields_of(answer.text, "/hold"), people


async def test_a_collision_after_it_keeps_it_too(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.stranger, cast.room_s, tuesday("10:00", "12:00"))
    answer = await post_form(visit(cast.member), "/incubators/las/s/hold", PICK | SAID)
    assert answer.status_code == 409 and fields_of(answer.text, "/wait") == PICK | SAID


async def test_what_was_confirmed_in_another_window_is_shown_as_it_is(visit: Visit, cast: Cast, db: Database) -> None:
    client = visit(cast.member)
    client.headers["accept-language"] = "en"
    address = await held(client)
    assert (await post_form(client, address, SAID)).status_code == 303
    answer = await post_form(client, address, SAID | {"title": "Twice"})
    assert answer.status_code == 409 and "What happened" in answer.text
    assert (await newest(db, cast.member)).title == SAID["title"]


async def test_a_stranger_learns_nothing_of_a_lapsed_hold(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    address = await held(visit(cast.member))
    await lapse(db, clock)
    for other in (cast.stranger, cast.other_coordinator):
        assert (await post_form(visit(other), address, SAID)).status_code == 404
