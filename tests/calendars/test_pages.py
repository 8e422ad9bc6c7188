"""The page of one's own calendar addresses, and a single booking as a file."""

import re
from collections.abc import Callable
from html import unescape

import httpx
import pytest

from incubator.calendars.links import links_to, qr_code
from incubator.calendars.make_feed import MOST
from incubator.db.engine import Database
from tests.browsing import post_form
from tests.calendars.conftest import Book, new_feed
from tests.calendars.readers import READERS, Seen, with_icalendar
from tests.cast import Cast
from tests.moments import tuesday

Visit = Callable[..., httpx.AsyncClient]


async def test_an_address_is_made_shown_once_and_works(visit: Visit, cast: Cast, book: Book) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Demo")
    client = visit(cast.member)
    made = await post_form(client, "/me/calendars", {"name": '<b>"Phone"</b>'})
    assert made.status_code == 200 and "<b>" not in made.text
    [address] = re.findall(r'value="(http://[^"]+/calendars/personal/[^"]+\.ics)"', made.text)
    answer = await visit().get(httpx.URL(address).path)
    assert [one.summary for one in with_icalendar(answer.content)] == ["Demo"]
    listed = await client.get("/me/calendars")
    assert "&lt;b&gt;&#34;Phone&#34;&lt;/b&gt;" in listed.text
    assert "/calendars/personal/" not in listed.text
    assert made.headers["cache-control"] == "no-store"


async def test_what_is_chosen_stands_in_the_address_that_is_made(visit: Visit, cast: Cast, book: Book) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Demo")
    chosen = {"kinds": ["bookings", "absences"], "written": "pl", "first": "2026-01-01", "cancelled": "0"}
    client = visit(cast.member)
    made = await post_form(client, "/me/calendars", chosen)
    [address] = re.findall(r'value="(http://[^"]+/calendars/personal/[^"]+)"', made.text)
    told = httpx.URL(unescape(address))
    assert dict(told.params) == {"lang": "pl", "kinds": "bookings", "from": "2026-01-01", "cancelled": "0"}
    assert "X-WR-CALNAME:Moje rezerwacje" in (await visit().get(told.raw_path.decode())).text
    for amiss in ({"kinds": "absences"}, {"first": "2026-02-01", "last": "2026-01-01"}, {"cancelled": "91"}):
        refused = await post_form(client, "/me/calendars", amiss)
        assert refused.status_code == 422 and 'role="alert"' in refused.text
        assert '<details class="plain" open>' in refused.text
    assert 'name="cancelled" value="91"' in refused.text
    assert (await client.get("/me/calendars")).text.count("/revoke") == 1, "none was made of what was refused"


async def test_every_way_in_is_offered(visit: Visit, cast: Cast) -> None:
    made = await post_form(visit(cast.member), "/me/calendars", {})
    text = unescape(made.text)
    for way in (
        "webcal://",
        "https://calendar.google.com/",
        "https://outlook.live.com/",
        "https://outlook.office.com/",
    ):
        assert f'href="{way}' in text
    assert "<svg" in made.text and "“My calendar”" in text


async def test_a_password_for_an_app_is_shown_once_with_the_steps_and_lets_it_in(visit: Visit, cast: Cast) -> None:
    client = visit(cast.member)
    made = await post_form(client, "/me/calendars/passwords", {"name": "<i>Tablet</i>"})
    assert made.status_code == 200 and made.headers["cache-control"] == "no-store" and "<i>Tablet" not in made.text
    assert made.text.count('<details class="plain" open>') == 3 and cast.member.email in made.text
    [secret] = re.findall(r'<dt>Password</dt><dd><code id="password">([^<]+)</code>', made.text)
    found = await visit().request("PROPFIND", "/dav/", auth=(cast.member.email, secret), headers={"Depth": "1"})
    assert found.status_code == 207
    tokens = (await client.get("/me")).text
    assert "&lt;i&gt;Tablet&lt;/i&gt;" in tokens and "<code>calendars:read</code>" in tokens and secret not in tokens
    assert secret not in (await client.get("/me/calendars")).text
    refused = await post_form(client, "/me/calendars/passwords", {"name": "x" * 300})
    assert refused.status_code == 422 and 'role="alert"' in refused.text
    assert "“Calendar app”" in (await post_form(client, "/me/calendars/passwords", {})).text


async def test_revoking_takes_it_off_the_list_and_off_the_net(visit: Visit, cast: Cast, db: Database) -> None:
    made, client = await new_feed(db, cast.member, "Tablet"), visit(cast.member)
    done = await post_form(client, f"/me/calendars/{made.id}/revoke", {})
    assert (done.status_code, done.headers["location"]) == (303, "/me/calendars")
    assert "Tablet" not in (await client.get("/me/calendars")).text
    assert (await visit().get(f"/calendars/personal/{made.secret}.ics")).status_code == 410


