"""GET /api/use: who may ask, for which days, and what nobody is told."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from incubator.db.engine import Database, transaction
from incubator.kernel.ids import digest, new_secret
from tests.cast import FAR, Cast
from tests.moments import TUESDAY
from tests.reporting.past import crowd

Visit = Callable[..., httpx.AsyncClient]
SEPTEMBER = {"from": "2026-09-01", "to": "2026-09-30"}


@pytest.fixture
async def crowded(db: Database, cast: Cast) -> None:
    """Six organisations and two persons in Niepołomice, three organisations in Skawina."""
    await crowd(db, cast.room_s, cast.niepolomice, TUESDAY, organisations=6, persons=2)
    await crowd(db, cast.other_room, cast.skawina, TUESDAY, organisations=3, persons=0)


async def ask(client: httpx.AsyncClient, **days: str) -> dict[str, Any]:
    answer = await client.get("/api/use", params=days)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_strangers_and_members_are_told_nothing(visit: Visit, cast: Cast) -> None:
    assert (await visit().get("/api/use")).json()["code"] == "not_signed_in"
    for person in (cast.member, cast.owner, cast.resident, cast.stranger):
        answer = await visit(person).get("/api/use")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_token_needs_the_scope(visit: Visit, db: Database, cast: Cast) -> None:
    secret = new_secret()
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO api_token (token_hash, account_id, name, scopes, expires_at) VALUES ($1, $2, 'x', '{me}', $3)",
            digest(secret),
            cast.office.id,
            FAR,
        )
    answer = await visit().get("/api/use", headers={"authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")


async def test_each_sees_their_gminas(visit: Visit, cast: Cast, crowded: None) -> None:
    for person, slugs in (
        (cast.office, ["niepolomice", "skawina"]),
        (cast.administrator, ["niepolomice", "skawina"]),
        (cast.coordinator, ["niepolomice"]),
        (cast.other_coordinator, ["skawina"]),
    ):
        told = await ask(visit(person))
        assert [gmina["slug"] for gmina in told["gminas"]] == slugs
        assert (told["first"], told["last"]) == ("2026-09-01", "2026-09-30"), "this month"


async def test_the_office_cannot_work_out_who_is_few(visit: Visit, cast: Cast, crowded: None) -> None:
    """Nine in all, six of them in Niepołomice, would say three in Skawina."""
    told = await ask(visit(cast.office))
    niepolomice, skawina = told["gminas"]
    assert told["booked_by"]["organisations"] == {"count": 9, "shown": "exact"}
    assert niepolomice["booked_by"]["organisations"] == {"count": None, "shown": "withheld"}
    assert niepolomice["incubators"][0]["booked_by"]["organisations"] == {"count": None, "shown": "withheld"}
    assert skawina["booked_by"]["organisations"] == {"count": None, "shown": "few"}
    assert told["booked_by"]["persons"] == {"count": None, "shown": "few"}
    assert skawina["booked_by"]["persons"] == {"count": 0, "shown": "exact"}


async def test_who_answers_for_the_gmina_sees_its_counts(visit: Visit, cast: Cast, crowded: None) -> None:
    for person, counts in ((cast.coordinator, (6, 2)), (cast.other_coordinator, (3, 0)), (cast.administrator, (9, 2))):
        booked_by = (await ask(visit(person)))["booked_by"]
        assert (booked_by["organisations"]["count"], booked_by["persons"]["count"]) == counts


async def test_it_says_who_booked_to_nobody(visit: Visit, cast: Cast, crowded: None) -> None:
    for person in (cast.office, cast.coordinator, cast.administrator):
        answer = await visit(person).get("/api/use")
        assert "Secret" not in answer.text and "@" not in answer.text


async def test_figures_of_a_space(visit: Visit, cast: Cast, crowded: None) -> None:
    told = await ask(visit(cast.office), **{"from": "2026-09-08", "to": "2026-09-08"})
    spaces = {space["slug"]: space for space in told["gminas"][0]["incubators"][0]["spaces"]}
    assert spaces["s"]["figures"] == {
        "open_minutes": 720,
        "booked_minutes": 240,
        "outside_minutes": 0,
        "share_used": 0.3333,
        "bookings": 8,
        "came": 8,
        "stayed_away": 0,
        "cancelled": 0,
    }
    assert spaces["l-a"]["joined"] and spaces["l-a"]["figures"]["share_used"] is None
    assert "booked_by" not in spaces["s"]


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"from": "2026-09-02", "to": "2026-09-01"}, "last_day_first"),
        ({"from": "2026-01-01", "to": "2027-01-02"}, "too_many_days"),
        ({"from": "0001-01-01"}, "days_out_of_reach"),
        ({"to": "9999-12-31"}, "days_out_of_reach"),
        ({"from": "2026-02-30"}, "invalid"),
        ({"from": "yesterday"}, "invalid"),
        ({"from": "2026-09-01T10:00:00+02:00"}, "invalid"),
        ({"to": ""}, "invalid"),
    ],
)
async def test_days_that_make_no_sense_are_refused(visit: Visit, cast: Cast, days: dict[str, str], code: str) -> None:
    answer = await visit(cast.office).get("/api/use", params=days)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
