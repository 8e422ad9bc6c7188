"""The pages: forms that do what they say, papers, sheets, and what anybody may check."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import httpx
import pytest
from openpyxl import load_workbook

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import digest, new_secret
from incubator.participation.graduate import graduate
from incubator.participation.queries import milestones_of
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.participation.cast import active, admitted, edition_of, met, noted, scalar
from tests.participation.test_attendance import certify

Visit = Callable[..., httpx.AsyncClient]


async def test_a_participant_is_led_from_admission_to_the_certificate(visit: Visit, db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    desk, member = visit(cast.coordinator), visit(cast.member)
    path = f"/desk/editions/{edition}"
    forms: list[tuple[httpx.AsyncClient, str, dict[str, str]]] = [
        (desk, f"{path}/participants", {"form": "milestone", "name_pl": "Prototyp", "due_on": "2026-12-01"}),
        (desk, f"{path}/participants", {"form": "admit", "organisation_id": str(cast.acme)}),
    ]
    for client, where, typed in forms:
        assert (await post_form(client, where, {**typed, "version": "1"})).status_code == 303
    key = UUID(str(await scalar(db, "SELECT id FROM participation")))
    step = UUID(str(await scalar(db, "SELECT id FROM milestone")))
    own, at_desk = f"/participations/{key}", f"/desk/participations/{key}"
    evidence = {"evidence": "Działa.", "evidence_url": "https://example.com/p"}
    for client, where, typed in (
        (desk, at_desk, {"form": "agreement", "number": "U/7", "signed_on": "2026-09-01"}),
        (desk, at_desk, {"form": "start"}),
        (member, own, {"form": "plan", "plan": "Dziesięć rozmów.", "version": "3"}),
        (member, own, {"form": "hand_in", "milestone_id": str(step), **evidence}),
        (desk, at_desk, {"form": "return", "milestone_id": str(step), "note": "Brakuje nagrania."}),
        (member, own, {"form": "hand_in", "milestone_id": str(step), **evidence}),
        (desk, at_desk, {"form": "accept", "milestone_id": str(step)}),
        (
            desk,
            f"{path}/meetings",
            {
                "form": "meeting",
                "name_pl": "Start",
                "day": "2026-09-05",
                "starts": "10:00",
                "ends": "12:00",
                "required": "yes",
            },
        ),
    ):
        answer = await post_form(client, where, {"version": "1", **typed})
        assert answer.status_code == 303, (typed, answer.text[:2000])
    meeting = await scalar(db, "SELECT id FROM programme_meeting")
    told = {"form": "attendance", "how": "list", f"m_{key}_": "110", "all_present": "yes", "version": "1"}
    assert (await post_form(desk, f"/desk/programme-meetings/{meeting}", told)).status_code == 303
    assert await scalar(db, "SELECT array_agg(minutes ORDER BY minutes) FROM attendance") == [110, 120, 120, 120]
    for typed in ({"form": "certificate"}, {"form": "graduate", "sure": "yes"}):
        assert (await post_form(desk, at_desk, {"version": "1", **typed})).status_code == 303
    page = (await member.get(own, headers={"accept-language": "en"})).text
    assert "Dziesięć rozmów." in page
    assert await scalar(db, "SELECT state FROM participation") == "graduated"


async def test_the_paper_is_a_pdf_with_the_code(visit: Visit, db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, None, 120))
    paper = await certify(db, cast, made)
    for lang in ("pl", "en"):
        answer = await visit(cast.member).get(f"/participations/{made.id}/certificates/{paper.id}?lang={lang}")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
    check = await visit().get(f"/certificates/{paper.code.lower()}")
    assert check.status_code == 200
    assert "Acme" in check.text
    told = (await visit().get(f"/api/certificates/{paper.code}")).json()
    assert (told["valid"], told["holder"]) == (True, "Acme")
    assert "revoked_reason" not in told


async def test_a_paper_is_only_found_where_it_belongs(visit: Visit, db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    other = await active(db, cast, edition, organisation=cast.rival)
    await noted(db, cast, meeting.id, (made.id, None, 120))
    paper = await certify(db, cast, made)
    answer = await visit(cast.stranger).get(f"/participations/{other.id}/certificates/{paper.id}")
    assert answer.status_code == 404


async def test_a_milestone_is_handed_in_where_it_belongs(visit: Visit, db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    own, other = await active(db, cast, edition), await active(db, cast, edition, organisation=cast.rival)
    desk = visit(cast.coordinator)
    typed = {"form": "milestone", "name_pl": "Prototyp", "due_on": "2026-12-01", "version": "1"}
    assert (await post_form(desk, f"/desk/participations/{other.id}", typed)).status_code == 303
    async with statement(db) as tx:
        (step,) = await milestones_of(tx, participation_id=other.id)
    typed = {"form": "hand_in", "milestone_id": str(step.id), "evidence": "x", "version": "1"}
    assert (await post_form(visit(cast.member), f"/participations/{own.id}", typed)).status_code == 404


async def test_a_survey_is_answered_by_its_link_and_no_account(visit: Visit, db: Database, cast: Cast) -> None:
    made, secret = await active(db, cast, await edition_of(db, cast.niepolomice)), new_secret()
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await graduate(tx, actor=actor, participation_id=made.id, now=NOW)
        await tx.execute(
            "INSERT INTO outcome_link (token_hash, survey_id) SELECT $1, id FROM outcome_survey WHERE stage = 'exit'",
            digest(secret),
        )
    client, path = visit(), f"/outcomes/{secret}"
    bad = await post_form(client, path, {"in_business": "yes", "jobs": "dużo", "revenue_band": "none", "funding": "0"})
    assert bad.status_code == 422
    good = {"in_business": "yes", "jobs": "2,5", "revenue_band": "to_50", "funding": "12 000,50"}
    assert (await post_form(client, path, good)).status_code == 303
    assert await scalar(db, "SELECT (jobs_fte, funding_minor) FROM outcome_survey WHERE stage = 'exit'") == (
        250,
        1200050,
    )
    assert (await client.get(path)).status_code == 200
    desk = await visit(cast.coordinator).get(f"/desk/editions/{made.edition_id}/outcomes?lang=pl")
    assert ">2,5</td>" in desk.text and "12\u00a0000 PLN" in desk.text


async def test_figures_of_the_page_open_rows_that_add_up_to_them(visit: Visit, db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, None, 120), (made.id, cast.member, 45))
    client, path = visit(cast.coordinator), f"/desk/editions/{edition}/record"
    page = (await client.get(path, headers={"accept-language": "en"})).text
    link = f"?participation_id={made.id}&amp;kind=meeting&amp;counts_in="
    assert f'<a href="{link}participant#rows">2 h (1)</a>' in page
    assert f'<a href="{link}people#rows">45 min (1)</a>' in page
    opened = await client.get(path, params={"participation_id": str(made.id), "kind": "meeting", "shape": "xlsx"})
    sheet = load_workbook(BytesIO(opened.content)).active
    assert sheet is not None
    assert sum(int(str(row[7])) for row in list(sheet.iter_rows(values_only=True))[1:]) == 165


async def test_the_list_changes_what_was_typed_anew_and_nothing_else(visit: Visit, db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, None, 120), (made.id, cast.member, 45), evidence="check_in")
    client, path = visit(cast.coordinator), f"/desk/programme-meetings/{meeting.id}"
    team, member = f"m_{made.id}_", f"m_{made.id}_{cast.member.id}"
    version = str(await scalar(db, "SELECT version FROM programme_meeting"))
    typed = {"form": "attendance", "how": "list", "version": version, team: "120", member: "50"}
    assert (await post_form(client, path, typed)).status_code == 303
    now_noted = "SELECT array_agg(minutes || evidence ORDER BY minutes) FROM attendance"
    assert await scalar(db, now_noted) == ["50list", "120check_in"], "how the team is known was not touched"
    again = await post_form(client, path, {**typed, team: "110", member: "45"})
    assert again.status_code == 412, "the list was changed since that page was made"
    fresh = str(await scalar(db, "SELECT version FROM programme_meeting"))
    told = {**typed, team: "120", member: "50", "version": fresh}
    assert (await post_form(client, path, {**told, "noted_too": "yes"})).status_code == 303
    assert await scalar(db, now_noted) == ["50list", "120list"]


async def test_a_meeting_is_changed_from_the_page_that_shows_how_it_is(visit: Visit, db: Database, cast: Cast) -> None:
    meeting = await met(db, cast, await edition_of(db, cast.niepolomice))
    client, path = visit(cast.coordinator), f"/desk/programme-meetings/{meeting.id}"
    typed = {"form": "meeting", "name_pl": "W", "day": "2026-09-20", "starts": "10:00", "ends": "12:00", "version": "1"}
    assert [(await post_form(client, path, typed)).status_code for _ in range(2)] == [303, 412]
    assert (await post_form(client, path, {"form": "call_off", "version": "1"})).status_code == 412


@pytest.mark.parametrize("query", ["last=9999-12-31", "first=0001-01-01"])
@pytest.mark.parametrize("path", ["/desk/record", "/api/record"])
async def test_the_ends_of_the_calendar_are_days_like_others(visit: Visit, cast: Cast, path: str, query: str) -> None:
    assert (await visit(cast.coordinator).get(f"{path}?{query}")).status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
async def test_no_day_that_is_typed_breaks_a_form(visit: Visit, db: Database, cast: Cast, day: str) -> None:
    made = await active(db, cast, await edition_of(db, cast.niepolomice))
    client, path = visit(cast.coordinator), f"/desk/participations/{made.id}"
    for typed in (
        {"form": "agreement", "number": "U/1", "signed_on": day},
        {"form": "milestone", "name_pl": "Koniec", "due_on": day},
        {
            "form": "credit",
            "kind": "seats",
            "amount": "1",
            "first_day": "2026-09-01",
            "last_day": day,
            "reason": "Za pomoc",
        },
    ):
        answer = await post_form(client, path, {**typed, "version": "1"})
        assert answer.status_code in {303, 422}, typed
        assert (await client.get(path)).status_code == 200


@pytest.mark.parametrize("query", ["kind=nothing", "first=soon", "edition_id=7", "from_row=x", "shape=pdf"])
async def test_a_filter_that_cannot_be_read_is_refused(visit: Visit, cast: Cast, query: str) -> None:
    answer = await visit(cast.coordinator).get(f"/desk/record?{query}")
    assert answer.status_code == 422


async def test_an_offer_that_waits_is_on_the_page_of_my_programmes(visit: Visit, db: Database, cast: Cast) -> None:
    await admitted(db, cast, await edition_of(db, cast.niepolomice))
    page = (await visit(cast.member).get("/participations?lang=en")).text
    assert "Run-up" in page
    assert "takes part" not in page
    assert "Run-up" not in (await visit(cast.stranger).get("/participations?lang=en")).text


async def test_certificates_and_surveys_are_kept_out_of_search_engines(visit: Visit, db: Database, cast: Cast) -> None:
    made, secret = await active(db, cast, await edition_of(db, cast.niepolomice)), new_secret()
    meeting = await met(db, cast, made.edition_id)
    await noted(db, cast, meeting.id, (made.id, None, 120))
    told, actor = await certify(db, cast, made), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await graduate(tx, actor=actor, participation_id=made.id, now=NOW)
        await tx.execute("INSERT INTO outcome_link SELECT $1, id FROM outcome_survey LIMIT 1", digest(secret))
    for path in (f"/certificates/{told.code}", f"/outcomes/{secret}"):
        answer = await visit().get(path)
        assert answer.status_code == 200
        assert '<meta name="robots" content="noindex">' in answer.text
