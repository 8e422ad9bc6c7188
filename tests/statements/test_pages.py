"""The statements are there for everybody, in both languages."""

from collections.abc import Callable

import httpx
import pytest

Visit = Callable[..., httpx.AsyncClient]


@pytest.mark.parametrize("path", ["/accessibility", "/privacy"])
@pytest.mark.parametrize("locale", ["pl", "en"])
async def test_statement_is_read_in_the_language_asked_for(visit: Visit, path: str, locale: str) -> None:
    answer = await visit().get(path, params={"lang": locale})
    assert answer.status_code == 200
    assert f'<html lang="{locale}"' in answer.text


async def test_accessibility_statement_has_the_marks_that_the_law_asks_for(visit: Visit) -> None:
    text = (await visit().get("/accessibility")).text
    for mark in ("deklaracja", "podmiot", "url", "data-publikacja", "data-aktualizacja", "status", "data-sporzadzenie"):
        assert f'id="a11y-{mark}"' in text
    for mark in ("kontakt", "osoba", "email", "telefon", "procedura", "architektura"):
        assert f'id="a11y-{mark}"' in text


async def test_robots_are_kept_from_pages_of_people(visit: Visit) -> None:
    assert "Disallow: /bookings" in (await visit().get("/robots.txt")).text


@pytest.mark.parametrize(("locale", "days"), [("pl", "liczba dni: 90"), ("en", "days: 90")])
async def test_the_privacy_page_says_what_is_kept_of_companies_readers_and_guests(
    visit: Visit, locale: str, days: str
) -> None:
    text = (await visit().get("/privacy", params={"lang": locale})).text
    rows = text[text.index("<tbody>") : text.index("</tbody>")].split("<tr>")[1:]
    assert all(row.count("<td data-label") == 2 for row in rows)
    for told in ("Newsletter", "CEIDG", "NIP", "PKD"):
        assert any(told in row for row in rows), told
    assert sum(days in row for row in rows) == 2
