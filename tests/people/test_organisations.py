"""Organisations and their people over the API: as owner, member, another organisation's owner,
another gmina's coordinator."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from tests.cast import Cast, Person
from tests.conftest import Clockwork

Visit = Callable[..., httpx.AsyncClient]


def body(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {"name": "Nowa", "kind": "startup", "gmina_id": str(cast.niepolomice), "nip": "774-00-01-454", **changed}


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def invite(client: httpx.AsyncClient, organisation: UUID, email: str, role: str = "member") -> httpx.Response:
    return await client.post(f"/api/organisations/{organisation}/invitations", json={"email": email, "role": role})


async def test_whoever_founds_an_organisation_owns_it(visit: Visit, cast: Cast) -> None:
    client = visit(cast.resident)
    made = await client.post("/api/organisations", json=body(cast, krs="28860", pkd="6201Z", pkd_edition=2007))
    assert made.status_code == 201
    told = made.json()
    assert (told["my_role"], told["nip"], told["krs"], told["pkd"]) == ("owner", "7740001454", "0000028860", "62.01.Z")
    read = await client.get(made.headers["location"])
    assert read.json() == told and read.headers["etag"] == '"1"'
    assert (await visit(cast.stranger).get(made.headers["location"])).status_code == 404


async def test_same_key_founds_one_organisation(visit: Visit, cast: Cast) -> None:
    client = visit(cast.resident)
    key = {"idempotency-key": "a"}
    first = await client.post("/api/organisations", json=body(cast), headers=key)
    again = await client.post("/api/organisations", json=body(cast), headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    other = await client.post("/api/organisations", json=body(cast, name="Other"), headers=key)
    assert code(other) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"nip": "0000000000"}, "bad_nip"),
        ({"nip": "1111111111"}, "bad_nip"),
        ({"nip": "5261040829"}, "bad_nip"),
        ({"regon": "123"}, "bad_regon"),
        ({"krs": "x"}, "bad_krs"),
        ({"pkd": "62.01.Z"}, "bad_pkd"),
        ({"gmina_id": str(uuid4())}, "unknown_gmina"),
        ({"kind": "cartel"}, "invalid"),
        ({"name": "\u0000"}, "invalid"),
        ({"name": "Nowa\n"}, "invalid"),
        ({"surprise": 1}, "invalid"),
        ({"nip": 5261040828}, "invalid"),
    ],
)
async def test_bad_details_are_refused_with_a_code(
    visit: Visit, cast: Cast, changed: dict[str, Any], expected: str
) -> None:
    answer = await visit(cast.resident).post("/api/organisations", json=body(cast, **changed))
    assert code(answer) == (422, expected)


async def test_nip_of_another_organisation_is_refused_until_that_one_is_closed(visit: Visit, cast: Cast) -> None:
    client = visit(cast.resident)
    taken = body(cast, nip="5261040828")
    assert code(await client.post("/api/organisations", json=taken)) == (409, "nip_taken")
    assert (await visit(cast.owner).post(f"/api/organisations/{cast.acme}/close")).status_code == 204
    assert (await client.post("/api/organisations", json=taken)).status_code == 201


async def test_who_sees_an_organisation(visit: Visit, cast: Cast) -> None:
    path = f"/api/organisations/{cast.acme}"
    for person in (cast.owner, cast.member, cast.coordinator, cast.administrator):
        assert (await visit(person).get(path)).status_code == 200
    for person in (cast.stranger, cast.resident, cast.other_coordinator, cast.office):
        assert code(await visit(person).get(path)) == (404, "no_such_organisation")
        assert code(await visit(person).get(f"{path}/members")) == (404, "no_such_organisation")
        assert code(await visit(person).get(f"{path}/invitations")) == (404, "no_such_organisation")
    assert code(await visit().get(path)) == (401, "not_signed_in")


async def test_emails_of_members_are_for_their_own_people(visit: Visit, cast: Cast) -> None:
    path = f"/api/organisations/{cast.acme}/members"
    inside = (await visit(cast.member).get(path)).json()["items"]
    outside = (await visit(cast.coordinator).get(path)).json()["items"]
    assert {each["email"] for each in inside} == {cast.owner.email, cast.member.email, cast.colleague.email}
    assert {each["email"] for each in outside} == {None}
    assert code(await visit(cast.coordinator).get(f"/api/organisations/{cast.acme}/invitations")) == (403, "forbidden")


async def test_lists_go_on_by_cursor(visit: Visit, cast: Cast) -> None:
    client, path = visit(cast.owner), f"/api/organisations/{cast.acme}/members"
    seen: list[str] = []
    after: str | None = None
    for _ in range(3):
        told = (await client.get(path, params={"limit": 1, **({"after": after} if after else {})})).json()
        seen += [each["id"] for each in told["items"]]
        after = told["next"]
    assert after is None and len(set(seen)) == 3
    assert code(await client.get(path, params={"after": "nonsense"})) == (422, "bad_cursor")
    assert (await client.get(path, params={"limit": 101})).status_code == 422


async def test_change_needs_the_version_that_was_read(visit: Visit, cast: Cast) -> None:
    client, path = visit(cast.owner), f"/api/organisations/{cast.acme}"
    assert code(await client.put(path, json=body(cast))) == (422, "if_match_required")
    tag = (await client.get(path)).headers["etag"]
    changed = await client.put(path, json=body(cast, name="Acme 2"), headers={"if-match": tag})
    assert (changed.status_code, changed.json()["name"], changed.headers["etag"]) == (200, "Acme 2", '"2"')
    stale = await client.put(path, json=body(cast), headers={"if-match": tag})
    assert code(stale) == (412, "changed_meanwhile")
    taken = await client.put(path, json=body(cast, nip="1132191233"), headers={"if-match": '"2"'})
    assert code(taken) == (409, "nip_taken")


@pytest.mark.parametrize(
    ("name", "expected"), [("member", 403), ("coordinator", 403), ("stranger", 404), ("other_coordinator", 404)]
)
async def test_only_owners_change_an_organisation(visit: Visit, cast: Cast, name: str, expected: int) -> None:
    who: Person = getattr(cast, name)
    client, path = visit(who), f"/api/organisations/{cast.acme}"
    acts = [
        await client.put(path, json=body(cast), headers={"if-match": "*"}),
        await client.post(f"{path}/close"),
        await client.put(f"{path}/members/{cast.colleague.id}", json={"role": "owner"}),
        await client.delete(f"{path}/members/{cast.colleague.id}"),
        await invite(client, cast.acme, "new@example.com"),
        await client.delete(f"{path}/invitations/{uuid4()}"),
    ]
    assert [act.status_code for act in acts] == [expected] * len(acts)


async def test_last_owner_stays(visit: Visit, cast: Cast) -> None:
    client, path = visit(cast.owner), f"/api/organisations/{cast.acme}/members"
    assert code(await client.delete(f"{path}/{cast.owner.id}")) == (409, "last_owner")
    assert code(await client.put(f"{path}/{cast.owner.id}", json={"role": "member"})) == (409, "last_owner")
    assert (await client.put(f"{path}/{cast.member.id}", json={"role": "owner"})).status_code == 204
    assert (await client.delete(f"{path}/{cast.owner.id}")).status_code == 204
    assert (await client.get(f"/api/organisations/{cast.acme}")).status_code == 404


async def test_member_leaves_by_themselves_and_is_gone_at_once(visit: Visit, cast: Cast) -> None:
    client = visit(cast.member)
    assert (await client.delete(f"/api/organisations/{cast.acme}/members/{cast.member.id}")).status_code == 204
    assert (await client.get("/api/organisations")).json() == {"items": [], "next": None}


async def test_invitation_goes_to_one_address_and_is_answered_by_it(visit: Visit, cast: Cast, db: Database) -> None:
    made = await invite(visit(cast.owner), cast.acme, cast.resident.email, "owner")
    assert made.status_code == 201
    async with statement(db) as tx:
        text = await tx.fetchval("SELECT text FROM mail WHERE recipient = $1", cast.resident.email)
        kept = await tx.fetchval("SELECT token_hash FROM invitation")
    found = re.search(r"/invitations/(\S+)", text)
    assert found and found[1].encode() not in kept

    accept = f"/api/me/invitations/{made.json()['id']}/accept"
    assert code(await visit(cast.stranger).post(accept)) == (404, "no_such_invitation")
    client = visit(cast.resident)
    assert [each["id"] for each in (await client.get("/api/me/invitations")).json()["items"]] == [made.json()["id"]]
    joined = await client.post(accept)
    assert (joined.status_code, joined.json()["my_role"]) == (200, "owner")
    assert code(await client.post(accept)) == (410, "invitation_over")


async def test_declined_withdrawn_and_old_invitations_are_over(
    visit: Visit, cast: Cast, clock: Clockwork, db: Database
) -> None:
    owner, client = visit(cast.owner), visit(cast.resident)
    first = (await invite(owner, cast.acme, cast.resident.email)).json()["id"]
    assert (await client.post(f"/api/me/invitations/{first}/decline")).status_code == 204
    second = (await invite(owner, cast.acme, cast.resident.email)).json()["id"]
    withdraw = f"/api/organisations/{cast.acme}/invitations/{second}"
    assert (await owner.delete(withdraw)).status_code == 204
    assert code(await owner.delete(withdraw)) == (404, "no_such_invitation")
    third = (await invite(owner, cast.acme, cast.resident.email)).json()["id"]
    async with transaction(db) as tx:
        await tx.execute("UPDATE invitation SET expires_at = $1", clock.now)
    for key in (first, second, third):
        assert code(await client.post(f"/api/me/invitations/{key}/accept")) == (410, "invitation_over")
    renewed = await invite(owner, cast.acme, cast.resident.email)
    assert renewed.json()["id"] == third
    assert (await client.post(f"/api/me/invitations/{third}/accept")).status_code == 200
    assert code(await invite(owner, cast.acme, cast.resident.email)) == (409, "already_member")


async def test_closing_frees_everybody(visit: Visit, cast: Cast) -> None:
    assert (await visit(cast.owner).post(f"/api/organisations/{cast.acme}/close")).status_code == 204
    for person in (cast.owner, cast.member, cast.colleague):
        assert (await visit(person).get("/api/organisations")).json()["items"] == []
        assert (await visit(person).get(f"/api/organisations/{cast.acme}")).status_code == 404


async def test_token_without_the_scope_is_refused(visit: Visit, cast: Cast) -> None:
    made = await visit(cast.owner).post("/api/tokens", json={"name": "x", "scopes": ["organisations:read"]})
    client = visit()
    client.headers["authorization"] = f"Bearer {made.json()['secret']}"
    assert (await client.get("/api/organisations")).status_code == 200
    assert code(await client.post(f"/api/organisations/{cast.acme}/close")) == (403, "missing_scope")
    assert code(await client.get("/api/me")) == (403, "missing_scope")
