"""Pages for everybody and forms of the desk do what the verbs do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from incubator.db.engine import Database, transaction
from tests.browsing import post_form
from tests.cast import Cast
from tests.conftest import NOW
from tests.exchanges.cast import STARTS, a_session, put_topic, scalar
from tests.mentoring.cast import a_mentor

Visit = Callable[..., httpx.AsyncClient]
DAY = str(STARTS.date())
TYPED = {"day": DAY, "starts": "17:00", "ends": "19:00"}


async def sent(client: httpx.AsyncClient, path: str, form: str, version: int = 1, **typed: Any) -> httpx.Response:
    return await post_form(client, path, {"form": form, "version": str(version), **typed})


async def test_a_session_is_made_published_and_moved_by_forms(visit: Visit, db: Database, cast: Cast) -> None:
    desk = visit(cast.coordinator)
    room = {"mode": "room", "space_id": str(cast.room_l), "place": "left aside", "capacity": "20"}
    new = {"gmina": str(cast.niepolomice), "kind": "workshop", "title_pl": "Faktury", "topics": "podatki, KSeF", **room}
    wrong = await sent(desk, "/desk/exchange/new", "session", **new, day=DAY, starts="19:00", ends="17:00")
    assert wrong.status_code == 422 and 'value="Faktury"' in wrong.text
    made = await sent(desk, "/desk/exchange/new", "session", **new, **TYPED)
    path = made.headers["location"]
    assert (made.status_code, path.startswith("/desk/exchange/")) == (303, True)
    assert (await sent(desk, path, "publish")).status_code == 303
    page = await visit().get(path.removeprefix("/desk"))
    assert "Faktury" in page.text and "20 wolnych miejsc" in page.text and "/register" in page.text
    assert (await sent(desk, path, "move", 2, **room, day=DAY, starts="18:00", ends="20:00")).status_code == 303
    stale = await sent(desk, path, "capacity", 2, capacity="12")
    assert stale.status_code == 412
    assert await scalar(db, "SELECT topics FROM session") == ["podatki", "KSeF"]
    assert (
        await scalar(db, "SELECT extract(hour FROM lower(period) AT TIME ZONE 'Europe/Warsaw')::int FROM booking") == 18
    )
    booking = await scalar(db, "SELECT id FROM booking")
    assert f'href="{path}"' in (await desk.get(f"/bookings/{booking}")).text
    assert (await sent(desk, path, "off", 3, reason="")).status_code == 422
    assert (await sent(desk, path, "off", 3, reason="Choroba")).status_code == 303
    off = (await visit().get(path.removeprefix("/desk"))).text
    assert "Choroba" in off and "/register" not in off


async def test_dates_are_looked_at_before_they_are_made(visit: Visit, db: Database, cast: Cast) -> None:
    desk, key = visit(cast.coordinator), await a_session(db, cast.niepolomice)
    path = f"/desk/exchange/{key}/dates"
    looked = await desk.get(f"{path}?weekdays=1&count=3&every_weeks=2")
    assert "These would be the dates" in looked.text
    assert await scalar(db, "SELECT count(*) FROM session") == 1
    nonsense = await desk.get(f"{path}?weekdays=9&count=many")
    assert nonsense.status_code == 200
    done = await sent(desk, path, "series", weekdays="1", count="3", every_weeks="2")
    assert done.status_code == 303
    starts = await scalar(db, "SELECT array_agg(lower(period) ORDER BY occurrence) FROM session")
    assert starts == [STARTS, STARTS + timedelta(days=14), STARTS + timedelta(days=28)]


async def test_speakers_questions_and_stalls_are_typed_in_rows_and_lines(
    visit: Visit, db: Database, cast: Cast
) -> None:
    desk, key = visit(cast.coordinator), await a_session(db, cast.niepolomice, kind="market")
    path = f"/desk/exchange/{key}/programme"
    speakers = {"speaker_name_0": "Anna Nowak", "speaker_role_pl_0": "prawniczka", "speaker_name_3": "Jan Kot"}
    assert (await sent(desk, path, "speakers", **speakers)).status_code == 303
    rows = {"text_pl_0": "Obiad?", "kind_0": "choice", "choices_pl_0": "tak; nie", "required_0": "yes"}
    assert (await sent(desk, path, "questions", 2, **rows)).status_code == 303
    assert (await sent(desk, path, "stalls", 3, stalls="A1 | pod dachem\nA2")).status_code == 303
    again = (await desk.get(path)).text
    assert 'value="Anna Nowak"' in again and 'value="prawniczka"' in again and 'name="speaker_name_3"' in again
    assert 'value="tak; nie"' in again and "A1 | pod dachem" in again
    shown = (await visit().get(f"/exchange/{key}")).text
    assert "Jan Kot" in shown and "Wolne są 2 stoiska z 2" in shown


async def test_a_mentor_is_chosen_as_a_speaker_and_found_from_the_page(visit: Visit, db: Database, cast: Cast) -> None:
    mentor = await a_mentor(db, cast, "ewa")
    await a_mentor(db, cast, "zofia", gmina=cast.skawina)
    desk, key = visit(cast.coordinator), await a_session(db, cast.niepolomice)
    path = f"/desk/exchange/{key}/programme"
    shown = (await desk.get(path)).text
    assert ">Ewa</option>" in shown and "Zofia" not in shown
    chosen = {"speaker_mentor_id_0": str(mentor.id), "speaker_role_pl_0": "prawniczka"}
    assert (await sent(desk, path, "speakers", **chosen)).status_code == 303
    assert 'href="/mentors/ewa">Ewa</a>' in (await visit().get(f"/exchange/{key}")).text
    again = (await desk.get(path)).text
    assert 'value="Ewa"' in again and again.count(f'value="{mentor.id}" selected') == 1
    for wrong in (
        {"speaker_mentor_id_0": "x"},
        {"speaker_mentor_id_0": str(key)},
        {"speaker_role_pl_0": "prawniczka"},
        {"speaker_name_0": "x" * 201, "speaker_name_1": "Jan"},
    ):
        refused = await sent(desk, path, "speakers", 2, **wrong)
        assert refused.status_code == 422, wrong
    assert 'value="Jan"' in refused.text
    assert await scalar(db, "SELECT mentor_id FROM session_speaker") == mentor.id
    of_office = await a_session(db, None)
    assert "Zofia" in (await visit(cast.office).get(f"/desk/exchange/{of_office}/programme")).text


async def test_materials_and_answers_stand_on_the_page(visit: Visit, db: Database, cast: Cast) -> None:
    desk, key = visit(cast.coordinator), await a_session(db, cast.niepolomice, start=NOW - timedelta(days=1))
    path = f"/desk/exchange/{key}/after"
    await desk.get(path)
    token = {"_csrf_token": desk.cookies["csrf"], "form": "file", "version": "1", "title_pl": "Slajdy"}
    where = f"/desk/exchange/{key}/files"
    made = await desk.post(where, data=token, files={"file": ("a.pdf", b"%PDF-1.7 x", "text/html")})
    assert made.status_code == 303
    wrong = await desk.post(where, data=token, files={"file": ("a.pdf", b"<script>", "application/pdf")})
    assert wrong.status_code == 422 and 'value="Slajdy"' in wrong.text
    asked = {"question": "Kiedy?", "answer": "W maju.", "answered_by": "Burmistrz"}
    assert (await sent(desk, path, "answer", **asked)).status_code == 303
    page = (await visit().get(f"/exchange/{key}")).text
    assert "Slajdy" in page and "W maju." in page
    file = await scalar(db, "SELECT id FROM session_material")
    got = await visit().get(f"/exchange/{key}/materials/{file}")
    assert (got.content, got.headers["content-type"]) == (b"%PDF-1.7 x", "application/pdf")


async def test_a_topic_goes_from_the_form_to_its_answer(visit: Visit, db: Database, cast: Cast) -> None:
    asked = await sent(visit(cast.resident), "/exchange/topics/ask", "topic", gmina=str(cast.niepolomice), title="KSeF")
    path = asked.headers["location"]
    desk = visit(cast.coordinator)
    assert "KSeF" in (await desk.get("/desk/exchange/topics")).text
    assert (await sent(desk, f"/desk{path}", "open")).status_code == 303
    member = visit(cast.member)
    assert (await post_form(member, f"{path}/support", {})).status_code == 303
    assert "1 person would like it too" in (await member.get(path)).text
    assert "KSeF" in (await desk.get(f"/desk/exchange/new?topic={path.rsplit('/', 1)[1]}")).text
    assert (await sent(desk, f"/desk{path}", "answer", 2, text="Tak.", signed="Skarbnik")).status_code == 303
    assert "Tak." in (await visit().get(path)).text


async def test_a_session_that_is_made_of_a_topic_is_tied_to_it(visit: Visit, db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        topic = await put_topic(tx, gmina=cast.niepolomice)
    desk = visit(cast.coordinator)
    path = f"/desk/exchange/new?topic={topic}&lang=en"
    assert "It answers the topic" in (await desk.get(path)).text
    new = {"gmina": str(cast.niepolomice), "kind": "lecture", "title_pl": "Cło", "mode": "elsewhere", "place": "Rynek"}
    elsewhere = {**new, "gmina": str(cast.skawina)}
    assert (
        await sent(visit(cast.other_coordinator), path, "session", **elsewhere, **TYPED, topic=str(topic))
    ).status_code in (403, 404)
    assert await scalar(db, "SELECT count(*) FROM session") == 0
    made = await sent(desk, path, "session", **new, **TYPED, topic=str(topic))
    assert made.status_code == 303
    key = await scalar(db, "SELECT session_id FROM topic_request WHERE state = 'planned'")
    assert str(key) in made.headers["location"]
    assert "It answers the topic" not in (await desk.get(path)).text


async def test_an_official_who_was_named_can_be_another_by_another_day(visit: Visit, db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        topic = await put_topic(tx, gmina=cast.niepolomice)
    desk, path = visit(cast.coordinator), f"/desk/exchange/topics/{topic}?lang=en"
    first = {"official_role": "geodeta", "official_name": "Ewa Plan", "answer_by": DAY}
    assert (await sent(desk, path, "assign", **first)).status_code == 303
    page = (await desk.get(path)).text
    assert "geodeta, Ewa Plan answers by" in page and 'value="Ewa Plan"' in page
    later = str(STARTS.date() + timedelta(days=7))
    assert (await sent(desk, path, "assign", 2, **{**first, "answer_by": later})).status_code == 303
    assert str(await scalar(db, "SELECT answer_by FROM topic_request")) == later


async def test_the_desk_says_what_sessions_are_on_and_which_topics_wait(visit: Visit, db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await put_topic(tx, gmina=cast.niepolomice, state="new")
        await put_topic(tx, gmina=cast.skawina, state="new")
    today = await a_session(db, cast.niepolomice, start=NOW + timedelta(hours=1), published_at=NOW)
    others = [
        await a_session(db, cast.niepolomice, start=NOW + timedelta(hours=30), published_at=NOW),
        await a_session(db, cast.skawina, start=NOW + timedelta(hours=1), published_at=NOW),
    ]
    page = (await visit(cast.coordinator).get("/desk?lang=en")).text
    assert "1 topic waits to be let through" in page
    assert f"/desk/exchange/{today}/door" in page and not any(str(key) in page for key in others)


async def test_a_session_goes_into_a_calendar(visit: Visit, db: Database, cast: Cast) -> None:
    key = await a_session(db, cast.niepolomice, mode="online", place="", online_url="https://example.com/x")
    anybody = await visit().get(f"/exchange/{key}/session.ics")
    assert f"UID:session-{key}@incubator" in anybody.text and "example.com" not in anybody.text
    known = (await visit(cast.coordinator).get(f"/exchange/{key}/session.ics")).text
    assert "\r\nLOCATION:https://example.com/x\r\n" in known
    assert "\r\nCONFERENCE;VALUE=URI;FEATURE=VIDEO:https://example.com/x\r\n" in known


async def test_what_comes_stands_on_the_first_page_and_that_of_the_gmina(
    visit: Visit, db: Database, cast: Cast
) -> None:
    key = await a_session(db, cast.niepolomice)
    for path, there in (("/", True), ("/gminas/niepolomice", True), ("/gminas/skawina", False)):
        assert (f"/exchange/{key}" in (await visit().get(path)).text) == there
    month = f"{STARTS:%Y-%m}"
    assert str(key) in (await visit().get(f"/exchange?month={month}")).text
    assert str(key) not in (await visit().get("/exchange?month=2026-13&gmina=skawina")).text


async def test_what_was_refused_is_marked_and_stands_open(visit: Visit, db: Database, cast: Cast) -> None:
    desk = visit(cast.coordinator)
    new = {"gmina": str(cast.niepolomice), "kind": "lecture", "title_pl": "Cło", "mode": "elsewhere", "place": "Rynek"}
    path = "/desk/exchange/new?lang=en"
    few = await sent(desk, path, "session", **new, **TYPED, minimum="5", decide_at_time="12:00")
    assert few.status_code == 422
    field = few.text[: few.text.index('name="decide_at_day"') + 200].rpartition('name="decide_at_day"')[2]
    assert 'aria-invalid="true"' in field and few.text.count("aria-invalid") == 1
    assert few.text.count('<details class="plain" open>') == 3


async def test_a_session_never_needs_more_people_than_it_has_seats(visit: Visit, db: Database, cast: Cast) -> None:
    desk = visit(cast.coordinator)
    new = {"gmina": str(cast.niepolomice), "kind": "lecture", "title_pl": "Cło", "mode": "elsewhere", "place": "Rynek"}
    needs = {"minimum": "9", "decide_at_day": DAY, "decide_at_time": "12:00"}
    path = "/desk/exchange/new?lang=en"
    refused = await sent(desk, path, "session", **new, **TYPED, **needs, capacity="8")
    assert (refused.status_code, "needs 9 people" in refused.text) == (422, True)
    made = await sent(desk, path, "session", **new, **TYPED, **needs, capacity="9")
    page = f"{made.headers['location']}?lang=en"
    assert "needs 9 people" in (await sent(desk, page, "capacity", capacity="8")).text
    assert "needs 10 people" in (await sent(desk, page, "session", **new, **{**needs, "minimum": "10"})).text
    assert (await sent(desk, page, "capacity", capacity="")).status_code == 303


async def test_what_was_called_off_promises_no_place(visit: Visit, db: Database, cast: Cast) -> None:
    desk, day = visit(cast.coordinator), {**TYPED, "mode": "room", "space_id": str(cast.room_l)}
    new = {"gmina": str(cast.niepolomice), "kind": "lecture", "title_pl": "Cło"}
    path = (await sent(desk, "/desk/exchange/new", "session", **new, **day)).headers["location"]
    await sent(desk, path, "publish")
    await sent(desk, path, "off", 2, reason="Choroba")
    page = (await visit().get(f"{path.removeprefix('/desk')}?lang=en")).text
    assert "Choroba" in page and "the place will be announced" not in page
