"""The JSON edge of registrations."""

from datetime import timedelta

import msgspec

from incubator.db.engine import Database
from incubator.kernel.ids import uuid7
from tests.browsing import post_form
from tests.cast import Cast
from tests.exchanges.cast import STARTS, a_session
from tests.registrations.cast import holds_true, states

WISH = {"terms_accepted": True}


async def test_registering_answers_with_the_ticket_and_where_it_is_found(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice, capacity=2)
    for who in (cast.member, cast.resident):  # read anew, then by memory together
        made = await visit(who).post(f"/api/sessions/{session}/registrations", json=WISH)
        assert made.status_code == 201, made.text
        found = await visit(who).get(made.headers["location"])
        assert found.json() == made.json() and found.json()["email"] == who.email
    full = await visit(cast.stranger).post(f"/api/sessions/{session}/registrations", json=WISH)
    assert (full.status_code, full.json()["code"]) == (409, "session_full")
    waiting = await visit(cast.stranger).post(f"/api/sessions/{session}/waiting", json=WISH)
    assert (waiting.status_code, waiting.json()["place"]) == (201, 1)
    left = await visit(cast.member).post(f"/api/registrations/{(await first(visit(cast.member)))['id']}/cancel")
    assert left.json()["state"] == "cancelled"
    offered = await first(visit(cast.stranger))
    taken = await visit(cast.stranger).post(f"/api/registrations/{offered['id']}/confirm", json={})
    assert taken.json()["state"] == "registered" and await holds_true(db, session)


async def first(client) -> dict[str, str]:  # type: ignore[no-untyped-def, type-arg]
    return (await client.get("/api/registrations")).json()["items"][0]  # type: ignore[no-any-return]


async def test_a_repeated_request_with_a_key_registers_once(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    got = [
        await visit(cast.member).post(
            f"/api/sessions/{session}/registrations", json=WISH, headers={"idempotency-key": "a"}
        )
        for _ in range(2)
    ]
    assert got[0].json() == got[1].json() and await states(db, session) == ["registered"]


async def test_what_makes_no_sense_is_said_and_never_a_fault(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    bodies: list[object] = [
        {},
        [],
        {"terms_accepted": True, "guests": [{"name": "\0"}]},
        {"terms_accepted": True, "guests": [{"name": "A", "email": "no"}]},
        {"terms_accepted": True, "guests": [{"name": "A"}] * 21},
        {"terms_accepted": True, "stall_id": str(uuid7())},
        {"terms_accepted": True, "organisation_id": str(uuid7())},
        {"terms_accepted": True, "extra": 1},
    ]
    for body in bodies:
        got = await visit(cast.member).post(f"/api/sessions/{session}/registrations", json=body)
        assert got.status_code in {400, 422}, (body, got.text)
    assert await states(db, session) == []


async def test_another_knows_nothing_of_a_registration(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    made = (await visit(cast.member).post(f"/api/sessions/{session}/registrations", json=WISH)).json()
    for who in (cast.colleague, cast.coordinator, cast.administrator):
        assert (await visit(who).get(f"/api/registrations/{made['id']}")).status_code == 404
        assert (await visit(who).post(f"/api/registrations/{made['id']}/cancel")).status_code == 404
    other = f"/api/sessions/{session}/registrations"
    assert [(await visit(who).get(other)).status_code for who in (cast.coordinator, cast.other_coordinator)] == [
        200,
        403,
    ]


async def test_the_door_takes_a_batch_again_and_again(db: Database, cast: Cast, clock, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice, presence_percent=50)
    made = (await visit(cast.member).post(f"/api/sessions/{session}/registrations", json=WISH)).json()
    clock.now = STARTS + timedelta(minutes=1)
    came = {"id": str(uuid7()), "kind": "in", "at": STARTS.isoformat(), "code": made["tickets"][0]["code"]}
    for expected in ("noted", "known"):
        got = await visit(cast.coordinator).post(f"/api/sessions/{session}/door", json={"events": [came]})
        assert got.json() == {"items": [{"id": came["id"], "result": expected, "code": "", "detail": ""}]}
    ticket = made["tickets"][0]["id"]
    path = f"/api/sessions/{session}/tickets/{ticket}/attendance"
    assert (await visit(cast.coordinator).put(path, json={"minutes": 60})).status_code == 204
    clock.now = STARTS + timedelta(hours=3)
    assert (await visit(cast.coordinator).post(f"/api/sessions/{session}/certificates")).json() == {"issued": 1}
    assert (await visit(cast.coordinator).get(f"/api/sessions/{session}/survey")).json()["hidden"] is True


async def test_each_entry_of_a_batch_is_answered_for_itself(db: Database, cast: Cast, clock, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    clock.now = STARTS
    odd = {"id": str(uuid7()), "kind": "walk_in", "at": STARTS.isoformat(), "name": "\0\n" + "x" * 5_000}
    sound = {**odd, "id": str(uuid7()), "name": "Ewa"}
    got = await visit(cast.coordinator).post(f"/api/sessions/{session}/door", json={"events": [odd, sound]})
    first, second = got.json()["items"]
    assert (first["id"], first["result"], first["code"]) == (odd["id"], "refused", "name_missing")
    assert "200" in first["detail"] and second["result"] == "noted"
    form = {"events": msgspec.json.encode({"events": [odd, sound]}).decode()}
    again = await post_form(visit(cast.coordinator), f"/desk/exchange/{session}/door/events", form)
    assert [one["result"] for one in again.json()["items"]] == ["refused", "known"]
