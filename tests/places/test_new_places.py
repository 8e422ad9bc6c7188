"""From nothing to an open incubator on pages alone: the administrator takes a gmina in, its coordinator goes on."""

from collections.abc import Callable

import httpx

from incubator.db.engine import Database, statement, transaction
from tests.browsing import post_form
from tests.cast import Cast

Visit = Callable[..., httpx.AsyncClient]
GMINA = {
    "form": "gmina",
    "version": "0",
    "terc": "1206022",
    "name": "Łąki Górne",
    "kind": "rural",
    "county": "krakowski",
}
INCUBATOR = {"form": "incubator", "version": "1", "name": "Młyn Pomysłów", "code": "99.1"}


async def test_a_gmina_is_taken_in_and_its_incubator_added_and_opened(visit: Visit, cast: Cast, db: Database) -> None:
    administrator, coordinator = visit(cast.administrator), visit(cast.coordinator)
    taken = await post_form(administrator, "/desk/incubators", GMINA)
    assert (taken.status_code, taken.headers["location"]) == (303, "/desk/incubators")
    assert "Łąki Górne" in (await administrator.get("/desk/incubators")).text
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO role_grant (account_id, role, gmina_id) SELECT $1, 'coordinator', id FROM gmina WHERE slug = $2",
            cast.coordinator.id,
            "laki-gorne",
        )
    assert (await post_form(coordinator, "/desk/gminas/laki-gorne", INCUBATOR)).status_code == 303
    assert "/desk/incubators/mlyn-pomyslow" in (await coordinator.get("/desk/gminas/laki-gorne")).text
    assert (await visit().get("/incubators/mlyn-pomyslow")).status_code == 200
    opened = {"form": "status", "version": "1", "status": "open", "sure": "yes"}
    assert (await post_form(coordinator, "/desk/incubators/mlyn-pomyslow", opened)).status_code == 303
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT status FROM incubator WHERE slug = 'mlyn-pomyslow'") == "open"
        verbs = await tx.fetch("SELECT verb FROM history WHERE subject_kind IN ('gmina', 'incubator') ORDER BY id")
    assert [row["verb"] for row in verbs][:2] == ["add_gmina", "add_incubator"]


async def test_what_is_wrong_with_it_is_said_and_what_was_typed_is_kept(visit: Visit, cast: Cast) -> None:
    administrator = visit(cast.administrator)
    administrator.headers["accept-language"] = "en"
    for wrong, said in (
        ({"terc": "12060"}, "Please check the field “TERC code”."),
        ({"kind": "free city"}, "Please check the field “Kind”."),
        ({"name": "Niepołomice"}, "This gmina is in the bundle already."),
        ({"latitude": "95"}, "Please check the field “Latitude”."),
    ):
        answer = await post_form(administrator, "/desk/incubators", GMINA | wrong)
        assert answer.status_code in {409, 422} and said in answer.text
        assert 'value="krakowski"' in answer.text
    coordinator = visit(cast.coordinator)
    coordinator.headers["accept-language"] = "en"
    answer = await post_form(coordinator, "/desk/gminas/niepolomice", INCUBATOR | {"name": "LAS"})
    assert answer.status_code == 409 and "Another incubator of the bundle" in answer.text
    assert 'value="99.1"' in answer.text


async def test_only_the_administrator_takes_in_and_only_its_own_coordinator_adds(
    visit: Visit, cast: Cast, db: Database
) -> None:
    for person in (cast.member, cast.coordinator, cast.office):
        assert (await post_form(visit(person), "/desk/incubators", GMINA)).status_code == 403
    assert "TERC" not in (await visit(cast.coordinator).get("/desk/incubators")).text
    assert (await post_form(visit(cast.other_coordinator), "/desk/gminas/niepolomice", INCUBATOR)).status_code == 403
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM gmina") == 2
        assert await tx.fetchval("SELECT count(*) FROM incubator") == 2
