"""The same over pages: from applying to handing in with a browser's forms, and what the desk sees and saves."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from incubator.applications.states import State
from incubator.db.engine import Database, statement, transaction
from tests.applications.cast import CLOSES, PDF, PNG, Opened, announced, begun, filled, handed_in, office_file, opened
from tests.browsing import post_form
from tests.cast import Cast
from tests.conftest import NOW, Clockwork
from tests.races import outcomes

Visit = Callable[..., httpx.AsyncClient]
SLUGS = "SELECT programme.slug || '/' || edition.slug FROM edition JOIN programme ON programme.id = programme_id WHERE edition.id = $1"


async def address_of(db: Database, call: Opened) -> str:
    async with statement(db) as tx:
        return f"/programmes/{await tx.fetchval(SLUGS, call.edition)}/apply"


async def send(
    client: httpx.AsyncClient, path: str, fields: dict[str, Any], files: dict[str, tuple[str, bytes]] | None = None
) -> httpx.Response:
    """A form with files, as a browser sends it."""
    if "csrf" not in client.cookies:
        await client.get("/accessibility")
    body = {"_csrf_token": client.cookies["csrf"], **fields}
    return await client.post(path, data=body, files=files or {"none": ("", b"")})


def typed(call: Opened, **changed: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "text": "Roboty",
        "paragraph": "Roboty, które liczą drzewa.",
        "number": "2,5",
        "choice": "1",
        "choices": ["1", "3"],
        "declaration": "yes",
        "nip": "526-104-08-28",
        "date": "2026-05-31",
        **changed,
    }
    return {f"q_{call.questions[kind]}": value for kind, value in told.items()}


def form(version: int, act: str = "save", **more: Any) -> dict[str, Any]:
    return {"form": "application", "version": str(version), "act": act, "title": "Roboty w lesie", **more}


async def version_of(db: Database, key: UUID) -> int:
    async with statement(db) as tx:
        version: int = await tx.fetchval("SELECT version FROM application WHERE id = $1", key)
    return version


async def test_applying_from_the_first_click_to_the_number(visit: Visit, db: Database, cast: Cast) -> None:
    call, client = await opened(db, cast), visit(cast.member)
    address = await address_of(db, call)
    stranger = await visit().get(address)
    assert stranger.headers["location"] == f"/sign-in?next={address}"
    assert "Acme" in (await client.get(address)).text
    begun_ = await post_form(client, address, {"organisation_id": str(cast.acme)})
    mine = begun_.headers["location"]
    again = await post_form(client, address, {"organisation_id": str(cast.acme)})
    assert again.headers["location"] == mine
    key = UUID(mine.rsplit("/", 1)[1])
    assert (await send(client, mine, form(1, **typed(call, number="dużo")))).status_code == 303
    shown = (await client.get(mine)).text
    assert "dużo" in shown and "Write a number" in shown and "Attach the file" in shown
    files = {f"q_{call.questions['file']}": ("Plan.pdf", PDF)}
    refused = await send(client, mine, form(2, "submit", **typed(call, number="dużo")), files)
    assert refused.status_code == 422 and "Plan.pdf" in refused.text and 'role="alert"' in refused.text
    version = await version_of(db, key)
    refused = await send(client, mine, form(version, "submit", **typed(call)))
    assert refused.status_code == 422 and "accept them" in refused.text
    version = await version_of(db, key)
    done = await send(client, mine, form(version, "submit", terms="1", **typed(call)))
    assert done.status_code == 303
    read = (await client.get(mine)).text
    assert "no. 1" in read and "5261040828" in read and "Plan.pdf" in read and "<textarea" not in read
    listed = (await client.get("/applications")).text
    assert "Roboty w lesie" in listed
    desk = visit(cast.coordinator)
    assert (await desk.get(mine)).headers["location"] == f"/desk{mine}"
    assert "Roboty w lesie" in (await desk.get(f"/desk{mine}")).text
    assert (await visit(cast.member).get(f"/desk{mine}")).status_code == 403


async def test_a_refused_file_loses_nothing_that_was_typed(visit: Visit, db: Database, cast: Cast) -> None:
    call, client = await opened(db, cast), visit(cast.member)
    draft = await begun(db, cast, call, cast.member)
    path, name = f"/applications/{draft.id}", f"q_{call.questions['file']}"
    for content in (b"MZ program", office_file("word"), b"%PDF-" + b"x" * 1_100_000):
        version = await version_of(db, draft.id)
        answer = await send(client, path, form(version, **typed(call)), {name: ("a.pdf", content)})
        assert answer.status_code in {413, 422} and "Roboty, które liczą drzewa." in answer.text
    version = await version_of(db, draft.id)
    assert (await send(client, path, form(version, **typed(call)), {name: ("b.png", PNG)})).status_code == 303
    async with statement(db) as tx:
        file = await tx.fetchval("SELECT id FROM application_file")
    got = await client.get(f"{path}/files/{file}")
    assert got.content == PNG and "attachment" in got.headers["content-disposition"]
    assert "sandbox" in got.headers["content-security-policy"]
    version = await version_of(db, draft.id)
    gone = await send(client, path, form(version, f"remove:{file}", **typed(call, text="Inaczej")))
    assert gone.status_code == 303 and (await client.get(f"{path}/files/{file}")).status_code == 404
    assert "Inaczej" in (await client.get(path)).text


async def test_each_fault_stands_beside_its_field_and_the_list_leads_there(
    visit: Visit, db: Database, cast: Cast
) -> None:
    call, client = await opened(db, cast), visit(cast.member)
    draft = await begun(db, cast, call, cast.member)
    path, file = f"/applications/{draft.id}", f"q_{call.questions['file']}"
    kept = (await client.get(path)).text
    assert "aria-invalid" not in kept and "autofocus" not in kept, "what is missing is no fault before one hands in"
    wrong = typed(call, number="dużo", choice="", declaration="", nip="1234")
    told = (await send(client, path, form(1, "submit", **wrong))).text
    faults = {f"q_{call.questions[kind]}" for kind in ("number", "choice", "declaration", "nip", "file")}
    for name in faults:
        assert f'<a href="#{name}">' in told and f'id="{name}"' in told and f'id="e-{name}"' in told, name
        assert re.search(rf'aria-describedby="[^"]*e-{name}"', told), name
    assert told.count('aria-invalid="true"') == len(faults)
    (first,) = re.findall(r"<(?:input|select|textarea)[^>]*autofocus", told)
    assert first.split('id="')[1].startswith(re.findall(r'<li><a href="#([^"]+)"', told)[0])
    assert "<title>Error: " in (await send(client, f"{path}?lang=en", form(2, "submit", **wrong))).text
    version = await version_of(db, draft.id)
    refused = (await send(client, path, form(version, **wrong), {file: ("a.pdf", b"MZ")})).text
    assert f'id="e-{file}"' in refused and refused.count('aria-invalid="true"') == 1


async def test_a_form_of_an_older_page_writes_over_nothing(visit: Visit, db: Database, cast: Cast) -> None:
    call, one, two = await opened(db, cast), visit(cast.member), visit(cast.colleague)
    draft = await begun(db, cast, call, cast.member)
    path = f"/applications/{draft.id}"
    assert (await send(one, path, form(1, **typed(call)))).status_code == 303
    late = await send(two, path, form(1, **typed(call, text="Koparki")))
    assert late.status_code == 412 and "Koparki" in late.text
    assert "Koparki" not in (await one.get(path)).text


async def test_after_the_closing_a_draft_can_be_read_and_saved_and_not_handed_in(
    visit: Visit, db: Database, cast: Cast, clock: Clockwork
) -> None:
    call, client = await opened(db, cast), visit(cast.member)
    draft = await filled(db, cast, call, cast.member)
    clock.now = CLOSES
    path, version = f"/applications/{draft.id}", await version_of(db, draft.id)
    shown = (await client.get(path)).text
    assert "can no longer be handed in" in shown and 'value="submit"' not in shown
    refused = await send(client, path, form(version, "submit", terms="1", **typed(call, text="W ostatniej chwili")))
    assert refused.status_code == 409 and "W ostatniej chwili" in refused.text
    assert "over" in (await client.get(await address_of(db, call))).text


async def test_a_draft_is_thrown_away_only_when_one_is_sure(visit: Visit, db: Database, cast: Cast) -> None:
    call, client = await opened(db, cast), visit(cast.member)
    draft = await filled(db, cast, call, cast.member)
    path = f"/applications/{draft.id}/withdraw"
    assert (await post_form(client, path, {})).status_code == 422
    assert (await post_form(client, path, {"sure": "yes"})).headers["location"] == "/applications"
    assert (await client.get("/applications")).text.count("<tr>") == 0


async def test_the_rules_are_told_before_one_begins(visit: Visit, db: Database, cast: Cast) -> None:
    call = await opened(db, cast, gmina_ids=[cast.skawina], kinds=["startup"], oldest_months=24)
    told = (await visit(cast.member).get(await address_of(db, call))).text
    assert "applicants from other gminas" in told and "Only organisations may apply" in told and "24" in told
    assert "Begin the application" not in told
    assert "Begin the application" in (await visit(cast.stranger).get(await address_of(db, call))).text


async def test_the_desk_builds_a_call_with_forms(visit: Visit, db: Database, cast: Cast) -> None:
    desk = visit(cast.coordinator)
    made = await announced(db, cast, form=())
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM call WHERE edition_id = $1", made.edition)
    path = f"/desk/editions/{made.edition}/call"
    assert "There is no call yet" in (await desk.get(path)).text
    times = {"opens_day": "2026-09-10", "opens_time": "09:00", "closes_day": "2026-09-30", "closes_time": "12:00"}
    announce = {"form": "announce", "version": "0", **times, "pkd": "62 63.1", "kinds": ["startup", "person"]}
    assert (await post_form(desk, path, {**announce, "closes_day": "2026-09-01"})).status_code == 422
    assert (await post_form(desk, path, announce)).status_code == 303
    async with statement(db) as tx:
        row = await tx.fetchrow(
            "SELECT opens_at, closes_at, pkd, kinds, version FROM call WHERE edition_id = $1", made.edition
        )
    assert row["closes_at"].isoformat() == "2026-09-30T10:00:00+00:00"
    assert (row["pkd"], row["kinds"]) == (["62", "63.1"], ["startup", "person"])
    new = {"form": "question", "version": "1", "label_pl": "Etap", "required": "yes"}
    refused = await post_form(desk, f"{path}/questions/new", {**new, "kind": "choice", "options": "jeden"})
    assert refused.status_code == 422 and "jeden" in refused.text
    added = await post_form(desk, f"{path}/questions/new", {**new, "kind": "choice", "options": "jeden | one\ndwa"})
    assert added.status_code == 303
    file = {**new, "version": "2", "kind": "file", "label_pl": "Plan", "media": ["pdf", "png"], "most": "2048"}
    assert (await post_form(desk, f"{path}/questions/new", file)).status_code == 303
    async with statement(db) as tx:
        rows = await tx.fetch(
            "SELECT id, kind, most, media FROM question WHERE edition_id = $1 ORDER BY position", made.edition
        )
    assert [(one["kind"], one["most"], one["media"]) for one in rows] == [
        ("choice", None, []),
        ("file", 2 * 1024 * 1024, ["pdf", "png"]),
    ]
    up = {"form": "up", "version": "3", "question_id": str(rows[1]["id"])}
    assert (await post_form(desk, path, up)).status_code == 303
    assert (await post_form(desk, path, {"form": "publish", "version": "4"})).status_code == 303
    assert "Etap" in (await desk.get(f"{path}/preview")).text
    public = (await visit(cast.member).get(await address_of(db, made))).text
    assert "This call opens on" in public


async def test_the_desk_gives_longer_by_form(visit: Visit, db: Database, cast: Cast) -> None:
    call, desk = await opened(db, cast), visit(cast.coordinator)
    await begun(db, cast, call, cast.member)
    path = f"/desk/editions/{call.edition}/call"
    until = {"until_day": "2026-10-01", "until_time": "12:00", "reason": "Awaria"}
    extend = {"form": "extend", "version": "1", **until}
    assert (await post_form(desk, path, {**extend, "called": "nikt@example.com"})).status_code == 422
    assert (await post_form(desk, path, {**extend, "who": f"organisation:{cast.acme}"})).status_code == 303
    assert (await post_form(desk, path, {**extend, "called": cast.resident.email})).status_code == 303
    assert (await post_form(desk, path, {**extend, "who": "organisation:x"})).status_code == 422
    shown = (await desk.get(path)).text
    assert shown.count("Awaria") == 2 and "Acme" in shown and "Resident" in shown


async def test_a_list_is_narrowed_and_saved_as_a_spreadsheet(visit: Visit, db: Database, cast: Cast) -> None:
    call, desk = await opened(db, cast), visit(cast.coordinator)
    made = await handed_in(db, cast, call, cast.member)
    await handed_in(db, cast, call, cast.stranger)
    await begun(db, cast, call, cast.resident)
    async with transaction(db) as tx:
        await tx.execute("UPDATE application SET title = '=1+1', state = 'formally_passed' WHERE id = $1", made.id)
    path = f"/desk/editions/{call.edition}/applications"
    shown = (await desk.get(path)).text
    assert "2 handed in; 1 more is being written" in shown
    only = (await desk.get(f"{path}?state={State.FORMALLY_PASSED}")).text
    assert "Acme" in only and "Rival" not in only
    assert "Acme" in (await desk.get(f"{path}?state=nonsense")).text
    saved = await desk.get(f"{path}.csv")
    lines = saved.content.decode("utf-8-sig").splitlines()
    assert (
        len(lines) == 3
        and "'=1+1" in lines[1]
        and "2,5" in lines[1]
        and "Product" in lines[1]
        and "passed the formal check" in lines[1]
    )
    assert saved.headers["content-type"].startswith("text/csv")


WILD = (
    "\0",
    "x" * 30_000,
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "9999-12-31",
    "-1",
    "٣",
    "<script>",
    "1e400",
)


@pytest.mark.parametrize("who", ["member", "coordinator"])
async def test_wild_forms_are_refused_and_never_a_fault(visit: Visit, db: Database, cast: Cast, who: str) -> None:
    call, draft_call = await announced(db, cast), await opened(db, cast)
    draft = await begun(db, cast, draft_call, cast.member)
    client = visit(getattr(cast, who))
    question = call.questions["text"]
    forms: dict[str, dict[str, Any]] = {
        f"/desk/editions/{call.edition}/call": {"form": "change", "version": "1", "opens_day": "2026-09-10", "opens_time": "09:00", "closes_day": "2026-09-20", "closes_time": "09:00", "pkd": "62", "kinds": "startup", "sizes": "micro", "gmina_ids": "", "youngest_months": "1", "oldest_months": "2", "intro_pl": "x"},
        f"/desk/editions/{call.edition}/call/questions/{question}": {"form": "question", "version": "1", "kind": "choice", "label_pl": "x", "help_pl": "x", "options": "a\nb", "least": "1", "most": "2", "media": "pdf"},
        f"/desk/editions/{call.edition}/call/questions/new": {"form": "question", "version": "1", "kind": "number", "label_pl": "x", "least": "1", "most": "2"},
    } if who == "coordinator" else {
        f"/applications/{draft.id}": {**form(1), **typed(draft_call), "pkd": "62.01.Z", "size": "micro", "gmina_id": "", "registered_on": "2020-01-01", "terms": "1"},
        await address_of(db, draft_call): {"organisation_id": str(cast.acme)},
        f"/applications/{draft.id}/withdraw": {"sure": "no"},
    }  # fmt: skip
    for path, fields in forms.items():
        for name in fields:
            for wild in WILD:
                answer = await post_form(client, path, {**fields, name: wild})
                assert answer.status_code < 500, (path, name, wild[:20], answer.text[:300])
    assert (await client.get(f"/desk/editions/{call.edition}/call/questions/new?kind=%00")).status_code < 500


async def test_two_buttons_pressed_at_once_hand_in_once(visit: Visit, db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    draft = await filled(db, cast, call, cast.member)
    version, clients = await version_of(db, draft.id), [visit(cast.member), visit(cast.colleague)]
    told = await outcomes(
        *(send(one, f"/applications/{draft.id}", form(version, "submit", terms="1", **typed(call))) for one in clients)
    )
    assert sorted(one.status_code for one in told) in ([303, 409], [303, 412])  # type: ignore[attr-defined]
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM submission") == 1
    assert CLOSES - timedelta(days=1) > NOW
