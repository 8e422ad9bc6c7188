"""What somebody's export holds of them as a mentor, and what is left when they erase themself."""

from collections.abc import Callable

import httpx

from incubator.db.engine import Database, statement
from incubator.people.erase_account import ERASED_NAME
from tests.browsing import post_form
from tests.cast import Cast
from tests.mentoring.cast import a_mentor
from tests.mentoring.test_timesheet import month
from tests.places.test_pictures import picture

Visit = Callable[..., httpx.AsyncClient]


async def test_the_export_holds_profile_hours_and_contracts(db: Database, visit: Visit, cast: Cast) -> None:
    ewa = await month(db, cast)
    other = await a_mentor(db, cast, "piotr")
    told = (await visit(ewa.person).get("/me/export")).json()
    assert told["mentor"][0]["online_link"] == "https://meet.example/ewa" and told["mentor"][0]["topics"]
    assert len(told["mentor_hours"]) == 5 and told["mentor_hours"][0]["incubator"] == "LAS Open Space"
    assert [one["number"] for one in told["mentor_contracts"]] == ["UM/7/2026"]
    assert (await visit(other.person).get("/me/export")).json()["mentor_contracts"] == []
    assert (await visit(cast.resident).get("/me/export")).json()["mentor"] == []


async def test_an_erased_mentor_is_nobody_and_the_sums_of_the_past_stay(db: Database, visit: Visit, cast: Cast) -> None:
    ewa = await month(db, cast)
    own = visit(ewa.person)
    made = await own.put("/api/mentors/ewa/portrait", content=picture(), headers={"if-match": "*"})
    assert (await post_form(own, "/me/erase", {"confirmation": ewa.person.email})).status_code == 303
    assert (await visit().get("/mentors/ewa")).status_code == 404
    assert (await visit().get(made.json()["path"])).status_code == 404
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT * FROM mentor WHERE id = $1", ewa.id)
        left = await tx.fetchval("SELECT count(*) FROM mentor_hours WHERE mentor_id = $1", ewa.id)
    assert (row["name"], row["state"], row["online_link"], left) == (ERASED_NAME, "retired", "", 0)
    assert "ewa" not in row["slug"]
    told = (await visit(cast.coordinator).get(f"/api/mentors/{row['slug']}/timesheet?month=2026-08")).json()
    assert told["minutes"] == 95 and told["mentor_name"] == ERASED_NAME
    back = await visit(cast.coordinator).post(f"/api/mentors/{row['slug']}/resume", headers={"if-match": "*"})
    assert back.json()["code"] == "mentor_retired"