async def test_nobody_revokes_for_another(visit: Visit, cast: Cast, db: Database) -> None:
    made = await new_feed(db, cast.member)
    for person in (cast.stranger, cast.colleague, cast.coordinator, cast.administrator):
        assert (await post_form(visit(person), f"/me/calendars/{made.id}/revoke", {})).status_code == 404
    assert (await visit().get(f"/calendars/personal/{made.secret}.ics")).status_code == 200


async def test_strangers_sign_in_first(visit: Visit, cast: Cast, book: Book) -> None:
    made = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    for path in ("/me/calendars", f"/bookings/{made.id}/event.ics"):
        answer = await visit().get(path)
        assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("name", ["x" * 300, "two\nlines"])
async def test_a_name_that_is_none_is_refused_on_the_page(visit: Visit, cast: Cast, name: str) -> None:
    answer = await post_form(visit(cast.member), "/me/calendars", {"name": name})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


async def test_a_form_that_is_refused_comes_back_as_it_was(visit: Visit, cast: Cast, db: Database) -> None:
    client, of = visit(cast.colleague), f"organisation:{cast.acme}"
    too_long = await post_form(client, "/me/calendars", {"of": of, "name": "x" * 300})
    for _ in range(MOST):
        await new_feed(db, cast.colleague)
    too_many = await post_form(client, "/me/calendars", {"of": of, "name": "Tablet"})
    assert (too_long.status_code, too_many.status_code) == (422, 409)
    assert 'value="Tablet"' in too_many.text and f'value="{"x" * 300}"' in too_long.text
    for answer in (too_long, too_many):
        assert f'value="{of}" selected' in answer.text


async def test_the_page_speaks_polish(visit: Visit, cast: Cast) -> None:
    answer = await visit(cast.member).get("/me/calendars?lang=pl")
    assert "Moje kalendarze" in answer.text and "Make an address" not in answer.text


async def test_a_coordinator_is_led_there_from_the_desk(visit: Visit, cast: Cast) -> None:
    assert 'href="/me/calendars"' in (await visit(cast.coordinator).get("/desk")).text
    assert "/me/calendars" not in (await visit(cast.administrator).get("/desk")).text


@pytest.mark.parametrize("read", READERS)
async def test_one_booking_as_a_file(visit: Visit, cast: Cast, book: Book, read: Callable[[bytes], list[Seen]]) -> None:
    made = await book(
        cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Rada; żółta", organisation_id=cast.acme
    )
    answer = await visit(cast.colleague).get(f"/bookings/{made.id}/event.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="2026-09-08.ics"'
    [seen] = read(answer.content)
    assert (seen.uid, seen.summary) == (str(made.id), "Rada; żółta")
    assert b"REFRESH-INTERVAL" not in answer.content and b"METHOD" not in answer.content


async def test_somebody_elses_booking_is_no_file(visit: Visit, cast: Cast, book: Book) -> None:
    made = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    for person in (cast.colleague, cast.stranger, cast.other_coordinator):
        assert (await visit(person).get(f"/bookings/{made.id}/event.ics")).status_code == 404
    assert (await visit(cast.coordinator).get(f"/bookings/{made.id}/event.ics")).status_code == 200


def test_links_carry_the_whole_address() -> None:
    links = links_to("https://inkubatory.example/calendars/personal/a_b-c.ics", name="Kalendarz & more")
    assert links.webcal == "webcal://inkubatory.example/calendars/personal/a_b-c.ics"
    assert links.google.endswith("?cid=webcal%3A%2F%2Finkubatory.example%2Fcalendars%2Fpersonal%2Fa_b-c.ics")
    assert "name=Kalendarz%20%26%20more" in links.outlook
    assert qr_code(links.webcal).startswith("<svg")


async def test_an_address_of_whatever_one_may_have(visit: Visit, cast: Cast) -> None:
    client = visit(cast.colleague)
    assert f'value="organisation:{cast.acme}"' in (await client.get("/me/calendars")).text
    made = await post_form(client, "/me/calendars", {"of": f"organisation:{cast.acme}"})
    [address] = re.findall(r'value="(http://[^"]+/calendars/organisation/[^"]+\.ics)"', made.text)
    assert (await visit().get(httpx.URL(address).path)).status_code == 200
    for choice in (f"desk:{cast.niepolomice}", f"organisation:{cast.rival}", "organisation:", "party", "desk:x"):
        refused = await post_form(client, "/me/calendars", {"of": choice})
        assert refused.status_code == 404 and "/calendars/desk/" not in refused.text
