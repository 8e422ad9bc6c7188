"""The JSON edge: what is made is found, what does not fit is said, and nothing is lost between two."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from incubator.db.engine import Database
from tests.cast import Cast
from tests.exchanges.cast import STARTS, a_session

Visit = Callable[..., httpx.AsyncClient]
WHEN = {"start": STARTS.isoformat(), "end": (STARTS + timedelta(hours=2)).isoformat()}
WHERE = {"mode": "elsewhere", "place": "Rynek 1"}
DETAILS = {"kind": "workshop", "title_pl": "Faktury"}
NEW = {"gmina": "niepolomice", "details": DETAILS, "when": WHEN, "where": WHERE, "capacity": 10}


async def test_a_session_is_announced_published_and_found(visit: Visit, cast: Cast) -> None:
    client, keyed = visit(cast.coordinator), {"idempotency-key": "one"}
    made, again = [await client.post("/api/sessions", json=NEW, headers=keyed) for _ in range(2)]
    assert made.status_code == again.status_code == 201 and made.json() == again.json()
    where = made.headers["location"]
    assert (await visit().get(where)).status_code == 404
    found = await client.get(where)
    assert found.headers["etag"] == '"1"'
    step = {"state": "published"}
    assert (await client.put(f"{where}/state", json=step, headers={"if-match": '"1"'})).status_code == 200
    stale = await client.put(f"{where}/capacity", json={"capacity": 3}, headers={"if-match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
    assert (await visit().get(where)).json()["session"]["state"] == "published"
    listed = (await visit().get("/api/sessions?gmina=niepolomice&kind=workshop")).json()
    assert [one["title_pl"] for one in listed["items"]] == ["Faktury"]
    assert (await visit().get("/api/sessions?gmina=skawina")).json()["items"] == []


async def test_a_list_goes_on_where_it_ended(db: Database, visit: Visit, cast: Cast) -> None:
    keys = [await a_session(db, cast.niepolomice, start=STARTS + timedelta(hours=n // 2)) for n in range(5)]
    seen, after = [], ""
    while True:
        page = (await visit().get(f"/api/sessions?limit=2{after}")).json()
        seen += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert sorted(seen) == sorted(map(str, keys)) and len(set(seen)) == 5


async def test_a_series_is_foreseen_made_and_given_out_at(visit: Visit, cast: Cast) -> None:
    client = visit(cast.coordinator)
    room = {"mode": "room", "space_id": str(cast.room_l)}
    where = (await client.post("/api/sessions", json={**NEW, "where": room})).headers["location"]
    weekly = {"rhythm": {"weekdays": [1], "count": 3}}
    foreseen = (await client.post(f"{where}/series/preview", json=weekly)).json()["items"]
    assert [one["code"] for one in foreseen] == [None, None, None]
    made = (await client.post(f"{where}/series", json=weekly)).json()["items"]
    assert len({one["session_id"] for one in made}) == 3
    refused = await client.post(f"{where}/series", json=weekly)
    assert (refused.status_code, refused.json()["code"]) == (409, "in_series_already")
    pdf = await client.post(f"{where}/files?title_pl=Slajdy&name=a/b.exe&everybody=false", content=b"%PDF-1.7 x")
    key = pdf.json()["id"]
    mine, others = [await visit(who).get(f"{where}/materials/{key}") for who in (cast.coordinator, cast.member)]
    assert (mine.status_code, others.status_code) == (200, 404)
    assert mine.headers["content-type"] == "application/pdf"
    assert 'filename="b.pdf"' in mine.headers["content-disposition"]
    program = await client.post(f"{where}/files?title_pl=Slajdy", content=b"MZ\x90\x00")
    assert (program.status_code, program.json()["code"]) == (422, "file_not_allowed")
    assert (await client.delete(f"{where}/materials/{key}")).status_code == 204


@pytest.mark.parametrize("part", ["details", "whereabouts", "state", "capacity", "speakers", "questions", "stalls"])
async def test_a_change_says_which_version_was_seen(db: Database, visit: Visit, cast: Cast, part: str) -> None:
    key = await a_session(db, cast.niepolomice)
    bodies: dict[str, Any] = {
        "details": DETAILS,
        "whereabouts": {"when": WHEN, "where": WHERE},
        "state": {"state": "cancelled"},
        "capacity": {"capacity": 3},
    }
    answer = await visit(cast.coordinator).put(f"/api/sessions/{key}/{part}", json=bodies.get(part, {part: []}))
    assert (answer.status_code, answer.json()["code"]) == (422, "if_match_required")


@pytest.mark.parametrize(
    ("part", "body"),
    [
        ("details", {**DETAILS, "title_pl": "a\0b"}),
        ("details", {**DETAILS, "title_pl": " "}),
        ("details", {**DETAILS, "kind": "party"}),
        ("details", {**DETAILS, "minimum": 2**63, "decide_at": WHEN["start"]}),
        ("details", {**DETAILS, "opens_at": "2026-09-01T10:00:00"}),
        ("details", {**DETAILS, "edition_id": "x"}),
        ("details", {**DETAILS, "more": 1}),
        ("whereabouts", {"when": {**WHEN, "end": WHEN["start"]}, "where": WHERE}),
        ("whereabouts", {"when": {**WHEN, "end": "9999-12-31T23:59:59Z"}, "where": WHERE}),
        ("whereabouts", {"when": WHEN, "where": {"mode": "online", "online_url": "javascript:alert(1)"}}),
        ("whereabouts", {"when": WHEN, "where": WHERE, "reach": "all"}),
        ("capacity", {"capacity": 0}),
        ("capacity", {"capacity": -1}),
        ("speakers", {"speakers": [{"name": "x\ny"}]}),
        ("speakers", {"speakers": [{"name": "x", "mentor_id": "00000000-0000-0000-0000-000000000000"}]}),
        ("questions", {"questions": [{"kind": "choice", "text_pl": "?", "choices_pl": ["a"]}]}),
        ("stalls", {"stalls": [{"number": "1"}, {"number": " 1 "}]}),
    ],
    ids=str,
)
async def test_what_does_not_fit_is_refused(
    db: Database, visit: Visit, cast: Cast, part: str, body: dict[str, Any]
) -> None:
    key = await a_session(db, cast.niepolomice)
    answer = await visit(cast.coordinator).put(f"/api/sessions/{key}/{part}", json=body, headers={"if-match": "*"})
    assert answer.status_code == 422 or (answer.status_code == 400 and part == "speakers"), answer.text


@pytest.mark.parametrize(
    "query", ["since=yesterday", "since=2026-09-01T10:00:00", "until=9999-01-01T00:00:00Z", "after=x", "limit=0"]
)
async def test_a_list_says_what_it_does_not_understand(visit: Visit, query: str) -> None:
    assert (await visit().get(f"/api/sessions?{query}")).status_code in (400, 422)


async def test_a_topic_is_asked_for_supported_and_answered(visit: Visit, cast: Cast) -> None:
    body = {"gmina": "niepolomice", "details": {"title": "Ulga na start"}}
    asked = await visit(cast.resident).post("/api/topic-requests", json=body)
    where = asked.headers["location"]
    desk, member = visit(cast.coordinator), visit(cast.member)
    assert (await member.get(where)).status_code == 404
    assert (await desk.post(f"{where}/open")).status_code == 200
    assert (await member.put(f"{where}/support")).json()["supporters"] == 1
    answered = await desk.post(f"{where}/answer", json={"text": "Tak", "signed": "Skarbnik"})
    assert answered.json()["topic"]["state"] == "answered"
    gone = await member.put(f"{where}/support")
    assert (gone.status_code, gone.json()["code"]) == (409, "topic_not_so")
    told = (await visit().get(where)).json()
    assert [note["text"] for note in told["notes"]] == ["Tak"] and told["topic"]["asked_by"] is None


async def test_nobody_asks_for_topics_without_end(visit: Visit, cast: Cast) -> None:
    client = visit(cast.resident)
    body = {"details": {"title": "Jeszcze jeden"}}
    codes = [(await client.post("/api/topic-requests", json=body)).status_code for _ in range(11)]
    assert codes == [201] * 10 + [429]


@pytest.mark.parametrize("name", ["gmina", "kind", "topic", "language", "month", "state", "after", "since"])
@pytest.mark.parametrize("value", ["%00", "a%00b", "%ED%A0%80", "%FF", "9" * 60])
async def test_nonsense_in_an_address_is_no_fault_of_ours(visit: Visit, cast: Cast, name: str, value: str) -> None:
    for path in ("/exchange", "/exchange/topics", "/api/sessions", "/api/topic-requests"):
        assert (await visit().get(f"{path}?{name}={value}")).status_code < 500, path


async def test_nonsense_in_a_form_is_no_fault_of_ours(db: Database, visit: Visit, cast: Cast) -> None:
    key, desk = await a_session(db, cast.niepolomice), visit(cast.coordinator)
    for path, form in (
        (f"/desk/exchange/{key}", "move"),
        (f"/desk/exchange/{key}", "session"),
        (f"/desk/exchange/{key}", "off"),
        (f"/desk/exchange/{key}/programme", "stalls"),
        (f"/desk/exchange/{key}/dates", "series"),
        (f"/desk/exchange/{key}/after", "withdraw"),
        ("/desk/exchange/new", "session"),
        ("/exchange/topics/ask", "topic"),
    ):
        for value in ("\0", "\ud800", "9" * 400, "9999-12-31", "-1"):
            names = (
                "day",
                "starts",
                "ends",
                "gmina",
                "title",
                "title_pl",
                "reason",
                "stalls",
                "count",
                "answer",
                "reach",
            )
            sent = {name: value.encode("utf-8", "surrogatepass") for name in names}
            await desk.get("/accessibility")
            typed = {"form": form, "version": "1", "mode": "elsewhere", "kind": "workshop", **sent}
            answer = await desk.post(path, data={"_csrf_token": desk.cookies["csrf"], **typed})
            assert answer.status_code < 500, (path, form, value, answer.text[:200])
