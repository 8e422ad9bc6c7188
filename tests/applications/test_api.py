"""Over the API: from the announced call to what was handed in, and bad input that is refused kindly."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from incubator.db.engine import Database, transaction
from tests.applications.cast import CLOSES, OPENS, PDF, begun, handed_in, opened, put_terms
from tests.cast import Cast
from tests.conftest import NOW
from tests.programmes.cast import put_edition

Visit = Callable[..., httpx.AsyncClient]
ANY = {"if-match": "*"}
CALL = {"opens_at": OPENS.isoformat(), "closes_at": CLOSES.isoformat()}


async def test_a_call_from_announcing_to_handing_in(visit: Visit, db: Database, cast: Cast) -> None:
    desk, member = visit(cast.coordinator), visit(cast.member)
    async with transaction(db) as tx:
        edition = await put_edition(tx, gmina=cast.niepolomice)
        await put_terms(tx, edition, 1, OPENS.date(), cast.coordinator)
    address = f"/api/editions/{edition}/call"
    made = await desk.post(address, json=CALL)
    assert made.status_code == 201 and made.headers["location"] == address
    assert (await member.get(address)).json()["code"] == "no_such_call"
    for question in ({"kind": "text", "label_pl": "Pomysł"}, {"kind": "file", "label_pl": "Plan", "media": ["pdf"]}):
        made = await desk.post(f"{address}/questions", json=question)
        assert made.status_code == 201
    text, file = (one["id"] for one in made.json()["questions"])
    moved = await desk.post(f"{address}/questions/{file}/move", json={"way": "up"}, headers=ANY)
    assert [one["id"] for one in moved.json()["questions"]] == [file, text]
    changed = await desk.put(f"{address}/questions/{text}", json={"kind": "text", "label_pl": "Idea"}, headers=ANY)
    assert changed.json()["questions"][1]["label_pl"] == "Idea"
    tag = changed.headers["etag"]
    changed = await desk.put(address, json={**CALL, "kinds": ["startup"]}, headers={"if-match": tag})
    assert changed.json()["eligibility"]["kinds"] == ["startup"]
    stale = await desk.post(f"{address}/publish", headers={"if-match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
    assert (await desk.post(f"{address}/publish", headers=ANY)).status_code == 200
    assert (await desk.delete(f"{address}/questions/{text}", headers=ANY)).json()["code"] == "form_is_frozen"

    started = await member.post(
        "/api/applications", json={"edition_id": str(edition), "organisation_id": str(cast.acme)}
    )
    mine = started.headers["location"]
    again = await member.post("/api/applications", json={"edition_id": str(edition), "organisation_id": str(cast.acme)})
    assert again.json()["data"]["application_id"] == started.json()["id"]
    refused = await member.post(f"{mine}/submit", json={"terms_version": 1})
    assert refused.json()["code"] == "application_incomplete"
    assert [one["code"] for one in refused.json()["data"]["findings"]] == [
        "title_missing",
        "file_missing",
        "answer_missing",
    ]
    sent = await member.put(f"{mine}/answers/{file}/file", content=PDF, params={"name": "Plan żółw.pdf"})
    assert sent.json()["name"] == "Plan żółw.pdf"
    tag = (await member.get(mine)).headers["etag"]
    saved = await member.put(mine, json={"title": "Roboty", "answers": {text: "Tak"}}, headers={"if-match": tag})
    assert saved.json()["answers"] == {text: "Tak", file: sent.json()["id"]}
    assert (await member.put(mine, json={}, headers={"if-match": tag})).status_code == 412
    assert (await desk.get(mine)).status_code == 404
    done = await member.post(f"{mine}/submit", json={"terms_version": 1})
    assert (done.json()["number"], done.json()["state"], done.json()["code"]) == (1, "submitted", None)
    listed = (await desk.get(f"/api/editions/{edition}/applications")).json()["items"]
    assert [one["number"] for one in listed] == [1] and listed[0]["code"]
    got = await desk.get(f"{mine}/files/{sent.json()['id']}")
    assert got.content == PDF and got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"].startswith('attachment; filename="Plan w.pdf"; filename*=UTF-8')
    assert (got.headers["x-content-type-options"], got.headers["cache-control"]) == ("nosniff", "no-store")
    assert "sandbox" in got.headers["content-security-policy"]
    assert len((await desk.get(f"{mine}/files")).json()) == 1
    for stranger in (visit(cast.stranger), visit(cast.other_coordinator), visit(cast.office)):
        assert (await stranger.get(f"{mine}/files/{sent.json()['id']}")).status_code == 404
    gone = await member.post(f"{mine}/withdraw")
    assert gone.json()["state"] == "withdrawn"


async def test_lists_are_paged(visit: Visit, db: Database, cast: Cast) -> None:
    call = await opened(db, cast, form=("text",))
    for who in (cast.member, cast.stranger, cast.resident):
        await handed_in(db, cast, call, who)
    other = await opened(db, cast, form=("text",))
    await begun(db, cast, other, cast.member)
    desk, numbers, after = visit(cast.coordinator), [], None
    while True:
        told = await desk.get(
            f"/api/editions/{call.edition}/applications", params={"limit": 2, **({"after": after} if after else {})}
        )
        numbers += [one["number"] for one in told.json()["items"]]
        after = told.json()["next"]
        if after is None:
            break
    assert numbers == [1, 2, 3]
    only = await desk.get(f"/api/editions/{call.edition}/applications", params={"state": "withdrawn"})
    assert only.json() == {"items": [], "next": None}
    member = visit(cast.member)
    first = (await member.get("/api/applications", params={"limit": 1})).json()
    second = (await member.get("/api/applications", params={"limit": 1, "after": first["next"]})).json()
    assert second["next"] is None and first["items"][0]["id"] != second["items"][0]["id"]


async def test_a_longer_time_is_given_over_the_api(visit: Visit, db: Database, cast: Cast) -> None:
    call, desk = await opened(db, cast, form=("text",)), visit(cast.coordinator)
    until = (CLOSES + timedelta(days=1)).isoformat()
    address = f"/api/editions/{call.edition}/call/extensions"
    made = await desk.post(address, json={"organisation_id": str(cast.acme), "until": until, "reason": "Awaria"})
    assert made.status_code == 201 and made.json()["name"] == "Acme"
    assert len((await desk.get(address)).json()) == 1
    assert (await visit(cast.other_coordinator).get(address)).status_code == 403


BAD: tuple[Any, ...] = (
    "\0", "x" * 30_000, 10**400, -1, True, [], {}, [[]], {"x": 1}, "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", 1e308, None,
    "2026-13-45", "\u202e", "' OR 1=1 --", ["x"] * 500,
)  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "POST call": {**CALL, "anonymous": False, "youngest_months": 1, "gmina_ids": [], "pkd": [], "intro_pl": ""},
    "POST question": {
        "kind": "text",
        "label_pl": "x",
        "help_pl": "",
        "least": 1,
        "most": 2,
        "options": [],
        "media": [],
    },
    "PUT draft": {"title": "x", "facts": {}, "answers": {}},
    "POST application": {"edition_id": str(uuid4()), "organisation_id": None},
    "POST submit": {"terms_version": 1},
    "POST extension": {"account_id": str(uuid4()), "until": CLOSES.isoformat(), "reason": "x"},
}


@pytest.mark.parametrize("name", BODIES)
async def test_bad_input_is_refused_and_never_a_fault(visit: Visit, db: Database, cast: Cast, name: str) -> None:
    call = await opened(db, cast)
    draft = await begun(db, cast, call, cast.member)
    async with transaction(db) as tx:
        await tx.execute("UPDATE call SET published_at = NULL WHERE edition_id = $1", call.edition)
    method, what = name.split()
    path, who = {
        "call": (f"editions/{call.edition}/call", cast.coordinator),
        "question": (f"editions/{call.edition}/call/questions", cast.coordinator),
        "draft": (f"applications/{draft.id}", cast.member),
        "application": ("applications", cast.member),
        "submit": (f"applications/{draft.id}/submit", cast.member),
        "extension": (f"editions/{call.edition}/call/extensions", cast.coordinator),
    }[what]
    if name == "POST call":
        method = "PUT"
    client = visit(who)
    for field in BODIES[name]:
        for bad in BAD:
            body = {**BODIES[name], field: bad}
            try:
                answer = await client.request(method, f"/api/{path}", json=body, headers=ANY)
            except OverflowError:  # what no JSON can hold
                continue
            assert answer.status_code < 500, (field, bad, answer.text)


async def test_bad_answers_are_kept_or_refused_and_never_a_fault(visit: Visit, db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    draft = await begun(db, cast, call, cast.member)
    client = visit(cast.member)
    for kind, key in call.questions.items():
        for bad in BAD:
            answer = await client.put(f"/api/applications/{draft.id}", json={"answers": {str(key): bad}}, headers=ANY)
            assert answer.status_code in {200, 422}, (kind, bad, answer.text)
            refused = await client.post(f"/api/applications/{draft.id}/submit", json={"terms_version": 1})
            assert refused.status_code == 422, (kind, bad, refused.text)
    for facts in ({"pkd": "x"}, {"size": "huge"}, {"registered_on": "9999-12-31"}, {"registered_on": "0001-01-01"}, {"gmina_id": str(uuid4())}):  # fmt: skip
        answer = await client.put(f"/api/applications/{draft.id}", json={"facts": facts}, headers=ANY)
        assert answer.status_code in {200, 422}


async def test_a_body_beyond_the_limit_is_refused(visit: Visit, db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    draft, client = await begun(db, cast, call, cast.member), visit(cast.member)
    address = f"/api/applications/{draft.id}/answers/{call.questions['file']}/file"
    assert (await client.put(address, content=b"%PDF-" + b"x" * 11_000_000)).status_code == 413
    assert (await client.put(address, content=b"%PDF-" + b"x" * 5_000_000)).json()["code"] == "file_too_large"
    assert (await client.put(address, content=b"")).json()["code"] == "file_is_empty"
    assert (await client.put(address, content=b"MZ", params={"name": "\0"})).status_code == 422
    text = f"/api/applications/{draft.id}/answers/{call.questions['text']}/file"
    assert (await client.put(text, content=PDF)).status_code == 404
    assert NOW < CLOSES
