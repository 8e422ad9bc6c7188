"""Mentors are added, described, paused and retired: by themselves or by their own coordinator."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from incubator.db.engine import Database, statement
from incubator.db.versions import version_of
from tests.cast import Cast
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.places.test_pictures import picture

Visit = Callable[..., httpx.AsyncClient]
WHOLE = {"if-match": "*"}
DETAILS = {"name": "Ewa Nowa", "languages": ["pl", "uk"], "topics": ["prawo"], "headline_pl": "Prawniczka"}
HOURS = {"weekday": 1, "opens": "09:00", "closes": "12:00", "online": True}


@pytest.fixture
async def ewa(db: Database, cast: Cast) -> MentorAtHand:
    return await a_mentor(db, cast)


def changes(cast: Cast) -> dict[str, tuple[str, str, Any]]:
    """What a mentor may do with their own, and their coordinator on their behalf."""
    return {
        "details": ("PUT", "details", DETAILS),
        "rules": ("PUT", "rules", {"lengths": [30, 60], "grid_minutes": 15}),
        "hours": ("PUT", "hours", {"weekly": [{**HOURS, "incubator_id": str(cast.las)}]}),
        "exception": ("PUT", "exceptions/2026-12-31", {"hours": []}),
    }


def desk_alone() -> dict[str, tuple[str, str, Any]]:
    return {
        "pause": ("POST", "pause", None),
        "retire": ("POST", "retire", None),
        "contract": (
            "POST",
            "contracts",
            {"number": "1/26", "starts": "2026-01-01", "ends": "2026-12-31", "budget_minutes": 600},
        ),
    }


async def send(client: httpx.AsyncClient, wish: tuple[str, str, Any], *, slug: str = "ewa", match: str = "*") -> Any:
    method, path, body = wish
    return await client.request(method, f"/api/mentors/{slug}/{path}", json=body, headers={"if-match": match})


@pytest.mark.parametrize("name", ["details", "rules", "hours", "exception"])
async def test_own_things_are_changed_by_the_mentor_and_their_coordinator_alone(
    visit: Visit, cast: Cast, ewa: MentorAtHand, name: str
) -> None:
    wish = changes(cast)[name]
    assert (await send(visit(), wish)).status_code == 401
    for who in (cast.member, cast.stranger, cast.office, cast.other_coordinator):
        assert (await send(visit(who), wish)).status_code == 403, who.email
    for who in (ewa.person, cast.coordinator, cast.administrator):
        answer = await send(visit(who), wish)
        assert answer.status_code == 200, answer.text
    late = await send(visit(ewa.person), wish, match='"1"')
    assert late.status_code == 412 and late.json()["code"] == "changed_meanwhile"


@pytest.mark.parametrize("name", ["contract", "pause", "retire"])
async def test_the_coordinator_alone_pauses_retires_and_agrees(
    visit: Visit, cast: Cast, ewa: MentorAtHand, name: str
) -> None:
    wish = desk_alone()[name]
    for who in (ewa.person, cast.member, cast.office, cast.other_coordinator):
        assert (await send(visit(who), wish)).status_code == 403, who.email
    answer = await send(visit(cast.coordinator), wish)
    assert answer.is_success, answer.text


async def test_a_change_is_kept_in_history_and_told_to_those_who_keep_copies(
    db: Database, visit: Visit, cast: Cast, ewa: MentorAtHand
) -> None:
    for wish in changes(cast).values():
        async with statement(db) as tx:
            before = await version_of(tx, [ewa.id])
        assert (await send(visit(ewa.person), wish)).status_code == 200
        async with statement(db) as tx:
            assert await version_of(tx, [ewa.id]) == before + 1
    async with statement(db) as tx:
        rows = await tx.fetch(
            "SELECT verb, before::text || after::text AS told FROM history WHERE subject_id = $1", ewa.id
        )
        mails = await tx.fetchval("SELECT count(*) FROM mail WHERE recipient = $1", ewa.person.email)
    assert {row["verb"] for row in rows} == {
        "describe_mentor",
        "set_meeting_rules",
        "set_mentor_week",
        "set_mentor_exception",
    }
    assert not any("Nowa" in (row["told"] or "") or "Prawniczka" in (row["told"] or "") for row in rows)
    assert mails == 0, "nobody is written to about what they did themself"


async def test_the_mentor_is_written_to_when_the_coordinator_changed_something(
    db: Database, visit: Visit, cast: Cast, ewa: MentorAtHand
) -> None:
    await send(visit(cast.coordinator), changes(cast)["details"])
    async with statement(db) as tx:
        told = await tx.fetchval("SELECT text FROM mail WHERE recipient = $1", ewa.person.email)
    assert "the profile" in told and "/mentors/ewa/edit" in told


async def test_somebody_new_gets_an_account_a_role_and_a_mail(db: Database, visit: Visit, cast: Cast) -> None:
    body = {"gmina": "niepolomice", "email": "Zofia@Example.com", "name": "Zofia Żak"}
    answer = await visit(cast.coordinator).post("/api/mentors", json=body)
    assert answer.status_code == 201 and answer.headers["location"] == "/api/mentors/zofia-zak", answer.text
    async with statement(db) as tx:
        role = await tx.fetchval(
            "SELECT role FROM role_grant JOIN account ON account.id = account_id WHERE email = 'zofia@example.com'"
        )
        mail = await tx.fetchval("SELECT text FROM mail WHERE recipient = 'zofia@example.com'")
    assert role == "mentor" and "/sign-in?next=/mentors/zofia-zak/edit" in mail
    again = await visit(cast.coordinator).post("/api/mentors", json=body)
    assert again.status_code == 409 and again.json()["code"] == "mentor_already"
    elsewhere = await visit(cast.other_coordinator).post("/api/mentors", json={**body, "gmina": "skawina"})
    assert elsewhere.status_code == 409 and elsewhere.json()["code"] == "mentor_already"


async def test_two_of_one_name_have_two_addresses(visit: Visit, cast: Cast) -> None:
    for n, slug in ((1, "jan-kot"), (2, "jan-kot-2")):
        body = {"gmina": "niepolomice", "email": f"jan{n}@example.com", "name": "Jan Kot"}
        answer = await visit(cast.coordinator).post("/api/mentors", json=body)
        assert answer.json()["slug"] == slug


async def test_a_coordinator_adds_to_their_own_gmina_alone(visit: Visit, cast: Cast) -> None:
    body = {"gmina": "skawina", "email": "x@example.com", "name": "X"}
    assert (await visit(cast.coordinator).post("/api/mentors", json=body)).status_code == 403
    assert (await visit(cast.coordinator).post("/api/mentors", json={**body, "gmina": "x"})).status_code == 404
    bad = await visit(cast.other_coordinator).post("/api/mentors", json={**body, "email": "nobody"})
    assert bad.json()["code"] == "bad_email"


async def test_who_ended_is_gone_from_the_directory_and_can_be_taken_back(
    visit: Visit, cast: Cast, ewa: MentorAtHand
) -> None:
    desk = visit(cast.coordinator)
    assert (await send(desk, ("POST", "retire", None))).json()["state"] == "retired"
    assert (await visit().get("/api/mentors")).json()["items"] == []
    assert (await visit().get("/api/mentors/ewa")).status_code == 404
    assert (await send(visit(ewa.person), changes(cast)["details"])).status_code == 403, "the role is withdrawn"
    assert (await send(desk, changes(cast)["details"])).json()["code"] == "mentor_retired"
    assert (await send(desk, ("POST", "resume", None))).json()["state"] == "active"
    assert (await send(visit(ewa.person), changes(cast)["details"])).status_code == 200
    assert (await send(desk, ("POST", "resume", None))).json()["code"] == "mentor_is_so_already"


async def test_what_is_private_is_not_in_the_public_profile(visit: Visit, cast: Cast, ewa: MentorAtHand) -> None:
    await send(visit(cast.coordinator), desk_alone()["contract"])
    for path in ("/api/mentors", "/api/mentors/ewa", "/mentors", "/mentors/ewa"):
        told = (await visit().get(path)).text
        assert "Ewa" in told
        for secret in ("meet.example", "1/26", "budget", "rate_minor", ewa.person.email):
            assert secret not in told, (path, secret)
    for who in (cast.member, cast.other_coordinator):
        assert (await visit(who).get("/api/mentors/ewa/private")).status_code == 403
        assert (await visit(who).get("/api/mentors/ewa/contracts")).status_code == 403
    for who in (ewa.person, cast.coordinator):
        told = (await visit(who).get("/api/mentors/ewa/private")).text
        assert "meet.example" in told and "1/26" in told


async def test_the_directory_is_narrowed(db: Database, visit: Visit, cast: Cast, ewa: MentorAtHand) -> None:
    await a_mentor(db, cast, "łucja", gmina=cast.skawina, incubator=cast.rynek)
    await send(visit(cast.administrator), ("PUT", "details", {**DETAILS, "topics": ["rynek"]}), slug="łucja")

    async def found(query: str) -> list[str]:
        answer = await visit().get(f"/api/mentors?{query}")
        assert answer.status_code == 200, answer.text
        return [one["slug"] for one in answer.json()["items"]]

    assert await found("") == ["ewa", "łucja"]
    assert await found("topic=rynek") == ["łucja"]
    assert await found("language=en") == ["ewa"]
    assert await found("gmina=skawina") == ["łucja"]
    assert await found("online=true") == ["ewa", "łucja"]
    assert await found("q=EWA%20N") == ["łucja"]
    assert await found("q=%25") == []
    first = (await visit().get("/api/mentors?limit=1")).json()
    assert [one["slug"] for one in first["items"]] == ["ewa"] and first["next"]
    assert await found(f"limit=1&after={first['next']}") == ["łucja"]


async def test_a_portrait_is_made_afresh_and_goes_away(visit: Visit, cast: Cast, ewa: MentorAtHand) -> None:
    own = visit(ewa.person)
    no = await own.put("/api/mentors/ewa/portrait", content=b"x", headers=WHOLE)
    assert no.json()["code"] == "no_photo"
    assert (
        await visit(cast.member).put("/api/mentors/ewa/portrait", content=picture(), headers=WHOLE)
    ).status_code == 403
    made = await own.put("/api/mentors/ewa/portrait", content=picture(), headers=WHOLE)
    assert made.status_code == 200, made.text
    path = made.json()["path"]
    assert (await visit().get(path)).headers["content-type"] == "image/webp"
    again = await own.put("/api/mentors/ewa/portrait", content=picture(), headers=WHOLE)
    assert again.json()["path"] != path and (await visit().get(path)).status_code == 404
    assert (await own.delete("/api/mentors/ewa/portrait", headers=WHOLE)).status_code == 204
    assert (await own.delete("/api/mentors/ewa/portrait", headers=WHOLE)).status_code == 404


async def test_bad_input_is_refused_kindly(visit: Visit, cast: Cast, ewa: MentorAtHand) -> None:
    own = visit(ewa.person)
    for path, body, code in (
        ("details", {**DETAILS, "topics": ["nothing"]}, "topics_unknown"),
        ("rules", {"lengths": [60], "lead_minutes": 43_200, "horizon_days": 1}, "never_bookable"),
        ("hours", {"weekly": [HOURS, {**HOURS, "opens": "11:59"}]}, "hours_overlap"),
        ("hours", {"weekly": [{**HOURS, "closes": "09:00"}]}, "hours_reversed"),
        ("hours", {"weekly": [{**HOURS, "online": False}]}, "nowhere_to_meet"),
        ("hours", {"weekly": [{**HOURS, "incubator_id": str(cast.acme)}]}, "place_not_open"),
        ("hours", {"weekly": [{**HOURS, "audience": "programme"}]}, "programme_not_here"),
        (
            "hours",
            {"weekly": [{**HOURS, "audience": "programme", "programme_id": str(cast.acme)}]},
            "programme_not_here",
        ),
        ("exceptions/2026-09-06", {}, "day_is_over"),
        ("exceptions/9999-12-31", {}, "day_is_over"),
    ):
        answer = await send(own, ("PUT", path, body))
        assert answer.status_code == 422 and answer.json()["code"] == code, (path, answer.text)
    for path, body in (
        ("details", {**DETAILS, "languages": []}),
        ("details", {**DETAILS, "languages": ["xx"]}),
        ("details", {**DETAILS, "online_link": "javascript:alert(1)"}),
        ("details", {**DETAILS, "name": "\x00"}),
        ("details", {**DETAILS, "about_pl": "\ud800"}),
        ("rules", {"lengths": [10]}),
        ("rules", {"lengths": []}),
        ("rules", {"lengths": [60], "grid_minutes": 7}),
        ("hours", {"weekly": [{**HOURS, "opens": "25:00"}]}),
    ):
        try:
            answer = await send(own, ("PUT", path, body))
        except UnicodeEncodeError:
            continue
        assert answer.status_code in {400, 422}, (path, answer.text)


async def test_places_are_the_coordinators_own_and_the_mentors_any(visit: Visit, cast: Cast, ewa: MentorAtHand) -> None:
    away = ("PUT", "hours", {"weekly": [{**HOURS, "incubator_id": str(cast.rynek)}]})
    assert (await send(visit(cast.coordinator), away)).json()["code"] == "place_not_open"
    assert (await send(visit(ewa.person), away)).status_code == 200
    assert (await send(visit(cast.coordinator), away)).status_code == 200, "what the mentor chose may stay"


async def test_a_day_that_is_different_is_like_any_other_again(visit: Visit, cast: Cast, ewa: MentorAtHand) -> None:
    own = visit(ewa.person)
    day = {"hours": [{"opens": "10:00", "closes": "11:00", "online": True}]}
    answer = await send(own, ("PUT", "exceptions/2026-09-08", day))
    assert answer.json()["items"][0]["hours"][0]["opens"] == "10:00"
    assert (await send(own, ("PUT", "exceptions/2026-09-08", {}))).json()["items"] == [
        {"day": "2026-09-08", "hours": []}
    ]
    assert (await send(own, ("DELETE", "exceptions/2026-09-08", None))).json()["items"] == []
    gone = await send(own, ("DELETE", "exceptions/2026-09-08", None))
    assert gone.status_code == 404 and gone.json()["code"] == "no_such_mentor_exception"


async def test_the_office_keeps_the_topics(visit: Visit, cast: Cast, ewa: MentorAtHand) -> None:
    topic = {"slug": "rolnictwo", "name_pl": "Rolnictwo", "name_en": "Farming"}
    for who in (cast.member, cast.coordinator, ewa.person):
        assert (await visit(who).post("/api/topics", json=topic)).status_code == 403
    office = visit(cast.office)
    assert (await office.post("/api/topics", json=topic)).status_code == 201
    assert (await office.post("/api/topics", json=topic)).json()["code"] == "topic_there"
    names = {"name_pl": "Handel", "name_en": "Trade"}
    assert (await office.put("/api/topics/rolnictwo", json=names, headers={"if-match": '"1"'})).json()["version"] == 2
    assert (await office.put("/api/topics/rolnictwo", json=names, headers={"if-match": '"1"'})).status_code == 412
    assert (await office.delete("/api/topics/prawo", headers=WHOLE)).status_code == 204
    assert (await office.delete("/api/topics/prawo", headers=WHOLE)).status_code == 404
    told = [one["slug"] for one in (await visit().get("/api/topics")).json()["items"]]
    assert "prawo" not in told and "rolnictwo" in told
    assert [one["slug"] for one in (await visit().get("/api/mentors/ewa")).json()["topics"]] == ["finanse"]


async def test_a_policy_is_the_gminas(visit: Visit, cast: Cast) -> None:
    path, limits = "/api/gminas/niepolomice/mentoring-policy", {"organisation_minutes": 240}
    for who in (cast.member, cast.other_coordinator):
        assert (await visit(who).get(path)).status_code == 403
        assert (await visit(who).put(path, json=limits, headers=WHOLE)).status_code == 403
    desk = visit(cast.coordinator)
    assert (await desk.get(path)).headers["etag"] == '"0"'
    answer = await desk.put(path, json=limits, headers={"if-match": '"0"'})
    assert answer.json()["organisation_minutes"] == 240 and answer.headers["etag"] == '"1"'
    assert (await desk.put(path, json=limits, headers={"if-match": '"0"'})).status_code == 412
