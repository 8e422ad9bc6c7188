"""The page where everybody finds a public calendar."""

import re
from collections.abc import Callable
from html import unescape

import httpx
import pytest

from incubator.db.engine import Database, transaction
from tests.cast import Cast

Visit = Callable[..., httpx.AsyncClient]


def address_in(answer: httpx.Response) -> httpx.URL:
    [found] = re.findall(r'<input id="address" readonly value="([^"]+)"', answer.text)
    return httpx.URL(unescape(found))


@pytest.mark.parametrize(
    "of", ["metropolis/all", "gminas/niepolomice", "incubators/las", "sessions/all", "sessions/metropolis"]
)
async def test_every_way_in_leads_to_the_calendar(visit: Visit, cast: Cast, of: str) -> None:
    answer = await visit().get(f"/subscribe?of={of}&lang=en")
    assert answer.status_code == 200
    address = address_in(answer)
    assert (address.path, address.params["lang"]) == (f"/calendars/{of}.ics", "en")
    text = unescape(answer.text)
    for way in (
        "webcal://",
        "https://calendar.google.com/",
        "https://outlook.live.com/",
        "https://outlook.office.com/",
    ):
        assert f'href="{way}' in text
    assert "<svg" in text
    for ending in ("ics", "json", "ifb"):
        told = await visit().get(address.raw_path.decode().replace(".ics", f".{ending}"))
        assert told.status_code == 200


async def test_what_is_chosen_stands_in_the_address(visit: Visit, cast: Cast) -> None:
    answer = await visit().get(
        "/subscribe?of=sessions/niepolomice&kinds=meetup&kinds=lecture&topic=Prawo+%26+VAT&topic=podatki,+ZUS&language=uk"
        "&written=pl&first=2026-09-01&last=2026-12-31&cancelled=7"
    )
    address = address_in(answer)
    assert address.params.multi_items() == [
        ("lang", "pl"),
        ("kinds", "meetup,lecture"),
        ("topic", "Prawo & VAT"),
        ("topic", "podatki, ZUS"),
        ("languages", "uk"),
        ("from", "2026-09-01"),
        ("to", "2026-12-31"),
        ("cancelled", "7"),
    ]
    assert (await visit().get(address.raw_path.decode())).status_code == 200
    for shown in (
        'name="first" value="2026-09-01"',
        'name="last" value="2026-12-31"',
        'name="cancelled" value="7"',
        'name="topic" value="podatki, ZUS" checked',
    ):
        assert shown in answer.text


async def test_only_what_the_calendar_knows_is_asked_and_stands_in_the_address(visit: Visit, cast: Cast) -> None:
    answer = await visit().get("/subscribe?of=incubators/las&kinds=room&topic=VAT&language=uk&cancelled=7")
    assert [*address_in(answer).params] == ["lang"]
    assert 'name="cancelled"' not in answer.text and 'name="topic"' not in answer.text
    left = await visit().get("/subscribe?of=sessions/all&kinds=ball&kinds=meetup")
    assert address_in(left).params["kinds"] == "meetup", "a kind that is gone is let go"


async def test_what_cannot_be_chosen_is_told_where_it_was_chosen(visit: Visit, cast: Cast) -> None:
    path = "/subscribe?of=sessions/all&first=2026-12-31&last=2026-09-01"
    answer = await visit().get(path)
    assert answer.status_code == 422
    shown = answer.text.partition('id="ways"')[2]
    assert 'role="alert"' in shown and 'id="address"' not in shown
    assert 'name="first" value="2026-12-31"' in answer.text
    scripted = await visit().get(path, headers={"HX-Request": "true"})
    assert scripted.status_code == 200, "scripts show no failures"


async def test_all_kinds_are_as_good_as_none(visit: Visit, cast: Cast) -> None:
    ticked = "&kinds=room&kinds=hot_desk&kinds=dedicated_desk&kinds=private_office"
    assert "kinds" not in address_in(await visit().get(f"/subscribe?of=metropolis/all{ticked}")).params


