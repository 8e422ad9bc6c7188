"""The JSON edge: what is made is found, what does not fit is said, and nothing is lost between two."""

from collections.abc import Callable

import httpx
import pytest

from incubator.db.engine import Database
from tests.cast import Cast
from tests.programmes.acts import an_edition

Visit = Callable[..., httpx.AsyncClient]
DETAILS = {"name_pl": "Edycja", "starts_on": "2026-10-01", "ends_on": "2027-03-31", "places": 5}


async def test_a_programme_and_its_edition_are_made_and_found(visit: Visit, cast: Cast) -> None:
    client = visit(cast.coordinator)
    body = {"gmina": "niepolomice", "details": {"name_pl": "Rozruch"}}
    keyed = {"idempotency-key": "one"}
    made, again = [await client.post("/api/programmes", json=body, headers=keyed) for _ in range(2)]
    assert made.status_code == again.status_code == 201 and made.json() == again.json()
    where = made.headers["location"]
    assert where == "/api/programmes/rozruch"
    found = await client.get(where)
    assert found.headers["etag"] == '"1"'
    moved = await client.put(f"{where}/state", json={"state": "published"}, headers={"if-match": '"1"'})
    assert moved.json()["brief"]["state"] == "published"
    stale = await client.put(f"{where}/state", json={"state": "closed"}, headers={"if-match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
    edition = await client.post(f"{where}/editions", json={"details": DETAILS})
    assert edition.status_code == 201
    terms = await client.post(
        f"{edition.headers['location']}/terms", json={"text_pl": "§ 1", "in_force_from": "2026-09-07"}
    )
    assert (await client.get(terms.headers["location"])).json()["text_pl"] == "§ 1"


@pytest.mark.parametrize("part", ["details", "state", "dates", "perks", "mentors", "partners"])
async def test_a_change_says_which_version_was_seen(db: Database, visit: Visit, cast: Cast, part: str) -> None:
    key = await an_edition(db, cast)
    bodies = {"details": DETAILS, "state": {"state": "running"}}
    answer = await visit(cast.coordinator).put(f"/api/editions/{key}/{part}", json=bodies.get(part, {part: []}))
    assert (answer.status_code, answer.json()["code"]) == (422, "if_match_required")


@pytest.mark.parametrize(
    ("part", "body"),
    [
        ("details", {**DETAILS, "places": 0}),
        ("details", {**DETAILS, "places": 2**63}),
        ("details", {**DETAILS, "presence_percent": 101}),
        ("details", {**DETAILS, "name_pl": "a\0b"}),
        ("details", {**DETAILS, "name_pl": " "}),
        ("details", {**DETAILS, "starts_on": "0000-01-01"}),
        ("details", {**DETAILS, "ends_on": "10000-01-01"}),
        ("details", {**DETAILS, "ends_on": "2026-09-30"}),
        ("details", {**DETAILS, "demo_day": "2026-09-30"}),
        ("details", {**DETAILS, "more": 1}),
        ("state", {"state": "draft"}),
        ("dates", {"dates": [{"on_day": "2026-02-30", "name_pl": "x"}]}),
        ("dates", {"dates": [{"on_day": "2026-02-20", "name_pl": "x"}] * 41}),
        ("perks", {"perks": [{"kind": "gold", "amount": 1}]}),
        ("perks", {"perks": [{"kind": "seats"}]}),
        ("perks", {"perks": [{"kind": "seats", "amount": -1}]}),
        ("perks", {"perks": [{"kind": "seats", "amount": 10**30}]}),
        ("perks", {"perks": [{"kind": "other"}]}),
        ("perks", {"perks": [{"kind": "other", "amount": 2, "name_pl": "x"}]}),
        ("mentors", {"mentors": ["00000000-0000-0000-0000-000000000000"]}),
        ("mentors", {"mentors": "all"}),
        ("partners", {"partners": [{"name": "x", "url": "ftp://example.com"}]}),
        ("partners", {"partners": [{"name": "x\ny"}]}),
    ],
    ids=str,
)
async def test_what_does_not_fit_is_refused(
    db: Database, visit: Visit, cast: Cast, part: str, body: dict[str, object]
) -> None:
    key = await an_edition(db, cast)
    client = visit(cast.coordinator)
    answer = await client.put(f"/api/editions/{key}/{part}", json=body, headers={"if-match": "*"})
    assert answer.status_code in {400, 422}, answer.text
    assert answer.json()["code"]
    assert (await client.get(f"/api/editions/{key}")).headers["etag"] == '"1"'


async def test_a_lone_surrogate_is_no_text(db: Database, visit: Visit, cast: Cast) -> None:
    answer = await visit(cast.coordinator).post(
        f"/api/editions/{await an_edition(db, cast)}/terms",
        content=b'{"text_pl": "\\ud800", "in_force_from": "2026-09-08"}',
        headers={"content-type": "application/json"},
    )
    assert answer.status_code in {400, 422}


async def test_the_first_and_the_last_day_of_the_calendar_are_days(db: Database, visit: Visit, cast: Cast) -> None:
    key = await an_edition(db, cast)
    client = visit(cast.coordinator)
    body = {**DETAILS, "starts_on": "0001-01-01", "ends_on": "9999-12-31"}
    answer = await client.put(f"/api/editions/{key}/details", json=body, headers={"if-match": "*"})
    assert answer.status_code == 200
    assert (await client.get("/programmes")).status_code == 200
    assert (await client.get(f"/desk/editions/{key}")).status_code == 200