async def test_a_space_is_chosen_within_its_incubator(visit: Visit, cast: Cast) -> None:
    of = f"spaces/{cast.room_l}"
    for query in (f"of={of}", f"of=incubators/las&space={of}"):
        answer = await visit().get(f"/subscribe?{query}")
        assert address_in(answer).path == f"/calendars/{of}.ics"
        assert '<option value="incubators/las" selected>' in answer.text
        assert f'<option value="{of}" selected>' in answer.text


async def test_the_entries_are_in_the_readers_language_unless_another_is_chosen(visit: Visit, cast: Cast) -> None:
    for query, locale in (("lang=pl", "pl"), ("lang=en", "en"), ("lang=en&written=pl", "pl")):
        assert address_in(await visit().get(f"/subscribe?of=incubators/las&{query}")).params["lang"] == locale


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("of=incubators/nowhere", 404),
        ("of=personal/secret", 404),
        ("of=desk/secret", 404),
        ("of=spaces/no-id", 404),
        ("of=incubators/las&space=%0A", 422),
        ("of=incubators/las&space=spaces/%EF%BF%BD", 404),
        ("of=editions/one", 404),
        ("of=" + "x" * 300, 422),
        ("of=sessions/all&kinds=ball", 422),
        ("of=sessions/all&language=tlh", 422),
        ("of=sessions/all&cancelled=91", 422),
        ("of=sessions/all&first=today", 422),
        ("of=sessions/all&last=2026-02-30", 422),
        ("of=sessions/all&topic=" + "x" * 100, 422),
        ("of=incubators/las&written=tlh", 422),
    ],
)
async def test_a_wish_that_cannot_be_had_is_told_above_the_form(
    visit: Visit, cast: Cast, query: str, status: int
) -> None:
    answer = await visit().get(f"/subscribe?{query}")
    assert answer.status_code == status
    assert 'role="alert"' in answer.text and '<select name="of"' in answer.text
    assert 'id="address"' not in answer.text


async def test_the_calendar_stays_chosen_where_only_the_rest_is_refused(visit: Visit, cast: Cast) -> None:
    answer = await visit().get("/subscribe?of=sessions/all&kinds=ball")
    assert '<option value="sessions/all" selected>' in answer.text


async def test_a_retired_space_is_gone(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE space SET retired_at = now() WHERE id = $1", cast.room_l)
    assert (await visit().get(f"/subscribe?of=spaces/{cast.room_l}")).status_code == 410
    assert f"spaces/{cast.room_l}" not in (await visit().get("/subscribe?of=incubators/las")).text


async def test_a_closed_incubator_is_not_offered_but_stays_chosen(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE incubator SET status = 'closed' WHERE id = $1", cast.las)
    assert 'value="incubators/las"' not in (await visit().get("/subscribe")).text
    chosen = await visit().get("/subscribe?of=incubators/las")
    assert '<option value="incubators/las" selected>' in chosen.text


async def test_pages_lead_here_with_their_calendar_chosen(visit: Visit, cast: Cast) -> None:
    for page, of in (
        ("/gminas/niepolomice", "gminas/niepolomice"),
        ("/incubators/las", "incubators/las"),
        ("/incubators/las/l", f"spaces/{cast.room_l}"),
        ("/exchange", "sessions/all"),
        ("/exchange?gmina=niepolomice", "sessions/niepolomice"),
        ("/exchange?gmina=nowhere&kind=ball", "sessions/all"),
    ):
        answer = await visit().get(page)
        assert f'href="/subscribe?of={of}"' in answer.text
        assert 'href="/subscribe">' in answer.text


async def test_both_pages_tell_of_accounts_in_apps(visit: Visit, cast: Cast) -> None:
    for client, page in ((visit(), "/subscribe"), (visit(cast.member), "/me/calendars")):
        answer = await client.get(f"{page}?lang=en")
        assert "CalDAV" in answer.text and "/dav/</code>" in answer.text
        assert "Make an app password" in answer.text and "Add CalDAV Account" in answer.text
        assert "Google Calendar looks every few hours" in answer.text


async def test_it_speaks_polish(visit: Visit, cast: Cast) -> None:
    answer = await visit().get("/subscribe?of=sessions/all&lang=pl")
    assert "Kalendarze do subskrypcji" in answer.text and "Held in" not in answer.text
